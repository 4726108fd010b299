//! Pictures and sounds that texts name: found below the folder, told by their bytes, made small.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bantin_media::audio::AudioKind;
use bantin_media::{Kind, Limits, MediaError};
use bantin_model::id::Hash;
use bantin_model::record::{Blob, Mime};

use super::fields::Fields;
use super::picture;
use super::{FOLDER_BYTES_MAX, File};

/// The largest picture file, in bytes.
const PICTURE_BYTES_MAX: u64 = 8 << 20;
/// The largest sound file, in bytes.
const SOUND_BYTES_MAX: u64 = 4 << 20;
/// The largest side of a picture, in pixels.
pub(super) const PICTURE_SIDE_MAX: u32 = 8_192;

/// The sizes of one picture, without its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) thumb: Blob,
    pub(super) screen: Blob,
    pub(super) full: Blob,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// All media of one import; a file named twice is read once.
pub(super) struct Shelf<'a> {
    root: &'a Path,
    /// Bytes read so far, texts included.
    pub(super) bytes: u64,
    pictures: BTreeMap<String, Option<Sizes>>,
    sounds: BTreeMap<String, Option<Blob>>,
    /// What is to be published.
    pub(super) blobs: BTreeMap<Hash, File>,
}

impl<'a> Shelf<'a> {
    /// An empty shelf over a folder.
    pub(super) fn new(root: &'a Path) -> Self {
        Self {
            root,
            bytes: 0,
            pictures: BTreeMap::new(),
            sounds: BTreeMap::new(),
            blobs: BTreeMap::new(),
        }
    }

    /// The picture that `fields.file` names.
    pub(super) fn picture(&mut self, fields: &mut Fields<'_>) -> Option<Sizes> {
        let name = fields.need_line("file", 500)?;
        if let Some(known) = self.pictures.get(&name) {
            return self.again(fields, *known);
        }
        let sizes = self
            .read(&name, &["jpg", "jpeg", "png"], PICTURE_BYTES_MAX)
            .and_then(|bytes| {
                let kind = bantin_media::sniff(&bytes);
                kind.accepted_as_photo().map_err(said)?;
                if kind == Kind::WebP {
                    return Err("is a WebP picture; only JPEG and PNG are taken here".into());
                }
                if picture::sides(&bytes).is_some_and(|(w, h)| w.max(h) > PICTURE_SIDE_MAX) {
                    return Err(format!("has a side of more than {PICTURE_SIDE_MAX} pixels"));
                }
                let limits = Limits {
                    max_pixels: 8_192 * 8_192,
                    ..Limits::default()
                };
                bantin_media::photo(&bytes, &limits).map_err(said)
            });
        let sizes = match sizes {
            Ok(photo) => Some(Sizes {
                width: photo.screen.width,
                height: photo.screen.height,
                thumb: self.keep(photo.thumb.jpeg, Mime::Jpeg),
                screen: self.keep(photo.screen.jpeg, Mime::Jpeg),
                full: self.keep(photo.full.jpeg, Mime::Jpeg),
            }),
            Err(fault) => {
                fields.wrong("file", &format!("({name}) {fault}"));
                None
            }
        };
        self.pictures.insert(name, sizes);
        sizes
    }

    /// The sound that `fields.file` names.
    pub(super) fn sound(&mut self, fields: &mut Fields<'_>) -> Option<Blob> {
        let name = fields.need_line("file", 500)?;
        if let Some(known) = self.sounds.get(&name) {
            return self.again(fields, *known);
        }
        let sound = self
            .read(&name, &["mp3", "ogg", "opus"], SOUND_BYTES_MAX)
            .and_then(|bytes| {
                let mime = match bantin_media::audio::sniff(&bytes).map_err(said)? {
                    AudioKind::Mp3 => Mime::Mp3,
                    AudioKind::OggOpus => Mime::Ogg,
                    AudioKind::Wav | AudioKind::M4a => {
                        return Err("is neither MP3 nor Opus".into());
                    }
                };
                Ok((bytes, mime))
            });
        let blob = match sound {
            Ok((bytes, mime)) => Some(self.keep(bytes, mime)),
            Err(fault) => {
                fields.wrong("file", &format!("({name}) {fault}"));
                None
            }
        };
        self.sounds.insert(name, blob);
        blob
    }

    /// A file that was refused before is refused at every place that names it.
    fn again<T>(&self, fields: &Fields<'_>, known: Option<T>) -> Option<T> {
        if known.is_none() {
            fields.wrong("file", "was refused above");
        }
        known
    }

    fn keep(&mut self, bytes: Vec<u8>, mime: Mime) -> Blob {
        let blob = Blob {
            hash: Hash::of(&bytes),
            bytes: bytes.len() as u64,
            mime,
        };
        self.blobs.insert(blob.hash, File { mime, bytes });
        blob
    }

    fn read(&mut self, name: &str, endings: &[&str], limit: u64) -> Result<Vec<u8>, String> {
        let path = below(self.root, name)?;
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !endings.contains(&ending) {
            return Err(format!("must end in .{}", endings.join(" or .")));
        }
        let bytes = std::fs::metadata(&path)
            .map_err(|e| format!("cannot be read: {e}"))?
            .len();
        if bytes > limit {
            return Err(format!("has {bytes} bytes, at most {limit} are allowed"));
        }
        self.bytes += bytes;
        if self.bytes > FOLDER_BYTES_MAX {
            return Err(format!(
                "makes the import larger than {FOLDER_BYTES_MAX} bytes"
            ));
        }
        std::fs::read(&path).map_err(|e| format!("cannot be read: {e}"))
    }
}

/// The path of a plain file below the root. No step of it may be a symbolic link or lead upwards, so
/// a text cannot publish any other file of the machine.
fn below(root: &Path, name: &str) -> Result<PathBuf, String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    if name.contains(['\\', '\0', ':']) || !name.split('/').all(plain) {
        return Err("must be a path below the folder, with / and without ..".into());
    }
    let mut path = root.to_path_buf();
    for part in name.split('/') {
        path.push(part);
        let meta = std::fs::symlink_metadata(&path).map_err(|_| "is not there".to_string())?;
        if meta.is_symlink() {
            return Err("leads over a symbolic link, which is not allowed".into());
        }
    }
    if path.is_file() {
        Ok(path)
    } else {
        Err("is no file".into())
    }
}

fn said(error: MediaError) -> String {
    format!("cannot be taken: {error}")
}
