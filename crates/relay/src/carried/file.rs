//! Files of guests: whole and durable under their name, or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file so that it survives a loss of power: contents, name, then the folder's entry.
pub(crate) fn write_durable(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes, &mut OpenOptions::new())
}

/// The same for what only this user may read.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    write(path, bytes, &mut options)
}

fn write(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let new = path.with_extension("new");
    let written = (|| {
        let mut file = options.write(true).create(true).truncate(true).open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    })();
    if written.is_err() {
        // On a full disk the half of a file is in nobody's way.
        let _ = fs::remove_file(&new);
    }
    written?;
    sync_folder(path)
}

/// Makes the entry of `path` in its folder durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    // Windows keeps folder entries itself and cannot open a folder as a file.
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Deletes a file if it is there.
pub(crate) fn delete(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
