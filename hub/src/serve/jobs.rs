//! What a hub does by itself while it serves.

use std::sync::Arc;
use std::time::Duration;

use bantin_model::time::Seconds;
use tokio::sync::watch;

use crate::Hub;
use crate::config::Upstream;
use crate::failure::Result;

/// How often letters are looked for without being rung: after a failure, or when another process took one.
const LETTERS: Duration = Duration::from_secs(30);
/// How often the house is kept. Heads are signed when a day old, so this bounds how late.
const HOUSE: Duration = Duration::from_secs(600);
/// The shortest pause between two looks at the hub above, however often the bell rings.
const LOOK_PAUSE: Duration = Duration::from_secs(2);
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

/// Looks at the hub above: regularly, when a letter is to be carried, and after failures ever later.
pub async fn look_up(hub: Arc<Hub>, mut stop: watch::Receiver<bool>) {
    let mut failures = 0u32;
    loop {
        failures = match hub.look_up().await {
            Ok(pass) if pass.troubles.is_empty() => 0,
            Ok(pass) => {
                tracing::info!(troubles = ?pass.troubles, "the hub above");
                failures.saturating_add(1)
            }
            Err(error) => {
                tracing::error!(%error, "the hub above could not be looked at");
                failures.saturating_add(1)
            }
        };
        let pause = Duration::from_secs(hub.next_look_s(failures));
        tokio::select! {
            () = async {
                tokio::time::sleep(LOOK_PAUSE).await;
                hub.to_carry.notified().await;
            } => {}
            () = tokio::time::sleep(pause) => {}
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
    let past = |days: u32| {
        let age = u64::from(days) * Seconds::DAY;
        Seconds(hub.clock.now().0.saturating_sub(age))
    };
    // A hub with none above it still carries letters down.
    let keep_days = match &hub.config.upstream {
        Some(upstream) => upstream.keep_days,
        None => Upstream::KEEP_DAYS,
    };
    let (letters, boxes) = (past(keep_days), past(hub.config.mail_days));
    hub.store.expire_carried(letters, boxes).await?;
    let uploads = hub.expire_uploads().await?;
    let before = hub.clock.now().0.saturating_sub(ONCE_DAYS * Seconds::DAY);
    hub.store.expire_once(Seconds(before)).await?;
    let asked = hub.clock.now().0.saturating_sub(crate::pack::ASK_LIFE_S);
    hub.store.expire_asks(Seconds(asked)).await?;
    if heads > 0 || mail > 0 || uploads > 0 {
        tracing::info!(heads, mail, uploads, "kept house");
    }
    Ok(())
}
