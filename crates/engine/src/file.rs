//! Files beside the databases. A file is there whole and durable, or it is not there.

use std::io;
use std::path::{Path, PathBuf};

use bantin_model::id::Hash;
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Where a device keeps things.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pub(crate) root: PathBuf,
    profile: String,
}

impl Folders {
    pub(crate) async fn make(root: &Path, profile: &str) -> io::Result<Self> {
        let folders = Self {
            root: root.to_owned(),
            profile: profile.to_owned(),
        };
        let all = [
            folders.photos(),
            folders.outgoing(),
            folders.carried(),
            folders.blobs(),
            folders.segments(),
            folders.partial(),
        ];
        let make = move || all.iter().try_for_each(std::fs::create_dir_all);
        let made = tokio::task::spawn_blocking(make).await;
        made.map_err(io::Error::other)??;
        Ok(folders)
    }

    pub(crate) fn news(&self) -> PathBuf {
        self.root.join("news.db")
    }

    pub(crate) fn private(&self) -> PathBuf {
        self.own().join("private.db")
    }

    /// Everything of one person.
    pub(crate) fn own(&self) -> PathBuf {
        self.root.join("profiles").join(&self.profile)
    }

    pub(crate) fn photos(&self) -> PathBuf {
        self.own().join("photos")
    }

    /// Ciphertexts of letters that are kept to be sent.
    pub(crate) fn outgoing(&self) -> PathBuf {
        self.own().join("outgoing")
    }

    pub(crate) fn outgoing_file(&self, hash: &Hash) -> PathBuf {
        self.outgoing().join(hash.to_string())
    }

    /// Records of packs that are carried for others.
    pub(crate) fn carried(&self) -> PathBuf {
        self.own().join("carried")
    }

    pub(crate) fn carried_file(&self, kind: u16, hash: &Hash) -> PathBuf {
        self.carried().join(format!("{kind}-{hash}"))
    }

    /// A pack that a window hands over piece by piece.
    pub(crate) fn staged_pack(&self) -> PathBuf {
        self.partial().join("import.bantin")
    }

    pub(crate) fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    pub(crate) fn blob(&self, hash: &Hash) -> PathBuf {
        self.blobs().join(hash.to_string())
    }

    /// Segments that a head lists, as they came: see [`crate::shelf`].
    pub(crate) fn segments(&self) -> PathBuf {
        self.root.join("segments")
    }

    pub(crate) fn segment(&self, hash: &Hash) -> PathBuf {
        self.segments().join(hash.to_string())
    }

    /// What was fetched in part, or whole but not yet used.
    pub(crate) fn partial(&self) -> PathBuf {
        self.root.join("partial")
    }

    pub(crate) fn partial_file(&self, hash: &Hash) -> PathBuf {
        self.partial().join(hash.to_string())
    }
}

/// Writes a file so that it survives a loss of power: contents, name, then the folder's entry.
pub(crate) async fn write_durable(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&new, path).await?;
    sync_folder(path).await
}

/// Makes the entry of `path` in its folder durable.
pub(crate) async fn sync_folder(path: &Path) -> io::Result<()> {
    // Windows keeps folder entries itself and cannot open a folder as a file.
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        // A bare name lies in the folder the program runs in.
        let bare = folder.as_os_str().is_empty();
        let folder = if bare { Path::new(".") } else { folder };
        fs::File::open(folder).await?.sync_all().await?;
    }
    Ok(())
}

/// The file's bytes; none if there is no such file.
pub(crate) async fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Deletes a file if it is there.
pub(crate) async fn delete(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
