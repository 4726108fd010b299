//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use bantin_model::id::PlaceId;
use clap::{Args as Group, Parser, Subcommand};

/// The agency's server of Bản Tin.
#[derive(Debug, Parser)]
#[command(name = "bantin-hub", version)]
pub struct Args {
    /// Data directory
    #[arg(
        long,
        env = "BANTIN_HUB_DIR",
        default_value = "hub-data",
        global = true
    )]
    pub dir: PathBuf,
    /// One JSON value on standard output instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make keys, root of trust and the first version of every feed
    Init(Init),
    /// Serve phones, the web app and the desk
    Serve(Serve),
    /// Print the pairing link
    Link,
    /// Import a folder of text files
    Import(Import),
    /// Publish one text file and its renditions
    Publish(Publish),
    /// Take a record out of its feed
    Withdraw(Withdraw),
    /// List conversations
    Inbox(Inbox),
    /// Show a conversation; tells the person that it was opened
    Show {
        /// Conversation, 32 hex digits
        id: String,
    },
    /// Ask the person for more
    Ask(Say),
    /// Answer
    Answer(Say),
    /// List agencies that a conversation can be passed on to
    Agencies,
    /// Pass a conversation on to another agency; the person is told where to and why
    Forward(Forward),
    /// Publish or reject a submitted product
    CheckProduct(CheckProduct),
    /// Officers and what they may do
    #[command(subcommand)]
    Officer(Officer),
    /// Keys: what there is, and the ceremonies that change them
    #[command(subcommand)]
    Keys(super::keys::Keys),
    /// The dictionary that small changes are packed with
    #[command(subcommand)]
    Dictionary(Dictionary),
    /// The hub above: whose places are mirrored and where letters are carried
    #[command(subcommand)]
    Upstream(Upstream),
    /// Begin a new epoch of every feed after a restore
    Epoch,
    /// Copy everything but the keys to a new folder
    Backup(Backup),
    /// Make a data directory from a backup; it rests until `epoch`
    Restore(Restore),
    /// News out and letters in by hand, in one file
    #[command(subcommand)]
    Pack(Pack),
    /// Look for what needs the operator
    Doctor,
}

/// `init`
#[derive(Debug, Group)]
pub struct Init {
    /// places.toml
    #[arg(long)]
    pub places: PathBuf,
    /// Address under which phones reach this hub
    #[arg(long)]
    pub base_url: Option<String>,
    /// The first place lies below this one, which another hub serves: no root of trust is made
    #[arg(long, value_name = "PLACE", conflicts_with_all = ["root_keys", "threshold"])]
    pub below: Option<PlaceId>,
    /// How many root keys to make, each in a file of its own
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub root_keys: usize,
    /// How many of them must sign together
    #[arg(long, value_name = "K", default_value_t = 1)]
    pub threshold: u8,
}

/// `serve`
#[derive(Debug, Group)]
pub struct Serve {
    /// Address for phones and the web app; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:7400")]
    pub citizen: SocketAddr,
    /// Address for officers
    #[arg(long, default_value = "127.0.0.1:7401")]
    pub desk: SocketAddr,
    /// Folder of the web app
    #[arg(long)]
    pub web: Option<PathBuf>,
    /// Folder of the desk's pages
    #[arg(long)]
    pub desk_web: Option<PathBuf>,
}

/// `import`
#[derive(Debug, Group)]
pub struct Import {
    /// Folder as content/README.md describes
    pub folder: PathBuf,
    /// Sign-in name of the officer who publishes; the password is read from BANTIN_PASSWORD
    #[arg(long)]
    pub officer: Option<String>,
    /// Only check
    #[arg(long)]
    pub check: bool,
}

/// `publish`
#[derive(Debug, Group)]
pub struct Publish {
    /// The Vietnamese file; renditions beside it come along
    pub file: PathBuf,
    /// Place it is for
    #[arg(long)]
    pub place: PlaceId,
    /// Sign-in name of the officer who publishes; the password is read from BANTIN_PASSWORD
    #[arg(long)]
    pub officer: Option<String>,
}

/// `withdraw`
#[derive(Debug, Group)]
pub struct Withdraw {
    /// Record, 32 hex digits
    pub id: String,
    /// Why, for the archive
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Sign-in name of the officer; the password is read from BANTIN_PASSWORD
    #[arg(long)]
    pub officer: Option<String>,
}

