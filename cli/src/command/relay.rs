//! Sharing with neighbours, and finding those who share.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result};
use bantin_engine::{Engine, EngineConfig};
use bantin_relay::{End, Found, Limits, Qr, Relay, RelayConfig, find};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};
use serde_json::json;

use super::said;
use crate::args::{Args, Language, RelayArgs};
use crate::exit::Said;
use crate::text;

/// What `--via` says instead of an address: whoever is near.
const NEARBY: &str = "nearby";
/// How long the neighbourhood is listened to before a sync.
const LISTEN: Duration = Duration::from_secs(3);

/// Serves until it is told to end.
pub(super) async fn relay(engine: &Engine, args: &Args, relay: &RelayArgs) -> Result<Said> {
    let limits = Limits {
        carried_bytes_max: relay.carry_mib << 20,
        ..Limits::default()
    };
    let config = RelayConfig {
        listen: relay.listen,
        folder: args.data.join("relay"),
        announce: !relay.no_mdns,
        limits,
        clock: EngineConfig::default().clock,
    };
    let started = Relay::start(engine.clone(), config).await;
    let started = started.map_err(Failure::from)?;
    if let Some(file) = &relay.svg {
        let first = started.links().first().context("no address to show")?;
        let picture = Qr::of(first)?.svg();
        tokio::fs::write(file, picture)
            .await
            .with_context(|| file.display().to_string())?;
    }
    tell(engine, args, &started).await?;
    let syncs = tokio::spawn(keep_up(engine.clone()));
    let ended = wait(&started).await;
    syncs.abort();
    let tally = started.tally();
    started.stop().await;
    let json = json!({
        "guests": tally.guests,
        "given_bytes": tally.given_bytes,
        "letters_waiting": tally.letters_waiting,
        "battery": ended == Some(End::Battery),
    });
    Ok(Said {
        json,
        lines: vec![text::shared(&tally, ended.is_some(), args.lang)],
    })
}

/// Says where guests find it, before it serves for hours.
async fn tell(engine: &Engine, args: &Args, relay: &Relay) -> Result<()> {
    let offer = engine.offer().await.map_err(Failure::from)?;
    let first = relay.links().first().context("no address to show")?;
    let mut out = std::io::stdout().lock();
    if args.json {
        let said = json!({
            "link": first,
            "links": relay.links(),
            "listen": relay.address(),
            "announced": relay.is_announced(),
            "places": offer.places,
        });
        writeln!(out, "{said}")?;
    } else {
        for line in Qr::of(first)?.lines() {
            writeln!(out, "{line}")?;
        }
        for link in relay.links() {
            writeln!(out, "{link}")?;
        }
        for place in &offer.places {
            writeln!(out, "{}", text::offered(place))?;
        }
        let announced = relay.is_announced();
        writeln!(out, "{}", text::sharing(announced, args.lang))?;
    }
    Ok(out.flush()?)
}

/// The news that are passed on stay as new as this device can have them.
async fn keep_up(engine: Engine) {
    loop {
        // How it went is in the line of truth.
        let _ = engine.sync().await;
        let pause = engine.next_sync_after_s().await.unwrap_or(900);
        let pause = Duration::from_secs(pause);
        // Whether a letter was saved or the time is up: it is time.
        let _ = tokio::time::timeout(pause, engine.letter_saved()).await;
    }
}

/// Until a signal, or until it stops by itself.
async fn wait(relay: &Relay) -> Option<End> {
    let mut end = relay.end();
    let asked = async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut terminate) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                return;
            }
        }
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        () = asked => None,
        ended = end.wait_for(Option::is_some) => ended.ok().and_then(|end| *end),
    }
}

/// Lists relays that announce themselves.
pub(super) async fn nearby(engine: &Engine, seconds: u64, language: Language) -> Result<Said> {
    let found = find(Duration::from_secs(seconds.clamp(1, 60))).await;
    let found = found.map_err(Failure::from)?;
    let own = own_root(engine).await;
    let rows: Vec<_> = found
        .iter()
        .map(|relay| {
            json!({
                "url": relay.url,
                "root": relay.root,
                "places": relay.places,
                "same_root": own.as_ref().is_some_and(|own| own.starts_with(&relay.root)),
            })
        })
        .collect();
    let lines = match found.is_empty() {
        true => vec![text::nobody_near(language)],
        false => found.iter().map(text::near).collect(),
    };
    said(&rows, lines)
}

/// Syncs through a relay at an address, or through the first one near that can.
pub(super) async fn sync_via(engine: &Engine, via: &str, language: Language) -> Result<Said> {
    let outcome = match via {
        NEARBY => through_anybody(engine).await?,
        address => engine.sync_via(address).await.map_err(Failure::from)?,
    };
    said(&outcome, vec![text::synced(&outcome, language)])
}

async fn through_anybody(engine: &Engine) -> Result<SyncOutcome> {
    let own = own_root(engine).await;
    let own = own.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
    let found: Vec<Found> = find(LISTEN).await.map_err(Failure::from)?;
    let mut last = Failure::at(Code::NotFound, NEARBY);
    for relay in found.iter().filter(|relay| own.starts_with(&relay.root)) {
        match engine.sync_via(&relay.url).await {
            Ok(outcome) => return Ok(outcome),
            Err(error) => last = error.into(),
        }
    }
    Err(last.into())
}

async fn own_root(engine: &Engine) -> Option<String> {
    let held = engine.held().await.ok()?;
    Some(held.root.to_string())
}
