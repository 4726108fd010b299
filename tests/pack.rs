//! A pack of about 100 KB of which single bits are flipped: what may be lost, and what must not.

use std::io::Cursor;
use std::ops::Range;

use bantin_model::id::Hash;
use bantin_model::letter::MailboxId;
use bantin_model::pack::{
    Ask, Contents, Entry, FRAME_BYTES, PackWriter, PackedMail, RecordKind, ScanError,
};

/// Least length of the pack, in bytes.
const BYTES_MIN: usize = 100_000;

/// What lists the whole records of a pack: `bantin_model::pack::scan`, or one with a planted bug.
pub type Reader = fn(&mut Cursor<&[u8]>) -> Result<Contents, ScanError>;

/// The pack and what is in it.
pub struct Flipped {
    bytes: Vec<u8>,
    whole: Vec<Entry>,
    read: Reader,
}

impl Flipped {
    /// The pack, read by `read`.
    pub fn read_by(read: Reader) -> Self {
        let bytes = pack();
        let whole = read(&mut Cursor::new(&bytes))
            .expect("our own pack")
            .entries;
        assert!(
            bytes.len() > BYTES_MIN && whole.len() > 40,
            "a pack of the size and kinds that a stick carries"
        );
        Self { bytes, whole, read }
    }

    /// How many bits there are to flip.
    pub fn bits(&self) -> u64 {
        self.bytes.len() as u64 * 8
    }

    /// Flips each of these bits alone: the pack is then said to be damaged, and no record is lost, changed or made
    /// up but the one that holds the bit.
    ///
    /// # Errors
    /// The first bit of which that is not so.
    pub fn flip(&self, bits: Range<u64>) -> Result<(), String> {
        let mut altered = self.bytes.clone();
        for bit in bits {
            let (byte, mask) = ((bit / 8) as usize, 1 << (bit % 8));
            altered[byte] ^= mask;
            let read = (self.read)(&mut Cursor::new(&altered));
            self.judge(byte as u64, read)
                .map_err(|what| format!("bit {bit}: {what}"))?;
            altered[byte] ^= mask;
        }
        Ok(())
    }

    fn judge(&self, byte: u64, read: Result<Contents, ScanError>) -> Result<(), String> {
        // Refusing the whole pack is safe, but is more than one bit may cost.
        let contents = read.map_err(|error| format!("the whole pack is refused: {error}"))?;
        if contents.is_whole() {
            return Err("nothing is said".into());
        }
        // A record holds its bit wherever that is: its frame is a part of it.
        let hurt = |entry: &&Entry| {
            let begin = entry.at - FRAME_BYTES as u64;
            (begin..entry.at + u64::from(entry.bytes)).contains(&byte)
        };
        let sound = self.whole.iter().filter(|entry| !hurt(entry));
        match sound.eq(&contents.entries) {
            true => Ok(()),
            false => Err("other records than the damaged one are not what they were".into()),
        }
    }
}

/// Every kind of record, small and large, in no order that helps.
fn pack() -> Vec<u8> {
    let mut writer = PackWriter::new(Vec::new()).expect("memory takes bytes");
    let mut add = |kind: RecordKind, body: &[u8]| {
        let taken = writer.record(kind, body).expect("memory takes bytes");
        assert!(taken, "a record within its limits");
        writer.bytes() as usize
    };
    let mut round = 0;
    loop {
        let mailbox = MailboxId(Hash([round; 32]));
        let entry = noise(round, 4, 300).into();
        add(RecordKind::HEADS, &noise(round, 1, 900));
        add(RecordKind::SEGMENT, &noise(round, 2, 4_000));
        add(RecordKind::RECEIPT, &noise(round, 3, 190));
        add(RecordKind::MAIL, &PackedMail { mailbox, entry }.to_bytes());
        add(RecordKind::ASK, &Ask { mailbox }.to_bytes());
        add(RecordKind::LETTER, &noise(round, 5, 640));
        add(RecordKind::DICTIONARY, &noise(round, 6, 1_200));
        add(RecordKind(77), &noise(round, 7, 33));
        if add(RecordKind::BLOB, &noise(round, 8, 9_000)) > BYTES_MIN {
            return writer.finish().expect("memory takes bytes");
        }
        round += 1;
    }
}

/// Bytes without a pattern.
fn noise(round: u8, of: u8, bytes: usize) -> Vec<u8> {
    let block = |n: u32| Hash::of_parts(&[&[round, of], &n.to_le_bytes()]).0;
    (0..).flat_map(block).take(bytes).collect()
}
