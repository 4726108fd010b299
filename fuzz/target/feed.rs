//! What comes down: segments and their dictionaries, envelopes, heads documents, records.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bantin_model::cbor;
use bantin_model::feed::{
    Codec, HEADS_BYTES_MAX, Head, HeadsDocument, Ledger, Op, OpRef, Pin, Root, Segment,
    current_set, root_of, verify,
};
use bantin_model::id::{Hash, Lang};
use bantin_model::record::{Body, Record, Text};
use bantin_model::sign::{Envelope, PayloadType, PublicKey, SecretKey};

use crate::seed::{cast, heads as country};

/// The bytes of a segment, as a hub or a card gives them.
pub fn segment(data: &[u8]) -> bool {
    let Ok(segment) = Segment::read(data) else {
        return false;
    };
    segment.unpack(None).is_ok_and(|raw| replays(&raw))
}

/// A dictionary and what it packed; both hostile: a hub names the dictionary it likes.
pub fn dictionary(data: &[u8]) -> bool {
    let Some((length, rest)) = data.split_first_chunk::<4>() else {
        return false;
    };
    let length = (u32::from_le_bytes(*length) as usize).min(rest.len());
    let (dictionary, rest) = rest.split_at(length);
    let Some((raw_len, payload)) = rest.split_first_chunk::<4>() else {
        return false;
    };
    let codec = Codec::ZstdDictionary(Hash::of(dictionary));
    let bytes = Segment::write(codec, u32::from_le_bytes(*raw_len) as usize, payload);
    let Ok(segment) = Segment::read(&bytes) else {
        return false;
    };
    segment
        .unpack(Some(dictionary))
        .is_ok_and(|raw| replays(&raw))
}

fn replays(raw: &[u8]) -> bool {
    let Ok(ops) = Op::split(raw) else {
        return false;
    };
    for op in &ops {
        if let OpRef::Put(leaf) = op {
            record(leaf);
        }
    }
    let Ok(ledger) = Ledger::of(raw) else {
        return false;
    };
    let kept: Result<Ledger, _> = cbor::from_slice(&cbor::to_vec(&ledger), Ledger::BYTES_MAX);
    assert_eq!(kept.as_ref(), Ok(&ledger), "a kept ledger is read again");
    let set = current_set([&ledger]);
    assert!(set.len() <= ops.len(), "a set is no larger than its puts");
    root_of(&set);
    true
}

static SIGNERS: LazyLock<Vec<PublicKey>> =
    LazyLock::new(|| cast::signers().iter().map(SecretKey::public).collect());

/// An envelope of any type and what it carries.
pub fn envelope(data: &[u8]) -> bool {
    let Ok(envelope) = Envelope::from_bytes(data, HEADS_BYTES_MAX) else {
        return false;
    };
    let again = Envelope::from_bytes(&envelope.to_bytes(), usize::MAX);
    assert_eq!(again.as_ref(), Ok(&envelope), "written, it is read again");
    let root = cbor::from_slice::<Root>(&envelope.payload, HEADS_BYTES_MAX);
    let head = cbor::from_slice::<Head>(&envelope.payload, HEADS_BYTES_MAX);
    if let Ok(root) = &root {
        root.well_formed();
        root.fingerprint();
    }
    let signed = |kind| envelope.verified(kind, &SIGNERS, 1).is_ok();
    (root.is_ok() && signed(PayloadType::Root)) || (head.is_ok() && signed(PayloadType::Head))
}

/// Envelopes of roots and heads.
pub fn envelopes() -> Vec<Vec<u8>> {
    let listed = (0..64).map(|n| country::listed(&Hash([n; 32]), 1 << n.min(20), 3));
    vec![
        country::root(1),
        country::root(2),
        country::head(0, vec![]),
        country::head(2, listed.collect()),
    ]
}

static PIN: LazyLock<Pin> = LazyLock::new(country::pin);

/// A heads document, believed or not.
pub fn heads(data: &[u8]) -> bool {
    let Ok(document) = HeadsDocument::from_bytes(data) else {
        return false;
    };
    verify(&document, &cast::place(), *PIN, &BTreeMap::new()).is_ok()
}

/// Documents with one root and with three, with few segments and with many.
pub fn documents() -> Vec<Vec<u8>> {
    vec![
        country::document(1, 0),
        country::document(1, 12),
        country::document(3, 3),
    ]
}

/// A leaf and everything that is asked of it before it is shown.
pub fn record(data: &[u8]) -> bool {
    let Ok(record) = Record::from_bytes(data) else {
        return false;
    };
    record.blobs();
    let vietnamese = [Lang::vietnamese()];
    match record.body() {
        Ok(Body::Article(article)) => {
            Text::choose(&article.texts, &vietnamese).map(Text::searchable);
            // What is too long for an author is still readable; the check only must not fail.
            let _ = article.check();
        }
        Ok(Body::Product(product)) => {
            Text::choose(&product.texts, &vietnamese).map(Text::searchable);
            product.stars(record.issued_at);
            let _ = product.check();
        }
        Ok(_) => {}
        Err(_) => return false,
    }
    true
}
