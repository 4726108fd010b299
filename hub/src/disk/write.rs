//! Writing a file so that it is whole or not there at all, also after a power cut.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::chance;

/// Writes `bytes` beside `file`, syncs and renames. A file that is there is left alone: its name is
/// the hash of its bytes. The folder still has to be synced, once for many files.
pub fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if std::fs::metadata(file).is_ok_and(|meta| meta.len() == bytes.len() as u64) {
        return Ok(());
    }
    let mut temporary = file.as_os_str().to_owned();
    temporary.push(format!(".{:016x}.tmp", u64::from_be_bytes(chance::bytes())));
    let written = (|| {
        let mut out = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)?;
        out.write_all(bytes)?;
        out.sync_all()?;
        std::fs::rename(&temporary, file)
    })();
    if written.is_err() {
        // Nothing refers to it; what cannot be removed is only lost room.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// Makes the names in a folder durable.
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
