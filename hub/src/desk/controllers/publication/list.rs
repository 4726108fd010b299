//! What a feed holds.

use bantin_hub_store::Role;
use bantin_model::record::{Body, Kind, Record, Text};
use bantin_wire::desk::publication::{PublishedList, PublishedRow};

use crate::desk::caller::Caller;
use crate::desk::form::kind_name;
use crate::failure::Result;

/// Rows of one page at most.
const ROWS_MAX: u32 = 200;

/// Publications of a place, newest first.
pub(in crate::desk) async fn list(
    caller: Caller,
    command: PublishedList,
) -> Result<Vec<PublishedRow>> {
    let PublishedList {
        place,
        offset,
        limit,
    } = command;
    caller.may(&place, &Role::ALL).await?;
    let kinds = [Kind::NOTICE, Kind::PRODUCT, Kind::HERITAGE];
    let limit = limit.min(ROWS_MAX);
    let mut out = Vec::new();
    for row in caller
        .hub()
        .store
        .records(&place, &kinds, offset, limit)
        .await?
    {
        let body = Record::from_bytes(&row.bytes).and_then(|record| record.body());
        let (texts, audio) = match body {
            Ok(Body::Article(article)) => (article.texts, !article.audio.is_empty()),
            Ok(Body::Product(product)) => (product.texts, false),
            _ => (Vec::new(), false),
        };
        out.push(PublishedRow {
            id: row.id,
            kind: kind_name(row.kind).into(),
            title: Text::choose(&texts, &[])
                .map(|text| text.title.clone())
                .unwrap_or_default(),
            revision: row.revision,
            issued_at: row.issued_at,
            languages: texts.iter().map(|text| text.lang.to_string()).collect(),
            audio,
        });
    }
    Ok(out)
}
