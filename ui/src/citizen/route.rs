//! Addresses of the citizen's screens, in the part after `#`: the same in the app, from any static
//! server and from a file, where nothing could answer a deep path.

use bantin_model::id::RecordId;

use crate::component::topic::Topic;

/// One of the five destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// *Nhà*.
    Home,
    /// *Tin*.
    News,
    /// *Chợ*.
    Market,
    /// *Hỏi*.
    Ask,
    /// *Tôi*.
    Me,
}

/// Which notices the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// One topic.
    Topic(Topic),
    /// What the person keeps.
    Saved,
    /// What matches the words in the search field.
    Search,
}

/// A screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Home.
    #[default]
    Home,
    /// The list of notices and, if one is open, the reader.
    News {
        /// Which list.
        filter: Filter,
        /// The open notice.
        open: Option<RecordId>,
    },
    /// The catalogue and, if one is open, a product.
    Market {
        /// One group (a code of the catalogue), or all.
        group: Option<String>,
        /// The open product.
        open: Option<RecordId>,
    },
    /// The form that lists a product.
    Offer,
    /// The conversations and, if one is open, its thread.
    Ask {
        /// The open conversation.
        open: Option<String>,
    },
    /// The form that asks a question.
    Question {
        /// The notice it is about.
        about: Option<RecordId>,
    },
    /// Taking a conversation over by its claim code.
    Claim,
    /// The sheet with the claim code of a conversation.
    Code {
        /// The conversation; hex.
        id: String,
    },
    /// Settings of this person and device.
    Me,
    /// Where the bytes went, and how much the news may take.
    Data,
}

impl Route {
    /// Reads `#/…`. Anything unknown is home.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let mut parts = path.split('/');
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        match first.unwrap_or_default() {
            "news" => Self::News {
                filter: second.map_or(Filter::All, Filter::parse),
                open: third.and_then(RecordId::from_hex),
            },
            "market" => Self::Market {
                group: second
                    .filter(|g| !g.is_empty() && *g != "all")
                    .map(Into::into),
                open: third.and_then(RecordId::from_hex),
            },
            "offer" => Self::Offer,
            "ask" => Self::Ask {
                open: second.filter(|id| !id.is_empty()).map(Into::into),
            },
            "question" => Self::Question {
                about: second.and_then(RecordId::from_hex),
            },
            "claim" => Self::Claim,
            "code" => match second.filter(|id| !id.is_empty()) {
                Some(id) => Self::Code { id: id.into() },
                None => Self::Ask { open: None },
            },
            "me" => Self::Me,
            "data" => Self::Data,
            _ => Self::Home,
        }
    }

    /// The address, for `href`.
    pub fn href(&self) -> String {
        match self {
            Self::Home => "#/".into(),
            Self::News { filter, open: None } => format!("#/news/{}", filter.code()),
            Self::News {
                filter,
                open: Some(id),
            } => format!("#/news/{}/{id}", filter.code()),
            Self::Market { group, open } => {
                let group = group.as_deref().unwrap_or("all");
                match open {
                    None => format!("#/market/{group}"),
                    Some(id) => format!("#/market/{group}/{id}"),
                }
            }
            Self::Offer => "#/offer".into(),
            Self::Ask { open: None } => "#/ask".into(),
            Self::Ask { open: Some(id) } => format!("#/ask/{id}"),
            Self::Question { about: None } => "#/question".into(),
            Self::Question { about: Some(id) } => format!("#/question/{id}"),
            Self::Claim => "#/claim".into(),
            Self::Code { id } => format!("#/code/{id}"),
            Self::Me => "#/me".into(),
            Self::Data => "#/data".into(),
        }
    }

    /// The destination it belongs to.
    pub fn section(&self) -> Section {
        match self {
            Self::Home => Section::Home,
            Self::News { .. } => Section::News,
            Self::Market { .. } | Self::Offer => Section::Market,
            Self::Ask { .. } | Self::Question { .. } | Self::Claim | Self::Code { .. } => {
                Section::Ask
            }
            Self::Me | Self::Data => Section::Me,
        }
    }

    /// The screen that *back* leads to; none at a destination itself.
    pub fn above(&self) -> Option<Self> {
        match self {
            Self::News {
                filter,
                open: Some(_),
            } => Some(Self::News {
                filter: *filter,
                open: None,
            }),
            Self::News {
                filter: Filter::All,
                open: None,
            } => None,
            Self::News { .. } => Some(Self::News {
                filter: Filter::All,
                open: None,
            }),
            Self::Market {
                group,
                open: Some(_),
            } => Some(Self::Market {
                group: group.clone(),
                open: None,
            }),
            Self::Offer => Some(Self::Market {
                group: None,
                open: None,
            }),
            Self::Ask { open: Some(_) } => Some(Self::Ask { open: None }),
            Self::Question { about: Some(id) } => Some(Self::notice(*id)),
            Self::Question { about: None } | Self::Claim => Some(Self::Ask { open: None }),
            Self::Code { id } => Some(Self::Ask {
                open: Some(id.clone()),
            }),
            Self::Data => Some(Self::Me),
            Self::Home | Self::Market { open: None, .. } | Self::Ask { open: None } | Self::Me => {
                None
            }
        }
    }

    /// The reader with this notice, beside the list of all.
    pub fn notice(id: RecordId) -> Self {
        Self::News {
            filter: Filter::All,
            open: Some(id),
        }
    }

    /// This product, beside the whole catalogue.
    pub fn product(id: RecordId) -> Self {
        Self::Market {
            group: None,
            open: Some(id),
        }
    }
}

impl Filter {
    fn parse(code: &str) -> Self {
        match code {
            "saved" => Self::Saved,
            "search" => Self::Search,
            other => Topic::parse(other).map_or(Self::All, Self::Topic),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Saved => "saved",
            Self::Search => "search",
            Self::Topic(topic) => topic.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_screen() {
        let id = RecordId([7; 16]);
        let screens = [
            Route::Home,
            Route::News {
                filter: Filter::All,
                open: None,
            },
            Route::News {
                filter: Filter::Topic(Topic::Health),
                open: Some(id),
            },
            Route::News {
                filter: Filter::Saved,
                open: None,
            },
            Route::News {
                filter: Filter::Search,
                open: Some(id),
            },
            Route::Market {
                group: None,
                open: None,
            },
            Route::Market {
                group: Some("food".into()),
                open: Some(id),
            },
            Route::Offer,
            Route::Ask { open: None },
            Route::Ask {
                open: Some("a1b2".into()),
            },
            Route::Question { about: Some(id) },
            Route::Question { about: None },
            Route::Claim,
            Route::Code { id: "a1b2".into() },
            Route::Me,
            Route::Data,
        ];
        for screen in screens {
            assert_eq!(
                Route::parse(&screen.href()),
                screen,
                "{} is not lost on reload",
                screen.href()
            );
        }
    }

    #[test]
    fn a_damaged_address_is_home_or_the_list() {
        for hash in ["", "#", "#/nowhere", "#/../../etc"] {
            assert_eq!(Route::parse(hash), Route::Home, "{hash:?} leads home");
        }
        let list = Route::News {
            filter: Filter::All,
            open: None,
        };
        assert_eq!(
            Route::parse("#/news/zzz/not-an-id"),
            list,
            "a damaged id leaves the list"
        );
    }
}
