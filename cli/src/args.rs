//! What is typed after `bantin`.

use std::net::SocketAddr;
use std::path::PathBuf;

use bantin_model::id::{PlaceId, RecordId};
use clap::{Parser, Subcommand, ValueEnum};

/// Bản Tin on the command line: news of a place, and letters to its agency.
#[derive(Debug, Parser)]
#[command(name = "bantin", version, after_help = crate::exit::CODES)]
pub(crate) struct Args {
    /// Folder of this device's data
    #[arg(
        long,
        env = "BANTIN_DATA",
        value_name = "DIR",
        global = true,
        default_value = "bantin-data"
    )]
    pub(crate) data: PathBuf,
    /// One line of JSON instead of sentences
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of the sentences
    #[arg(long, value_enum, global = true, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
    /// What to do
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Languages of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Lists the places that a hub carries
    Places {
        /// Pairing link: URL#root=HEX
        link: String,
    },
    /// Follows a place, once the hub has proven that it stands under the pinned root
    Follow {
        /// Pairing link: URL#root=HEX
        link: String,
        /// Id of the place
        place: PlaceId,
    },
    /// Fetches news, sends letters, collects answers
    Sync {
        /// Through a neighbour's device: its URL or link, or `nearby`
        #[arg(long, value_name = "URL")]
        via: Option<String>,
    },
    /// Sends the letters that wait, and fetches nothing
    Send,
    /// Shares the news of this device with neighbours and carries their letters, until it is ended
    Relay(RelayArgs),
    /// Lists neighbours who share, found on the local network
    Nearby {
        /// How long to listen, in seconds
        #[arg(long, default_value_t = 3)]
        seconds: u64,
    },
    /// Lists what is on this device
    List(List),
    /// Shows one notice, heritage item or product
    Show {
        /// Its id
        #[arg(value_parser = record)]
        id: RecordId,
        /// Language of the text, such as en
        #[arg(long)]
        text_lang: Option<String>,
    },
    /// Finds texts; tones and đ do not matter
    Search {
        /// What to look for
        text: String,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Asks the agency of the followed place
    Ask(Ask),
    /// Sends a product to be checked
    SubmitProduct(SubmitProduct),
    /// Shows letters that wait on this device
    Outbox,
    /// Shows all conversations, or one
    Inbox {
        /// Id of the conversation; it counts as read then
        id: Option<String>,
    },
    /// Takes a conversation over from a lost phone by its printed code; answers come with the next sync
    Claim {
        /// The code; capitals, spaces and dashes do not matter
        code: String,
    },
    /// Adds a letter to a conversation
    Reply {
        /// Id of the conversation
        id: String,
        /// The words
        #[arg(default_value = "")]
        text: String,
        /// A photo to go with it
        #[arg(long, value_name = "FILE")]
        photo: Vec<PathBuf>,
        #[command(flatten)]
        once: Once,
    },
    /// Says how good the answer was
    Rate {
        /// Id of the conversation
        id: String,
        /// 1 (bad) to 5 (good)
        rating: u8,
        /// Optional words
        #[arg(default_value = "")]
        text: String,
        #[command(flatten)]
        once: Once,
    },
    /// Ends a conversation
    Close {
        /// Id of the conversation
        id: String,
        #[command(flatten)]
        once: Once,
    },
    /// Asks again
    Reopen {
        /// Id of the conversation
        id: String,
        /// Why
        #[arg(default_value = "")]
        text: String,
        #[command(flatten)]
        once: Once,
    },
    /// News, letters and answers by hand, in one file
    #[command(subcommand)]
    Pack(Pack),
    /// Shows where the bytes went and what waits; sets how much the news may take
    Data(Data),
    /// Says how fresh the news are and what waits
    Status,
}

