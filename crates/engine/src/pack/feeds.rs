//! News of a pack: an ordinary sync session, answered from the file instead of by a hub.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::AtomicU32;

use bantin_model::feed::{HeadsDocument, Known, TrustError, Verified, verify};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::pack::RecordKind;
use bantin_model::sync::{Apply, Effect, Event, Request, Scope, Session, Start, Summary, Trouble};
use bantin_store::news::Follow;
use bantin_wire::Code;
use bantin_wire::ipc::pack::{PackNews, PackReport};

use super::source::Source;
use crate::sync::Courier;
use crate::{Engine, Error, Result, file};

/// Heads documents of one pack that are looked at.
const DOCUMENTS_MAX: usize = 64;

/// A document that holds for the followed place.
struct Newest {
    bytes: Vec<u8>,
    verified: Verified,
}

impl Engine {
    /// Takes the news of the followed place. What is not genuine or older changes nothing and is said.
    pub(super) async fn import_news(
        &self,
        source: &Source,
        follow: &Follow,
        report: &mut PackReport,
    ) -> Result<()> {
        let stores = self.stores().await;
        let feeds = stores.news.feed_states().await?;
        let known: BTreeMap<PlaceId, Known> = feeds
            .iter()
            .map(|(place, feed)| (place.clone(), feed.known))
            .collect();
        let (newest, said) = newest(source, follow, &known).await?;
        report.news = said;
        let Some(Newest { bytes, verified }) = newest else {
            return Ok(());
        };
        report.signed_at = verified.heads.last().map(|last| last.head.issued_at);
        if stores.news.document().await?.as_ref() == Some(&bytes) {
            return Ok(());
        }
        let moves = verified.heads.iter().any(|trusted| {
            let held = known.get(&trusted.head.place);
            held.is_none_or(|held| held.order < trusted.head.order())
        });
        let start = Start {
            scope: Scope::Everything,
            place: follow.place.clone(),
            pin: follow.pin,
            feeds,
            etag: None,
            document: None,
            outbox: Vec::new(),
            mailboxes: Vec::new(),
            receipt_keys: Vec::new(),
        };
        let courier = Courier {
            hub: self.inner.wire.hub(&follow.hub),
            folders: self.inner.folders.clone(),
            stores,
            follow: follow.clone(),
            replies_new: AtomicU32::new(0),
            via: None,
            engine: self.clone(),
        };
        let summary = self.run_on_pack(start, &courier, source, bytes).await?;
        report.records_changed = summary.records_changed;
        report.news = match summary.troubles.first() {
            None if moves => PackNews::New,
            None => PackNews::Same,
            Some(Trouble::DiskFull) => return Err(Code::DiskFull.into()),
            Some(Trouble::Other) => return Err(Error::Broken("a pack could not be applied")),
            Some(_) => PackNews::Incomplete,
        };
        Ok(())
    }

    async fn run_on_pack(
        &self,
        start: Start,
        courier: &Courier,
        source: &Source,
        document: Vec<u8>,
    ) -> Result<Summary> {
        let mut session = Session::new(start);
        let mut waiting: VecDeque<Effect> = VecDeque::new();
        let mut event = Event::Begin;
        loop {
            if matches!(event, Event::ApplyFailed(_)) {
                // The session ends; what it asked for before is dropped.
                waiting.clear();
            }
            waiting.extend(session.step(event, self.now()));
            event = match waiting.pop_front() {
                None => return Err(Error::Broken("an import waits for nothing")),
                Some(Effect::Finish(summary)) => return Ok(summary),
                Some(Effect::Apply(mut apply)) => {
                    date(&mut apply, courier).await?;
                    self.apply(*apply, courier).await
                }
                Some(Effect::Open(unopened)) => courier.open(*unopened).await,
                Some(Effect::Request(request)) => {
                    answer(request, courier, source, &document).await?
                }
            };
        }
    }
}

/// A pack was made some time ago: its news are as fresh as their signature, and say nothing about the
/// clock of this device.
async fn date(apply: &mut Apply, courier: &Courier) -> Result<()> {
    if let Apply::Heads {
        newest_signed,
        checked_at,
        clock_wrong,
        ..
    } = apply
    {
        let held = courier.stores.news.freshness().await?;
        *checked_at = held.checked_at.max((*newest_signed).min(*checked_at));
        *clock_wrong = held.clock_wrong;
    }
    Ok(())
}

