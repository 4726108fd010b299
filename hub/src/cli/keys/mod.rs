//! `keys …`: what keys there are, and the ceremonies that change them. `docs/keys.md` is the guide for
//! the people who hold them.

mod delegate;
mod list;
mod proposal;
mod request;
mod root;
mod rotate;
mod show;

use std::path::{Path, PathBuf};

use bantin_model::id::PlaceId;
use clap::{Args, Subcommand};

/// `keys`
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// What keys there are, until when they count, who is let speak, and what needs the operator
    List,
    /// At the hub of a place below: write the request that the place above answers with `delegate`
    Request(Request),
    /// Show what is in a ceremony's file, without believing or changing anything
    Show {
        /// The file
        file: PathBuf,
    },
    /// At the hub of the place above: let the keys of a request speak
    Delegate(Delegate),
    /// At the hub of a place above both: a place that phones know below another one moves below the place
    /// that its request asks
    HandOver(HandOver),
    /// At the hub of the place above: let a place's key speak no more
    Revoke(Revoke),
    /// Give a place whose place above is served here, or an agency, new keys
    #[command(subcommand)]
    Rotate(Rotate),
    /// The root of trust: its keys, and the documents they sign
    #[command(subcommand)]
    Root(Root),
}

/// `keys rotate`
#[derive(Debug, Subcommand)]
pub enum Rotate {
    /// New keys to seal letters to and to sign replies; the old ones go on opening and answering
    Agency {
        /// The place
        place: PlaceId,
        /// The old keys were stolen: phones that never knew them are to believe nothing they sign
        #[arg(long)]
        stolen: bool,
    },
    /// New keys for the feed and the receipts of a place whose place above is served here as well
    Node {
        /// The place
        place: PlaceId,
        /// Decision or law it rests on; everybody can read it
        #[arg(long)]
        legal_basis: String,
        /// Ends after so many days; else never
        #[arg(long)]
        days: Option<u64>,
    },
}

/// `keys root`. `make`, `public` and `sign` need no hub: they work on any computer, best on one without a network
#[derive(Debug, Subcommand)]
pub enum Root {
    /// Make one root key in a new file, and print its public half
    Make {
        /// New file; belongs on a medium of its own
        file: PathBuf,
    },
    /// Print the public half of a root key's file
    Public {
        /// The file
        file: PathBuf,
    },
    /// At the hub of the top place: write what is to change to a file that key holders sign
    Propose(Propose),
    /// Show a proposal and sign it with a root key
    Sign {
        /// The proposal; the signature is added to it
        proposal: PathBuf,
        /// File of the root key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Sign without asking
        #[arg(long)]
        yes: bool,
    },
    /// At the hub of the top place: install a proposal that enough keys have signed
    Install {
        /// The proposal; several copies that were signed apart are put together
        #[arg(required = true)]
        proposals: Vec<PathBuf>,
    },
    /// The root keys are lost: make new ones. Everybody has to be paired again
    Replace {
        /// How many root keys to make
        #[arg(long, value_name = "N")]
        root_keys: usize,
        /// How many of them must sign together
        #[arg(long, value_name = "K")]
        threshold: u8,
        /// New folder for their files; else keys/
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
        /// I know that every phone has to be paired again
        #[arg(long)]
        everybody_pairs_again: bool,
    },
}

/// `keys root propose`
#[derive(Debug, Args)]
pub struct Propose {
    /// New file for the proposal
    pub file: PathBuf,
    /// A root key that comes: its public half, 64 hex digits; may be given several times
    #[arg(long, value_name = "KEY")]
    pub add: Vec<String>,
    /// A root key that goes: its public half; may be given several times
    #[arg(long, value_name = "KEY")]
    pub remove: Vec<String>,
    /// How many must sign together from then on
    #[arg(long, value_name = "K")]
    pub threshold: Option<u8>,
    /// New keys for the feed and the receipts of the top place
    #[arg(long)]
    pub node_keys: bool,
    /// Begin a new life of every feed: after a restore, or when the top's feed key was stolen
    #[arg(long)]
    pub new_life: bool,
    /// In a new life: the last honest version of the top place's feed
    #[arg(long, value_name = "VERSION")]
    pub last_good: Option<u64>,
    /// The top place's right to speak ends after so many days
    #[arg(long)]
    pub days: Option<u64>,
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

/// `keys hand-over`
#[derive(Debug, Args)]
pub struct HandOver {
    /// File that `keys request` wrote at the hub of the place that moves
    pub request: PathBuf,
    /// The place of this hub that says so: above the old place above, or that place itself
    #[arg(long, value_name = "PLACE")]
    pub by: PlaceId,
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
        Keys::List => list::list(dir, json).await,
        Keys::Rotate(command) => rotate::rotate(dir, command, json).await,
        Keys::Root(command) => root::run(dir, command, json).await,
        Keys::HandOver(options) => delegate::hand_over(dir, options, json).await,
        Keys::Revoke(options) => delegate::revoke(dir, options, json).await,
    }
}
