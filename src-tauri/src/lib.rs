//! The shell around the device engine: one window, our own pages, and nothing else.

/// Opens the app's window and returns when it is closed.
///
/// # Errors
/// When the window system or the web view cannot be started.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
