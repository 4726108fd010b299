//! Publishing what a folder says: every place in one version, what is the same unchanged.

use std::collections::BTreeMap;

use bantin_model::cbor;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::record::Kind;
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};
use serde::Serialize;

use super::{Content, Draft, Folder, Terms};
use crate::failure::Result;
use crate::feed::{Edit, Item, Signer};
use crate::{Hub, chance};

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
    /// Which records they are.
    #[serde(skip)]
    pub ids: Vec<RecordId>,
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
        let mut by_place: BTreeMap<PlaceId, Vec<Draft>> = BTreeMap::new();
        for draft in folder.drafts {
            by_place.entry(draft.place.clone()).or_default().push(draft);
        }
        let mut imported = Imported::default();
        imported
            .warnings
            .extend(folder.warnings.iter().map(ToString::to_string));
        for (place, drafts) in by_place {
            let publications = drafts.len();
            let (ids, named) = self.names(&place, &drafts).await?;
            let edits = drafts.into_iter().zip(ids);
            let edits = edits.map(|(draft, id)| Edit::Put(item(draft, id)));
            let done = self
                .publish_named(&place, edits.collect(), named, by, None)
                .await?;
            imported.places.push(ImportedPlace {
                place,
                version: done.version,
                publications,
                changed: done.changed,
                ids: done.ids,
            });
        }
        Ok(imported)
    }

    /// The records that drafts are, and those of them that are named here for the first time.
    async fn names(
        &self,
        place: &PlaceId,
        drafts: &[Draft],
    ) -> Result<(Vec<RecordId>, Vec<(String, RecordId)>)> {
        let known = self.store.named(place).await?;
        let (mut ids, mut named) = (Vec::with_capacity(drafts.len()), Vec::new());
        let mut next = RecordId::new(self.clock.now(), chance::bytes());
        for draft in drafts {
            if let Some(id) = draft.id.or_else(|| known.get(&draft.name).copied()) {
                ids.push(id);
                continue;
            }
            // Earlier versions made the id of the name.
            let earlier = RecordId::derived(Seconds(0), draft.name.as_bytes());
            let id = if self.store.revisions(&earlier).await?.is_empty() {
                next = next.next();
                next
            } else {
                earlier
            };
            named.push((draft.name.clone(), id));
            ids.push(id);
        }
        Ok((ids, named))
    }
}

fn item(draft: Draft, id: RecordId) -> Item {
    let body = match &draft.content {
        Content::Article(article) => cbor::to_vec(article),
        Content::Product(product) => cbor::to_vec(product),
    };
    let kind: Kind = draft.kind;
    Item {
        id: Some(id),
        kind,
        issued_at: Some(draft.issued_at),
        in_force: draft.in_force,
        body,
    }
}
