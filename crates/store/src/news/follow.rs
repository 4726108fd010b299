//! The followed place, its hub and the pinned root of trust. One row.

use bantin_model::feed::Pin;
use bantin_model::id::PlaceId;

use super::News;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table follow (
    id integer not null primary key check (id = 1),
    hub text not null default '',
    place text not null default '',
    root blob not null default x'',
    root_version integer not null default 0,
    -- The place was changed: feeds that the next document does not list are dropped.
    prune integer not null default 0
) strict;
insert into follow (id) values (1);
";

pub(super) const RELAY_MIGRATION: &str = "
-- Address of the relay that was last of use, for times when the hub cannot be reached.
alter table follow add column relay text not null default '';
";

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// Address of the hub, without a slash at its end.
    pub hub: String,
    /// The place.
    pub place: PlaceId,
    /// The pinned root.
    pub pin: Pin,
}

impl Follow {
    /// Whether both follow the same place through the same hub under the same root, whichever root documents
    /// were seen.
    pub fn is_same(&self, other: &Self) -> bool {
        self.hub == other.hub && self.place == other.place && self.pin.root == other.pin.root
    }
}

impl News {
    /// What is followed; none before the first start is done.
    pub async fn follow(&self) -> Result<Option<Follow>> {
        let sql = "select hub, place, root, root_version from follow where place <> ''";
        let row: Option<(String, String, Vec<u8>, i64)> =
            sqlx::query_as(sql).fetch_optional(&self.db.readers).await?;
        let Some((hub, place, root, version)) = row else {
            return Ok(None);
        };
        let pin = Pin {
            root: column::hash(&root)?,
            root_version: u32::try_from(version).unwrap_or_default(),
        };
        let place = column::place(place)?;
        Ok(Some(Follow { hub, place, pin }))
    }

    /// Address of the relay that was last of use; empty if there was none.
    pub async fn relay(&self) -> Result<String> {
        let sql = "select relay from follow";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?)
    }

    /// Remembers a relay, or with an empty address none.
    pub async fn set_relay(&self, address: &str) -> Result<()> {
        sqlx::query("update follow set relay = ?1 where relay <> ?1")
            .bind(address)
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// Follows. Another root than before means other authorities: whatever they said goes.
    pub async fn set_follow(&self, follow: &Follow) -> Result<()> {
        let before = self.follow().await?;
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        if before
            .as_ref()
            .is_some_and(|b| b.pin.root != follow.pin.root)
        {
            sqlx::raw_sql(super::record::DELETE_ALL)
                .execute(&mut *tx)
                .await?;
        }
        let moved = before.is_some_and(|b| b.place != follow.place);
        sqlx::query(
            "update follow set hub = ?, place = ?, root_version =
                 case when root = ?3 then max(root_version, ?4) else ?4 end,
                 root = ?3, prune = max(prune, ?5)",
        )
        .bind(&follow.hub)
        .bind(follow.place.as_str())
        .bind(follow.pin.root.as_bytes())
        .bind(i64::from(follow.pin.root_version))
        .bind(i64::from(moved))
        .execute(&mut *tx)
        .await?;
        if moved {
            let sql = "update freshness set etag = null, document = null, checked_at = 0";
            sqlx::query(sql).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
