//! Publishing what a folder says: every place in one version, what is the same unchanged.

use std::collections::BTreeMap;

use bantin_model::cbor;
use bantin_model::id::PlaceId;
use bantin_model::record::Kind;
use bantin_wire::{Code, Failure};
use serde::Serialize;

use super::{Content, Draft, Folder, Terms};
use crate::Hub;
use crate::failure::Result;
use crate::feed::{Edit, Item, Signer};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// By place.
    pub places: Vec<ImportedPlace>,
    /// What should be looked at.
    pub warnings: Vec<String>,
}

/// What an import did to one feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportedPlace {
    /// Whose feed.
    pub place: PlaceId,
    /// Its version now.
    pub version: u64,
    /// Publications of the folder.
    pub publications: usize,
    /// How many of them were new or different.
    pub changed: usize,
}

impl Hub {
    /// What a folder may take for granted: the places this hub speaks for.
    pub async fn import_terms(&self) -> Result<Terms> {
        let feeds = self.store.feeds().await?;
        Ok(Terms {
            known: feeds.into_iter().map(|feed| feed.place).collect(),
            utc_offset_minutes: self.rules.utc_offset_minutes,
        })
    }

    /// Publishes a folder, one version for each place. Nothing is published unless this hub speaks
    /// for every place of it. Importing twice changes nothing.
    pub async fn import(&self, folder: Folder, by: Option<&Signer>) -> Result<Imported> {
        for draft in &folder.drafts {
            if self.store.feed(&draft.place).await?.is_none() {
                return Err(Failure::at(Code::PlaceUnknown, draft.place.as_str()).into());
            }
        }
        for file in folder.blobs.into_values() {
            self.keep_blob(file.bytes, file.mime).await?;
        }
        let mut by_place: BTreeMap<PlaceId, Vec<Edit>> = BTreeMap::new();
        for draft in folder.drafts {
            by_place
                .entry(draft.place.clone())
                .or_default()
                .push(Edit::Put(item(draft)));
        }
        let mut imported = Imported::default();
        imported
            .warnings
            .extend(folder.warnings.iter().map(ToString::to_string));
        for (place, edits) in by_place {
            let publications = edits.len();
            let done = self.publish(&place, edits, by, None).await?;
            let (version, changed) = (done.version, done.changed);
            imported.places.push(ImportedPlace {
                place,
                version,
                publications,
                changed,
            });
        }
        Ok(imported)
    }
}

fn item(draft: Draft) -> Item {
    let body = match &draft.content {
        Content::Article(article) => cbor::to_vec(article),
        Content::Product(product) => cbor::to_vec(product),
    };
    let kind: Kind = draft.kind;
    let (id, issued_at) = (Some(draft.id), Some(draft.issued_at));
    Item {
        id,
        kind,
        issued_at,
        in_force: draft.in_force,
        body,
    }
}
