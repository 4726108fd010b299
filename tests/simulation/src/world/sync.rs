//! Syncs: a node carries out what its session asks for.

use bantin_model::feed::HeadsChanges;
use bantin_model::id::Hash;
use bantin_model::sync::{Event, Request, Scope, Start, Trouble};

use super::World;
use super::finish::ANSWERS;
use super::happen::Happening;
use crate::cast::{TOP, cast, member};
use crate::client::{Driver, Next};
use crate::flaw::Flaw;
use crate::message::{Ask, Node, Reply};
use crate::network::{PATIENCE_MS, delay_ms};
use crate::outcome::Breach;

impl World {
    /// A node begins a sync, unless one is under way.
    pub(super) fn wake(&mut self, node: Node) -> Result<(), Breach> {
        if !self.up(node) || self.driver(node).is_some() {
            return Ok(());
        }
        let (start, source) = match node {
            Node::Phone(phone) => {
                let flaw = self.flaw;
                // What was just written may leave alone; news then wait for the next sync.
                let alone = !self.healed && self.chance.permille(300);
                let at = self.phone(phone)?;
                let scope = match alone && !at.disk.letters.outbox().is_empty() {
                    true => Scope::Letters,
                    false => Scope::Everything,
                };
                (at.start(scope, flaw), at.server)
            }
            Node::Hub(hub) => match member(hub).above {
                Some(above) => (self.start_above(hub)?, Node::Hub(above)),
                None => return Ok(()),
            },
            Node::Rogue => return Ok(()),
        };
        self.counts.sessions += 1;
        self.note(format_args!("{node:?} begins a sync with {source:?}"));
        let now = self.clock(node);
        let driver = Driver::begin(start, source, now)?;
        match node {
            Node::Phone(phone) => self.phone(phone)?.driver = Some(driver),
            Node::Hub(hub) => self.hub(hub)?.driver = Some(driver),
            Node::Rogue => {}
        }
        self.pump(node)
    }

    /// What a following hub knows: the feeds above, and the letters it carries.
    fn start_above(&mut self, hub: usize) -> Result<Start, Breach> {
        let disk = &self.hub(hub)?.disk;
        Ok(Start {
            scope: Scope::Everything,
            place: member(member(hub).above.unwrap_or(TOP)).place.clone(),
            pin: bantin_model::feed::Pin {
                root_version: disk.mirror.root_version,
                ..cast().pin
            },
            feeds: disk.mirror.states(),
            etag: disk.mirror.etag.clone(),
            document: disk.mirror.document.as_deref().map(<[u8]>::to_vec),
            outbox: disk.carried.outbox(),
            mailboxes: Vec::new(),
            receipt_keys: disk.mirror.receipt_keys.clone(),
        })
    }

    /// Carries out whatever can be carried out now.
    pub(super) fn pump(&mut self, node: Node) -> Result<(), Breach> {
        loop {
            let (ticket, now, life) = (self.tickets + 1, self.clock(node), self.life(node));
            let Some(driver) = self.driver(node) else {
                return Ok(());
            };
            match driver.next(ticket, now)? {
                Next::Wait => return Ok(()),
                Next::Done(summary) => return self.finished(node, &summary),
                Next::Commit => {
                    let in_ms = self.chance.between(1, 2000);
                    self.later(in_ms, Happening::Durable { node, life });
                }
                Next::Ask(ticket, request) => {
                    self.tickets = ticket;
                    self.carry_out(node, ticket, request)?;
                }
            }
        }
    }

    fn carry_out(&mut self, node: Node, ticket: u64, request: Request) -> Result<(), Breach> {
        let ask = match request {
            Request::Heads {
                place,
                etag,
                changes,
            } => Ask::Heads {
                place,
                etag,
                changes,
            },
            Request::Segment { place, hash, .. } => {
                let staged = self.driver(node).and_then(|d| d.staged.get(&hash).cloned());
                if let Some(bytes) = staged {
                    // It came with the changes of the heads.
                    let bytes = bytes.to_vec();
                    return self.at_hand(node, ticket, Event::Segment { place, hash, bytes });
                }
                Ask::Segment(hash)
            }
            Request::Dictionary { hash } => {
                // Nothing is packed here, but a damaged segment may say so.
                let request = Request::Dictionary { hash };
                let trouble = Trouble::Other;
                return self.at_hand(node, ticket, Event::Failed { request, trouble });
            }
            Request::Poll(poll) => Ask::Poll(poll.to_bytes()),
            Request::Letter(letter) => {
                let letters = match node {
                    Node::Phone(phone) => &self.phone(phone)?.disk.letters,
                    Node::Hub(hub) => &self.hub(hub)?.disk.carried,
                    Node::Rogue => return Ok(()),
                };
                let bytes = letters.get(&letter).and_then(|letter| letter.bytes.clone());
                Ask::Letter(bytes.ok_or_else(|| Breach(format!("letter {letter} is gone")))?)
            }
            Request::Ledgers { place, segments } => {
                let news = match node {
                    Node::Phone(phone) => &self.phone(phone)?.disk.news,
                    Node::Hub(hub) => &self.hub(hub)?.disk.mirror,
                    Node::Rogue => return Ok(()),
                };
                let ledgers = news.ledgers(&place, &segments);
                return self.at_hand(node, ticket, Event::Ledgers { place, ledgers });
            }
            Request::Attachment { .. } => return Err(Breach("nobody sends pictures here".into())),
        };
        let server = self
            .driver(node)
            .map_or(Node::Rogue, |driver| driver.source);
        self.send(node, server, ticket, ask);
        Ok(())
    }

