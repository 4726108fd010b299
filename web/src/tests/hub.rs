//! Officer Hạnh's hub: serves the country's feeds, takes letters and answers them.

use std::collections::BTreeMap;

use bantin_model::id::{Hash, Lang, RecordId};
use bantin_model::letter::{
    BoxPage, MailItem, MailboxId, OpenedLetter, PollRequest, PollResponse, Receipt, ReceiptStep,
    Reply as Words, ReplyVerb, SealSecret, open, seal_reply,
};
use bantin_model::record::{Agency, Kind, PlaceInfo, Record};
use bantin_model::sign::SecretKey;
use bantin_wire::http::{Offer, OfferedPlace};
use bantin_wire::{Code, Failure};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::country::{Country, NOW, for_ever, place};
use crate::host::{Ask, Reply, Unreachable};

pub const COMMUNE: &str = "vn-68-23074";

/// What goes wrong on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    #[default]
    Fine,
    /// No network.
    Cut,
    /// A sign-in page answers everything.
    Portal,
}

pub struct Hub {
    pub country: Country,
    pub weather: Weather,
    pub asked: Vec<Ask>,
    pub attachments: BTreeMap<String, Vec<u8>>,
    pub letters: Vec<OpenedLetter>,
    pub blobs: BTreeMap<Hash, Vec<u8>>,
    mail: BTreeMap<MailboxId, Vec<Vec<u8>>>,
    seal: SealSecret,
    sign: SecretKey,
}

impl Hub {
    pub fn new() -> Self {
        let mut hub = Self {
            country: Country::new(),
            weather: Weather::Fine,
            asked: Vec::new(),
            attachments: BTreeMap::new(),
            letters: Vec::new(),
            blobs: BTreeMap::new(),
            mail: BTreeMap::new(),
            seal: SealSecret::from_bytes([7; 32]),
            sign: SecretKey::from_seed([8; 32]),
        };
        let info = PlaceInfo {
            id: place(COMMUNE),
            names: [(Lang::vietnamese(), "Đông Giang".to_owned())].into(),
            official_code: None,
            kind_text: "xã".into(),
            parent: Some(place("vn-68")),
            valid: for_ever(),
            successors: vec![],
        };
        let id = RecordId::derived(NOW, b"place");
        let info = Record::new(id, Kind::PLACE, place(COMMUNE), NOW, &info);
        hub.publish(&info);
        hub.publish(&hub.agency(1));
        hub
    }

    fn agency(&self, revision: u32) -> Record {
        let agency = Agency {
            names: [(Lang::vietnamese(), "UBND xã Đông Giang".to_owned())].into(),
            seal_key: self.seal.public(),
            sign_key: self.sign.public(),
            valid: for_ever(),
            contact: BTreeMap::new(),
            former: Vec::new(),
        };
        let id = RecordId::derived(NOW, b"agency");
        let record = Record::new(id, Kind::AGENCY, place(COMMUNE), NOW, &agency);
        Record { revision, ..record }
    }

    /// The agency gets a new key; letters to the old one are refused.
    pub fn change_key(&mut self) {
        self.seal = SealSecret::from_bytes([17; 32]);
        self.publish(&self.agency(2));
    }

    pub fn publish(&mut self, record: &Record) {
        self.country.commune().put(record);
    }

    pub fn answer(&mut self, ask: Ask) -> Result<Reply, Unreachable> {
        self.asked.push(ask.clone());
        match self.weather {
            Weather::Cut => return Err(Unreachable),
            Weather::Portal => return Ok(ok("text/html", b"<html>Dang nhap Wi-Fi".to_vec())),
            Weather::Fine => {}
        }
        let path = ask.path.clone();
        let (route, name) = path
            .rsplit_once('/')
            .filter(|(route, _)| route.len() > 3)
            .unwrap_or((path.as_str(), ""));
        Ok(match (ask.method, route) {
            ("GET", "/v1/offer") => ok(
                "application/json",
                serde_json::to_vec(&self.offer()).unwrap(),
            ),
            ("GET", "/v1/heads") => self.heads(&ask),
            ("GET", "/v1/segments") => found(self.country.segment(&Hash::from_hex(name).unwrap())),
            ("GET", "/v1/blobs") => found(self.blobs.get(&Hash::from_hex(name).unwrap()).cloned()),
            ("PUT", "/v1/attachments") => {
                let body = ask.body.unwrap();
                assert_eq!(Hash::of(&body).to_string(), name, "sent under its name");
                self.attachments.insert(name.to_owned(), body);
                status(204)
            }
            ("POST", "/v1/letters") => self.letter(&ask.body.unwrap()),
            ("POST", "/v1/mailbox") => self.poll(&ask.body.unwrap()),
            _ => panic!("nobody asks {} {path}", ask.method),
        })
    }

