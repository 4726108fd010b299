//! What goes up: attachments, letters, and questions for the mail of carried letters.

use bantin_model::id::Hash;
use bantin_model::letter::{BELOW_ANSWER_BYTES_MAX, CARRIED_ANSWER_BYTES_MAX, RECEIPT_BYTES_MAX};
use bantin_wire::http::{ATTACHMENTS, BELOW, CARRIED_MAIL, CBOR, LETTERS};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE};

use super::{Link, LinkError};

/// Tries to agree with the hub above on where an upload goes on.
const AGREE_MAX: u32 = 3;

impl Link {
    /// Sends a letter verbatim; what comes back should be a receipt.
    pub async fn letter(&self, sealed: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post(LETTERS, sealed, RECEIPT_BYTES_MAX).await
    }

    /// Asks for the mail of carried letters.
    pub async fn carried(&self, question: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post(CARRIED_MAIL, question, CARRIED_ANSWER_BYTES_MAX)
            .await
    }

    /// Asks what is to come down.
    pub async fn below(&self, question: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.post(BELOW, question, BELOW_ANSWER_BYTES_MAX).await
    }

    async fn post(&self, route: &str, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, LinkError> {
        let bytes = body.len();
        let request = self.client.post(self.url(route, ""));
        let request = request.header(CONTENT_TYPE, CBOR).body(body);
        let answer = self.ask(request, bytes).await?.accepted().await?;
        answer.body(limit as u64).await
    }

    /// Sends a ciphertext and returns once the hub above has all of it. Asks first how much is there:
    /// an earlier try or another carrier may have brought some.
    pub async fn attachment(&self, hash: &Hash, bytes: &[u8]) -> Result<(), LinkError> {
        let mut offset = self.already_there(hash).await?;
        for _ in 0..AGREE_MAX {
            let Some(from) = offset else { return Ok(()) };
            match self.put(hash, bytes, from).await {
                Ok(done) => offset = done,
                // The other side has more or less of it than we thought, and says how much.
                Err(LinkError::Refused {
                    status: 409,
                    offset: Some(there),
                    ..
                }) => offset = Some(there),
                Err(error) => return Err(error),
            }
        }
        Err(LinkError::Offline)
    }

    /// Bytes of an upload that are there already; none if all of it is durable.
    async fn already_there(&self, hash: &Hash) -> Result<Option<u64>, LinkError> {
        let request = self.client.head(self.url(ATTACHMENTS, &hash.to_string()));
        let answer = self.ask(request, 0).await?;
        match answer.status {
            StatusCode::NO_CONTENT => Ok(None),
            StatusCode::NOT_FOUND => Ok(Some(answer.number("upload-offset").unwrap_or_default())),
            _ => answer.accepted().await.map(|_| Some(0)),
        }
    }

    /// Sends everything from `from` on; none once all of it is durable.
    async fn put(&self, hash: &Hash, bytes: &[u8], from: u64) -> Result<Option<u64>, LinkError> {
        let total = bytes.len() as u64;
        let start = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty());
        let (from, rest) = rest.map_or((0, bytes), |rest| (from, rest));
        let mut request = self.client.put(self.url(ATTACHMENTS, &hash.to_string()));
        request = request.header(CONTENT_TYPE, "application/octet-stream");
        if from > 0 {
            let range = format!("bytes {from}-{}/{total}", total.saturating_sub(1));
            request = request.header(CONTENT_RANGE, range);
        }
        let request = request.body(rest.to_vec());
        let answer = self.ask(request, rest.len()).await?.accepted().await?;
        let more = answer.status == StatusCode::ACCEPTED;
        Ok(more.then(|| answer.number("upload-offset").unwrap_or_default()))
    }
}
