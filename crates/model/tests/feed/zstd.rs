//! Segments packed with zstd: the decoder of phones and hubs, and the one of browsers.

use std::io::Read;

use bantin_model::feed::{Codec, Op, SEGMENT_RAW_MAX, Segment, SegmentError};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use crate::country::{notice, place};

/// What the hub of Phan Sơn has to say: notices that resemble each other.
fn payload(notices: u32) -> Vec<u8> {
    let text = |n| {
        format!(
            "Họp bản lần thứ {n}: bà con mang theo sổ hộ khẩu. {}",
            n * n
        )
    };
    let put = |n| Op::Put(notice(&place("vn-68-23074"), n as u64, &text(n)).to_bytes());
    Op::join(&(0..notices).map(put).collect::<Vec<_>>())
}

/// Packed as hubs do it, in ways that other versions of them may.
fn frames(raw: &[u8]) -> Vec<Vec<u8>> {
    let with = |level: i32, parameters: &[CParameter]| {
        let mut compressor = Compressor::new(level).unwrap();
        for parameter in parameters {
            compressor.set_parameter(*parameter).unwrap();
        }
        compressor.compress(raw).unwrap()
    };
    vec![
        with(1, &[]),
        with(19, &[CParameter::WindowLog(24)]),
        with(3, &[CParameter::ChecksumFlag(true)]),
        with(3, &[CParameter::ContentSizeFlag(false)]),
        with(3, &[CParameter::WindowLog(10)]),
        zstd::stream::encode_all(raw, 3).unwrap(),
    ]
}

fn here(frame: &[u8], raw_len: usize) -> Option<Vec<u8>> {
    let bytes = Segment::write(Codec::Zstd, raw_len, frame);
    Segment::read(&bytes).unwrap().unpack(None).ok()
}

fn in_a_browser(frame: &[u8], raw_len: usize) -> Option<Vec<u8>> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(SEGMENT_RAW_MAX as u64);
    let stream = StreamingDecoder::new_with_decoder(frame, decoder).ok()?;
    let mut raw = Vec::new();
    let limit = raw_len as u64 + 1;
    stream.take(limit).read_to_end(&mut raw).ok()?;
    (raw.len() == raw_len).then_some(raw)
}

#[test]
fn every_honest_frame_opens_on_phones_and_in_browsers() {
    for notices in [0, 1, 40, 2_000] {
        let raw = payload(notices);
        for frame in frames(&raw) {
            for decoded in [here(&frame, raw.len()), in_a_browser(&frame, raw.len())] {
                assert_eq!(
                    decoded.as_deref(),
                    Some(&raw[..]),
                    "no way of packing is lost on anybody"
                );
            }
        }
    }
}

/// Only the author of a feed can hand out a broken frame, for its name is signed. A phone may then refuse what a
/// browser takes (a wrong checksum) and the other way round (a table that promises more than it needs): whoever
/// refuses keeps the news it has. Never do both see different news.
#[test]
fn a_damaged_frame_never_says_two_things() {
    let raw = payload(40);
    let mut chance = ChaCha20Rng::seed_from_u64(7);
    let (mut both, mut neither, mut one) = (0, 0, 0);
    for frame in frames(&raw) {
        for _ in 0..1_500 {
            let mut damaged = frame.clone();
            // Headers decide most, so half of the damage is there.
            let within = [damaged.len(), 24][chance.next_u32() as usize % 2].min(damaged.len());
            let at = chance.next_u32() as usize % within;
            match chance.next_u32() % 4 {
                0 => damaged.truncate(at),
                1 => drop(damaged.remove(at)),
                _ => damaged[at] ^= 1 << (chance.next_u32() % 8),
            }
            match (here(&damaged, raw.len()), in_a_browser(&damaged, raw.len())) {
                (Some(here), Some(there)) => {
                    assert_eq!(here, there, "two readers of one feed read the same");
                    both += 1;
                }
                (None, None) => neither += 1,
                _ => one += 1,
            }
        }
    }
    assert!(
        both > 50 && neither > 1_000 && one > 0,
        "the damage was of every kind: {both}, {neither}, {one}"
    );
}

#[test]
fn one_frame_and_what_it_says() {
    let raw = payload(40);
    let honest = frames(&raw).remove(0);
    let unpack = |frame: &[u8], raw_len: usize| {
        let bytes = Segment::write(Codec::Zstd, raw_len, frame);
        Segment::read(&bytes).unwrap().unpack(None).map(|_| ())
    };
    let twice = [honest.clone(), honest.clone()].concat();
    assert!(
        unpack(&twice, 2 * raw.len()).is_err(),
        "a second frame is no part of the payload"
    );
    assert_eq!(
        unpack(&twice, raw.len()),
        Ok(()),
        "what follows the first one says nothing, as in a browser"
    );
    assert!(
        unpack(&honest, raw.len() - 1).is_err() && unpack(&honest, raw.len() + 1).is_err(),
        "an announced length is a promise"
    );
    let mut skipped = vec![0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0];
    skipped.extend_from_slice(b"skip");
    assert_eq!(
        unpack(&skipped, 0),
        Err(SegmentError::Packed),
        "a frame to be skipped is not an empty payload"
    );
    skipped.extend_from_slice(&honest);
    assert!(
        unpack(&skipped, raw.len()).is_err(),
        "nor may one come first"
    );
    let bomb = zstd::stream::encode_all(&vec![0; 4 << 20][..], 19).unwrap();
    assert!(bomb.len() < 2_000, "a few bytes that unpack to 4 MiB");
    assert!(
        unpack(&bomb, 1_000).is_err(),
        "no more comes out than was announced"
    );
    let named = Compressor::with_dictionary(3, &dictionary()).unwrap();
    let named = { named }.compress(&raw).unwrap();
    assert!(
        unpack(&named, raw.len()).is_err(),
        "a frame that needs a dictionary is not read without"
    );
}

fn dictionary() -> Vec<u8> {
    let samples: Vec<Vec<u8>> = (0..400).map(|n| payload(n % 5 + 1)).collect();
    zstd::dict::from_samples(&samples, 4 << 10).unwrap()
}
