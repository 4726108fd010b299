//! Topics: a name, an icon, a colour and a woven strip each, so that colour never speaks alone.

use super::brocade::Motif;
use super::icon::Icon;
use crate::t;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Policies and rights.
    Policy,
    /// Health.
    Health,
    /// Schools and learning.
    Education,
    /// Prices and selling.
    Market,
    /// Farming and technology.
    Science,
    /// Security, order and disasters.
    Security,
    /// Festivals, crafts, customs.
    Culture,
}

impl Topic {
    /// All that a notice can have; heritage has culture.
    pub const NOTICES: [Self; 6] = [
        Self::Policy,
        Self::Health,
        Self::Education,
        Self::Market,
        Self::Science,
        Self::Security,
    ];
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Policy,
        Self::Health,
        Self::Education,
        Self::Market,
        Self::Science,
        Self::Security,
        Self::Culture,
    ];

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// The code in commands and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Health => "health",
            Self::Education => "education",
            Self::Market => "market",
            Self::Science => "science",
            Self::Security => "security",
            Self::Culture => "culture",
        }
    }

    /// Its name.
    pub fn name(self) -> String {
        match self {
            Self::Policy => t!("topic-policy"),
            Self::Health => t!("topic-health"),
            Self::Education => t!("topic-education"),
            Self::Market => t!("topic-market"),
            Self::Science => t!("topic-science"),
            Self::Security => t!("topic-security"),
            Self::Culture => t!("topic-culture"),
        }
    }

    /// Its icon.
    pub fn icon(self) -> Icon {
        match self {
            Self::Policy => Icon::Policy,
            Self::Health => Icon::Health,
            Self::Education => Icon::Education,
            Self::Market => Icon::Price,
            Self::Science => Icon::Science,
            Self::Security => Icon::Security,
            Self::Culture => Icon::Culture,
        }
    }

    /// Its woven strip.
    pub fn motif(self) -> Motif {
        match self {
            Self::Policy => Motif::Gate,
            Self::Health => Motif::Seed,
            Self::Education => Motif::Star,
            Self::Market => Motif::Diamond,
            Self::Science => Motif::Fern,
            Self::Security => Motif::Mountain,
            Self::Culture => Motif::Water,
        }
    }

    /// The class that shows its picture as a background.
    pub fn picture(self) -> String {
        format!("{}-picture", self.class())
    }

    /// The class that sets `--topic` and its companions.
    pub fn class(self) -> &'static str {
        match self {
            Self::Policy => "topic-policy",
            Self::Health => "topic-health",
            Self::Education => "topic-education",
            Self::Market => "topic-market",
            Self::Science => "topic-science",
            Self::Security => "topic-security",
            Self::Culture => "topic-culture",
        }
    }
}

/// Icon of a product group of the catalogue, by its code.
pub fn group_icon(group: &str) -> Icon {
    match group {
        "food" => Icon::Food,
        "drinks" => Icon::Drinks,
        "herbs" => Icon::Herbs,
        "handicraft" => Icon::Handicraft,
        "ornamental" => Icon::Ornamental,
        "tourism" => Icon::Tourism,
        _ => Icon::Box,
    }
}

/// Name of a product group, by its code; the code itself if it is new.
pub fn group_name(group: &str) -> String {
    match group {
        "food" => t!("group-food"),
        "drinks" => t!("group-drinks"),
        "herbs" => t!("group-herbs"),
        "handicraft" => t!("group-handicraft"),
        "ornamental" => t!("group-ornamental"),
        "tourism" => t!("group-tourism"),
        other => other.to_owned(),
    }
}

/// The six groups of the catalogue.
pub const GROUPS: [&str; 6] = [
    "food",
    "drinks",
    "herbs",
    "handicraft",
    "ornamental",
    "tourism",
];
