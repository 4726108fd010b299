//! A pack as a place to read records from.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_model::id::Hash;
use bantin_model::pack::{Contents, Damage, Entry, Lost, RecordKind, ScanError, read_body, scan};
use bantin_wire::ipc::pack::{PackDamage, PackLost, PackReport};
use bantin_wire::{Code, Failure};

use crate::{Error, Result};

/// An opened pack: which records are whole, and the file to read them from.
pub(super) struct Source {
    pub(super) contents: Contents,
    by_name: BTreeMap<(RecordKind, Hash), Entry>,
    file: Arc<Mutex<File>>,
}

impl Source {
    pub(super) async fn open(path: &Path) -> Result<Self> {
        let path = path.to_owned();
        let read = move || {
            let mut file = File::open(&path).map_err(ScanError::Io)?;
            let contents = scan(&mut file)?;
            Ok((file, contents))
        };
        let (file, contents) = blocking(read).await?.map_err(refusal)?;
        let named = |entry: &Entry| ((entry.kind, entry.hash), *entry);
        Ok(Self {
            by_name: contents.entries.iter().map(named).collect(),
            file: Arc::new(Mutex::new(file)),
            contents,
        })
    }

    /// The body of a record that was found; none if the file has changed since.
    pub(super) async fn body(&self, entry: &Entry) -> Result<Option<Vec<u8>>> {
        let (file, entry) = (self.file.clone(), *entry);
        let read = move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            read_body(&mut *file, &entry)
        };
        Ok(blocking(read).await??)
    }

    /// The body of the record of this kind and name, if it is in the pack.
    pub(super) async fn named(&self, kind: RecordKind, hash: Hash) -> Result<Option<Vec<u8>>> {
        match self.by_name.get(&(kind, hash)) {
            Some(entry) => self.body(entry).await,
            None => Ok(None),
        }
    }

    /// What is lost: the first of it by name, and how much it is.
    pub(super) fn damages(&self) -> (Vec<PackDamage>, u32) {
        let all = &self.contents.damages;
        let named = all.iter().take(PackReport::DAMAGES_MAX).map(told).collect();
        (named, u32::try_from(all.len()).unwrap_or(u32::MAX))
    }
}

/// How a kind is called in reports.
pub(super) fn kind_text(kind: RecordKind) -> String {
    kind.name()
        .map_or_else(|| kind.0.to_string(), ToOwned::to_owned)
}

fn told(damage: &Damage) -> PackDamage {
    PackDamage {
        at: damage.at,
        bytes: damage.bytes,
        kind: damage.record.map(|(kind, _)| kind_text(kind)),
        hash: damage.record.map(|(_, hash)| hash),
        lost: match damage.lost {
            Lost::Header => PackLost::Header,
            Lost::Unreadable => PackLost::Unreadable,
            Lost::Altered => PackLost::Altered,
            Lost::Cut => PackLost::Cut,
            Lost::TooLong => PackLost::TooLong,
            Lost::End => PackLost::End,
            Lost::GivenUp => PackLost::GivenUp,
        },
    }
}

fn refusal(error: ScanError) -> Error {
    match error {
        ScanError::NotAPack | ScanError::TooLarge(_) => Code::NotAPack.into(),
        ScanError::Newer(_) => Code::PackNewer.into(),
        ScanError::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            Failure::at(Code::NotFound, "file").into()
        }
        ScanError::Io(error) => error.into(),
    }
}

/// Files are read and hashed off the threads that answer the window.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::Broken("work on a pack broke off"))
}
