//! The same work as PouchDB does it, through a meter of the same kind.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use serde_json::Value;

use super::step::Steps;
use crate::corpus::Document;
use crate::meter::{Link, Meter};
use crate::peer::{Peers, Pouch, PouchPhone, PouchServer, documents_file};
use crate::program::field;
use crate::village::{Text, ensure_same, texts};

/// How often it may try over a line that is cut.
const ATTEMPTS: u64 = 200;
/// Documents asked for at a time over that line: what it does by itself, and if that does not get through, fewer.
const BATCHES: [u64; 2] = [100, 20];

/// A server with the documents, a meter, and the phone that follows.
pub(super) struct Theirs {
    pouch: Pouch,
    server: PouchServer,
    meter: Meter,
    folder: PathBuf,
    documents: Vec<Document>,
    phone: Option<PouchPhone>,
    pub(super) steps: Steps,
}

/// How it went over a line that is cut.
pub(super) struct Broken {
    pub(super) finished: bool,
    /// Documents asked for at a time.
    pub(super) batch: u64,
    pub(super) bytes: u64,
    pub(super) attempts: u64,
}

impl Theirs {
    /// With everything published; none if the peer cannot be run.
    pub(super) fn found(
        peers: &Peers,
        folder: &Path,
        documents: Vec<Document>,
    ) -> anyhow::Result<Option<Self>> {
        let Some(pouch) = Pouch::of(peers) else {
            return Ok(None);
        };
        let folder = folder.to_owned();
        std::fs::create_dir_all(&folder)?;
        let mut server = pouch.server()?;
        server.publish(&documents_file(&folder, &documents)?)?;
        let meter = Meter::start(server.address)?;
        Ok(Some(Self {
            pouch,
            server,
            meter,
            folder,
            documents,
            phone: None,
            steps: Steps::default(),
        }))
    }

    /// A new phone fetches everything; what it holds is compared before its time counts.
    pub(super) fn first_sync(&mut self) -> anyhow::Result<()> {
        let mut phone = self.pouch.phone(self.meter.address())?;
        self.meter.take();
        let did = phone.pull()?;
        let passed = self.meter.take();
        ensure_same("PouchDB", &held(&mut phone)?, &texts(&self.documents))?;
        self.steps.add("first-sync", passed, did.seconds);
        self.phone.get_or_insert(phone);
        Ok(())
    }

    /// What follows a first sync; `now` is what is to be published afterwards.
    pub(super) fn later(
        &mut self,
        now: Vec<Document>,
        letter: &str,
        photos: &[PathBuf],
    ) -> anyhow::Result<()> {
        let Self {
            server,
            meter,
            folder,
            documents,
            phone: Some(phone),
            steps,
            ..
        } = self
        else {
            anyhow::bail!("a phone has everything by now");
        };
        let pairs = now.iter().zip(documents.iter());
        let new = pairs.filter(|(now, then)| now != then);
        let new: Vec<Document> = new.map(|(now, _)| now.clone()).collect();
        meter.take();
        let did = phone.pull()?;
        steps.add("nothing-new", meter.take(), did.seconds);
        server.publish(&documents_file(folder, &new)?)?;
        let did = phone.pull()?;
        let passed = meter.take();
        ensure_same("PouchDB", &held(phone)?, &texts(&now))?;
        *documents = now;
        steps.add("ten-changed", passed, did.seconds);
        // The first one sets the replication of letters up; ours has its own in the first sync.
        phone.send("", &[])?;
        meter.take();
        let did = phone.send(letter, &[])?;
        steps.add("letter", meter.take(), did.seconds);
        let did = phone.send("Ảnh gửi kèm.", photos)?;
        steps.add("photos", meter.take(), did.seconds);
        ensure_received(&server.received()?, letter, photos)
    }

    /// New phones try to fetch everything over a line that ends every connection after `cut_after_bytes`, until one
    /// gets through or there is no smaller batch.
    pub(super) fn broken(&mut self, cut_after_bytes: u64) -> anyhow::Result<Vec<Broken>> {
        let mut tried = Vec::new();
        for batch in BATCHES {
            let mut phone = self.pouch.phone_with(self.meter.address(), batch)?;
            self.meter.take();
            self.meter.over(Link {
                cut_after_bytes: Some(cut_after_bytes),
                ..Link::default()
            });
            let did = phone.pull_through(ATTEMPTS)?;
            self.meter.over(Link::default());
            let finished = *field(&did.json, "finished") == true;
            tried.push(Broken {
                finished,
                batch,
                bytes: self.meter.take().bytes(),
                attempts: field(&did.json, "attempts").as_u64().unwrap_or_default(),
            });
            if finished {
                ensure_same("PouchDB", &held(&mut phone)?, &texts(&self.documents))?;
                break;
            }
        }
        Ok(tried)
    }
}

fn held(phone: &mut PouchPhone) -> anyhow::Result<BTreeSet<Text>> {
    let text = |document: &Value| {
        let part = |name| {
            field(document, name)
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        (part("title"), part("summary"), part("body"))
    };
    Ok(phone.held()?.iter().map(text).collect())
}

fn ensure_received(received: &Value, letter: &str, photos: &[PathBuf]) -> anyhow::Result<()> {
    let texts = field(received, "texts").as_array();
    let came = texts.is_some_and(|texts| texts.iter().any(|text| text.as_str() == Some(letter)));
    ensure!(came, "the letter did not come to express-pouchdb");
    let photos_came = field(received, "attachment_bytes").as_u64();
    let mut sent = 0;
    for photo in photos {
        sent += std::fs::metadata(photo)?.len();
    }
    ensure!(
        photos_came == Some(sent),
        "{photos_came:?} of {sent} bytes of photos came to express-pouchdb"
    );
    Ok(())
}
