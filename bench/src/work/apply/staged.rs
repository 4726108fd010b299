//! A first sync whose segments lie on the phone already, as after a cut: what is left is verifying, applying, indexing.

use std::time::Instant;

use anyhow::ensure;
use bantin_engine::{Engine, EngineConfig};

use crate::village::{Phone, Village};

/// Follows the place and puts every segment where the engine keeps what it has fetched and not yet used.
pub(super) fn stage(village: &Village, phone: &Phone) -> anyhow::Result<()> {
    phone.follow()?;
    let folder = phone.data().join("partial");
    std::fs::create_dir_all(&folder)?;
    for segment in std::fs::read_dir(village.hub_data().join("segments"))? {
        let segment = segment?;
        std::fs::copy(segment.path(), folder.join(segment.file_name()))?;
    }
    Ok(())
}

/// The time of the sync, in an engine that is open as the app's is. `fetched_bytes_max` is what may pass: more would
/// be a segment that was fetched after all.
pub(super) async fn sync(
    village: &Village,
    phone: &Phone,
    fetched_bytes_max: u64,
) -> anyhow::Result<f64> {
    let engine = Engine::open(phone.data(), EngineConfig::default()).await?;
    village.passed();
    let started = Instant::now();
    let brought = engine.sync().await?;
    let seconds = started.elapsed().as_secs_f64();
    let fetched = village.passed().down_bytes;
    ensure!(
        u64::from(brought.records_changed) >= village.notices,
        "the sync brought too little"
    );
    ensure!(
        fetched <= fetched_bytes_max,
        "{fetched} bytes were fetched: the segments on the disk were not taken"
    );
    Ok(seconds)
}
