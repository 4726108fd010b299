//! The shell around the device engine: one window, our own pages, and nothing else.
//!
//! `BANTIN_DATA` names the folder of the device's data; `BANTIN_FOLLOW`, now or when the app is built,
//! the pairing link that it comes with (`URL#root=HEX`), perhaps with a place to follow at once.

mod background;
mod commands;
mod start;

use tauri::{Manager, RunEvent, WindowEvent};

use background::Background;

/// Opens the app's window and returns when it is closed.
///
/// # Errors
/// When the device's data cannot be opened, or the window system or the web view cannot be started.
pub fn run() -> anyhow::Result<()> {
    let app = commands::register(tauri::Builder::default()).build(tauri::generate_context!())?;
    let start = start::Start::read(&app)?;
    let engine = tauri::async_runtime::block_on(start.open())?;
    let background = Background::begin(app.handle(), engine.clone(), start);
    app.manage(engine);
    app.run(move |_, event| {
        if let RunEvent::WindowEvent {
            event: WindowEvent::Focused(true),
            ..
        } = event
        {
            background.looked_at();
        }
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
