//! A hub that is restored from an old backup at a random time: no letter is lost while the phone that
//! sent it lives; an answer is lost only if it was given after the backup and never fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use bantin_wire::desk::conversation::{QueueList, QueueRow, Thread, ThreadRead, ThreadReply};
use serde::{Deserialize, Serialize};

use crate::hub::{Desk, HANH, HANH_PASSWORD, Hub, PLACE, Serving};
use crate::network::Network;
use crate::phone::Phone;
use crate::wait::until;

/// Acts before the end of one life; the backup and the restore fall among them.
const ACTS: u64 = 14;

/// What became of one life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Letters that people were told are kept.
    pub letters: usize,
    /// Of these, the ones that are neither answered nor at the hub once at the end.
    pub letters_lost: Vec<String>,
    /// Answers that Hạnh was told are kept.
    pub answers: usize,
    /// Of these, lost although they were in the backup or fetched.
    pub answers_lost_wrongly: Vec<String>,
    /// Of these, given after the backup and never fetched: lost, as must be.
    pub answers_lost_unfetched: usize,
}

/// An answer and what is known of it.
#[derive(Clone, Debug)]
struct Answer {
    to: String,
    text: String,
    in_backup: bool,
    fetched: bool,
}

struct Life {
    hub: Hub,
    serving: Option<Serving>,
    network: Network,
    phones: [Phone; 2],
    chance: u64,
    /// Conversation → whose phone, and the text.
    letters: BTreeMap<String, (usize, String)>,
    answers: Vec<Answer>,
    backup: Option<PathBuf>,
}

/// Lives one life; everything in it follows from `seed`.
pub fn live(seed: u64) -> Outcome {
    let mut life = Life::new(seed);
    let backup_at = life.below(ACTS / 2);
    let restore_at = backup_at + 1 + life.below(ACTS - backup_at - 1);
    for act in 0..ACTS {
        if act == backup_at {
            life.back_up();
        }
        if act == restore_at {
            life.restore();
        }
        life.act(act);
    }
    life.end()
}

impl Life {
    fn new(seed: u64) -> Self {
        let hub = Hub::bare();
        let serving = hub.serve();
        let network = Network::to(serving.citizen);
        let link = format!("{}#root={}", network.url(), hub.root());
        let phones = [Phone::of("Mai"), Phone::of("Thu")];
        for phone in &phones {
            phone.follow(&link, PLACE);
            phone.sync();
        }
        Self {
            hub,
            serving: Some(serving),
            network,
            phones,
            chance: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            letters: BTreeMap::new(),
            answers: Vec::new(),
            backup: None,
        }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % end.max(1)
    }

    fn act(&mut self, act: u64) {
        let who = self.below(2) as usize;
        match self.below(8) {
            0 | 1 => {
                let text = format!("Câu hỏi số {act}");
                let id = self.phones[who].ask(&text, &[]);
                self.letters.insert(id, (who, text));
            }
            2..=4 => self.sync(who),
            _ => self.answer(act),
        }
    }

    fn sync(&mut self, who: usize) {
        self.phones[who].sync();
        let theirs = self.letters.iter().filter(|(_, (owner, _))| *owner == who);
        let theirs: BTreeSet<String> = theirs.map(|(id, _)| id.clone()).collect();
        for answer in self.answers.iter_mut().filter(|a| theirs.contains(&a.to)) {
            let page = self.phones[who].conversation(&answer.to).to_string();
            answer.fetched |= page.contains(&answer.text);
        }
    }

    fn answer(&mut self, act: u64) {
        let desk = self.desk();
        let Some(row) = queue(&desk)
            .into_iter()
            .find(|row| self.letters.contains_key(&row.id))
        else {
            return;
        };
        let text = format!("Trả lời số {act}.");
        let reply = ThreadReply {
            id: row.id.clone(),
            verb: "answered".into(),
            text: text.clone(),
            once: format!("answer-{act}"),
        };
        desk.run(&reply).expect("she may reply");
        self.answers.push(Answer {
            to: row.id,
            text,
            in_backup: false,
            fetched: false,
        });
    }

