//! The root of trust of a tree whose top place is served here: proposing, installing, beginning anew.

use anyhow::Context;
use bantin_hub_store::{FeedRow, StoreError};
use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, Root, RootProposal};
use bantin_model::id::Hash;
use bantin_model::sign::{Envelope, PayloadType, PublicKey, SecretKey};
use bantin_model::time::{Seconds, Validity};

use super::Settled;
use crate::Hub;
use crate::keys::Keys;

/// What is to change; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootWish {
    /// Root keys that come.
    pub add: Vec<PublicKey>,
    /// Root keys that go.
    pub remove: Vec<PublicKey>,
    /// How many must sign from then on.
    pub threshold: Option<u8>,
    /// New keys for the node of the top place.
    pub node_keys: bool,
    /// A new life of every feed, as after a restore or a theft; brings new node keys.
    pub new_life: bool,
    /// In a new life: the last version of the top feed that counts; none = the newest here.
    pub last_good: Option<u64>,
    /// When the node's right to speak ends; none = as before.
    pub until: Option<Seconds>,
}

/// A ceremony that the rules do not allow now; nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CeremonyError(pub String);

/// What an installed root document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootInstalled {
    /// Its version.
    pub version: u32,
    /// What it meant for the node here.
    pub settled: Settled,
}

impl Hub {
    /// The newest root document.
    pub async fn root(&self) -> anyhow::Result<Root> {
        let roots = self.store.roots().await?;
        let last = roots.last().context("no root document here")?;
        let last = Envelope::from_bytes(last, HEADS_BYTES_MAX)?;
        Ok(cbor::from_slice(&last.payload, HEADS_BYTES_MAX)?)
    }

    /// Proposes the next root document; the keys it needs of this hub are made and wait.
    pub async fn propose_root(&self, wish: &RootWish) -> anyhow::Result<RootProposal> {
        let last = self.root().await?;
        let top = self.top().await?;
        if let Some(key) = wish.remove.iter().find(|key| !last.keys.contains(key)) {
            return Err(CeremonyError(format!("{key} is no root key now")).into());
        }
        let mut keys = last.keys.clone();
        keys.retain(|key| !wish.remove.contains(key));
        keys.extend(&wish.add);
        keys.sort_unstable();
        keys.dedup();
        let new_life = wish.new_life || self.store.resting().await?;
        let held = self.keys_of(&top.place)?;
        let anew = wish.node_keys || new_life;
        let node = if anew {
            Keys::prepare_next(self.keys.dir(), &top.place, &held)?.node()
        } else {
            held.node()
        };
        let next = Root {
            format: Root::FORMAT,
            version: last.version + 1,
            place: last.place,
            threshold: wish.threshold.unwrap_or(last.threshold),
            keys,
            node,
            epoch: last.epoch.max(top.epoch) + u32::from(new_life),
            after_version: if new_life {
                wish.last_good.unwrap_or(top.version)
            } else {
                last.after_version
            },
            valid: Validity {
                from: if anew {
                    self.clock.now()
                } else {
                    last.valid.from
                },
                until: wish.until.or(last.valid.until),
            },
        };
        if !next.well_formed() {
            let (some, all) = (next.threshold, next.keys.len());
            return Err(CeremonyError(format!("{some} of {all} root keys cannot sign")).into());
        }
        Ok(RootProposal::new(self.store.roots().await?, &next)?)
    }

    /// Adds a proposed root document, once enough old and new keys have signed it, and follows it.
    /// Done again after a cut it ends what was begun.
    pub async fn install_root(&self, proposal: &RootProposal) -> anyhow::Result<RootInstalled> {
        let change = proposal.change()?;
        if !change.is_complete() {
            let ((old, of_old), (new, of_new)) = (change.by_old(), change.by_new());
            let missing = format!(
                "signatures are missing: {old} of {of_old} keys in force, {new} of {of_new} new ones"
            );
            return Err(CeremonyError(missing).into());
        }
        let roots = self.store.roots().await?;
        let base: Vec<&[u8]> = proposal.roots().collect();
        let held: Vec<&[u8]> = roots.iter().map(Vec::as_slice).collect();
        let (before, after) = held.split_at(base.len().min(held.len()));
        let fits = match after {
            [] => before == base,
            // The same document again: an earlier try was cut short after this.
            [_] => before == base && self.root().await? == change.next,
            _ => false,
        };
        if !fits {
            let other = "the proposal was made from other root documents than those of this hub";
            return Err(CeremonyError(other.into()).into());
        }
        let version = change.next.version;
        match self.store.add_root(version, proposal.envelope()).await {
            Ok(()) | Err(StoreError::Taken(_)) => {}
            Err(error) => return Err(error.into()),
        }
        tracing::info!(version, "root document installed");
        let settled = self.settle(&change.next.grant()).await?;
        Ok(RootInstalled { version, settled })
    }

    /// Begins a new root of trust because the keys of the old one are lost: a first root document
    /// signed by these keys. Whoever trusted the old one has to be paired again. Its fingerprint.
    pub async fn replace_root(
        &self,
        threshold: u8,
        signers: &[&SecretKey],
    ) -> anyhow::Result<Hash> {
        let last = self.root().await?;
        let mut keys: Vec<PublicKey> = signers.iter().map(|key| key.public()).collect();
        keys.sort_unstable();
        let root = Root {
            version: 1,
            threshold,
            keys,
            ..last
        };
        if !root.well_formed() {
            let all = signers.len();
            return Err(
                CeremonyError(format!("{threshold} of {all} root keys cannot sign")).into(),
            );
        }
        let envelope = Envelope::seal(PayloadType::Root, cbor::to_vec(&root), signers);
        self.store.replace_roots(&envelope.to_bytes()).await?;
        tracing::warn!(fingerprint = %root.fingerprint(), "a new root of trust");
        Ok(root.fingerprint())
    }

    async fn top(&self) -> anyhow::Result<FeedRow> {
        let feeds = self.own_feeds().await?;
        let top = feeds.into_iter().find(|feed| feed.parent.is_none());
        top.context("the top place is not served here")
    }
}
