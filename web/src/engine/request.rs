//! Carrying out what a session asks for, over HTTP and from the store.

use bantin_model::budget::DataKind;
use bantin_model::feed::DICTIONARY_BYTES_MAX;
use bantin_model::id::Hash;
use bantin_model::letter::LetterId;
use bantin_model::sync::{Event, Request, Trouble};
use bantin_view::trouble_of_answer;
use bantin_wire::Failure;
use bantin_wire::http::{ATTACHMENTS, BLOBS, CBOR, HEADS, LETTERS, MAILBOX, SEGMENTS};

use super::Engine;
use super::apply::of_store;
use crate::host::{Ask, Change, Durability, Host, Reply, Table, Unreachable};

impl<H: Host> Engine<H> {
    /// Asks the hub and counts the bytes.
    pub(crate) async fn ask(&self, ask: Ask) -> Result<Reply, Unreachable> {
        let kind = kind_of(&ask.path);
        self.ask_for(kind, ask).await
    }

    /// The same, counted as `kind`.
    pub(crate) async fn ask_for(&self, kind: DataKind, ask: Ask) -> Result<Reply, Unreachable> {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let head = ask.path.len() + text(&ask.etag) + text(&ask.range);
        let sent = head + ask.body.as_ref().map_or(0, Vec::len);
        let reply = self.host.ask(ask).await;
        let got = reply.as_ref().map_or(0, |reply| {
            reply.body.len() + reply.mime.len() + text(&reply.etag)
        });
        self.count(kind, (sent + got) as u64);
        reply
    }

    /// Carries a request out; its failure is an event too.
    pub(crate) async fn carry_out(&self, request: Request) -> Event {
        let done = match &request {
            Request::Heads { place, etag, .. } => {
                self.heads(&request, place.to_string(), etag.clone()).await
            }
            Request::Ledgers { place, segments } => {
                let news = self.news.borrow();
                let held = news.ledgers.get(place);
                let ledger = |hash: &Hash| Some((*hash, held?.get(hash)?.clone()));
                Ok(Event::Ledgers {
                    place: place.clone(),
                    ledgers: segments.iter().filter_map(ledger).collect(),
                })
            }
            Request::Segment { place, hash, bytes } => {
                let got = match self.may_fetch_text(*bytes) {
                    Ok(()) => self.get(&request, format!("{SEGMENTS}/{hash}")).await,
                    Err(saving) => Err(saving),
                };
                got.map(|bytes| {
                    self.came.borrow_mut().insert(*hash, bytes.clone());
                    Event::Segment {
                        place: place.clone(),
                        hash: *hash,
                        bytes,
                    }
                })
            }
            Request::Dictionary { hash } => {
                let got = self.dictionary(&request, *hash).await;
                got.map(|bytes| Event::Dictionary { hash: *hash, bytes })
            }
            Request::Attachment { letter, hash } => self.attachment(&request, *letter, *hash).await,
            Request::Letter(letter) => self.letter_out(&request, *letter).await,
            Request::Poll(poll) => {
                let ask = Ask::send("POST", MAILBOX.to_owned(), poll.to_bytes());
                let reply = self.cbor(&request, ask).await;
                reply.map(|reply| Event::Polled { bytes: reply.body })
            }
        };
        done.unwrap_or_else(|trouble| Event::Failed { request, trouble })
    }

    async fn heads(
        &self,
        request: &Request,
        place: String,
        etag: Option<String>,
    ) -> Result<Event, Trouble> {
        let asked_with = etag.is_some();
        let ask = Ask {
            etag,
            ..Ask::get(format!("{HEADS}/{place}"))
        };
        let reply = self.ask(ask).await.map_err(|_| Trouble::Offline)?;
        if reply.status == 304 && asked_with {
            return Ok(Event::HeadsUnchanged);
        }
        let Reply { etag, body, .. } = checked(request, reply)?;
        Ok(Event::Heads { bytes: body, etag })
    }

    async fn get(&self, request: &Request, path: String) -> Result<Vec<u8>, Trouble> {
        let reply = self.ask(Ask::get(path)).await;
        let reply = reply.map_err(|_| Trouble::Offline)?;
        match reply.status {
            200 if reply.mime.starts_with("text/html") => Err(Trouble::NotAHub),
            200 => Ok(reply.body),
            _ => Err(refusal(request, &reply)),
        }
    }

