//! `keys show`: what a file says, in words that two people can compare over the telephone.

use std::path::{Path, PathBuf};

use anyhow::Context;
use bantin_model::feed::{KEY_REQUEST_BYTES_MAX, KeyRequest, OpenedKeyRequest};
use bantin_model::id::{Hash, Lang, PlaceId};
use bantin_model::record::Delegation;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use serde::Serialize;

use super::proposal::ProposalShown;
use crate::cli::output::print;
use crate::conversation::day_of;

/// Minutes east of Greenwich in which dates are shown.
const OFFSET_MINUTES: i32 = 420;

/// A request as people see it.
#[derive(Serialize)]
pub(super) struct RequestShown {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    pub place: PlaceId,
    pub name: String,
    pub parent: Option<PlaceId>,
    pub fingerprint: String,
    pub feed_key: PublicKey,
    pub receipt_key: PublicKey,
    pub epoch: u32,
    pub version: u64,
    pub asks_for_new_life: bool,
    pub made_on: String,
    /// Whether the key in force has signed it; none where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_by_present_key: Option<bool>,
}

impl RequestShown {
    pub(super) fn of(opened: &OpenedKeyRequest, present: Option<&Delegation>) -> Self {
        let request = &opened.request;
        let name = request.info.names.get(&Lang::vietnamese());
        Self {
            file: None,
            place: request.info.id.clone(),
            name: name.cloned().unwrap_or_default(),
            parent: request.info.parent.clone(),
            fingerprint: grouped(&request.fingerprint()),
            feed_key: request.keys.feed,
            receipt_key: request.keys.receipt,
            epoch: request.epoch,
            version: request.version,
            asks_for_new_life: request.anew,
            made_on: day(request.at),
            signed_by_present_key: present.map(|grant| opened.vouched_by(&grant.keys.feed)),
        }
    }
}

/// A fingerprint as it is read aloud: eight groups of eight.
pub(super) fn grouped(hash: &Hash) -> String {
    let digits: Vec<char> = hash.to_string().chars().collect();
    let groups = digits
        .chunks(8)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

pub(super) fn day(at: Seconds) -> String {
    day_of(at, OFFSET_MINUTES)
}

pub(super) fn said(shown: &RequestShown) -> String {
    let mut lines = vec![
        format!("place        {} ({})", shown.place, shown.name),
        format!(
            "asks         {}",
            shown.parent.as_ref().map_or("nobody", PlaceId::as_str)
        ),
        format!("fingerprint  {}", shown.fingerprint),
        format!(
            "feed         epoch {}, version {}",
            shown.epoch, shown.version
        ),
        format!("made on      {}", shown.made_on),
    ];
    if shown.asks_for_new_life {
        lines.push("asks for a new life of the feed: its hub was restored from a backup".into());
    }
    match shown.signed_by_present_key {
        Some(true) => lines.push("signed by the key that speaks now as well".into()),
        Some(false) => lines.push("NOT signed by the key that speaks now".into()),
        None => {}
    }
    if let Some(file) = &shown.file {
        lines.push(format!("written to   {}", file.display()));
        lines.push(
            "Carry the file to the place above and read the fingerprint to them yourself.".into(),
        );
    }
    lines.join("\n")
}

pub(super) fn read(file: &Path) -> anyhow::Result<OpenedKeyRequest> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    anyhow::ensure!(
        bytes.len() <= KEY_REQUEST_BYTES_MAX,
        "{} is no key request: too long",
        file.display()
    );
    KeyRequest::open(&bytes).with_context(|| format!("{} is no key request", file.display()))
}

pub fn show(file: &Path, json: bool) -> anyhow::Result<()> {
    if let Ok(proposal) = super::root::read(file) {
        let shown = ProposalShown::of(&proposal.change()?);
        return print(json, &shown, super::proposal::said);
    }
    print(json, &RequestShown::of(&read(file)?, None), said)
}
