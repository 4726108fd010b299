//! What every hub holds when a run begins: its own first version, and the feeds above, mirrored by the shipped
//! session. Done once for all runs.

use std::sync::OnceLock;

use bantin_model::feed::Author;
use bantin_model::id::PlaceId;
use bantin_model::sync::{Event, Request, Scope, Start};

use super::epoch::grant_record;
use super::{HubDisk, OwnFeed};
use crate::cast::{HUBS, RELAY, START, TOP, agency, below, cast, member, notice};
use crate::client::{Driver, Extent, News, Next};
use crate::message::Node;
use crate::outcome::Breach;

/// The disk of a hub on the first day.
pub fn founded(hub: usize) -> HubDisk {
    static FOUNDED: OnceLock<Vec<HubDisk>> = OnceLock::new();
    let all = FOUNDED.get_or_init(|| found().unwrap_or_else(|breach| unreachable!("{breach}")));
    all.get(hub).cloned().unwrap_or_default()
}

fn found() -> Result<Vec<HubDisk>, Breach> {
    let mut disks: Vec<HubDisk> = Vec::new();
    for hub in 0..HUBS {
        let mut disk = HubDisk::default();
        if hub == TOP {
            disk.roots = vec![cast().sign_root(&cast().root)];
        }
        if hub != RELAY {
            let grants = below(hub)
                .into_iter()
                .map(|child| grant_record(child, 1, 0, START));
            let first = [agency(member(hub)), notice(hub, 0, START)];
            let records: Vec<_> = first.into_iter().chain(grants).collect();
            let author = Author {
                place: member(hub).place.clone(),
                epoch: 1,
                version: 0,
                segments: Vec::new(),
            };
            disk.own = Some(OwnFeed::found(author, &records, START, &member(hub).feed)?);
        }
        if let Some(above) = member(hub).above.and_then(|above| disks.get(above)) {
            disk.mirror = mirror(above, &member(member(hub).above.unwrap_or(TOP)).place)?;
        }
        disk.assemble(hub);
        disks.push(disk);
    }
    Ok(disks)
}

/// The news of a place as a session brings them from a hub on a quiet day.
pub fn quiet_day(from: &HubDisk, place: &PlaceId) -> News {
    mirror(from, place).unwrap_or_else(|breach| unreachable!("{breach}"))
}

fn mirror(above: &HubDisk, place: &PlaceId) -> Result<News, Breach> {
    let mut news = News::default();
    let start = Start {
        scope: Scope::Everything,
        place: place.clone(),
        pin: cast().pin,
        feeds: news.states(),
        etag: None,
        document: None,
        outbox: Vec::new(),
        mailboxes: Vec::new(),
        receipt_keys: Vec::new(),
    };
    let mut driver = Driver::begin(start, Node::Rogue, START)?;
    for ticket in 0.. {
        match driver.next(ticket, START)? {
            Next::Done(_) => break,
            Next::Commit => {
                if let Some(apply) = driver.committing.take() {
                    news.apply(&apply, Extent::Whole);
                }
                driver.committed(Event::Applied, START)?;
            }
            Next::Ask(ticket, request) => {
                driver.take(ticket);
                driver.arrived(answer(above, request, &mut news)?, START)?;
            }
            Next::Wait => return Err(Breach("a quiet day has nothing to wait for".into())),
        }
    }
    Ok(news)
}

fn answer(above: &HubDisk, request: Request, news: &mut News) -> Result<Event, Breach> {
    let missing = || Breach(format!("{request:?} has no answer on a quiet day"));
    match request.clone() {
        Request::Heads { .. } => {
            let served = above.served.as_ref().ok_or_else(missing)?;
            Ok(Event::Heads {
                bytes: served.bytes.to_vec(),
                etag: Some(served.tag.clone()),
            })
        }
        Request::Segment { place, hash, .. } => {
            let own = above.own.as_ref().and_then(|own| own.files.get(&hash));
            let file = own.or_else(|| above.mirror.files.get(&hash));
            let file = file.ok_or_else(missing)?;
            news.files.insert(hash, file.clone());
            Ok(Event::Segment {
                place,
                hash,
                bytes: file.to_vec(),
            })
        }
        _ => Err(missing()),
    }
}