    fn back_up(&mut self) {
        let backup = self.hub.beside().join("backup");
        let keys = self.hub.beside().join("keys.txt");
        let (to, with) = (text(&backup), text(&keys));
        self.hub.ok(&["backup", &to, "--with-keys", &with]);
        self.answers.iter_mut().for_each(|a| a.in_backup = true);
        self.backup = Some(backup);
    }

    /// The disk dies; the operator does what the guide says.
    fn restore(&mut self) {
        let backup = self.backup.clone().expect("the backup comes first");
        let keys = self.hub.beside().join("keys.txt");
        self.serving.take().expect("the hub serves").kill();
        std::fs::remove_dir_all(self.hub.data()).expect("our own folder");
        let (from, with) = (text(&backup), text(&keys));
        self.hub.ok(&["restore", &from, "--keys", &with]);
        self.hub.ok(&["epoch"]);
        let serving = self.hub.serve();
        self.network.lead_to(serving.citizen);
        self.serving = Some(serving);
    }

    fn desk(&self) -> Desk {
        let desk = self.serving.as_ref().expect("the hub serves").desk();
        desk.sign_in(HANH, HANH_PASSWORD)
            .expect("Hạnh knows her password");
        desk
    }

    fn end(mut self) -> Outcome {
        for who in [0, 1, 0, 1] {
            self.sync(who);
        }
        let desk = self.desk();
        let mut outcome = Outcome {
            letters: self.letters.len(),
            answers: self.answers.len(),
            ..Outcome::default()
        };
        // A letter whose answer its writer has is settled: the phone offers only open ones again.
        let has_answer = |id: &String, who: usize| {
            let page = self.phones[who].conversation(id);
            let mut messages = page["messages"].as_array().cloned().unwrap_or_default();
            messages.retain(|m| m["mine"] == false);
            !messages.is_empty()
        };
        let open = self
            .letters
            .iter()
            .filter(|(id, (who, _))| !has_answer(id, *who));
        let open: Vec<_> = open
            .map(|(id, (_, text))| (id.clone(), text.clone()))
            .collect();
        until("every letter to be opened, or to be lost", || {
            let queue = queue(&desk);
            let threads = open.iter().map(|(id, text)| {
                let row = queue.iter().find(|row| row.id == *id)?;
                let read = ThreadRead { id: row.id.clone() };
                let thread = desk.run(&read).ok()?;
                (said(&thread, text, true) == 1).then_some(())
            });
            let missing = threads.filter(Option::is_none).count();
            (missing == 0 || self.is_quiet()).then_some(())
        });
        for (id, text) in &open {
            let thread = desk.run(&ThreadRead { id: id.clone() }).ok();
            let times = thread.map_or(0, |thread| said(&thread, text, true));
            if times != 1 {
                let what = format!("{text}: {times} times at the hub");
                outcome.letters_lost.push(what);
            }
        }
        for answer in &self.answers {
            let owner = self.letters[&answer.to].0;
            let page = self.phones[owner].conversation(&answer.to);
            let messages = page["messages"].as_array().cloned().unwrap_or_default();
            let same = |m: &&serde_json::Value| m["mine"] == false && m["text"] == answer.text;
            match messages.iter().filter(same).count() {
                1 => {}
                0 if !answer.in_backup && !answer.fetched => outcome.answers_lost_unfetched += 1,
                times => {
                    let what = format!("{}: {times} times on the phone", answer.text);
                    outcome.answers_lost_wrongly.push(what);
                }
            }
        }
        outcome
    }

    /// Whether the hub has nothing left to open: then what is missing stays missing.
    fn is_quiet(&self) -> bool {
        let doctor = self.hub.run(&["doctor"]).json;
        doctor["quarantined"]
            .as_array()
            .is_some_and(|q| !q.is_empty())
    }
}

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}

fn queue(desk: &Desk) -> Vec<QueueRow> {
    let all = QueueList {
        open_only: false,
        offset: 0,
        limit: 200,
    };
    desk.run(&all).expect("she may see her queue")
}

fn said(thread: &Thread, text: &str, citizen: bool) -> usize {
    let same =
        |m: &&bantin_wire::desk::conversation::DeskMessage| m.citizen == citizen && m.text == text;
    thread.messages.iter().filter(same).count()
}
