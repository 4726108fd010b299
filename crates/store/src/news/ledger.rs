//! Ledgers of the segments held: what each of them did, without its bytes.

use bantin_model::cbor;
use bantin_model::feed::Ledger;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sync::FeedChange;
use sqlx::SqliteConnection;

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table ledger (
    place text not null,
    segment blob not null,
    bytes blob not null,
    primary key (place, segment)
) strict;
";

impl News {
    /// Segments of a place whose ledgers are held.
    pub(crate) async fn segments(&self, place: &PlaceId) -> Result<Vec<Hash>> {
        let rows: Vec<Vec<u8>> =
            sqlx::query_scalar("select segment from ledger where place = ? order by segment")
                .bind(place.as_str())
                .fetch_all(&self.db.readers)
                .await?;
        rows.iter().map(|row| column::hash(row)).collect()
    }

    /// Those of the wanted ledgers that are held and can be read.
    pub async fn ledgers(&self, place: &PlaceId, wanted: &[Hash]) -> Result<Vec<(Hash, Ledger)>> {
        let mut found = Vec::new();
        for segment in wanted {
            let sql = "select bytes from ledger where place = ? and segment = ?";
            let bytes: Option<Vec<u8>> = sqlx::query_scalar(sql)
                .bind(place.as_str())
                .bind(segment.as_bytes())
                .fetch_optional(&self.db.readers)
                .await?;
            // A damaged one counts as not held: the feed is then fetched anew.
            let ledger = bytes.and_then(|b| cbor::from_slice(&b, Ledger::BYTES_MAX).ok());
            found.extend(ledger.map(|ledger| (*segment, ledger)));
        }
        Ok(found)
    }
}

pub(super) async fn apply(tx: &mut SqliteConnection, change: &FeedChange) -> Result<()> {
    let place = change.head.head.place.as_str();
    if change.anew {
        sqlx::query("delete from ledger where place = ?")
            .bind(place)
            .execute(&mut *tx)
            .await?;
    }
    for segment in &change.forget {
        sqlx::query("delete from ledger where place = ? and segment = ?")
            .bind(place)
            .bind(segment.as_bytes())
            .execute(&mut *tx)
            .await?;
    }
    for segment in &change.segments {
        sqlx::query("insert or replace into ledger (place, segment, bytes) values (?, ?, ?)")
            .bind(place)
            .bind(segment.hash.as_bytes())
            .bind(cbor::to_vec(&segment.ledger))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
