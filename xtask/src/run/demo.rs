//! The demo hub: made once from the starter content, then only served.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Options, children::Running};
use crate::repo::Repo;
use crate::shell;

/// The commune whose feed the demo's desktop app follows.
const COMMUNE: &str = "vn-68-23005";

/// A hub on a slow disk still has to answer within this.
const START_PATIENCE: Duration = Duration::from_secs(30);

/// Written when the hub is complete: an interrupted first start is done again.
const COMPLETE: &str = "complete";

/// Makes the demo hub and fills it, unless that was done before. Data of earlier starts stays.
pub fn prepare(repo: &Repo, data: &Path) -> Result<()> {
    let hub = data.join("hub");
    if hub.join(COMPLETE).is_file() {
        return Ok(());
    }
    if hub.exists() {
        fs::remove_dir_all(&hub).with_context(|| format!("{} cannot be emptied", hub.display()))?;
    }
    fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let content = repo.path("content/starter");
    let places = content.join("places.toml");
    shell::step(
        "making the demo hub",
        program(repo, &hub)
            .arg("init")
            .arg("--demo")
            .arg("--places")
            .arg(&places),
    )?;
    shell::step(
        "importing the starter content",
        program(repo, &hub)
            .arg("import")
            .arg("--publish")
            .arg(&content),
    )?;
    fs::write(hub.join(COMPLETE), "")?;
    Ok(())
}

/// Starts the hub and waits until it answers.
pub fn serve(repo: &Repo, data: &Path, options: &Options) -> Result<Running> {
    let mut command = program(repo, &data.join("hub"));
    command.arg("serve");
    command.args(["--listen", &format!("127.0.0.1:{}", options.port)]);
    command.args(["--desk-listen", &format!("127.0.0.1:{}", options.desk_port)]);
    command.arg("--citizen-web").arg(repo.web().join("citizen"));
    command.arg("--desk-web").arg(repo.web().join("desk"));
    let mut hub = Running::start("the hub", &mut command)?;
    let start = Instant::now();
    while !answers(options.port) || !answers(options.desk_port) {
        if let Some(status) = hub.ended() {
            bail!("the hub did not start ({status}); its lines above say why");
        }
        if start.elapsed() > START_PATIENCE {
            bail!(
                "the hub does not answer on ports {} and {}",
                options.port,
                options.desk_port
            );
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(hub)
}

/// The pairing link of the demo commune: `URL#root=FINGERPRINT PLACE`.
pub fn link(repo: &Repo, data: &Path, options: &Options) -> Result<String> {
    let root = shell::ask(program(repo, &data.join("hub")).arg("root"))
        .context("the hub does not tell its root key")?;
    Ok(format!(
        "http://127.0.0.1:{}#root={root} {COMMUNE}",
        options.port
    ))
}

/// Says where everything is and how to sign in.
pub fn announce(data: &Path, options: &Options) -> Result<()> {
    let sign_ins = fs::read_to_string(data.join("hub/demo-sign-ins.txt")).unwrap_or_default();
    println!();
    println!("   Web app   http://127.0.0.1:{}", options.port);
    println!("   Desk      http://127.0.0.1:{}", options.desk_port);
    for line in sign_ins.lines() {
        println!("   Sign in   {line}");
    }
    println!(
        "   Data      {}  (delete it to begin again)",
        data.display()
    );
    println!();
    Ok(())
}

fn program(repo: &Repo, hub: &Path) -> Command {
    let program: PathBuf = repo.programs().join("bantin-hub");
    let mut command = Command::new(program);
    command.arg("--data").arg(hub);
    command
}

/// Whether something on `port` answers HTTP.
fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let wait = Some(Duration::from_secs(2));
    if stream.set_read_timeout(wait).is_err() {
        return false;
    }
    let asked = stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    let mut start = [0; 5];
    asked.is_ok() && stream.read_exact(&mut start).is_ok() && &start == b"HTTP/"
}
