//! The demo hub: made once from the starter content, then only served.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Options, children::Running};
use crate::repo::Repo;
use crate::shell;

/// The commune whose feed the demo's desktop app follows.
const COMMUNE: &str = "vn-68-23005";

/// Sample officers: the villagers of the demo write to Hạnh.
const OFFICERS: &[Officer] = &[
    Officer {
        login: "hanh",
        name: "Hạnh (cán bộ mẫu)",
        places: &[COMMUNE],
    },
    Officer {
        login: "lam",
        name: "Lâm (cán bộ mẫu)",
        places: &["vn-68-23074"],
    },
    Officer {
        login: "son",
        name: "Sơn (cán bộ mẫu)",
        places: &["vn-68", "vn"],
    },
];

/// Made with the hub, in the demo's own folder: how to sign in at the desk.
const SIGN_INS: &str = "sign-ins.txt";

/// Someone who may sign in at the desk.
struct Officer {
    login: &'static str,
    name: &'static str,
    places: &'static [&'static str],
}

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
    shell::step(
        "making the demo hub",
        program(repo, &hub)
            .arg("init")
            .arg("--places")
            .arg(content.join("places.toml")),
    )?;
    shell::step(
        "importing the starter content",
        program(repo, &hub).arg("import").arg(&content),
    )?;
    let sign_ins: Vec<String> = OFFICERS
        .iter()
        .map(|officer| add(repo, &hub, officer))
        .collect::<Result<_>>()?;
    fs::write(data.join(SIGN_INS), sign_ins.join("\n"))?;
    fs::write(hub.join(COMPLETE), "")?;
    Ok(())
}

/// Adds a sample officer with a password of this machine's own; returns how to sign in.
fn add(repo: &Repo, hub: &Path, officer: &Officer) -> Result<String> {
    let password = password()?;
    let Officer {
        login,
        name,
        places,
    } = officer;
    shell::step(
        &format!("adding officer {login}"),
        program(repo, hub)
            .args(["officer", "add", login, "--name", name])
            .env("BANTIN_PASSWORD", &password),
    )?;
    for place in *places {
        shell::ask(
            program(repo, hub)
                .args(["officer", "grant", login, "--place", place])
                .args([
                    "--role",
                    "publish",
                    "--role",
                    "answer",
                    "--role",
                    "check-product",
                ])
                .args(["--legal-basis", "dữ liệu mẫu"]),
        )
        .with_context(|| format!("{login} cannot be given a grant at {place}"))?;
    }
    Ok(format!(
        "{login}  {password}   ({name}; {})",
        places.join(", ")
    ))
}

/// Twelve letters and digits that nobody can guess and anybody can type.
fn password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = [0u8; 12];
    fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut random))
        .context("this machine gives no random bytes")?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(random.iter().filter_map(letter).collect())
}

/// Starts the hub and waits until it answers.
pub fn serve(repo: &Repo, data: &Path, options: &Options) -> Result<Running> {
    let mut command = program(repo, &data.join("hub"));
    command.arg("serve");
    command.args(["--citizen", &format!("127.0.0.1:{}", options.port)]);
    command.args(["--desk", &format!("127.0.0.1:{}", options.desk_port)]);
    command.arg("--web").arg(repo.web().join("citizen"));
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
    let link = shell::ask(
        program(repo, &data.join("hub"))
            .arg("link")
            .stdout(Stdio::piped()),
    )
    .context("the hub does not tell its pairing link")?;
    let (_, root) = link
        .trim()
        .split_once('#')
        .context("the hub's pairing link has no root")?;
    Ok(format!(
        "http://127.0.0.1:{}#{root} {COMMUNE}",
        options.port
    ))
}

/// Says where everything is and how to sign in.
pub fn announce(data: &Path, options: &Options) -> Result<()> {
    let sign_ins = fs::read_to_string(data.join(SIGN_INS)).unwrap_or_default();
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

/// The hub's program. Its answers are for scripts; what went wrong it says on its other output.
fn program(repo: &Repo, hub: &Path) -> Command {
    let program: PathBuf = repo.programs().join("bantin-hub");
    let mut command = Command::new(program);
    command.arg("--dir").arg(hub).stdout(Stdio::null());
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
