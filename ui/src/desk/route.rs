//! Addresses of the desk's screens, in the part after `#`.

use bantin_model::id::{PlaceId, RecordId};

/// One of the four destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// *Hàng đợi*.
    Queue,
    /// *Soạn tin*.
    Write,
    /// *Đã đăng*.
    Published,
    /// *Sản phẩm chờ duyệt*.
    Products,
}

impl Section {
    /// In the order of the rail and of the keys 1–4.
    pub const ALL: [Self; 4] = [Self::Queue, Self::Write, Self::Published, Self::Products];

    /// Where it begins.
    pub fn home(self) -> Route {
        match self {
            Self::Queue => Route::Queue { open: None },
            Self::Write => Route::Drafts,
            Self::Published => Route::Published { place: None },
            Self::Products => Route::Products { open: None },
        }
    }
}

/// What the editor works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Something new of this kind, `notice` or `heritage`.
    New(String),
    /// A kept draft.
    Draft(String),
    /// A correction of a published record.
    Correct(PlaceId, RecordId),
}

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Questions and, if one is open, its thread.
    Queue {
        /// The open conversation.
        open: Option<String>,
    },
    /// Kept drafts, and where something new begins.
    Drafts,
    /// The editor.
    Write(Work),
    /// What the feed of a place holds.
    Published {
        /// Which place; none = the officer's first.
        place: Option<PlaceId>,
    },
    /// Submitted products and, if one is open, its check.
    Products {
        /// The open conversation.
        open: Option<String>,
    },
}

impl Default for Route {
    fn default() -> Self {
        Self::Queue { open: None }
    }
}

impl Route {
    /// Reads `#/…`. Anything unknown is the queue.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (first, second, third, fourth) =
            (parts.next(), parts.next(), parts.next(), parts.next());
        let work = match (second, third, fourth) {
            (Some("new"), Some(kind @ ("notice" | "heritage")), _) => Some(Work::New(kind.into())),
            (Some("draft"), Some(id), _) => Some(Work::Draft(id.into())),
            (Some("correct"), Some(place), Some(id)) => PlaceId::new(place)
                .ok()
                .zip(RecordId::from_hex(id))
                .map(|(place, id)| Work::Correct(place, id)),
            _ => None,
        };
        match first {
            Some("write") => work.map_or(Self::Drafts, Self::Write),
            Some("published") => Self::Published {
                place: second.and_then(|p| PlaceId::new(p).ok()),
            },
            Some("products") => Self::Products {
                open: second.map(Into::into),
            },
            _ => Self::Queue {
                open: second.map(Into::into),
            },
        }
    }

    /// The address, for `href`.
    pub fn href(&self) -> String {
        match self {
            Self::Queue { open: None } => "#/queue".into(),
            Self::Queue { open: Some(id) } => format!("#/queue/{id}"),
            Self::Drafts => "#/write".into(),
            Self::Write(Work::New(kind)) => format!("#/write/new/{kind}"),
            Self::Write(Work::Draft(id)) => format!("#/write/draft/{id}"),
            Self::Write(Work::Correct(place, id)) => format!("#/write/correct/{place}/{id}"),
            Self::Published { place: None } => "#/published".into(),
            Self::Published { place: Some(place) } => format!("#/published/{place}"),
            Self::Products { open: None } => "#/products".into(),
            Self::Products { open: Some(id) } => format!("#/products/{id}"),
        }
    }

    /// The destination it belongs to.
    pub fn section(&self) -> Section {
        match self {
            Self::Queue { .. } => Section::Queue,
            Self::Drafts | Self::Write(_) => Section::Write,
            Self::Published { .. } => Section::Published,
            Self::Products { .. } => Section::Products,
        }
    }

    /// The screen that Escape leads to; none at a destination itself.
    pub fn above(&self) -> Option<Self> {
        let home = self.section().home();
        match self {
            Self::Published { .. } => None,
            _ => (home != *self).then_some(home),
        }
    }

    /// Something lies open beside its list.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Queue { open: Some(_) } | Self::Products { open: Some(_) }
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_screen() {
        let place = PlaceId::new("vn-68-23005").unwrap();
        let screens = [
            Route::Queue { open: None },
            Route::Queue {
                open: Some("a1b2".into()),
            },
            Route::Drafts,
            Route::Write(Work::New("heritage".into())),
            Route::Write(Work::Draft("d1".into())),
            Route::Write(Work::Correct(place.clone(), RecordId([7; 16]))),
            Route::Published { place: None },
            Route::Published { place: Some(place) },
            Route::Products {
                open: Some("a1b2".into()),
            },
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
    fn a_damaged_address_is_the_list() {
        for hash in ["", "#", "#/nowhere", "#/queue/"] {
            assert_eq!(
                Route::parse(hash),
                Route::default(),
                "{hash:?} leads to the queue"
            );
        }
        assert_eq!(
            Route::parse("#/write/correct/x/not-an-id"),
            Route::Drafts,
            "a damaged id leaves the list"
        );
    }
}