async fn answer(
    request: Request,
    courier: &Courier,
    source: &Source,
    document: &[u8],
) -> Result<Event> {
    let found = match &request {
        Request::Heads { .. } => Some(Event::Heads {
            bytes: document.to_vec(),
            etag: None,
        }),
        Request::Ledgers { place, segments } => Some(Event::Ledgers {
            place: place.clone(),
            ledgers: courier.stores.news.ledgers(place, segments).await?,
        }),
        Request::Segment { place, hash, .. } => {
            let bytes = segment(courier, source, hash).await?;
            bytes.map(|bytes| Event::Segment {
                place: place.clone(),
                hash: *hash,
                bytes,
            })
        }
        Request::Dictionary { hash } => dictionary(courier, source, hash)
            .await?
            .map(|bytes| Event::Dictionary { hash: *hash, bytes }),
        _ => None,
    };
    let trouble = Trouble::Offline;
    Ok(found.unwrap_or(Event::Failed { request, trouble }))
}

/// A dictionary from the pack or from this device. It is kept: it serves later syncs.
async fn dictionary(courier: &Courier, source: &Source, hash: &Hash) -> Result<Option<Vec<u8>>> {
    let path = courier.folders.blob(hash);
    let held = file::read(&path).await?;
    if let Some(bytes) = held.filter(|bytes| Hash::of(bytes) == *hash) {
        return Ok(Some(bytes));
    }
    let bytes = source.named(RecordKind::DICTIONARY, *hash).await?;
    if let Some(bytes) = &bytes {
        file::write_durable(&path, bytes).await?;
    }
    Ok(bytes)
}

/// A segment from the pack or from this device. It is staged as if it had been fetched: where its feed is
/// not whole, the next pack or sync need not bring it again.
async fn segment(courier: &Courier, source: &Source, hash: &Hash) -> Result<Option<Vec<u8>>> {
    let staged = courier.folders.partial_file(hash);
    if let Some(bytes) = source.named(RecordKind::SEGMENT, *hash).await? {
        tokio::fs::write(&staged, &bytes).await?;
        return Ok(Some(bytes));
    }
    for path in [staged, courier.folders.segment(hash)] {
        let bytes = file::read(&path).await?;
        if let Some(bytes) = bytes.filter(|bytes| Hash::of(bytes) == *hash) {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// The newest document of the pack that holds, or why there is none.
async fn newest(
    source: &Source,
    follow: &Follow,
    known: &BTreeMap<PlaceId, Known>,
) -> Result<(Option<Newest>, PackNews)> {
    let mut best: Option<Newest> = None;
    let mut said = PackNews::None;
    for entry in source.contents.of(RecordKind::HEADS).take(DOCUMENTS_MAX) {
        let Some(bytes) = source.body(entry).await? else {
            continue;
        };
        let verified = HeadsDocument::from_bytes(&bytes)
            .map_err(TrustError::from)
            .and_then(|document| verify(&document, &follow.place, follow.pin, known));
        match verified {
            Ok(verified) => {
                let newer = best
                    .as_ref()
                    .is_none_or(|best| order(&best.verified) < order(&verified));
                if newer {
                    best = Some(Newest { bytes, verified });
                }
            }
            Err(error) => {
                tracing::info!(%error, "heads of a pack are not taken");
                said = graver(said, &error);
            }
        }
    }
    Ok(match best {
        Some(best) => (Some(best), PackNews::Same),
        None => (None, said),
    })
}

fn order(verified: &Verified) -> (Vec<(u32, u64)>, bantin_model::time::Seconds) {
    let heads = verified.heads.iter().rev();
    (
        heads.map(|trusted| trusted.head.order()).collect(),
        verified.newest_signed,
    )
}

/// What a person should hear of first, if nothing in the pack could be taken.
fn graver(before: PackNews, error: &TrustError) -> PackNews {
    let now = match error {
        TrustError::OtherPlace => PackNews::None,
        TrustError::RolledBack(_) | TrustError::RootRolledBack => PackNews::Older,
        TrustError::OtherRoot => PackNews::OtherRoot,
        _ => PackNews::NotGenuine,
    };
    let weight = |news: PackNews| match news {
        PackNews::None => 0,
        PackNews::OtherRoot => 1,
        PackNews::NotGenuine => 2,
        _ => 3,
    };
    if weight(now) > weight(before) {
        now
    } else {
        before
    }
}
