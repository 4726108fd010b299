//! `./x run`: the whole product on one machine. A demo hub, the web app, the desk, and the desktop app.

mod children;
mod demo;
mod display;
mod ports;

use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};
use clap::Args;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::{shell, web};

use children::Running;

/// How often the programs are looked at while nothing happens.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How the demo is run.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Port of the web app and of the hub's own protocol
    #[arg(long, default_value_t = 7400)]
    pub port: u16,
    /// Port of the desk; another origin, so that nothing in the desk can reach a citizen's keys
    #[arg(long, default_value_t = 7401)]
    pub desk_port: u16,
    /// Where the demo keeps its data; delete this folder to begin again
    #[arg(long, default_value = "demo")]
    pub data: PathBuf,
    /// Do not open the desktop app
    #[arg(long)]
    pub no_app: bool,
}

/// Builds, starts and keeps the demo until Ctrl-C.
///
/// # Errors
/// One line: what is missing or in the way, and what to do.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    let (sender, stop) = channel();
    ctrlc::set_handler(move || {
        let _ = sender.send(());
    })?;
    let mut demo = begin(repo, options)?;
    println!("── running; Ctrl-C stops everything");
    loop {
        match stop.recv_timeout(LOOK_EVERY) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => demo.look()?,
        }
    }
}

/// Without this feature the app would look for a development server instead of its own pages.
pub const OWN_PAGES: &str = "bantin-app/custom-protocol";

/// The hub, the cli and the app, in the dev profile.
const PROGRAMS: [&str; 6] = ["-p", "bantin-hub", "-p", "bantin-cli", "-p", "bantin-app"];

/// Builds the programs that `of` names in cargo's words. In one go: built one by one, they would not agree
/// on the features of what they share.
pub fn build_programs(repo: &Repo, of: &[&str]) -> Result<()> {
    shell::step(
        "building the hub, the command line and the app",
        shell::cargo()
            .args(["build", "--locked", "--features", OWN_PAGES])
            .args(of)
            .current_dir(repo.root()),
    )
}

/// The demo's running programs.
pub struct Demo {
    hub: Running,
    app: Option<Running>,
    hub_built: Option<SystemTime>,
    app_built: Option<SystemTime>,
}

/// Builds everything and starts the demo.
pub fn begin(repo: &Repo, options: &Options) -> Result<Demo> {
    // Said before a long build, not after it.
    ports::must_be_free(options.port, "--port")?;
    ports::must_be_free(options.desk_port, "--desk-port")?;
    setup::install(repo, Purpose::Run)?;
    web::build(repo)?;
    build_programs(repo, &PROGRAMS)?;
    let data = repo.root().join(&options.data);
    demo::prepare(repo, &data)?;
    let hub = demo::serve(repo, &data, options)?;
    demo::announce(&data, options)?;
    let app = open_app(repo, options)?;
    Ok(Demo {
        hub,
        app,
        hub_built: built(repo, "bantin-hub"),
        app_built: built(repo, "bantin-app"),
    })
}

impl Demo {
    /// Notices programs that ended. A closed window is a person's wish; a hub that ends is an error.
    fn look(&mut self) -> Result<()> {
        if let Some(status) = self.hub.ended() {
            bail!(
                "{} ended by itself ({status}); its lines above say why",
                self.hub.name()
            );
        }
        if self.app.as_mut().and_then(Running::ended).is_some() {
            self.app = None;
            println!("── the app was closed; the web app and the desk go on");
        }
        Ok(())
    }

    /// Builds again and restarts the programs that are new. The hub serves new pages without a restart.
    pub fn rebuild(&mut self, repo: &Repo, options: &Options) -> Result<()> {
        web::build(repo)?;
        build_programs(repo, &PROGRAMS)?;
        let hub_built = built(repo, "bantin-hub");
        if hub_built != self.hub_built || self.hub.ended().is_some() {
            // The old one must give its port back first.
            self.hub.stop();
            self.hub = demo::serve(repo, &repo.root().join(&options.data), options)?;
            self.hub_built = hub_built;
        }
        let app_built = built(repo, "bantin-app");
        if app_built != self.app_built && self.app.is_some() {
            self.app = None;
            self.app = open_app(repo, options)?;
            self.app_built = app_built;
        }
        Ok(())
    }
}

/// Opens the desktop app, which follows the demo commune from its first start.
fn open_app(repo: &Repo, options: &Options) -> Result<Option<Running>> {
    if options.no_app {
        return Ok(None);
    }
    if !display::present() {
        println!(
            "── there is no display here, so no window opens; use the web app at the address above"
        );
        return Ok(None);
    }
    let data = repo.root().join(&options.data);
    let mut command = Command::new(repo.programs().join("bantin-app"));
    command
        .env("BANTIN_DATA", data.join("app"))
        .env("BANTIN_FOLLOW", demo::link(repo, &data, options)?);
    Running::start("the app", &mut command).map(Some)
}

fn built(repo: &Repo, program: &str) -> Option<SystemTime> {
    std::fs::metadata(repo.programs().join(program))
        .ok()?
        .modified()
        .ok()
}
