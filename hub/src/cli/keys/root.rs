//! `keys root …`: ceremonies on files that are carried from one key holder to the next.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bantin_model::feed::{HEADS_BYTES_MAX, RootProposal};
use bantin_model::id::Hash;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use serde_json::json;

use super::proposal::{ProposalShown, said};
use super::show::grouped;
use super::{Propose, Root};
use crate::Hub;
use crate::cli::output::print;
use crate::feed::RootWish;
use crate::keys::{make_root, make_roots, read_root};

pub async fn run(dir: &Path, command: Root, json: bool) -> anyhow::Result<()> {
    match command {
        Root::Make { file } => make(&file, json),
        Root::Public { file } => {
            let key = read_root(&file)?.public();
            print(json, &json!({ "file": file, "key": key }), |_| {
                key.to_string()
            })
        }
        Root::Propose(options) => propose(dir, options, json).await,
        Root::Sign { proposal, key, yes } => sign(&proposal, &key, yes, json),
        Root::Install { proposals } => install(dir, &proposals, json).await,
        Root::Replace {
            root_keys,
            threshold,
            to,
            everybody_pairs_again,
        } => {
            if !everybody_pairs_again {
                bail!(
                    "every phone and every hub below has to be paired again: \
                     add --everybody-pairs-again if no other way is left"
                );
            }
            replace(dir, root_keys, threshold, to, json).await
        }
    }
}

fn make(file: &Path, json: bool) -> anyhow::Result<()> {
    let key = make_root(file)?;
    let public = key.public();
    print(json, &json!({ "file": file, "key": public }), |_| {
        format!("{public}\nThe line above is the public half and no secret; the file is.")
    })
}

async fn propose(dir: &Path, options: Propose, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let now = hub.clock.now();
    let wish = RootWish {
        add: keys(&options.add)?,
        remove: keys(&options.remove)?,
        threshold: options.threshold,
        node_keys: options.node_keys,
        new_life: options.new_life,
        last_good: options.last_good,
        until: options
            .days
            .map(|days| now.plus(days.saturating_mul(Seconds::DAY))),
    };
    let proposal = hub.propose_root(&wish).await?;
    if options.file.exists() {
        bail!("{} is already there", options.file.display());
    }
    std::fs::write(&options.file, proposal.to_bytes())
        .with_context(|| format!("{} cannot be written", options.file.display()))?;
    print(json, &ProposalShown::of(&proposal.change()?), said)
}

fn keys(hex: &[String]) -> anyhow::Result<Vec<PublicKey>> {
    let key = |text: &String| {
        let Hash(bytes) =
            Hash::from_hex(text).with_context(|| format!("{text:?} is no public key"))?;
        Ok(PublicKey(bytes))
    };
    hex.iter().map(key).collect()
}

/// Reads a proposal.
pub(super) fn read(file: &Path) -> anyhow::Result<RootProposal> {
    let size = std::fs::metadata(file)
        .with_context(|| format!("{} cannot be read", file.display()))?
        .len();
    if size > HEADS_BYTES_MAX as u64 {
        bail!("{} is no proposal: too long", file.display());
    }
    RootProposal::from_bytes(&std::fs::read(file)?)
        .with_context(|| format!("{} is no proposal", file.display()))
}

fn sign(file: &Path, key: &Path, yes: bool, json: bool) -> anyhow::Result<()> {
    let mut proposal = read(file)?;
    let key = read_root(key)?;
    if !yes {
        if json {
            bail!("with --json nobody can be asked: add --yes");
        }
        let shown = said(&ProposalShown::of(&proposal.change()?));
        let mut out = std::io::stdout().lock();
        write!(out, "{shown}\nSign this? Type yes: ")?;
        out.flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if answer.trim() != "yes" {
            bail!("not signed");
        }
    }
    proposal.sign(&key)?;
    // Beside it first: a medium that is pulled out too early must not cost the signatures so far.
    let beside = file.with_extension("signing");
    std::fs::write(&beside, proposal.to_bytes())?;
    std::fs::File::open(&beside)?.sync_all()?;
    std::fs::rename(&beside, file)?;
    print(json, &ProposalShown::of(&proposal.change()?), said)
}

async fn install(dir: &Path, files: &[PathBuf], json: bool) -> anyhow::Result<()> {
    let mut all = files.iter().map(|file| read(file));
    let mut proposal = all.next().context("no proposal")??;
    for other in all {
        proposal.merge(&other?)?;
    }
    let hub = Hub::open(dir).await?;
    let done = hub.install_root(&proposal).await?;
    let value = json!({ "root_version": done.version, "node": format!("{:?}", done.settled) });
    print(json, &value, |_| {
        format!(
            "root document {} is in force. Make a new backup.",
            done.version
        )
    })
}

async fn replace(
    dir: &Path,
    count: usize,
    threshold: u8,
    to: Option<PathBuf>,
    json: bool,
) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    if threshold == 0 || usize::from(threshold) > count {
        bail!("{threshold} of {count} root keys cannot sign");
    }
    // A folder of its own: the lost keys' files may still lie in keys/, and must not count as these.
    let folder = to.unwrap_or_else(|| hub.keys.dir().join("new-root"));
    std::fs::create_dir_all(&folder)?;
    #[cfg(unix)]
    crate::feed::restrict(&folder)?;
    let made = make_roots(&folder, count)?;
    let signers: Vec<_> = made.iter().map(|(_, key)| key).collect();
    let fingerprint = hub.replace_root(threshold, &signers).await?;
    let files: Vec<_> = made.iter().map(|(file, _)| file.clone()).collect();
    let link = hub.link().await?;
    let value = json!({ "root": fingerprint, "root_keys": files, "link": link });
    print(json, &value, |_| {
        format!(
            "A new root of trust: {}\nIts keys are in {}: move each to a medium and a place of its own.\n\
             Phones refuse this hub until people scan the new link: {link}",
            grouped(&fingerprint),
            folder.display()
        )
    })
}
