//! Pictures of a form. A form names one file; a record names three sizes of it.

use bantin_media::{Limits, SCREEN_SIDE_PX, THUMB_SIDE_PX};
use bantin_model::id::{Hash, Lang};
use bantin_model::record::{Article, Mime, Names, Picture, TextLimits};
use bantin_wire::desk::publication::NoticeForm;
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::desk::text;
use crate::failure::{HubError, Result};

/// The longest description, in characters.
const ALT_MAX: usize = 300;

/// The file a form names for a picture of a record: its largest size.
pub(super) fn largest(picture: &Picture) -> Hash {
    picture.full.unwrap_or(picture.screen).hash
}

/// All pictures of the form.
pub(super) async fn pictures(
    hub: &Hub,
    form: &NoticeForm,
    before: Option<&Article>,
) -> Result<Vec<Picture>> {
    let limit = TextLimits::PICTURES_MAX;
    if form.pictures.len() > limit {
        return Err(Failure::at(Code::TooMany, "pictures")
            .with(limit as u64)
            .into());
    }
    let mut out = Vec::new();
    for (at, one) in form.pictures.iter().enumerate() {
        let alt = text::line(&one.alt);
        let field = format!("pictures.{at}.alt");
        match alt.chars().count() {
            0 => return Err(Failure::at(Code::Empty, field).into()),
            count if count > ALT_MAX => {
                return Err(Failure::at(Code::TooLong, field)
                    .with(ALT_MAX as u64)
                    .into());
            }
            _ => {}
        }
        let mut known = before.into_iter().flat_map(|article| &article.pictures);
        let picture = match known.find(|picture| largest(picture) == one.blob) {
            Some(old) => renamed(old.clone(), alt),
            None => sized(hub, one.blob, at, alt).await?,
        };
        out.push(picture);
    }
    Ok(out)
}

/// What it shows in other languages counts as long as the Vietnamese did not change.
fn renamed(mut picture: Picture, alt: String) -> Picture {
    let vietnamese = Lang::vietnamese();
    if picture.alt.get(&vietnamese) != Some(&alt) {
        picture.alt = Names::from([(vietnamese, alt)]);
    }
    picture
}

/// The sizes of an uploaded picture. They are made from the kept file, so nothing has to be remembered
/// between upload and publication, and the same file always gives the same sizes.
async fn sized(hub: &Hub, hash: Hash, at: usize, alt: String) -> Result<Picture> {
    let field = || format!("pictures.{at}.blob");
    let full = hub.known_blob(&hash).await?;
    let full = full.ok_or_else(|| Failure::at(Code::NotFound, field()))?;
    if full.mime != Mime::Jpeg {
        return Err(Failure::at(Code::MediaKind, field()).into());
    }
    let file = hub.disk.blob(&hash);
    let work = tokio::task::spawn_blocking(move || -> Result<bantin_media::Photo> {
        let bytes = std::fs::read(file)?;
        bantin_media::photo(&bytes, &Limits::default()).map_err(crate::blob::refused)
    });
    let photo = work.await.map_err(|e| HubError::Broken(e.to_string()))??;
    // A picture that is small already stands for its smaller sizes itself.
    let side = photo.full.width.max(photo.full.height);
    let (width, height) = (photo.screen.width, photo.screen.height);
    let screen = match side <= SCREEN_SIDE_PX {
        true => full,
        false => hub.keep_blob(photo.screen.jpeg, Mime::Jpeg).await?,
    };
    let thumb = match side <= THUMB_SIDE_PX {
        true => full,
        false => hub.keep_blob(photo.thumb.jpeg, Mime::Jpeg).await?,
    };
    Ok(Picture {
        thumb,
        screen,
        full: (full.hash != screen.hash).then_some(full),
        width,
        height,
        alt: Names::from([(Lang::vietnamese(), alt)]),
    })
}