/// `inbox`
#[derive(Debug, Group)]
pub struct Inbox {
    /// Only this place
    #[arg(long)]
    pub place: Option<PlaceId>,
    /// Settled conversations too
    #[arg(long)]
    pub all: bool,
    /// How many at most
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
}

/// `ask`, `answer`
#[derive(Debug, Group)]
pub struct Say {
    /// Conversation, 32 hex digits
    pub id: String,
    /// The words
    #[arg(long)]
    pub text: String,
    /// Who replies, as the person sees it; else the agency's name
    #[arg(long)]
    pub by: Option<String>,
    /// Names the act, so that a repetition has no effect
    #[arg(long)]
    pub once: Option<String>,
}

/// `forward`
#[derive(Debug, Group)]
pub struct Forward {
    /// Conversation, 32 hex digits
    pub id: String,
    /// Place of the agency that is to have it
    #[arg(long)]
    pub to: PlaceId,
    /// Why; the person reads it
    #[arg(long)]
    pub reason: String,
    /// Names the act, so that a repetition has no effect
    #[arg(long)]
    pub once: Option<String>,
}

/// `check-product`
#[derive(Debug, Group)]
pub struct CheckProduct {
    /// Conversation, 32 hex digits
    pub id: String,
    /// Sign-in name of the officer who publishes; the password is read from BANTIN_PASSWORD
    #[arg(long, conflicts_with = "reject")]
    pub officer: Option<String>,
    /// The officer has seen the certificate the draft names
    #[arg(long)]
    pub certificate_seen: bool,
    /// Do not publish; the text says why
    #[arg(long, value_name = "TEXT")]
    pub reject: Option<String>,
    /// Words to the maker with the publication
    #[arg(long, default_value = "")]
    pub text: String,
}

/// `officer`
#[derive(Debug, Subcommand)]
pub enum Officer {
    /// Add an officer; the password is read from BANTIN_PASSWORD, or a line of standard input
    Add {
        /// Sign-in name
        login: String,
        /// Name as colleagues see it
        #[arg(long)]
        name: String,
    },
    /// Let an officer do something at a place
    Grant {
        /// Sign-in name
        login: String,
        /// Where
        #[arg(long)]
        place: PlaceId,
        /// publish, answer, check-product or admin; may be given several times
        #[arg(long, required = true)]
        role: Vec<String>,
        /// Decision or law it rests on
        #[arg(long)]
        legal_basis: String,
        /// Who gives it
        #[arg(long, default_value = "operator")]
        granted_by: String,
        /// Ends after so many days
        #[arg(long)]
        days: Option<u64>,
    },
    /// Officers with what they may do now
    List,
}

/// `dictionary`
#[derive(Debug, Subcommand)]
pub enum Dictionary {
    /// Print the name of the one in use
    Show,
    /// Train one on what this hub has published, and use it from now on
    Train,
    /// Use one that another hub has trained
    Use {
        /// File that `export` made
        file: PathBuf,
    },
    /// Write the one in use to a file, for other hubs
    Export {
        /// New file
        file: PathBuf,
    },
}

/// `upstream`
#[derive(Debug, Subcommand)]
pub enum Upstream {
    /// Follow the hub of a pairing link; counts from the next start of `serve`
    Set {
        /// As `bantin-hub link` prints it there
        link: String,
    },
    /// How it stands
    Status,
    /// Look once now: letters up, feeds and answers down
    Once,
}

/// `backup`
#[derive(Debug, Group)]
pub struct Backup {
    /// New folder
    pub to: PathBuf,
    /// Also write the keys, to this file of their own: whoever has it can read every letter
    #[arg(long, value_name = "FILE")]
    pub with_keys: Option<PathBuf>,
}

/// `restore`
#[derive(Debug, Group)]
pub struct Restore {
    /// Folder that `backup` made
    pub from: PathBuf,
    /// File that `backup --with-keys` made; else put `keys/` back by hand before `epoch`
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
}

/// `pack`
#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Write news, and answers to letters that came by hand, to a file
    Export(PackExport),
    /// Take letters and questions for answers from a file
    Import {
        /// A .bantin file
        file: PathBuf,
    },
}

/// `pack export`
#[derive(Debug, Group)]
pub struct PackExport {
    /// The .bantin file to write
    pub file: PathBuf,
    /// Leave pictures and sound out
    #[arg(long)]
    pub no_media: bool,
    /// Only news of this place and those above; may be given several times
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<PlaceId>,
}
