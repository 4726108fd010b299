//! The queue.

use bantin_hub_store::{ConversationKind, QueueFilter, Role};
use bantin_wire::desk::conversation::{QueueList, QueueRow};

use super::view;
use crate::desk::caller::Caller;
use crate::failure::Result;

/// Rows of one page at most.
const ROWS_MAX: u32 = 200;

/// Conversations the officer may read: overdue first, then by deadline.
pub(in crate::desk) async fn queue(caller: Caller, command: QueueList) -> Result<Vec<QueueRow>> {
    let QueueList {
        open_only,
        offset,
        limit,
    } = command;
    let limit = limit.min(ROWS_MAX);
    let answers = caller.places(&[Role::Answer]).await?;
    let places = caller.places(&[Role::Answer, Role::CheckProduct]).await?;
    let now = caller.hub().clock.now();
    if answers == places {
        let filter = QueueFilter {
            places,
            open_only,
            offset,
            limit,
        };
        let items = caller.hub().queue(&filter).await?;
        return Ok(items.into_iter().map(|item| view::row(item, now)).collect());
    }
    // Who only checks products somewhere sees no questions of that place, so pages are counted here.
    let (mut skip, mut out, mut at) = (offset, Vec::new(), 0);
    while out.len() < limit as usize {
        let places = places.clone();
        let filter = QueueFilter {
            places,
            open_only,
            offset: at,
            limit: ROWS_MAX,
        };
        let items = caller.hub().queue(&filter).await?;
        let last = items.len() < ROWS_MAX as usize;
        at += ROWS_MAX;
        for item in items {
            let product = item.row.kind == ConversationKind::Product;
            if !product && !answers.contains(&item.row.place) {
                continue;
            }
            match skip.checked_sub(1) {
                Some(left) => skip = left,
                None if out.len() < limit as usize => out.push(view::row(item, now)),
                None => {}
            }
        }
        if last {
            break;
        }
    }
    Ok(out)
}
