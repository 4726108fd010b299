//! `serve`: until ctrl-c or SIGTERM.

use std::path::Path;

use anyhow::Context;

use super::args::Serve;
use crate::Hub;
use crate::clock::Clock;
use crate::config::Config;

pub async fn serve(dir: &Path, options: Serve) -> anyhow::Result<()> {
    let mut config = Config::read(dir)?;
    config.web_root = options.web.or(config.web_root);
    config.desk_web_root = options.desk_web.or(config.desk_web_root);
    log_to_stderr(config.log_json);
    let hub = Hub::open_with(dir, config, Clock::system()).await?;
    let serving = crate::serve::start(&hub, options.citizen, options.desk)
        .await
        .with_context(|| {
            format!(
                "{} or {} cannot be listened at",
                options.citizen, options.desk
            )
        })?;
    let ready = serde_json::json!({
        "ready": true,
        "citizen": format!("http://{}", serving.citizen),
        "desk": format!("http://{}", serving.desk),
        "link": hub.link().await?,
        "root": hub.fingerprint().await?,
    });
    // One line, for whoever started this process.
    super::output::print(true, &ready, |_| String::new())?;
    ended().await?;
    tracing::info!("stopping");
    serving.stop().await;
    Ok(())
}

/// Returns at ctrl-c or SIGTERM.
async fn ended() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            done = tokio::signal::ctrl_c() => done,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Logs go to standard error, at the level of `BANTIN_LOG` (`info` unless set).
fn log_to_stderr(json: bool) {
    use tracing_subscriber::EnvFilter;
    let level = EnvFilter::try_from_env("BANTIN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(level)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr);
    // Somebody who embeds the hub may have set a log already.
    let _ = if json {
        log.json().try_init()
    } else {
        log.try_init()
    };
}
