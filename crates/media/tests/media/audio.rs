//! Officer Hạnh attaches a narration: what every phone plays is accepted, the rest is named.

use crate::fixtures::{iso_box, jpeg, mp3, mp4, ogg, wav};
use bantin_media::MediaError;
use bantin_media::audio::{AudioKind, MAX_AUDIO_BYTES, sniff};

const OPUS: &[u8] = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";

#[test]
fn the_four_accepted_formats_are_recognised() {
    let cases = [
        (mp3(false), AudioKind::Mp3),
        (mp3(true), AudioKind::Mp3),
        (ogg(OPUS), AudioKind::OggOpus),
        (wav(1), AudioKind::Wav),
        (wav(3), AudioKind::Wav),
        (mp4(b"M4A ", &[(b"soun", b"mp4a")]), AudioKind::M4a),
        // Voice recorders of many phones.
        (mp4(b"mp42", &[(b"soun", b"mp4a")]), AudioKind::M4a),
        (mp4(b"3gp4", &[(b"soun", b"mp4a")]), AudioKind::M4a),
    ];
    for (bytes, kind) in cases {
        assert_eq!(
            sniff(&bytes),
            Ok(kind),
            "an officer's recording must not be refused"
        );
    }
}

#[test]
fn other_sound_is_told_apart_from_no_sound() {
    let adts = [0xff, 0xf1, 0x50, 0x80, 0, 0, 0, 0].to_vec();
    let cases = [
        (ogg(b"\x01vorbis and more bytes"), MediaError::OtherAudio),
        (b"fLaC\0\0\0\x22".to_vec(), MediaError::OtherAudio),
        (b"#!AMR\n\x3c".to_vec(), MediaError::OtherAudio),
        (adts, MediaError::OtherAudio),
        // A-law telephone sound.
        (wav(6), MediaError::OtherAudio),
        (mp4(b"3gp4", &[(b"soun", b"samr")]), MediaError::OtherAudio),
        (
            mp4(b"isom", &[(b"soun", b"mp4a"), (b"vide", b"avc1")]),
            MediaError::Video,
        ),
        (b"\x1a\x45\xdf\xa3\x01".to_vec(), MediaError::Video),
        (jpeg(8, 8), MediaError::NotAudio),
        (b"%PDF-1.7".to_vec(), MediaError::NotAudio),
        ("giọng nói".as_bytes().to_vec(), MediaError::NotAudio),
        (Vec::new(), MediaError::Empty),
    ];
    for (bytes, error) in cases {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(12)]).into_owned();
        assert_eq!(sniff(&bytes), Err(error), "{head:?}");
    }
}

#[test]
fn a_recording_that_was_cut_off_is_damaged() {
    let m4a = mp4(b"M4A ", &[(b"soun", b"mp4a")]);
    let cases = [
        mp3(false)[..300].to_vec(),
        ogg(OPUS)[..30].to_vec(),
        wav(1)[..30].to_vec(),
        m4a[..m4a.len() - 20].to_vec(),
        // A tag that claims more than the file holds.
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f".to_vec(),
        iso_box(b"ftyp", b"M4A \0\0\0\0"),
    ];
    for bytes in cases {
        assert_eq!(
            sniff(&bytes),
            Err(MediaError::Damaged),
            "half a file would play as silence"
        );
    }
}

#[test]
fn a_long_recording_is_refused_by_its_size() {
    let mut long = mp3(false);
    long.resize(MAX_AUDIO_BYTES + 1, 0);
    assert_eq!(
        sniff(&long).unwrap_err().code(),
        "media-too-large",
        "a village at 50 kbit/s would need half an hour for it"
    );
}
