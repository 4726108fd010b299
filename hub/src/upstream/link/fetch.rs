//! What comes down: heads, and files by hash, continued where a cut left them.

use std::path::Path;

use bantin_model::feed::HEADS_BYTES_MAX;
use bantin_model::id::{Hash, PlaceId};
use bantin_wire::http::HEADS;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_NONE_MATCH, RANGE};
use tokio::fs::{self, OpenOptions};
use tokio::io::AsyncWriteExt;

use super::answer::Answer;
use super::{Link, LinkError};

/// The answer to a question for heads.
pub enum Heads {
    /// The document held is the newest.
    Unchanged,
    /// Another one.
    New {
        /// Its exact bytes.
        bytes: Vec<u8>,
        /// For the next question.
        etag: Option<String>,
    },
}

impl Link {
    /// The heads of a place and of those above it.
    pub async fn heads(&self, place: &PlaceId, etag: Option<&str>) -> Result<Heads, LinkError> {
        let mut request = self.client.get(self.url(HEADS, place.as_str()));
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let answer = self.ask(request, 0).await?;
        if answer.status == StatusCode::NOT_MODIFIED && etag.is_some() {
            return Ok(Heads::Unchanged);
        }
        let answer = answer.accepted().await?;
        let etag = answer.text(ETAG.as_str()).map(str::to_owned);
        let bytes = answer.body(HEADS_BYTES_MAX as u64).await?;
        Ok(Heads::New { bytes, etag })
    }

    /// A file by its hash, of at most `limit` bytes, checked. What a cut left at `partial` is continued.
    pub async fn file(
        &self,
        route: &str,
        hash: &Hash,
        limit: u64,
        partial: &Path,
    ) -> Result<Vec<u8>, LinkError> {
        let held = fs::metadata(partial).await.map_or(0, |meta| meta.len());
        let held = if held <= limit { held } else { 0 };
        for from in [held, 0] {
            let bytes = self.pieces(route, hash, limit, partial, from).await?;
            remove(partial).await?;
            if Hash::of(&bytes) == *hash {
                return Ok(bytes);
            }
            // What was pieced together from two answers may differ where each alone does not.
            if from == 0 {
                break;
            }
        }
        Err(LinkError::NotGenuine)
    }

    async fn pieces(
        &self,
        route: &str,
        hash: &Hash,
        limit: u64,
        partial: &Path,
        held: u64,
    ) -> Result<Vec<u8>, LinkError> {
        let mut request = self.client.get(self.url(route, &hash.to_string()));
        if held > 0 {
            request = request.header(RANGE, format!("bytes={held}-"));
        }
        let answer = self.ask(request, 0).await?;
        if answer.status == StatusCode::RANGE_NOT_SATISFIABLE && held > 0 {
            // All of it is here already.
            return Ok(fs::read(partial).await?);
        }
        let answer = answer.accepted().await?;
        let continued = answer.status == StatusCode::PARTIAL_CONTENT;
        let begins = answer.text(CONTENT_RANGE.as_str());
        let begins = begins.is_some_and(|range| range.starts_with(&format!("bytes {held}-")));
        if continued && !begins {
            return Err(LinkError::NotAHub);
        }
        save(answer, partial, if continued { held } else { 0 }, limit).await?;
        Ok(fs::read(partial).await?)
    }
}

/// Appends the body to the first `kept` bytes of the file piece by piece, so that a cut loses only the
/// piece on its way.
async fn save(mut answer: Answer, partial: &Path, kept: u64, limit: u64) -> Result<(), LinkError> {
    let announced = answer.number(CONTENT_LENGTH.as_str());
    if announced.is_some_and(|bytes| bytes.saturating_add(kept) > limit) {
        return Err(LinkError::NotGenuine);
    }
    let mut file = OpenOptions::new()
        .create(true)
        .append(kept > 0)
        .write(true)
        .truncate(kept == 0)
        .open(partial)
        .await?;
    let mut length = kept;
    let written = loop {
        match answer.piece().await {
            Ok(None) => break Ok(()),
            Ok(Some(piece)) => {
                length += piece.len() as u64;
                if length > limit {
                    break Err(LinkError::NotGenuine);
                }
                file.write_all(&piece).await?;
            }
            Err(error) => break Err(error),
        }
    };
    // Also when it was cut: what came is not fetched again.
    file.flush().await?;
    if matches!(written, Err(LinkError::NotGenuine)) {
        remove(partial).await?;
    }
    written
}

async fn remove(file: &Path) -> Result<(), LinkError> {
    match fs::remove_file(file).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