    /// A dictionary lies beside the segments that need it.
    async fn dictionary(&self, request: &Request, hash: Hash) -> Result<Vec<u8>, Trouble> {
        let name = hash.to_string();
        let held = self.host.get(Table::Segments, &name).await;
        if let Some(bytes) = held.ok().flatten().filter(|bytes| Hash::of(bytes) == hash) {
            return Ok(bytes);
        }
        let bytes = self.get(request, format!("{BLOBS}/{hash}")).await?;
        if bytes.len() > DICTIONARY_BYTES_MAX || Hash::of(&bytes) != hash {
            return Err(Trouble::NotGenuine);
        }
        let put = Change::Put(Table::Segments, name, bytes.clone());
        let kept = self.host.commit(vec![put], Durability::Relaxed).await;
        kept.map_err(of_store)?;
        Ok(bytes)
    }

    async fn cbor(&self, request: &Request, ask: Ask) -> Result<Reply, Trouble> {
        let reply = self.ask(ask).await.map_err(|_| Trouble::Offline)?;
        checked(request, reply)
    }

    async fn letter_out(&self, request: &Request, letter: LetterId) -> Result<Event, Trouble> {
        let sealed = self
            .private
            .borrow()
            .letter(letter)
            .map(|row| row.sealed.to_vec());
        let sealed = sealed.ok_or(Trouble::Other)?;
        let ask = Ask::send("POST", LETTERS.to_owned(), sealed);
        let reply = self.cbor(request, ask).await?;
        Ok(Event::LetterAnswered {
            letter,
            bytes: reply.body,
        })
    }

    async fn attachment(
        &self,
        request: &Request,
        letter: LetterId,
        hash: Hash,
    ) -> Result<Event, Trouble> {
        let stored = self.host.get(Table::Attachments, &hash.to_string()).await;
        let bytes = stored.ok().flatten().ok_or(Trouble::Other)?;
        let path = format!("{ATTACHMENTS}/{hash}");
        let ask = match self.offset(&path, hash, bytes.len() as u64).await? {
            Offset::Whole => Ask::send("PUT", path, bytes),
            Offset::There => return Ok(Event::AttachmentSent { letter, hash }),
            Offset::At(from) => {
                let rest = usize::try_from(from)
                    .ok()
                    .and_then(|from| bytes.get(from..));
                let rest = rest.unwrap_or_default().to_vec();
                let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
                Ask {
                    range: Some(range),
                    ..Ask::send("PUT", path, rest)
                }
            }
        };
        // Remembered before it starts: a cut leaves no time to say so.
        self.cut.borrow_mut().insert(hash);
        let reply = self.ask(ask).await.map_err(|_| Trouble::Offline)?;
        match reply.status {
            204 => {
                self.cut.borrow_mut().remove(&hash);
                Ok(Event::AttachmentSent { letter, hash })
            }
            _ => Err(refusal(request, &reply)),
        }
    }

    /// Where an upload goes on that was cut before.
    async fn offset(&self, path: &str, hash: Hash, total: u64) -> Result<Offset, Trouble> {
        if !self.cut.borrow().contains(&hash) {
            return Ok(Offset::Whole);
        }
        let ask = Ask {
            method: "HEAD",
            ..Ask::get(path.to_owned())
        };
        let reply = self.ask(ask).await.map_err(|_| Trouble::Offline)?;
        Ok(match (reply.status, reply.upload_offset) {
            (204, _) => Offset::There,
            // All of it, and yet not there: the hub could not finish it.
            (_, Some(from)) if from > 0 && from < total => Offset::At(from),
            _ => Offset::Whole,
        })
    }
}

/// What the bytes of a route are for.
fn kind_of(path: &str) -> DataKind {
    let routes = [
        (HEADS, DataKind::Ask),
        (SEGMENTS, DataKind::Text),
        (BLOBS, DataKind::Text),
        (LETTERS, DataKind::Letter),
        (ATTACHMENTS, DataKind::Letter),
        (MAILBOX, DataKind::Answer),
    ];
    let found = routes
        .into_iter()
        .find(|(route, _)| path.starts_with(route));
    found.map_or(DataKind::Other, |(_, kind)| kind)
}

/// How much of an upload the hub has.
enum Offset {
    Whole,
    At(u64),
    There,
}

/// A CBOR answer with status 200; anything else is a refusal, or no hub at all.
fn checked(request: &Request, reply: Reply) -> Result<Reply, Trouble> {
    match reply.status {
        200 if reply.mime.starts_with(CBOR) => Ok(reply),
        200 => Err(Trouble::NotAHub),
        _ => Err(refusal(request, &reply)),
    }
}

fn refusal(request: &Request, reply: &Reply) -> Trouble {
    let failure: Option<Failure> = serde_json::from_slice(&reply.body).ok();
    trouble_of_answer(request, reply.status, failure.as_ref())
}
