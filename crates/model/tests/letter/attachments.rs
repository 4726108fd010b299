//! Attachments: chunked, padded, and broken by any change.

use bantin_model::letter::*;
use proptest::prelude::*;

fn key() -> AttachmentKey {
    AttachmentKey::from_bytes([0x44; 32])
}

fn file(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 % 251) as u8).collect()
}

/// A chunk of ciphertext.
const SEALED: usize = CHUNK_BYTES + 16;

#[test]
fn a_photo_of_120_kb_costs_at_most_3_percent() {
    for len in [115_000, 120_000, 122_880, 125_000] {
        let sealed = encrypt(&file(len), &key()).unwrap();
        let percent = (sealed.len() - len) as f64 * 100.0 / len as f64;
        assert!(percent <= 3.0, "{len} bytes grow by {percent:.2}%");
        assert_eq!(
            sealed.len() as u64,
            encrypted_len(len as u64),
            "as announced outside"
        );
    }
}

#[test]
fn sizes_around_a_chunk_come_back_whole() {
    for len in [
        0, 1, 247, 248, 65_527, 65_528, 65_529, 131_064, 131_065, 200_000,
    ] {
        let sealed = encrypt(&file(len), &key()).unwrap();
        assert_eq!(
            sealed.len() as u64,
            encrypted_len(len as u64),
            "{len}: length is as announced"
        );
        assert_eq!(
            decrypt(&sealed, &key()).unwrap(),
            file(len),
            "{len}: the file comes back"
        );
    }
}

#[test]
fn files_of_nearly_one_size_look_alike() {
    let sizes: std::collections::BTreeSet<_> = (119_000..121_000).map(encrypted_len).collect();
    assert!(
        sizes.len() <= 2,
        "2,000 lengths show as {} sizes",
        sizes.len()
    );
}

#[test]
fn pieces_of_any_size_give_the_same_file() {
    let plain = file(150_000);
    let whole = encrypt(&plain, &key()).unwrap();
    for piece in [1, 17, 4096, 65_536, 65_552, 1_000_000] {
        let mut sealed = Vec::new();
        let mut encoder = AttachmentEncoder::new(&key(), plain.len() as u64).unwrap();
        for part in plain.chunks(piece) {
            encoder.push(part, &mut sealed).unwrap();
        }
        encoder.finish(&mut sealed).unwrap();
        assert!(
            sealed == whole,
            "pieces of {piece}: an upload resumes on identical bytes"
        );
        let mut opened = Vec::new();
        let mut decoder = AttachmentDecoder::new(&key());
        for part in sealed.chunks(piece) {
            decoder.push(part, &mut opened).unwrap();
        }
        decoder.finish(&mut opened).unwrap();
        assert!(opened == plain, "pieces of {piece}: and comes back whole");
    }
}

#[test]
fn cut_reordered_repeated_or_extended_files_do_not_open() {
    let sealed = encrypt(&file(200_000), &key()).unwrap();
    let broken = |bytes: &[u8], why: &str| {
        assert_eq!(
            decrypt(bytes, &key()),
            Err(AttachmentError::Broken),
            "{why}"
        );
    };
    for cut in [
        0,
        1,
        16,
        SEALED - 1,
        SEALED,
        SEALED + 1,
        2 * SEALED,
        sealed.len() - 1,
    ] {
        broken(
            &sealed[..cut],
            "a file cut short, also at a chunk's end, is noticed",
        );
    }
    let chunks: Vec<&[u8]> = sealed.chunks(SEALED).collect();
    broken(
        &[chunks[1], chunks[0], chunks[2], chunks[3]].concat(),
        "chunks changed places",
    );
    broken(
        &[chunks[0], chunks[0], chunks[2], chunks[3]].concat(),
        "a chunk came twice",
    );
    broken(
        &[chunks[0], chunks[2], chunks[3]].concat(),
        "a chunk is missing",
    );
    broken(&[sealed.as_slice(), &[0]].concat(), "a byte came on top");
    broken(
        &[sealed.as_slice(), sealed.as_slice()].concat(),
        "the file came twice",
    );
    let other = AttachmentKey::from_bytes([0x45; 32]);
    assert_eq!(
        decrypt(&sealed, &other),
        Err(AttachmentError::Broken),
        "another key does not fit"
    );
}

#[test]
fn every_flipped_bit_of_a_small_file_is_noticed() {
    let mut sealed = encrypt(&file(100), &key()).unwrap();
    for bit in 0..sealed.len() * 8 {
        sealed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            decrypt(&sealed, &key()),
            Err(AttachmentError::Broken),
            "bit {bit}"
        );
        sealed[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn the_announced_length_is_kept() {
    let mut out = Vec::new();
    let mut short = AttachmentEncoder::new(&key(), 10).unwrap();
    short.push(&[1; 9], &mut out).unwrap();
    let missing = AttachmentError::Announced {
        got: 9,
        announced: 10,
    };
    assert_eq!(
        short.finish(&mut out),
        Err(missing),
        "a file that shrank is not sent"
    );
    let mut long = AttachmentEncoder::new(&key(), 10).unwrap();
    let more = AttachmentError::Announced {
        got: 11,
        announced: 10,
    };
    assert_eq!(
        long.push(&[1; 11], &mut out),
        Err(more),
        "nor one that grew"
    );
    let size = ATTACHMENT_BYTES_MAX + 1;
    assert_eq!(
        AttachmentEncoder::new(&key(), size).err(),
        Some(AttachmentError::TooLarge(size)),
        "25 MiB are the limit"
    );
    assert!(
        AttachmentEncoder::new(&key(), ATTACHMENT_BYTES_MAX).is_ok(),
        "and allowed"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_file_comes_back(file: Vec<u8>, key: [u8; 32]) {
        let key = AttachmentKey::from_bytes(key);
        let sealed = encrypt(&file, &key).unwrap();
        prop_assert_eq!(decrypt(&sealed, &key).unwrap(), file);
    }

    #[test]
    fn random_bytes_never_open(bytes: Vec<u8>) {
        prop_assert!(decrypt(&bytes, &key()).is_err());
    }

    #[test]
    fn a_flipped_bit_anywhere_in_a_large_file_is_noticed(at in 0usize..150_000, bit in 0u8..8) {
        let mut sealed = encrypt(&file(150_000), &key()).unwrap();
        sealed[at] ^= 1 << bit;
        prop_assert!(decrypt(&sealed, &key()).is_err());
    }
}
