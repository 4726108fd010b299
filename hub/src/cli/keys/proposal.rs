//! What a proposal would change, in words for the person who is about to sign it.

use bantin_model::feed::{Root, RootChange};
use bantin_model::sign::PublicKey;
use serde::Serialize;

use super::show::{day, grouped};

/// A proposal as people see it.
#[derive(Serialize)]
pub(super) struct ProposalShown {
    /// What pairing links carry: compare it with the printed one.
    fingerprint: String,
    version: u32,
    /// One line for each change.
    changes: Vec<String>,
    /// Have and need, of the keys in force.
    old_keys: (usize, usize),
    /// Have and need, of the new keys.
    new_keys: (usize, usize),
    signed: Vec<PublicKey>,
    complete: bool,
}

impl ProposalShown {
    pub(super) fn of(change: &RootChange) -> Self {
        Self {
            fingerprint: grouped(&change.fingerprint),
            version: change.next.version,
            changes: changes(&change.before, &change.next),
            old_keys: change.by_old(),
            new_keys: change.by_new(),
            signed: change.signed.clone(),
            complete: change.is_complete(),
        }
    }
}

fn changes(before: &Root, next: &Root) -> Vec<String> {
    let mut lines = Vec::new();
    let gone = before.keys.iter().filter(|key| !next.keys.contains(key));
    let come = next.keys.iter().filter(|key| !before.keys.contains(key));
    lines.extend(gone.map(|key| format!("root key goes   {key}")));
    lines.extend(come.map(|key| format!("root key comes  {key}")));
    let rule = |root: &Root| format!("{} of {}", root.threshold, root.keys.len());
    if rule(before) != rule(next) {
        lines.push(format!(
            "must sign       {} instead of {}",
            rule(next),
            rule(before)
        ));
    }
    if before.place != next.place {
        lines.push(format!(
            "top place       {} instead of {}",
            next.place, before.place
        ));
    }
    if before.node != next.node {
        let fingerprint = grouped(&next.node.fingerprint(&next.place));
        lines.push(format!("top's new keys  {fingerprint}"));
    }
    if before.epoch != next.epoch {
        lines.push(format!(
            "new life        epoch {} instead of {}; of the old one, versions up to {} count",
            next.epoch, before.epoch, next.after_version
        ));
    }
    if before.valid.until != next.valid.until {
        let end = next.valid.until.map_or_else(|| "never".into(), day);
        lines.push(format!("right ends      {end}"));
    }
    if lines.is_empty() {
        lines.push("nothing changes".into());
    }
    lines
}

pub(super) fn said(shown: &ProposalShown) -> String {
    let mut lines = vec![
        format!("root document {} of the root", shown.version),
        format!("  {}", shown.fingerprint),
    ];
    lines.extend(shown.changes.iter().map(|line| format!("  {line}")));
    let ((old, of_old), (new, of_new)) = (shown.old_keys, shown.new_keys);
    lines.push(format!(
        "signed by {old} of the {of_old} needed keys in force and {new} of the {of_new} needed new ones"
    ));
    lines.extend(shown.signed.iter().map(|key| format!("  by {key}")));
    if shown.complete {
        lines.push("enough have signed: `keys root install` at the hub of the top place".into());
    }
    lines.join("\n")
}