    /// The answer is on the node's own disk.
    fn at_hand(&mut self, node: Node, ticket: u64, event: Event) -> Result<(), Breach> {
        let now = self.clock(node);
        let Some(driver) = self.driver(node) else {
            return Ok(());
        };
        driver.take(ticket);
        driver.arrived(event, now)
    }

    /// Sends a request on its way, perhaps twice, perhaps not at all.
    pub(super) fn send(&mut self, from: Node, to: Node, ticket: u64, ask: Ask) {
        let life = self.life(from);
        self.counts.messages += 1;
        let lost = self.chance.permille(self.plan.lost) || !self.network.joins(from, to);
        self.counts.messages_hurt += u64::from(lost);
        let copies = match (lost, self.chance.permille(self.plan.doubled)) {
            (true, _) => 0,
            (false, twice) => 1 + u64::from(twice),
        };
        self.note(format_args!("{from:?} asks {to:?} #{ticket} x{copies}"));
        for _ in 0..copies {
            let in_ms = delay_ms(&self.plan, &mut self.chance);
            let ask = ask.clone();
            let arrive = Happening::Arrive {
                to,
                from,
                ticket,
                life,
                ask,
            };
            self.later(in_ms, arrive);
        }
        let patience = Happening::Patience {
            node: from,
            ticket,
            life,
        };
        self.later(PATIENCE_MS, patience);
    }

    /// An answer comes back; only the first to a request that is still waited for counts.
    pub(super) fn back(
        &mut self,
        node: Node,
        ticket: u64,
        life: u32,
        reply: Reply,
    ) -> Result<(), Breach> {
        let server = self.driver(node).map(|driver| driver.source);
        let joined = server.is_none_or(|server| self.network.joins(node, server));
        if !self.up(node) || self.life(node) != life || !joined {
            return Ok(());
        }
        if ticket == ANSWERS {
            return self.answers(node, reply);
        }
        let Some(request) = self.driver(node).and_then(|driver| driver.take(ticket)) else {
            return Ok(());
        };
        let event = match reply {
            Reply::Trouble(trouble) => Event::Failed { request, trouble },
            reply => event(&request, reply),
        };
        self.tell(node, event)
    }

    /// Nobody answered in time.
    pub(super) fn out_of_patience(
        &mut self,
        node: Node,
        ticket: u64,
        life: u32,
    ) -> Result<(), Breach> {
        if self.life(node) != life {
            return Ok(());
        }
        let Some(request) = self.driver(node).and_then(|driver| driver.take(ticket)) else {
            return Ok(());
        };
        if self.flaw == Some(Flaw::ForgetFailure) {
            return Ok(());
        }
        let trouble = Trouble::Offline;
        self.tell(node, Event::Failed { request, trouble })
    }

    fn tell(&mut self, node: Node, event: Event) -> Result<(), Breach> {
        let now = self.clock(node);
        let Some(driver) = self.driver(node) else {
            return Ok(());
        };
        match &event {
            Event::Segment { hash, bytes, .. } if Hash::of(bytes) == *hash => {
                driver.staged.insert(*hash, bytes.as_slice().into());
            }
            Event::HeadsChanges { bytes, .. } => {
                let changes = HeadsChanges::from_bytes(bytes).unwrap_or_default();
                for segment in changes.segments {
                    let hash = Hash::of(&segment);
                    driver.staged.insert(hash, segment.as_slice().into());
                }
            }
            _ => {}
        }
        driver.arrived(event, now)?;
        self.pump(node)
    }
}

/// What an answer means to the session that asked.
fn event(request: &Request, reply: Reply) -> Event {
    let bytes = |reply: &Reply| match reply {
        Reply::Heads { bytes, .. } | Reply::Pages(bytes) | Reply::Bytes(bytes) => bytes.to_vec(),
        _ => Vec::new(),
    };
    match (request, reply) {
        (Request::Heads { .. }, Reply::Unchanged) => Event::HeadsUnchanged,
        (Request::Heads { .. }, Reply::Heads { bytes, etag }) => Event::Heads {
            bytes: bytes.to_vec(),
            etag,
        },
        (Request::Heads { .. }, Reply::Changes { bytes, etag }) => Event::HeadsChanges {
            bytes: bytes.to_vec(),
            etag,
        },
        (Request::Segment { place, hash, .. }, reply) => Event::Segment {
            place: place.clone(),
            hash: *hash,
            bytes: bytes(&reply),
        },
        (Request::Letter(letter), reply) => Event::LetterAnswered {
            letter: *letter,
            bytes: bytes(&reply),
        },
        (Request::Poll(_), reply) => Event::Polled {
            bytes: bytes(&reply),
        },
        (request, _) => Event::Failed {
            request: request.clone(),
            trouble: Trouble::NotAHub,
        },
    }
}
