//! The steps of the errand: each tells whether it was acknowledged.

use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use bantin_wire::desk::conversation::{QueueList, QueueRow, Thread, ThreadRead, ThreadReply};

use super::{ANSWER, Errand, QUESTION, notice};
use crate::hub::{Desk, HANH, HANH_PASSWORD, PLACE, VILLAGE};
use crate::phone::{Said, said};
use crate::wait::until_true;

/// What people do, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Mai pairs her phone with the village's hub.
    Follow,
    /// Mai fetches the news.
    Fetch,
    /// Mai asks, with a photo.
    Ask,
    /// Mai's phone sends the letter to the village's hub.
    Send,
    /// The village's hub carries it up to the commune's.
    CarryUp,
    /// Hạnh answers.
    Answer,
    /// Hạnh publishes a notice.
    Publish,
    /// The village's hub brings down the answer and the notice, and Mai's phone collects them.
    Collect,
}

/// All of them.
pub const STEPS: [Step; 8] = [
    Step::Follow,
    Step::Fetch,
    Step::Ask,
    Step::Send,
    Step::CarryUp,
    Step::Answer,
    Step::Publish,
    Step::Collect,
];

/// A command that hangs is ended by `timeout` and counts as one that died.
const PATIENCE_S: &str = "60";

impl Errand {
    /// Does one step on the disks as they are; true if it was acknowledged.
    pub fn step(&mut self, step: Step) -> bool {
        match step {
            Step::Follow => {
                let node = &self.carrier;
                let link = format!("{}#root={}", node.line.url(), node.hub.root());
                self.phone_does(&["follow", &link, VILLAGE]).code == Some(0)
            }
            Step::Fetch => self.phone_does(&["sync"]).code == Some(0),
            Step::Ask => self.ask(),
            Step::Send => {
                let synced = self.phone_does(&["sync"]).code == Some(0);
                let waiting = self.phone_says(&["outbox"]);
                self.ledger.accepted = waiting.as_array().is_some_and(Vec::is_empty);
                synced && self.ledger.accepted
            }
            Step::CarryUp => self.carry_up(),
            Step::Answer => self.answer(),
            Step::Publish => self.publish(),
            Step::Collect => self.collect(),
        }
    }

    /// The name of the act lets Mai ask again after a crash without asking twice.
    fn ask(&mut self) -> bool {
        let photo = self.photo.display().to_string();
        let said = self.phone_does(&[
            "ask",
            QUESTION,
            "--photo",
            &photo,
            "--once",
            "mai-asks-once",
        ]);
        if said.code != Some(0) {
            return false;
        }
        self.ledger.asked = said.json["conversation"].as_str().map(str::to_owned);
        self.ledger.asked.is_some()
    }

    fn answer(&mut self) -> bool {
        let asked = self.ledger.asked.clone().unwrap_or_default();
        let Some(hanh) = self.try_hanh() else {
            return false;
        };
        if thread(&hanh, &asked).is_none() {
            return false;
        }
        let reply = ThreadReply {
            id: asked,
            verb: "answered".into(),
            text: ANSWER.into(),
            once: "hanh-answers-once".into(),
        };
        self.ledger.answered = hanh.try_run(&reply).is_some();
        self.ledger.answered
    }

    fn publish(&mut self) -> bool {
        let file = notice::write(self.hub.hub.beside());
        let file = file.to_str().expect("a path of ours");
        let arguments = ["publish", file, "--place", PLACE, "--officer", HANH];
        let mut command = self.hub.command(&arguments);
        command.env("BANTIN_PASSWORD", HANH_PASSWORD);
        self.ledger.published = finish(&command).code == Some(0);
        self.ledger.published
    }

    /// Acknowledged is what the village's operator reads: nothing waits any more.
    fn carry_up(&mut self) -> bool {
        let looked = self.looks_up();
        let status = self.carrier.hub.run(&["upstream", "status"]).json;
        self.ledger.carried = status["letters_waiting"] == 0;
        looked && self.ledger.carried
    }

    fn collect(&mut self) -> bool {
        next_second();
        if !self.looks_up() || self.phone_does(&["sync"]).code != Some(0) {
            return false;
        }
        let asked = self.ledger.asked.clone().unwrap_or_default();
        let page = self.phone_says(&["inbox", &asked]);
        self.ledger.shown = page.to_string().contains(ANSWER);
        self.ledger.shown
    }

    /// The village's hub looks at the commune's, on the disk that it has.
    pub(super) fn looks_up(&self) -> bool {
        let said = finish(&self.carrier.command(&["upstream", "once"]));
        let well = said.code == Some(0);
        self.last.replace(Some(said));
        well
    }

    /// Runs `bantin` on the phone's disk.
    pub(super) fn phone_does(&self, arguments: &[&str]) -> Said {
        let mut command = self.phone.command(arguments);
        if let Some(plan) = &self.phone_disk {
            plan.on(&mut command);
        }
        let said = finish(&command);
        self.last.replace(Some(said.clone()));
        said
    }

    /// Asks the phone what it has, on a disk that is in order.
    pub(super) fn phone_says(&self, arguments: &[&str]) -> serde_json::Value {
        finish(&self.phone.command(arguments)).json
    }
}

/// A carrier looks into a mailbox once in a second: waits for the next one to begin.
fn next_second() {
    let second = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
    };
    let now = second();
    until_true("the next second", || second() > now);
}

/// Runs `command` to its end, or to the end of our patience.
fn finish(command: &Command) -> Said {
    let mut timed = Command::new("timeout");
    timed.args(["-s", "KILL", PATIENCE_S, "env"]);
    let (set, unset): (Vec<_>, Vec<_>) = command.get_envs().partition(|(_, v)| v.is_some());
    for (name, _) in unset {
        timed.arg("-u").arg(name);
    }
    for (name, value) in set {
        let mut pair = name.to_owned();
        pair.push("=");
        pair.push(value.unwrap_or_default());
        timed.arg(pair);
    }
    timed.arg(command.get_program()).args(command.get_args());
    timed.stdin(Stdio::null());
    said(&timed.output().expect("a command can be run"))
}

/// Hạnh's queue, settled conversations too.
pub(super) fn queue(hanh: &Desk) -> Vec<QueueRow> {
    let all = QueueList {
        open_only: false,
        offset: 0,
        limit: 200,
    };
    hanh.try_run(&all).unwrap_or_default()
}

/// A conversation, once it is in her queue.
pub(super) fn thread(hanh: &Desk, id: &str) -> Option<Thread> {
    // A letter is opened in the background right after it was accepted.
    for _ in 0..100 {
        if queue(hanh).iter().any(|row| row.id == id) {
            return hanh.try_run(&ThreadRead { id: id.into() });
        }
        std::thread::sleep(std::time::Duration::from_millis(20)); // poll
    }
    None
}
