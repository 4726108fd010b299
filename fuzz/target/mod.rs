//! What is fuzzed. True means that the input was accepted as valid all the way.

mod feed;
mod letter;
mod media;
mod pack;
mod planted;
mod words;

pub use feed::{dictionary, envelope, heads, record, segment};
pub use letter::{attachment, contents, letter, poll_request, poll_response, receipt, reply};
pub use media::{image, sound};
pub use pack::pack;
pub use words::{code, query};

use crate::seed;

/// What the bytes are, so that they can be changed sensibly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing in particular.
    Bytes,
    /// CBOR items, perhaps in signed envelopes.
    Cbor,
    /// A segment: header, then packed CBOR.
    Segment,
    /// A pack: records whose frames and hashes are made right again.
    Pack,
    /// A picture; a PNG's checksums are made right again.
    Picture,
}

/// One entry point.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name on the command line and in the report.
    pub name: &'static str,
    /// What reads the bytes; whether it accepted them.
    pub run: fn(&[u8]) -> bool,
    /// Valid inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What they are.
    pub shape: Shape,
    /// Longest input, in bytes.
    pub bytes_max: usize,
    /// Inputs of the long form.
    pub long_form: u64,
}

const fn target(
    name: &'static str,
    run: fn(&[u8]) -> bool,
    seeds: fn() -> Vec<Vec<u8>>,
    shape: Shape,
) -> Target {
    Target {
        name,
        run,
        seeds,
        shape,
        bytes_max: 256 << 10,
        long_form: 5_000_000,
    }
}

/// All of them, in the order of the report.
pub const ALL: &[Target] = &[
    target("pack", pack, seed::pack::all, Shape::Pack),
    target("segment", segment, seed::segment::all, Shape::Segment),
    target(
        "dictionary",
        dictionary,
        seed::segment::with_dictionaries,
        Shape::Bytes,
    ),
    target("envelope", envelope, feed::envelopes, Shape::Cbor),
    target("heads", heads, feed::documents, Shape::Cbor),
    target("record", record, seed::record::all, Shape::Cbor),
    target("letter", letter, seed::letter::sealed, Shape::Cbor),
    target("contents", contents, seed::letter::contents, Shape::Cbor),
    target("reply", reply, letter::all_replies, Shape::Cbor),
    target("receipt", receipt, seed::letter::receipts, Shape::Cbor),
    target(
        "poll-request",
        poll_request,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "poll-response",
        poll_response,
        seed::letter::responses,
        Shape::Cbor,
    ),
    target(
        "attachment",
        attachment,
        seed::letter::attachments,
        Shape::Bytes,
    ),
    target("query", query, seed::words::queries, Shape::Bytes),
    target("code", code, seed::words::codes, Shape::Bytes),
    target("sound", sound, seed::sound::all, Shape::Bytes),
    Target {
        long_form: 1_000_000,
        ..target("image", image, seed::picture::all, Shape::Picture)
    },
];

/// Targets with a fault planted in them, which the runner must find: the proof that it can.
pub const PLANTED: &[Target] = &[
    target(
        "planted-panic",
        planted::panics,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "planted-allocation",
        planted::allocates,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "planted-length",
        planted::trusts_a_length,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "planted-loop",
        planted::never_ends,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "planted-depth",
        planted::descends,
        seed::letter::requests,
        Shape::Cbor,
    ),
    target(
        "planted-frame",
        planted::believes_a_frame,
        seed::pack::all,
        Shape::Pack,
    ),
];

/// The target of that name.
pub fn named(name: &str) -> Option<Target> {
    let all = ALL.iter().chain(PLANTED);
    all.copied().find(|target| target.name == name)
}
