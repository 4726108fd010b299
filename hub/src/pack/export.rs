//! Writing a pack: what comes back for people first, then the news, pictures and sound last, because a
//! cut takes the end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use bantin_model::feed::{Op, OpRef, Segment};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{Receipt, ReceiptStep};
use bantin_model::pack::{PackWriter, PackedMail, RecordKind};
use bantin_model::record::Record;
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};

use super::ASK_LIFE_S;
use crate::Hub;
use crate::disk::sync_dir;
use crate::failure::{HubError, Result};

/// Entries of one mailbox in a pack at most, the oldest first.
const ENTRIES_MAX: usize = 256;
/// Bytes of one mailbox in a pack at most.
const MAILBOX_BYTES_MAX: usize = 4 << 20;

/// What goes into a pack.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Pictures and sound of the news.
    pub media: bool,
    /// Which places; empty is all of this hub.
    pub places: Vec<PlaceId>,
}

/// What went into a pack.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Places with their news.
    pub places: Vec<PlaceId>,
    /// Segments.
    pub segments: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// Receipts of letters that came by hand.
    pub receipts: u32,
    /// Entries for mailboxes that were asked for by hand.
    pub entries: u32,
    /// Size of the file.
    pub bytes: u64,
    /// What was left out because the pack was full.
    pub left_out: u32,
}

type Out = PackWriter<BufWriter<File>>;

impl Hub {
    /// Writes a pack, whole or not at all; a file that is there is replaced.
    pub async fn export_pack(&self, to: &Path, wanted: &Wanted) -> Result<Given> {
        if self.store.resting().await? {
            return Err(HubError::code(Code::HubResting));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = to.with_file_name(name);
        let given = self.fill_pack(&part, wanted).await;
        let given = match given {
            Ok(given) => given,
            Err(error) => {
                // Nothing refers to it; what cannot be removed is only lost room.
                let _ = std::fs::remove_file(&part);
                return Err(error);
            }
        };
        std::fs::rename(&part, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        sync_dir(folder.unwrap_or(Path::new(".")))?;
        Ok(given)
    }

    async fn fill_pack(&self, part: &Path, wanted: &Wanted) -> Result<Given> {
        let mut out = PackWriter::new(BufWriter::new(File::create(part)?))?;
        let mut given = Given::default();
        let places = self.places_wanted(wanted).await?;
        for place in &places {
            if let (_, Some(answer)) = self.heads(place, |_| false).await? {
                put(&mut out, RecordKind::HEADS, &answer.bytes, &mut given)?;
            }
        }
        self.put_mail(&mut out, &mut given).await?;
        let blobs = self.put_segments(&mut out, &places, &mut given).await?;
        if wanted.media {
            for hash in blobs {
                if let Ok(bytes) = std::fs::read(self.disk.blob(&hash)) {
                    let done = put(&mut out, RecordKind::BLOB, &bytes, &mut given)?;
                    given.media += u32::from(done);
                }
            }
        }
        given.bytes = finish(out)?;
        given.places = places;
        Ok(given)
    }

    /// The places wanted and those above them, which prove them.
    async fn places_wanted(&self, wanted: &Wanted) -> Result<Vec<PlaceId>> {
        let feeds = self.store.feeds().await?;
        let with_news = feeds.into_iter().filter(|feed| feed.version > 0);
        let all: Vec<PlaceId> = with_news.map(|feed| feed.place).collect();
        if wanted.places.is_empty() {
            return Ok(all);
        }
        match wanted.places.iter().find(|place| !all.contains(place)) {
            Some(unknown) => Err(Failure::at(Code::PlaceUnknown, unknown.as_str()).into()),
            None => Ok(wanted.places.clone()),
        }
    }

    async fn put_mail(&self, out: &mut Out, given: &mut Given) -> Result<()> {
        let since = Seconds(self.clock.now().0.saturating_sub(ASK_LIFE_S));
        let mut boxes = BTreeSet::new();
        for ask in self.store.asked().await? {
            if ask.at < since {
                continue;
            }
            boxes.insert(ask.mailbox);
            let Some(id) = ask.letter else { continue };
            let Some(letter) = self.store.letter(&id).await? else {
                continue;
            };
            let Some(keys) = self.keys.of(&letter.place) else {
                continue;
            };
            let (step, at) = (ReceiptStep::Accepted, letter.accepted_at);
            let receipt = Receipt::issue(id, step, at, letter.place, &keys.receipt);
            let done = put(out, RecordKind::RECEIPT, &receipt, given)?;
            given.receipts += u32::from(done);
        }
        for mailbox in boxes {
            let page = self
                .store
                .mail(&mailbox, 0, ENTRIES_MAX, MAILBOX_BYTES_MAX)
                .await?;
            for item in page.entries {
                let entry = item.bytes;
                let body = PackedMail { mailbox, entry }.to_bytes();
                let done = put(out, RecordKind::MAIL, &body, given)?;
                given.entries += u32::from(done);
            }
        }
        Ok(())
    }

    /// Segments of the places and of those above, each once; the blobs that their records name.
    async fn put_segments(
        &self,
        out: &mut Out,
        places: &[PlaceId],
        given: &mut Given,
    ) -> Result<BTreeSet<Hash>> {
        let (mut blobs, mut dictionaries) = (BTreeSet::new(), BTreeSet::new());
        for place in self.with_those_above(places).await? {
            for row in self.store.segments(&place).await?.iter().rev() {
                let bytes = std::fs::read(self.disk.segment(&row.listed.hash))?;
                let done = put(out, RecordKind::SEGMENT, &bytes, given)?;
                given.segments += u32::from(done);
                let Ok(segment) = Segment::read(&bytes) else {
                    continue;
                };
                let mut dictionary = None;
                if let Some(hash) = segment.dictionary() {
                    let bytes = std::fs::read(self.disk.blob(&hash))?;
                    if dictionaries.insert(hash) {
                        put(out, RecordKind::DICTIONARY, &bytes, given)?;
                    }
                    dictionary = Some(bytes);
                }
                if let Ok(raw) = segment.unpack(dictionary.as_deref()) {
                    blobs.extend(named(&raw));
                }
            }
        }
        Ok(blobs)
    }

    async fn with_those_above(&self, places: &[PlaceId]) -> Result<Vec<PlaceId>> {
        let mut all: Vec<PlaceId> = Vec::new();
        for place in places {
            let mut next = Some(place.clone());
            while let Some(place) = next.filter(|place| !all.contains(place)) {
                let row = self.store.feed(&place).await?;
                next = row.and_then(|row| row.parent);
                all.push(place);
            }
        }
        Ok(all)
    }
}

/// Blobs that the records of a segment name; those of a record that was corrected since come along.
fn named(raw: &[u8]) -> BTreeSet<Hash> {
    let ops = Op::split(raw).unwrap_or_default();
    let records = ops.into_iter().filter_map(|op| match op {
        OpRef::Put(bytes) => Record::from_bytes(bytes).ok(),
        OpRef::Drop(_) => None,
    });
    let blobs = records.flat_map(|record| record.blobs());
    blobs.map(|blob| blob.hash).collect()
}

fn put(out: &mut Out, kind: RecordKind, body: &[u8], given: &mut Given) -> Result<bool> {
    let done = out.record(kind, body)?;
    given.left_out += u32::from(!done);
    Ok(done)
}

fn finish(out: Out) -> Result<u64> {
    let mut buffered = out.finish()?;
    buffered.flush()?;
    let file = buffered.get_ref();
    file.sync_all()?;
    Ok(file.metadata()?.len())
}
