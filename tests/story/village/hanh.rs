//! Officer Hạnh at her desk.

use bantin_tests::hub::{Desk, HANH, HANH_PASSWORD, PLACE};
use bantin_tests::wait::until;
use bantin_wire::desk::conversation::{
    QueueList, QueueRow, SubmissionPublish, Thread, ThreadRead, ThreadReply,
};

use super::Village;

/// Hạnh, signed in.
pub struct Hanh<'a> {
    village: &'a Village,
    pub desk: Desk,
}

impl<'a> Hanh<'a> {
    pub(super) fn at(village: &'a Village) -> Self {
        let desk = village.serving().desk();
        let officer = desk
            .sign_in(HANH, HANH_PASSWORD)
            .expect("Hạnh knows her password");
        assert!(
            officer
                .places
                .iter()
                .any(|place| place.place.as_str() == PLACE),
            "she works for the commune"
        );
        Self { village, desk }
    }

    /// Publishes a notice from a text file.
    pub fn publish(&self, file: &std::path::Path) -> String {
        let file = file.to_str().expect("a path of ours");
        let said =
            self.village
                .hub
                .as_hanh(&["publish", file, "--place", PLACE, "--officer", HANH]);
        said["id"].as_str().expect("the record's id").to_owned()
    }

    /// Her queue, settled conversations too.
    pub fn queue(&self) -> Vec<QueueRow> {
        let all = QueueList {
            open_only: false,
            offset: 0,
            limit: 200,
        };
        self.desk.run(&all).expect("she may see her queue")
    }

    /// The conversation `id` once it is in her queue.
    pub fn awaits(&self, id: &str) -> QueueRow {
        until("the letter to reach Hạnh's queue", || {
            self.queue().into_iter().find(|row| row.id == id)
        })
    }

    /// Opens a conversation.
    pub fn opens(&self, id: &str) -> Thread {
        self.awaits(id);
        self.desk
            .run(&ThreadRead { id: id.into() })
            .expect("she may open it")
    }

    /// Opens a conversation once it holds `letters` letters from the person.
    pub fn opens_with(&self, id: &str, letters: usize) -> Thread {
        until(&format!("{letters} letters in the conversation"), || {
            let thread = self.opens(id);
            let from_person = thread.messages.iter().filter(|m| m.citizen).count();
            (from_person >= letters).then_some(thread)
        })
    }

    /// Says something; `once` names the act.
    pub fn says(&self, id: &str, verb: &str, text: &str, once: &str) {
        let reply = ThreadReply {
            id: id.into(),
            verb: verb.into(),
            text: text.into(),
            once: once.into(),
        };
        self.desk.run(&reply).expect("she may reply");
    }

    /// Publishes a submitted product as its maker wrote it.
    pub fn publishes_product(&self, id: &str) -> String {
        let product = self.opens(id).submission.expect("a submission");
        let act = SubmissionPublish {
            id: id.into(),
            product,
            certificate: None,
            password: HANH_PASSWORD.into(),
            once: format!("publish-{id}"),
        };
        self.desk
            .run(&act)
            .expect("she may publish a product")
            .to_string()
    }
}
