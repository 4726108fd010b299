//! The oracle: what was acknowledged to whom, written down outside of the faulted folders, and whether it
//! is still true.

use std::fmt::Write as _;

use serde_json::Value;

use super::{ANSWER, Errand, NOTICE, QUESTION};

/// What people were told.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Mai was told that her question is kept: the conversation.
    pub asked: Option<String>,
    /// Mai was told that the village's hub has it.
    pub accepted: bool,
    /// The village's operator was told that the commune's hub has it.
    pub carried: bool,
    /// Hạnh was told that her answer is kept.
    pub answered: bool,
    /// Hạnh was told that the notice is out.
    pub published: bool,
    /// Mai was shown the answer.
    pub shown: bool,
}

/// What is not as it was told; empty if all is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken(pub String);

impl Broken {
    fn note(&mut self, holds: bool, what: &str) {
        if !holds {
            let _ = writeln!(self.0, "{what}");
        }
    }
}

impl Errand {
    /// Compares the hubs and the phone, all whole again and in step, with what was acknowledged.
    pub fn broken(&mut self) -> Broken {
        let mut broken = Broken::default();
        let asked = self.ledger.asked.clone().unwrap_or_default();
        self.look_at_phone(&asked, &mut broken);
        self.look_at_hub(&asked, &mut broken);
        broken.note(
            self.phone_is_whole(),
            "the phone's databases fail their integrity check",
        );
        self.look_at_carrier(&mut broken);
        for node in [&self.hub, &self.carrier] {
            let doctor = node.hub.run(&["doctor"]).json;
            broken.note(
                doctor["well"] == true,
                &format!("a hub is not well: {doctor}"),
            );
        }
        broken
    }

    fn look_at_carrier(&mut self, broken: &mut Broken) {
        let status = self.carrier.hub.upstream();
        let is = |what: &str, count: u64| status[what] == count;
        broken.note(
            is("letters_waiting", 0) && is("letters_refused", 0) && is("letters_carried", 1),
            &format!("the village's hub has not carried one letter: {status}"),
        );
    }

    fn look_at_phone(&mut self, asked: &str, broken: &mut Broken) {
        let all = self.phone_says(&["inbox"]);
        let all = all.as_array().cloned().unwrap_or_default();
        broken.note(
            all.len() == 1,
            &format!("Mai has {} conversations instead of one", all.len()),
        );
        let page = self.phone_says(&["inbox", asked]);
        let messages = page["messages"].as_array().cloned().unwrap_or_default();
        let of = |mine: bool, text: &str| {
            let said = |m: &&Value| m["mine"] == mine && m["text"] == text;
            messages.iter().filter(said).count()
        };
        broken.note(
            of(true, QUESTION) == 1,
            &format!("Mai sees her question {} times", of(true, QUESTION)),
        );
        broken.note(
            of(false, ANSWER) == 1,
            &format!(
                "Mai has the answer {} times{}",
                of(false, ANSWER),
                if self.ledger.shown {
                    " and had seen it"
                } else {
                    ""
                }
            ),
        );
        let waiting = self.phone_says(&["outbox"]);
        broken.note(
            waiting.as_array().is_some_and(Vec::is_empty),
            "something still waits on Mai's phone",
        );
        let notices = self.phone_says(&["list"]);
        let titled = |n: &&Value| n["title"] == NOTICE;
        let count = notices
            .as_array()
            .map_or(0, |all| all.iter().filter(titled).count());
        broken.note(count == 1, &format!("Mai has the notice {count} times"));
    }

    fn look_at_hub(&mut self, asked: &str, broken: &mut Broken) {
        let hanh = self.hanh();
        let queue = super::step::queue(&hanh);
        broken.note(
            queue.len() == 1,
            &format!("Hạnh has {} conversations instead of one", queue.len()),
        );
        let Some(thread) = super::step::thread(&hanh, asked) else {
            broken.note(false, "Hạnh cannot open the conversation");
            return;
        };
        let from_mai: Vec<_> = thread.messages.iter().filter(|m| m.citizen).collect();
        let whole = |m: &&&bantin_wire::desk::conversation::DeskMessage| {
            m.text == QUESTION && m.attachments.len() == 1
        };
        let count = from_mai.iter().filter(whole).count();
        let hint = match (self.ledger.carried, self.ledger.accepted) {
            (true, _) => ", and the village's hub was told that it is there",
            (_, true) => ", and the village's hub had accepted it",
            _ => "",
        };
        broken.note(
            count == 1 && from_mai.len() == 1,
            &format!("Hạnh has the question {count} times with its photo{hint}"),
        );
        let answers = thread.messages.iter().filter(|m| m.text == ANSWER).count();
        broken.note(
            answers == 1,
            &format!(
                "Hạnh sees her answer {answers} times{}",
                if self.ledger.answered {
                    ", and was told it is kept"
                } else {
                    ""
                }
            ),
        );
    }
}
