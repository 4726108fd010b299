//! The work as the real `bantin` and `bantin-hub` do it.

use std::path::PathBuf;

use anyhow::ensure;

use super::step::Steps;
use crate::meter::Link;
use crate::program::Trace;
use crate::village::{Did, Phone, Village, ensure_same, photos, texts, texts_of};

/// Notices whose text changes.
const CHANGED: u64 = 10;
/// Photos sent, and how many go with one letter at most.
const PHOTOS: u64 = 20;
const PHOTOS_A_LETTER: usize = 8;
/// Characters of the letter.
const LETTER_CHARS: usize = 200;
/// How often a sync is tried over a line that is cut.
const ATTEMPTS: u64 = 400;

/// A village's phone at work.
pub(super) struct Ours<'a> {
    pub(super) village: &'a mut Village,
    pub(super) steps: Steps,
    /// Disk syncs of the phone and of the hub, of each step; only if they are traced.
    pub(super) syncs: Vec<(&'static str, Option<u64>, Option<u64>)>,
}

/// The letter that is measured.
pub(super) fn letter() -> String {
    let words = "Bao giờ có thuốc cho trâu bò? ";
    words.chars().cycle().take(LETTER_CHARS).collect()
}

impl<'a> Ours<'a> {
    /// Nothing was done yet.
    pub(super) fn new(village: &'a mut Village) -> Self {
        Self {
            village,
            steps: Steps::default(),
            syncs: Vec::new(),
        }
    }

    fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> anyhow::Result<Did>,
    ) -> anyhow::Result<Did> {
        let village = &*self.village;
        let before = village.trace().map(Trace::settled).transpose()?;
        village.passed();
        let did = work()?;
        let passed = village.passed();
        let after = village.trace().map(Trace::settled).transpose()?;
        let step = self.steps.add(name, passed, did.seconds);
        step.peak_kib = did.peak_kib.max(step.peak_kib);
        let hub = before.zip(after).map(|(before, after)| after - before);
        self.syncs.push((name, did.syncs, hub));
        Ok(did)
    }

    /// A new phone follows the place and fetches everything; what it holds is compared before its time counts.
    pub(super) fn first_sync(&mut self, phone: &Phone) -> anyhow::Result<()> {
        let did = self.step("first-sync", || phone.follow_and_sync())?;
        let notices = self.village.notices;
        let got = did.told("records_changed");
        ensure!(got >= notices, "{got} of {notices} records came");
        self.ensure_whole(phone)
    }

    fn ensure_whole(&self, phone: &Phone) -> anyhow::Result<()> {
        let wanted = self.village.documents();
        let runtime = tokio::runtime::Runtime::new()?;
        let held = runtime.block_on(texts_of(phone.data()))?;
        ensure_same("the phone", &held, &texts(&wanted))
    }

    /// What follows a first sync, up to the letter.
    pub(super) fn later(&mut self, phone: &Phone, seed: u64) -> anyhow::Result<()> {
        self.step("nothing-new", || phone.run(&["sync"]))?;
        self.village.change(seed, CHANGED)?;
        let did = self.step("ten-changed", || phone.run(&["sync"]))?;
        let got = did.told("records_changed");
        ensure!(got >= CHANGED, "{got} of {CHANGED} changes came");
        self.ensure_whole(phone)?;
        let letter = letter();
        self.step("letter", || {
            let asked = phone.run(&["ask", letter.trim_end(), "--topic", "market"])?;
            accepted(phone, asked)
        })?;
        // The letter's reply "delivered" is fetched first, so that nothing is new.
        phone.run(&["sync"])?;
        self.step("nothing-new-mail", || phone.run(&["sync"]))?;
        Ok(())
    }

    /// Sends photos; their files as the phone keeps them are what the peer is given, too.
    pub(super) fn photos(&mut self, phone: &Phone) -> anyhow::Result<Vec<PathBuf>> {
        let taken = photos(&self.village.path("photos"), PHOTOS)?;
        let taken: Vec<String> = taken
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        self.step("photos", || {
            let mut all: Option<Did> = None;
            for photos in taken.chunks(PHOTOS_A_LETTER) {
                let mut arguments = vec!["ask", "Ảnh gửi kèm."];
                photos
                    .iter()
                    .for_each(|photo| arguments.extend(["--photo", photo]));
                let asked = phone.run(&arguments)?;
                all = Some(match all {
                    Some(all) => all.then(asked),
                    None => asked,
                });
            }
            accepted(phone, all.unwrap_or_default())
        })?;
        let mut kept = Vec::new();
        for entry in std::fs::read_dir(phone.data().join("profiles/me/photos"))? {
            kept.push(entry?.path());
        }
        kept.sort();
        ensure!(
            kept.len() as u64 == PHOTOS,
            "{} of {PHOTOS} photos are kept",
            kept.len()
        );
        Ok(kept)
    }

    /// A new phone fetches everything over a line that ends every connection after `cut_after_bytes`: the syncs it
    /// takes, and the bytes.
    pub(super) fn broken(&mut self, cut_after_bytes: u64) -> anyhow::Result<(u64, u64)> {
        let phone = self.village.phone("mai-cut", false)?;
        phone.follow()?;
        self.village.passed();
        self.village.over(Link {
            cut_after_bytes: Some(cut_after_bytes),
            ..Link::default()
        });
        let mut tried = 1;
        while phone.try_run(&["sync"])?.is_none() {
            tried += 1;
            ensure!(
                tried <= ATTEMPTS,
                "not through a line that is cut after {ATTEMPTS} syncs"
            );
        }
        self.village.over(Link::default());
        let bytes = self.village.passed().bytes();
        self.ensure_whole(&phone)?;
        Ok((tried, bytes))
    }

    /// A new phone fetches everything over a slow line: seconds and the bytes down.
    pub(super) fn slow(&mut self, bytes_per_second: u64) -> anyhow::Result<(f64, u64)> {
        let phone = self.village.phone("mai-slow", false)?;
        self.village.passed();
        self.village.over(Link {
            bytes_per_second: Some(bytes_per_second),
            ..Link::default()
        });
        let did = phone.follow_and_sync()?;
        self.village.over(Link::default());
        let down = self.village.passed().down_bytes;
        self.ensure_whole(&phone)?;
        Ok((did.seconds, down))
    }
}

/// Sends the letters that wait, without fetching news, as the app does once one was written. Each then has its receipt.
fn accepted(phone: &Phone, asked: Did) -> anyhow::Result<Did> {
    let did = match waiting(phone)? {
        0 => asked,
        _ => asked.then(phone.run(&["send"])?),
    };
    let left = waiting(phone)?;
    ensure!(left == 0, "{left} letters have no receipt");
    Ok(did)
}

/// Letters without a receipt, as the phone itself counts them; nothing is sent for it.
fn waiting(phone: &Phone) -> anyhow::Result<usize> {
    let outbox = phone.run_untimed(&["outbox"])?;
    let letters = outbox.as_array().map(Vec::len);
    letters.ok_or_else(|| anyhow::anyhow!("the outbox is a list: {outbox}"))
}
