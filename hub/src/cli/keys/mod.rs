//! `keys …`: what keys there are, and the ceremonies that change them. `docs/keys.md` is the guide for
//! the people who hold them.

mod delegate;
mod request;
mod show;

use std::path::{Path, PathBuf};

use bantin_model::id::PlaceId;
use clap::{Args, Subcommand};

/// `keys`
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// At the hub of a place below: write the request that the place above answers with `delegate`
    Request(Request),
    /// Show what is in a ceremony's file, without believing or changing anything
    Show {
        /// The file
        file: PathBuf,
    },
    /// At the hub of the place above: let the keys of a request speak
    Delegate(Delegate),
    /// At the hub of the place above: let a place's key speak no more
    Revoke(Revoke),
}

/// `keys request`
#[derive(Debug, Args)]
pub struct Request {
    /// The place; may be left out if only one place here is let speak by another hub
    pub place: Option<PlaceId>,
    /// File to write; else PLACE.keyrequest in the present folder
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Make new keys and ask for them; the present ones stay in use until the place above agrees
    #[arg(long)]
    pub rotate: bool,
}

/// `keys delegate`
#[derive(Debug, Args)]
pub struct Delegate {
    /// File that `keys request` wrote
    pub request: PathBuf,
    /// Decision or law it rests on; everybody can read it
    #[arg(long)]
    pub legal_basis: String,
    /// Ends after so many days
    #[arg(long, default_value_t = 400)]
    pub days: u64,
    /// The present feed key is lost or stolen: begin a new life of the feed without its signature
    #[arg(long)]
    pub lost: bool,
    /// In a new life: the last honest version of the old one; else the newest the request names
    #[arg(long, value_name = "VERSION")]
    pub last_good: Option<u64>,
}

/// `keys revoke`
#[derive(Debug, Args)]
pub struct Revoke {
    /// The place
    pub place: PlaceId,
    /// The last honest version of its feed
    #[arg(long, value_name = "VERSION")]
    pub last_good: u64,
    /// Why; everybody can read it
    #[arg(long)]
    pub reason: String,
}

/// Runs `keys …`.
pub async fn run(dir: &Path, command: Keys, json: bool) -> anyhow::Result<()> {
    match command {
        Keys::Request(options) => request::request(dir, options, json).await,
        Keys::Show { file } => show::show(&file, json),
        Keys::Delegate(options) => delegate::delegate(dir, options, json).await,
        Keys::Revoke(options) => delegate::revoke(dir, options, json).await,
    }
}
