//! The short form of the fuzzing, and the proof that the fuzzing can find something.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::time::Duration;

use bantin_fuzz::corpus::Corpus;
use bantin_fuzz::memory::{INPUT_BYTES_MAX, peak_of};
use bantin_fuzz::run::Span;
use bantin_fuzz::target::{ALL, Shape, named};
use bantin_fuzz::watch::{Report, Watch};
use bantin_model::feed::{Codec, SEGMENT_RAW_MAX, Segment};

/// Inputs of each target here; of pictures, a tenth.
const SHORT_FORM: u64 = 3_000;

fn run(name: &str, inputs: u64, patience: Duration) -> Report {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let watch = Watch {
        program: PathBuf::from(env!("CARGO_BIN_EXE_bantin-fuzz")),
        patience,
        kept: folder,
    };
    let span = Span {
        seed: 20_261_122,
        from: 0,
        inputs,
        every: 64,
    };
    watch.run(named(name).expect("a target"), span, None, &mut |_| {})
}

const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn every_seed_is_accepted_so_that_changes_begin_deep_inside() {
    for target in ALL {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty(), "{} has seeds", target.name);
        for (at, seed) in seeds.iter().enumerate() {
            assert!(
                (target.run)(seed),
                "seed {at} of {} is valid: {:02x?}",
                target.name,
                &seed[..seed.len().min(64)]
            );
        }
    }
}

/// A few bytes that unpack to the most a segment may be, with a window as large: the dearest there is.
#[test]
fn the_dearest_segment_stays_within_its_memory() {
    let window = SEGMENT_RAW_MAX.ilog2() as u8 - 10;
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, window << 3];
    let blocks = SEGMENT_RAW_MAX / (128 << 10);
    for at in 1..=blocks {
        // A block of one byte 128 Ki times; the last one says so.
        let header = u32::from(at == blocks) | 1 << 1 | (128 << 10) << 3;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(0x40);
    }
    let bytes = Segment::write(Codec::Zstd, SEGMENT_RAW_MAX, &frame);
    let segment = Segment::read(&bytes).expect("a segment");
    let (unpacked, peak) = peak_of(|| segment.unpack(None).map(|raw| raw.len()));
    assert_eq!(unpacked, Ok(SEGMENT_RAW_MAX), "it is a legal segment");
    assert!(
        peak <= INPUT_BYTES_MAX,
        "{} bytes of segment take {peak} bytes of memory",
        bytes.len()
    );
}

#[test]
fn the_same_seed_and_number_are_the_same_input() {
    let target = named("heads").expect("a target");
    let (one, two) = (Corpus::of(target), Corpus::of(target));
    let differ = (0..200).filter(|n| one.input(1, *n) != two.input(1, *n));
    assert_eq!(differ.count(), 0, "a finding can be had again");
    let again = (0..200).filter(|n| one.input(1, *n) == one.input(2, *n));
    assert!(again.count() < 5, "another seed is another run");
}

#[test]
fn changed_inputs_break_nothing() {
    for target in ALL {
        let inputs = match target.shape {
            Shape::Picture => SHORT_FORM / 10,
            _ => SHORT_FORM,
        };
        let report = run(target.name, inputs, PATIENCE);
        assert_eq!(report.finding, None, "{report:?}");
        assert!(report.whole, "all inputs were run: {report:?}");
        // Nothing changed gets through a seal; everything else must not stop at the door.
        if !["letter", "attachment"].contains(&target.name) {
            assert!(
                report.accepted > 0.002,
                "some changed inputs still reach the end: {report:?}"
            );
        }
    }
}

#[test]
fn a_planted_panic_is_caught() {
    let report = run("planted-panic", 50_000, PATIENCE);
    let finding = report.finding.expect("a division by what a stranger wrote");
    assert!(finding.what.contains("divide by zero"), "{finding:?}");
    let kept = std::fs::read(report.kept.expect("its input is kept")).expect("it is there");
    let target = named("planted-panic").expect("a target");
    let again = std::panic::catch_unwind(|| (target.run)(&kept));
    assert!(again.is_err(), "the kept input does it again");
}

#[test]
fn a_planted_allocation_is_caught() {
    let report = run("planted-allocation", 50_000, PATIENCE);
    let finding = report.finding.expect("too much memory, freed at once");
    assert!(finding.what.contains("bytes of memory"), "{finding:?}");
}

#[test]
fn a_length_that_ends_the_process_is_caught() {
    let report = run("planted-length", 50_000, PATIENCE);
    let finding = report
        .finding
        .expect("an allocation that nobody can refuse in time");
    assert_eq!(
        finding.what, "ended the process",
        "not even a panic is left"
    );
    assert!(report.kept.is_some(), "and yet its input is known");
}

#[test]
fn a_loop_without_end_is_caught() {
    let report = run("planted-loop", 50_000, Duration::from_secs(2));
    let finding = report.finding.expect("a count to what a stranger wrote");
    assert_eq!(finding.what, "did not come back", "{finding:?}");
}

#[test]
fn a_stack_that_overflows_is_caught() {
    let report = run("planted-depth", 50_000, PATIENCE);
    let finding = report.finding.expect("a call for each nesting");
    assert_eq!(finding.what, "ended the process", "{finding:?}");
}

#[test]
fn a_frame_that_is_believed_is_caught() {
    let report = run("planted-frame", 50_000, PATIENCE);
    let finding = report
        .finding
        .expect("a length that lies behind a check that holds");
    assert!(finding.what.contains("out of range"), "{finding:?}");
}
