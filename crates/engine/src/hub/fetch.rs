//! What comes down: the offer, heads, and files by hash, continued where a cut left them.

use std::path::Path;

use bantin_model::feed::{
    CHANGES_BYTES_MAX, DICTIONARY_BYTES_MAX, HEADS_BYTES_MAX, unpack_dictionary,
};
use bantin_model::id::{Hash, PlaceId};
use bantin_wire::http::{ACCEPT_CHANGES, BLOBS, CHANGES, HEADS, OFFER, Offer, RELAY, RelayCard};
use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_NONE_MATCH, RANGE,
};
use tokio::fs::{self, OpenOptions};
use tokio::io::AsyncWriteExt;

use super::answer::Answer;
use super::{Hub, HubError};
use crate::file;

/// The largest list of places, in bytes.
const OFFER_BYTES_MAX: u64 = 1 << 20;

/// How a dictionary is packed on its way.
const ZSTD: &str = "zstd";

/// The answer to a question for heads.
pub(crate) enum Heads {
    /// The document held is the newest.
    Unchanged,
    /// What is different from the document held.
    Changes {
        bytes: Vec<u8>,
        etag: Option<String>,
    },
    /// Another one.
    New {
        bytes: Vec<u8>,
        etag: Option<String>,
    },
}

impl Hub {
    /// The places it carries.
    pub(crate) async fn offer(&self) -> Result<Offer, HubError> {
        let request = self.wire.client.get(self.url(OFFER, ""));
        let body = self
            .ask(request, 0)
            .await?
            .accepted()
            .await?
            .body(OFFER_BYTES_MAX)
            .await?;
        serde_json::from_slice(&body).map_err(|_| HubError::NotAHub)
    }

    /// What a relay says of itself; a hub refuses.
    pub(crate) async fn relay_card(&self) -> Result<RelayCard, HubError> {
        /// A card of a few lines.
        const CARD_BYTES_MAX: u64 = 8 << 10;
        let request = self.wire.client.get(self.url(RELAY, ""));
        let answer = self.ask(request, 0).await?.accepted().await?;
        let bytes = answer.body(CARD_BYTES_MAX).await?;
        serde_json::from_slice(&bytes).map_err(|_| HubError::NotAHub)
    }

    /// The heads of a place and of those above it.
    pub(crate) async fn heads(
        &self,
        place: &PlaceId,
        etag: Option<&str>,
        changes: bool,
    ) -> Result<Heads, HubError> {
        let mut request = self.wire.client.get(self.url(HEADS, place.as_str()));
        if changes {
            request = request.header(ACCEPT_CHANGES, CHANGES);
        }
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let answer = self.ask(request, 0).await?;
        if answer.status == StatusCode::NOT_MODIFIED && etag.is_some() {
            return Ok(Heads::Unchanged);
        }
        let answer = answer.accepted().await?;
        let etag = answer
            .headers
            .get(ETAG)
            .and_then(|etag| etag.to_str().ok())
            .map(str::to_owned);
        if answer.status == StatusCode::IM_USED && changes {
            let bytes = answer.body(CHANGES_BYTES_MAX as u64).await?;
            return Ok(Heads::Changes { bytes, etag });
        }
        let bytes = answer.body(HEADS_BYTES_MAX as u64).await?;
        Ok(Heads::New { bytes, etag })
    }

    /// A dictionary by its hash. It travels packed where the hub can do that: a third of its size. What a cut left
    /// at `partial` is continued as it is.
    pub(crate) async fn dictionary(
        &self,
        hash: &Hash,
        partial: &Path,
    ) -> Result<Vec<u8>, HubError> {
        let limit = DICTIONARY_BYTES_MAX as u64;
        if fs::try_exists(partial).await? {
            return self.file(BLOBS, hash, limit, partial).await;
        }
        let request = self.wire.client.get(self.url(BLOBS, &hash.to_string()));
        let request = request.header(ACCEPT_ENCODING, ZSTD);
        let answer = self.ask(request, 0).await?.accepted().await?;
        let way = answer.headers.get(CONTENT_ENCODING);
        if way.is_none_or(|way| way != ZSTD) {
            return save(answer, partial, 0, limit).await;
        }
        match answer.body(limit).await {
            Ok(packed) => unpack_dictionary(&packed).map_err(|_| HubError::NotAHub),
            // Half of what is packed is worth nothing: on a line that cuts so early it comes in pieces that stay.
            Err(HubError::Offline) => self.file(BLOBS, hash, limit, partial).await,
            Err(other) => Err(other),
        }
    }

