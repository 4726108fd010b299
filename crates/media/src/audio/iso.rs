//! The MP4 family: what a file holds is told by its tracks. Its brand is not asked, because many phones'
//! voice recorders sign their recordings as if they were films.

use crate::MediaError;

/// Boxes read at one level before the file is given up as hostile.
const MAX_BOXES: usize = 10_000;

/// Accepts a file with an AAC sound track and no track of any moving picture.
pub(super) fn check(bytes: &[u8]) -> Result<(), MediaError> {
    let movie = Boxes(bytes)
        .take(MAX_BOXES)
        .find_map(|(name, body)| (&name == b"moov").then_some(body))
        .ok_or(MediaError::Damaged)?;
    let mut sound = None;
    for (name, track) in Boxes(movie).take(MAX_BOXES) {
        if &name != b"trak" {
            continue;
        }
        let media = child(track, b"mdia").unwrap_or_default();
        // A handler box: version and flags, four reserved bytes, then the kind of the track.
        match child(media, b"hdlr").and_then(|handler| handler.get(8..12)) {
            Some(b"vide") => return Err(MediaError::Video),
            Some(b"soun") => sound = Some(codec(media)),
            _ => {}
        }
    }
    match sound {
        Some(Some(b"mp4a")) => Ok(()),
        Some(_) => Err(MediaError::OtherAudio),
        None => Err(MediaError::Damaged),
    }
}

/// The name of the first sample entry: version and flags, a count, then a box whose name is the codec.
fn codec(media: &[u8]) -> Option<&[u8; 4]> {
    let table = child(child(child(media, b"minf")?, b"stbl")?, b"stsd")?;
    table.get(12..16)?.first_chunk()
}

/// The body of the first box called `name`.
fn child<'a>(body: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    Boxes(body)
        .take(MAX_BOXES)
        .find_map(|(found, body)| (&found == name).then_some(body))
}

/// The boxes of one level, names with bodies. Ends at the first box that claims more than there is.
struct Boxes<'a>(&'a [u8]);

impl<'a> Iterator for Boxes<'a> {
    type Item = ([u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (size, after) = self.0.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let (header, size) = match u32::from_be_bytes(*size) {
            0 => (8, self.0.len()),
            1 => {
                let wide = after.first_chunk::<8>()?;
                (16, usize::try_from(u64::from_be_bytes(*wide)).ok()?)
            }
            size => (8, size as usize),
        };
        let body = self.0.get(header..size)?;
        self.0 = self.0.get(size..)?;
        Some((*name, body))
    }
}
