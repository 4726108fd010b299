//! The shell around the device engine: one window, our own pages, and nothing else.
//!
//! `BANTIN_DATA` names the folder of the device's data; `BANTIN_FOLLOW`, now or when the app is built,
//! the pairing link that it comes with (`URL#root=HEX`), perhaps with a place to follow at once.

mod background;
mod commands;
mod sharing;
mod start;

use std::time::Duration;

use tauri::{Manager, RunEvent, WindowEvent};

use background::Background;

/// How long a closing app waits for guests who are just being served.
const FAREWELL: Duration = Duration::from_secs(2);

/// Opens the app's window and returns when it is closed.
///
/// # Errors
/// When the device's data cannot be opened, or the window system or the web view cannot be started.
pub fn run() -> anyhow::Result<()> {
    let app = commands::register(tauri::Builder::default()).build(tauri::generate_context!())?;
    let start = start::Start::read(&app)?;
    let engine = tauri::async_runtime::block_on(start.open())?;
    let sharing = sharing::Sharing::new(start.relay_folder());
    let background = Background::begin(app.handle(), engine.clone(), start);
    app.manage(engine);
    app.manage(sharing);
    app.run(move |app, event| match event {
        RunEvent::WindowEvent {
            event: WindowEvent::Focused(true),
            ..
        } => background.looked_at(),
        // Neighbours are told that it ends, instead of finding a device that does not answer.
        RunEvent::Exit => tauri::async_runtime::block_on(async {
            let sharing = app.state::<sharing::Sharing>();
            let _ = tokio::time::timeout(FAREWELL, sharing.stop()).await;
        }),
        _ => {}
    });
    Ok(())
}

/// Where a phone starts the app: it loads the library and knows this function only.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn start_on_a_phone() {
    if let Err(error) = run() {
        eprintln!("bantin-app: {error:#}");
    }
}