    /// A file by its hash, at most `limit` bytes long. What a cut left at `partial` is continued; the
    /// whole file stays there until the caller deletes it. What may not begin is not asked for, and what may
    /// not go on is cut and continued another time. The hash is not checked here, except that
    /// what was pieced together and does not fit is fetched once more as a whole.
    pub(crate) async fn file(
        &self,
        route: &str,
        hash: &Hash,
        limit: u64,
        partial: &Path,
    ) -> Result<Vec<u8>, HubError> {
        let held = match fs::metadata(partial).await {
            Ok(meta) if meta.len() <= limit => meta.len(),
            _ => 0,
        };
        if held > 0 {
            let whole = file::read(partial)
                .await?
                .filter(|bytes| Hash::of(bytes) == *hash);
            if let Some(whole) = whole {
                return Ok(whole);
            }
        }
        self.may_begin(held)?;
        let bytes = self.pieces(route, hash, limit, partial, held).await?;
        if held == 0 || Hash::of(&bytes) == *hash {
            return Ok(bytes);
        }
        self.pieces(route, hash, limit, partial, 0).await
    }

    async fn pieces(
        &self,
        route: &str,
        hash: &Hash,
        limit: u64,
        partial: &Path,
        held: u64,
    ) -> Result<Vec<u8>, HubError> {
        let mut request = self.wire.client.get(self.url(route, &hash.to_string()));
        let room = self.room(held);
        match room {
            Some((0, why)) => return Err(HubError::Held(why)),
            // No more is asked for than may come: what is on its way cannot be called back.
            Some((room, _)) => {
                let last = held.saturating_add(room) - 1;
                request = request.header(RANGE, format!("bytes={held}-{last}"));
            }
            None if held > 0 => request = request.header(RANGE, format!("bytes={held}-")),
            None => {}
        }
        let rest = self.rest(held);
        let asking = self.on(rest.kind, rest.bytes, rest.wish);
        let answer = asking.ask(request, 0).await?;
        if answer.status == StatusCode::RANGE_NOT_SATISFIABLE {
            file::delete(partial).await?;
            return Ok(Vec::new());
        }
        let answer = answer.accepted().await?;
        let continued = answer.status == StatusCode::PARTIAL_CONTENT;
        if continued && !begins_at(&answer, held) {
            return Err(HubError::NotAHub);
        }
        let kept = if continued { held } else { 0 };
        let total = total(&answer);
        let bytes = save(answer, partial, kept, limit).await?;
        match (room, total) {
            (Some((_, why)), Some(total)) if (bytes.len() as u64) < total => {
                Err(HubError::Held(why))
            }
            _ => Ok(bytes),
        }
    }
}

/// How long the whole file is, where a part of it came.
fn total(answer: &Answer) -> Option<u64> {
    let range = answer.headers.get(CONTENT_RANGE)?.to_str().ok()?;
    range.rsplit_once('/')?.1.parse().ok()
}

fn begins_at(answer: &Answer, held: u64) -> bool {
    let range = answer
        .headers
        .get(CONTENT_RANGE)
        .and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {held}-")))
}

/// Room made for a file before it comes, in bytes: more than a segment of a first sync takes.
const ROOM_BYTES_MAX: u64 = 4 << 20;

/// Appends the body to the first `kept` bytes of the file, piece by piece, so that a cut loses only
/// the piece on its way; gives the whole file.
async fn save(
    mut answer: Answer,
    partial: &Path,
    kept: u64,
    limit: u64,
) -> Result<Vec<u8>, HubError> {
    let announced = answer.number(CONTENT_LENGTH.as_str());
    let announced = announced.map(|bytes| bytes.saturating_add(kept));
    if announced.is_some_and(|bytes| bytes > limit) {
        return Err(HubError::TooLarge);
    }
    let mut whole = match kept {
        0 => Vec::new(),
        _ => fs::read(partial).await?,
    };
    // Whoever announces much gets the room for it as it comes: the limit is a number that somebody signed.
    let more = announced.map_or(0, |bytes| bytes - kept);
    whole.reserve_exact(usize::try_from(more.min(ROOM_BYTES_MAX)).unwrap_or_default());
    let mut file = OpenOptions::new()
        .create(true)
        .append(kept > 0)
        .write(true)
        .truncate(kept == 0)
        .open(partial)
        .await?;
    let written = append(&mut answer, &mut file, &mut whole, announced, limit).await;
    // Also when it was cut: what came is not fetched again.
    file.flush().await?;
    if matches!(written, Err(HubError::TooLarge)) {
        file::delete(partial).await?;
    }
    written.map(|()| whole)
}

async fn append(
    answer: &mut Answer,
    file: &mut fs::File,
    whole: &mut Vec<u8>,
    announced: Option<u64>,
    limit: u64,
) -> Result<(), HubError> {
    while let Some(piece) = answer.piece().await? {
        whole.extend_from_slice(&piece);
        let length = whole.len() as u64;
        if length > limit {
            return Err(HubError::TooLarge);
        }
        file.write_all(&piece).await?;
        if announced.is_none_or(|end| length < end) {
            answer.may_go_on()?;
        }
    }
    Ok(())
}