    fn offer(&self) -> Offer {
        Offer {
            root: self.country.root.fingerprint().to_string(),
            places: vec![OfferedPlace {
                id: place(COMMUNE),
                names: [("vi".to_owned(), "Đông Giang".to_owned())].into(),
                parent: None,
            }],
        }
    }

    fn heads(&self, ask: &Ask) -> Reply {
        let bytes = self.country.document().to_bytes();
        let etag = Hash::of(&bytes).to_string();
        if ask.etag.as_ref() == Some(&etag) {
            return status(304);
        }
        Reply {
            etag: Some(etag),
            ..ok("application/cbor", bytes)
        }
    }

    fn letter(&mut self, bytes: &[u8]) -> Reply {
        let Ok(opened) = open(bytes, &self.seal) else {
            return refused(422, &Failure::new(Code::NoAgencyKey));
        };
        let here = |a: &bantin_model::letter::Attachment| {
            self.attachments.contains_key(&a.hash.to_string())
        };
        if !opened.letter.attachments.iter().all(here) {
            return refused(409, &Failure::at(Code::NotFound, "attachments"));
        }
        let (letter, at) = (opened.id, NOW.plus(60));
        if self.letters.iter().all(|known| known.id != letter) {
            self.letters.push(opened);
        }
        let key = &self.country.commune().receipt;
        let receipt = Receipt::issue(letter, ReceiptStep::Accepted, at, place(COMMUNE), key);
        ok("application/cbor", receipt)
    }

    fn poll(&self, bytes: &[u8]) -> Reply {
        let request = PollRequest::from_bytes(bytes).unwrap();
        let page = |cursor: &bantin_model::letter::BoxCursor| {
            let held = self.mail.get(&cursor.read_key.mailbox());
            let entries = held.into_iter().flatten().zip(1u64..);
            let new = entries.filter(|(_, at)| *at > cursor.after);
            BoxPage {
                entries: new
                    .map(|(bytes, cursor)| MailItem {
                        cursor,
                        bytes: bytes.clone().into(),
                    })
                    .collect(),
                more: false,
            }
        };
        let boxes = request.boxes.iter().map(page).collect();
        ok("application/cbor", PollResponse { boxes }.to_bytes())
    }

    /// Officer Hạnh says something about the newest letter.
    pub fn reply(&mut self, verb: ReplyVerb, text: &str) {
        let last = self.letters.last().unwrap();
        let held = self.mail.entry(last.mailbox).or_default();
        let seq = u32::try_from(held.len()).unwrap() + 1;
        let at = NOW.plus(3600 + u64::from(seq));
        let mut words = Words::new(verb, seq, Some(last.id), at, "Văn phòng xã");
        words.text = text.into();
        let mut rng = ChaCha20Rng::from_seed([seq as u8; 32]);
        let to = &last.letter.seal;
        held.push(seal_reply(&words, last.mailbox, to, &self.sign, &mut rng).unwrap());
    }
}

fn refused(status: u16, failure: &Failure) -> Reply {
    let body = serde_json::to_vec(failure).unwrap();
    Reply {
        status,
        ..ok("application/json", body)
    }
}

fn status(status: u16) -> Reply {
    Reply {
        status,
        ..Reply::default()
    }
}

fn ok(mime: &str, body: Vec<u8>) -> Reply {
    Reply {
        status: 200,
        mime: mime.into(),
        body,
        ..Reply::default()
    }
}

fn found(bytes: Option<Vec<u8>>) -> Reply {
    bytes.map_or(status(404), |bytes| ok("application/octet-stream", bytes))
}
