//! What goes up and comes back: letters, replies, receipts, polls, attachments.

use std::sync::LazyLock;

use bantin_model::cbor;
use bantin_model::letter::{
    AttachmentDecoder, ConversationKeys, LETTER_BYTES_MAX, Letter, PollRequest, PollResponse,
    Receipt, ReceiptKey, Reply, SealSecret, SealedLetter, Signer, open, open_reply,
};
use bantin_model::sign::PublicKey;

use crate::seed::{cast, letter as seeds};

static AGENCY: LazyLock<SealSecret> = LazyLock::new(cast::agency_seal);
static MAI: LazyLock<ConversationKeys> = LazyLock::new(cast::mai);
static SIGNS: LazyLock<[PublicKey; 1]> = LazyLock::new(|| [cast::agency_sign().public()]);
static KEYS: LazyLock<Vec<ReceiptKey>> = LazyLock::new(|| {
    let key = |signer| ReceiptKey {
        key: SIGNS[0],
        place: cast::place(),
        signer,
    };
    vec![key(Signer::Hub), key(Signer::Agency)]
});

/// A sealed letter at a carrier and at its agency.
pub fn letter(data: &[u8]) -> bool {
    SealedLetter::read(data).is_ok() && open(data, &AGENCY).is_ok()
}

/// The contents of a letter once its seal is open.
pub fn contents(data: &[u8]) -> bool {
    let Ok(letter) = cbor::from_slice::<Letter>(data, LETTER_BYTES_MAX) else {
        return false;
    };
    let again = cbor::from_slice::<Letter>(&cbor::to_vec(&letter), usize::MAX);
    assert_eq!(again.as_ref(), Ok(&letter), "written, it is read again");
    letter.conversation();
    letter.validate().is_ok()
}

/// A mailbox entry, and a reply without its seal.
pub fn reply(data: &[u8]) -> bool {
    if open_reply(data, &MAI, &*SIGNS).is_ok() {
        return true;
    }
    let Ok(reply) = cbor::from_slice::<Reply>(data, LETTER_BYTES_MAX) else {
        return false;
    };
    let again = cbor::from_slice::<Reply>(&cbor::to_vec(&reply), usize::MAX);
    assert_eq!(again.as_ref(), Ok(&reply), "written, it is read again");
    reply.validate().is_ok()
}

/// Entries, and replies without their seal.
pub fn all_replies() -> Vec<Vec<u8>> {
    [seeds::entries(), seeds::replies()].concat()
}

/// A receipt.
pub fn receipt(data: &[u8]) -> bool {
    Receipt::verify(data, &KEYS).is_ok()
}

/// A poll as a hub gets it.
pub fn poll_request(data: &[u8]) -> bool {
    let Ok(request) = PollRequest::from_bytes(data) else {
        return false;
    };
    let again = PollRequest::from_bytes(&request.to_bytes());
    assert_eq!(again.as_ref(), Ok(&request), "written, it is read again");
    true
}

static ASKED: LazyLock<PollRequest> = LazyLock::new(|| {
    PollRequest::from_bytes(&seeds::vector("poll.request")).expect("a golden vector")
});

/// The answer to a poll as a phone gets it.
pub fn poll_response(data: &[u8]) -> bool {
    let Ok(response) = PollResponse::from_bytes(data, &ASKED) else {
        return false;
    };
    let mut after = ASKED.boxes[0].after;
    for item in &response.boxes[0].entries {
        assert!(item.cursor > after, "a phone only ever reads on");
        after = item.cursor;
    }
    true
}

/// An attachment that arrives in two pieces.
pub fn attachment(data: &[u8]) -> bool {
    let mut decoder = AttachmentDecoder::new(&seeds::attachment_key());
    let mut out = Vec::new();
    let (first, second) = data.split_at(data.len() / 2);
    decoder
        .push(first, &mut out)
        .and_then(|()| decoder.push(second, &mut out))
        .and_then(|()| decoder.finish(&mut out))
        .is_ok()
}
