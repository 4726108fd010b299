//! What goes up: attachments, letters, and questions to mailboxes.

use bantin_model::budget::DataKind;
use bantin_model::id::Hash;
use bantin_model::letter::{POLL_RESPONSE_BYTES_MAX, PollRequest, RECEIPT_BYTES_MAX};
use bantin_wire::http::{ATTACHMENTS, CARRIED, LETTERS, MAILBOX, SEALED_MAILBOX};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE};

use super::{Hub, HubError};

/// Tries to agree with the hub on where an upload goes on.
const AGREE_MAX: u32 = 3;

impl Hub {
    /// Sends a letter verbatim; what comes back should be a receipt.
    pub(crate) async fn letter(&self, sealed: Vec<u8>) -> Result<Vec<u8>, HubError> {
        let hub = self.for_kind(DataKind::Letter);
        hub.post(LETTERS, sealed, RECEIPT_BYTES_MAX).await
    }

    /// Gives a letter to a relay; what comes back should be its receipt, or the one of a hub.
    pub(crate) async fn letter_to_carry(&self, sealed: Vec<u8>) -> Result<Vec<u8>, HubError> {
        let bytes = sealed.len();
        let request = self.wire.client.post(self.url(LETTERS, ""));
        let request = request.header(CARRIED, "1").body(sealed);
        let hub = self.for_kind(DataKind::Letter);
        let answer = hub.ask(request, bytes).await?.accepted().await?;
        answer.body(RECEIPT_BYTES_MAX as u64).await
    }

    /// Asks mailboxes through a relay, to whose key the poll was sealed.
    pub(crate) async fn poll_sealed(&self, sealed: Vec<u8>) -> Result<Vec<u8>, HubError> {
        let hub = self.for_kind(DataKind::Answer);
        hub.post(SEALED_MAILBOX, sealed, POLL_RESPONSE_BYTES_MAX)
            .await
    }

    /// Asks mailboxes.
    pub(crate) async fn poll(&self, poll: &PollRequest) -> Result<Vec<u8>, HubError> {
        let hub = self.for_kind(DataKind::Answer);
        hub.post(MAILBOX, poll.to_bytes(), POLL_RESPONSE_BYTES_MAX)
            .await
    }

    async fn post(&self, route: &str, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, HubError> {
        let bytes = body.len();
        let request = self.wire.client.post(self.url(route, ""));
        let request = request.body(body);
        self.ask(request, bytes)
            .await?
            .accepted()
            .await?
            .body(limit as u64)
            .await
    }

    /// Sends a ciphertext and returns once the hub has it. `begun`: some of it may be there.
    pub(crate) async fn attachment(
        &self,
        hash: &Hash,
        bytes: &[u8],
        begun: bool,
    ) -> Result<(), HubError> {
        let hub = self.for_kind(DataKind::Letter);
        let mut offset = if begun {
            hub.already_there(hash).await?
        } else {
            Some(0)
        };
        for _ in 0..AGREE_MAX {
            let Some(from) = offset else { return Ok(()) };
            match hub.put(hash, bytes, from).await {
                Ok(done) => offset = done,
                // The hub has more or less of it than we thought, and says how much.
                Err(HubError::Refused {
                    status: 409,
                    offset: Some(there),
                    ..
                }) => {
                    offset = Some(there);
                }
                Err(error) => return Err(error),
            }
        }
        Err(HubError::Offline)
    }

    /// Bytes of an upload that are there already; none if all of it is durable.
    async fn already_there(&self, hash: &Hash) -> Result<Option<u64>, HubError> {
        let request = self
            .wire
            .client
            .head(self.url(ATTACHMENTS, &hash.to_string()));
        let answer = self.ask(request, 0).await?;
        if answer.status == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(Some(answer.number("upload-offset").unwrap_or_default()));
        }
        answer.accepted().await.map(|_| Some(0))
    }

    /// Sends everything from `from` on; none once all of it is durable.
    async fn put(&self, hash: &Hash, bytes: &[u8], from: u64) -> Result<Option<u64>, HubError> {
        let total = bytes.len() as u64;
        let start = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty());
        let (from, rest) = rest.map_or((0, bytes), |rest| (from, rest));
        let mut request = self
            .wire
            .client
            .put(self.url(ATTACHMENTS, &hash.to_string()));
        request = request.header(CONTENT_TYPE, "application/octet-stream");
        if from > 0 {
            let range = format!("bytes {from}-{}/{total}", total.saturating_sub(1));
            request = request.header(CONTENT_RANGE, range);
        }
        let answer = self
            .ask(request.body(rest.to_vec()), rest.len())
            .await?
            .accepted()
            .await?;
        if answer.status == StatusCode::ACCEPTED {
            return Ok(Some(answer.number("upload-offset").unwrap_or_default()));
        }
        Ok(None)
    }
}