/// How to share.
#[derive(Debug, clap::Args)]
pub(crate) struct RelayArgs {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:7410")]
    pub(crate) listen: SocketAddr,
    /// Tell nobody by multicast DNS; guests use the link or its QR code
    #[arg(long)]
    pub(crate) no_mdns: bool,
    /// Room for letters of guests, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    pub(crate) carry_mib: u64,
    /// Writes the link's QR code to this file as a picture
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// What can be done with a pack.
#[derive(Debug, Subcommand)]
pub(crate) enum Pack {
    /// Writes news, waiting letters and what is carried for others to a file
    Export(PackExport),
    /// Takes in what a file brings
    Import(PackImport),
    /// Says what a file holds, without importing it
    Show {
        /// A .bantin file
        file: PathBuf,
    },
}

/// What goes into a pack.
#[derive(Debug, clap::Args)]
pub(crate) struct PackExport {
    /// The .bantin file to write
    pub(crate) file: PathBuf,
    /// Leave pictures and sound out
    #[arg(long)]
    pub(crate) no_media: bool,
    /// Leave letters, own and carried ones, out: for passing news on
    #[arg(long)]
    pub(crate) no_letters: bool,
    /// Only news of these places
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub(crate) places: Vec<PlaceId>,
}

/// Which pack.
#[derive(Debug, clap::Args)]
pub(crate) struct PackImport {
    /// A .bantin file
    pub(crate) file: PathBuf,
    /// Pairing link, URL#root=HEX: follow a place by this pack, without a network
    #[arg(long, value_name = "LINK", requires = "place")]
    pub(crate) follow: Option<String>,
    /// The place to follow
    #[arg(long, requires = "follow")]
    pub(crate) place: Option<PlaceId>,
}

/// What the news may take. What is not named stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Data {
    /// Megabytes a day, or `none` for no limit
    #[arg(long, value_name = "MB", value_parser = megabytes)]
    pub(crate) day: Option<Megabytes>,
    /// Megabytes a month, or `none` for no limit
    #[arg(long, value_name = "MB", value_parser = megabytes)]
    pub(crate) month: Option<Megabytes>,
    /// Megabytes of pictures and sound on this device, or `none` for the usual room
    #[arg(long, value_name = "MB", value_parser = megabytes)]
    pub(crate) media: Option<Megabytes>,
    /// Pictures and sound come unasked only where the network is known to cost nothing
    #[arg(long, value_name = "YES|NO")]
    pub(crate) only_wifi: Option<Answer>,
    /// Fetches everything that waits, this once, whatever it takes
    #[arg(long)]
    pub(crate) fetch: bool,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// Yes
    Yes,
    /// No
    No,
}

/// Bytes, or no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Megabytes(pub(crate) Option<u64>);

fn megabytes(text: &str) -> Result<Megabytes, String> {
    if text == "none" {
        return Ok(Megabytes(None));
    }
    let number: Option<f64> = text.replace(',', ".").parse().ok();
    let fits = number.filter(|mb| mb.is_finite() && *mb >= 0.0 && *mb <= 1e6);
    let bytes = fits.ok_or("a number of megabytes, such as 5 or 0.5, or none")?;
    Ok(Megabytes(Some((bytes * 1e6) as u64)))
}

/// Names an act, so that doing it twice has the effect of once.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Once {
    /// Name of this act: the same name twice does it once [default: a new one]
    #[arg(long, value_name = "NAME")]
    pub(crate) once: Option<String>,
}

/// What to list.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// notice, heritage or product
    #[arg(long, default_value = "notice")]
    pub(crate) kind: String,
    /// Topic of notices, or group of products
    #[arg(long)]
    pub(crate) topic: Option<String>,
    /// Only what the person keeps
    #[arg(long)]
    pub(crate) saved: bool,
    /// How many to pass over
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: u32,
    /// How many at most, up to 200
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
}

/// A question.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The words
    #[arg(default_value = "")]
    pub(crate) text: String,
    /// policy, health, education, market, science, security or culture
    #[arg(long, default_value = "policy")]
    pub(crate) topic: String,
    /// The notice it is about
    #[arg(long, value_name = "ID", value_parser = record)]
    pub(crate) about: Option<RecordId>,
    /// A photo to go with it
    #[arg(long, value_name = "FILE")]
    pub(crate) photo: Vec<PathBuf>,
    /// For whom it is written, if somebody helps
    #[arg(long, value_name = "NAME")]
    pub(crate) written_for: Option<String>,
    /// How to reach the writer, only if the writer wants it
    #[arg(long)]
    pub(crate) contact: Option<String>,
    #[command(flatten)]
    pub(crate) once: Once,
}

/// A product.
#[derive(Debug, clap::Args)]
pub(crate) struct SubmitProduct {
    /// Its name
    #[arg(long)]
    pub(crate) name: String,
    /// food, drinks, herbs, handicraft, ornamental or tourism
    #[arg(long)]
    pub(crate) group: String,
    /// Household or cooperative, as it wants to be named in public
    #[arg(long)]
    pub(crate) maker: String,
    /// Its story
    #[arg(long, default_value = "")]
    pub(crate) story: String,
    /// Price, as text
    #[arg(long, default_value = "")]
    pub(crate) price: String,
    /// Months in which there is some, such as 1,2,12
    #[arg(long, value_delimiter = ',')]
    pub(crate) season: Vec<u8>,
    /// Village
    #[arg(long, default_value = "")]
    pub(crate) village: String,
    /// How to buy; public
    #[arg(long, default_value = "")]
    pub(crate) how_to_buy: String,
    /// Stars claimed
    #[arg(long)]
    pub(crate) stars: Option<u8>,
    /// Number of the certificate
    #[arg(long, default_value = "")]
    pub(crate) certificate: String,
    /// A photo; the first one leads
    #[arg(long, value_name = "FILE")]
    pub(crate) photo: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) once: Once,
}

fn record(text: &str) -> Result<RecordId, String> {
    RecordId::from_hex(text).ok_or_else(|| "an id has 32 hexadecimal digits".to_owned())
}
