//! What a hub does by itself while it serves.

use std::sync::Arc;
use std::time::Duration;

use bantin_model::time::Seconds;
use tokio::sync::watch;

use crate::Hub;
use crate::failure::Result;

/// How often letters are looked for without being rung: after a failure, or when another process took one.
const LETTERS: Duration = Duration::from_secs(30);
/// How often the house is kept. Heads are signed when a day old, so this bounds how late.
const HOUSE: Duration = Duration::from_secs(600);
/// How long the names of acts are remembered, in days.
const ONCE_DAYS: u64 = 30;

/// Opens letters as they arrive, and those an earlier run left.
pub async fn open_letters(hub: Arc<Hub>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = hub.open_letters().await {
            tracing::error!(%error, "letters not opened");
        }
        tokio::select! {
            () = hub.arrived.notified() => {}
            () = tokio::time::sleep(LETTERS) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Signs heads again, and lets go of what is past its time.
pub async fn keep_house(hub: Arc<Hub>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = keep_once(&hub).await {
            tracing::error!(%error, "the house was not kept");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUSE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn keep_once(hub: &Hub) -> Result<()> {
    if hub.store.resting().await? {
        return Ok(());
    }
    let heads = hub.sign_heads().await?;
    let mail = hub.expire_mail().await?;
    let uploads = hub.expire_uploads().await?;
    let before = hub.clock.now().0.saturating_sub(ONCE_DAYS * Seconds::DAY);
    hub.store.expire_once(Seconds(before)).await?;
    if heads > 0 || mail > 0 || uploads > 0 {
        tracing::info!(heads, mail, uploads, "kept house");
    }
    Ok(())
}
