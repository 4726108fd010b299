//! The parts of a change of a mirror; each runs inside the change's transaction.

use bantin_model::cbor;
use bantin_model::feed::Known;
use bantin_model::id::PlaceId;
use bantin_model::sign::PublicKey;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use crate::sqlite::carried;
use crate::sqlite::column::{Columns, int, places_json};
use crate::{MirrorChange, Result, StoreError};

/// Moves the feed if it still is at `from`; whether it was. In a new epoch what was carried up is
/// offered again.
pub(super) async fn stand(tx: &mut SqliteConnection, change: &MirrorChange) -> Result<bool> {
    let (place, known) = (&change.place, &change.known);
    let select = query("SELECT epoch, version FROM mirror_feed WHERE place = ?1");
    let row = select.bind(place.as_str()).fetch_optional(&mut *tx).await?;
    let read = |row: SqliteRow| Ok::<_, StoreError>((row.small("epoch")?, row.number("version")?));
    let before = row.map(read).transpose()?;
    if before != change.from {
        return Ok(false);
    }
    // Of a feed seen for the first time nobody knows here whether its hub was restored meanwhile.
    if before.is_none_or(|(epoch, _)| epoch < known.order.0) {
        carried::offer_again(&mut *tx).await?;
    }
    let upsert = query(
        "INSERT INTO mirror_feed (place, epoch, version, root, issued_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (place) DO UPDATE SET epoch = ?2, version = ?3, root = ?4, issued_at = ?5",
    );
    upsert
        .bind(place.as_str())
        .bind(i64::from(known.order.0))
        .bind(int(known.order.1))
        .bind(known.root.as_bytes())
        .bind(int(known.issued_at.0))
        .execute(tx)
        .await?;
    Ok(true)
}

pub(super) async fn forget_rows(tx: &mut SqliteConnection, place: &PlaceId) -> Result<()> {
    for delete in [
        "DELETE FROM mirror_segment WHERE place = ?1",
        "DELETE FROM mirror_record WHERE place = ?1",
        "DELETE FROM mirror_blob WHERE place = ?1",
    ] {
        query(delete).bind(place.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

pub(super) async fn list(tx: &mut SqliteConnection, change: &MirrorChange) -> Result<()> {
    let place = change.place.as_str();
    let listed: Vec<String> = change
        .listed
        .iter()
        .map(|segment| format!("\"{}\"", segment.hash))
        .collect();
    let unlist = query(
        "DELETE FROM mirror_segment WHERE place = ?1
         AND hash NOT IN (SELECT unhex(value) FROM json_each(?2))",
    );
    let listed = format!("[{}]", listed.join(","));
    unlist.bind(place).bind(listed).execute(&mut *tx).await?;
    for (position, segment) in change.listed.iter().enumerate() {
        let upsert = query(
            "INSERT INTO mirror_segment (place, hash, position, bytes, ops)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (place, hash) DO UPDATE SET position = excluded.position",
        );
        upsert
            .bind(place)
            .bind(segment.hash.as_bytes())
            .bind(int(position as u64))
            .bind(int(segment.bytes))
            .bind(i64::from(segment.ops))
            .execute(&mut *tx)
            .await?;
    }
    for (hash, ledger) in &change.ledgers {
        let update = query("UPDATE mirror_segment SET ledger = ?3 WHERE place = ?1 AND hash = ?2");
        update
            .bind(place)
            .bind(hash.as_bytes())
            .bind(cbor::to_vec(ledger))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

pub(super) async fn replace(tx: &mut SqliteConnection, change: &MirrorChange) -> Result<()> {
    let place = change.place.as_str();
    for id in &change.gone {
        for delete in [
            "DELETE FROM mirror_record WHERE place = ?1 AND id = ?2",
            "DELETE FROM mirror_blob WHERE place = ?1 AND id = ?2",
        ] {
            let delete = query(delete).bind(place).bind(id.as_bytes());
            delete.execute(&mut *tx).await?;
        }
    }
    for record in &change.records {
        let insert = query(
            "INSERT OR REPLACE INTO mirror_record (place, id, kind, bytes) VALUES (?1, ?2, ?3, ?4)",
        );
        insert
            .bind(place)
            .bind(record.id.as_bytes())
            .bind(i64::from(record.kind.0))
            .bind(&record.bytes)
            .execute(&mut *tx)
            .await?;
    }
    for key in &change.agency_keys {
        let insert = query("INSERT OR REPLACE INTO mirror_agency (key, place) VALUES (?1, ?2)");
        let insert = insert.bind(key.as_bytes()).bind(place);
        insert.execute(&mut *tx).await?;
    }
    for blob in &change.blobs {
        let insert = query(
            "INSERT OR REPLACE INTO mirror_blob (place, id, hash, bytes, mime, issued_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        );
        insert
            .bind(place)
            .bind(blob.id.as_bytes())
            .bind(blob.hash.as_bytes())
            .bind(int(blob.bytes))
            .bind(&blob.mime)
            .bind(int(blob.issued_at.0))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Forgets places that a whole document does not name.
pub(super) async fn prune(tx: &mut SqliteConnection, named: &[PlaceId]) -> Result<()> {
    let select =
        query("SELECT place FROM mirror_feed WHERE place NOT IN (SELECT value FROM json_each(?1))");
    let left = select.bind(places_json(named)).fetch_all(&mut *tx).await?;
    for row in &left {
        let place: PlaceId = row.place("place")?;
        forget_rows(&mut *tx, &place).await?;
        let delete = query("DELETE FROM mirror_feed WHERE place = ?1").bind(place.as_str());
        delete.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Notes a head whose feed is at its version; false if the feed has moved meanwhile.
pub(super) async fn reach(
    tx: &mut SqliteConnection,
    position: usize,
    (place, known, receipt): &(PlaceId, Known, PublicKey),
) -> Result<bool> {
    let update = query(
        "UPDATE mirror_feed SET position = ?2, issued_at = max(issued_at, ?3), receipt = ?4
         WHERE place = ?1 AND epoch = ?5 AND version = ?6",
    );
    let done = update
        .bind(place.as_str())
        .bind(int(position as u64))
        .bind(int(known.issued_at.0))
        .bind(receipt.as_bytes())
        .bind(i64::from(known.order.0))
        .bind(int(known.order.1))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
