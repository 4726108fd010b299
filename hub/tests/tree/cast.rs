//! Three hubs, one below the other.

use bantin_hub::conversation::Say;
use bantin_hub::upstream::Pass;
use bantin_model::letter::{OpenedReply, ReplyVerb};
use bantin_testkit::{Person, TestClock, TestHub};

pub const TOP: &str = "vn";
pub const TINH: &str = "vn-68";
pub const XA: &str = "vn-68-23005";

/// Centre, province and commune; each lets the next one speak.
pub struct Tree {
    pub clock: TestClock,
    pub centre: TestHub,
    pub province: TestHub,
    pub commune: TestHub,
}

impl Tree {
    pub async fn new() -> Self {
        let clock = TestClock::default();
        let centre = TestHub::builder()
            .clock(&clock)
            .places(&[TOP])
            .start()
            .await;
        let province = TestHub::builder().start_below(&centre, TINH).await;
        let commune = TestHub::builder().start_below(&province, XA).await;
        centre.let_speak(&province, TINH).await;
        province.let_speak(&commune, XA).await;
        let tree = Self {
            clock,
            centre,
            province,
            commune,
        };
        tree.round().await;
        tree
    }

    /// Province and commune look up once each, from the top down: what the centre has is everywhere.
    /// An hour later, so that mailboxes in which little happens are looked into as well.
    pub async fn round(&self) {
        self.clock.pass(3600);
        for hub in [&self.province, &self.commune] {
            let pass = look(hub).await;
            assert_eq!(pass.troubles, [""; 0], "nothing is in the way of a look");
        }
    }

    /// Letters of the commune come to the centre, are opened, and what it says comes back down.
    pub async fn letters_up(&self) {
        for hub in [&self.commune, &self.province] {
            self.clock.pass(3600);
            look(hub).await;
        }
        self.centre.hub.open_letters().await.unwrap();
        self.province.hub.open_letters().await.unwrap();
    }

    /// Officer Hạnh of the centre answers.
    pub async fn answer(&self, mai: &Person, words: &str) {
        let say = Say::words(ReplyVerb::Answered, words);
        self.centre.hub.say(&mai.keys.id(), &say).await.unwrap();
        self.clock.pass(60);
    }

    /// What Mai reads at the commune's hub of what the centre's agency wrote.
    pub async fn read(&self, mai: &mut Person) -> Vec<OpenedReply> {
        mai.replies_by(&self.commune, &self.centre, TOP).await
    }
}

/// One look at the hub above.
pub async fn look(hub: &TestHub) -> Pass {
    hub.hub.look_up().await.unwrap()
}

pub fn verbs(replies: &[OpenedReply]) -> Vec<ReplyVerb> {
    replies.iter().map(|opened| opened.reply.verb).collect()
}
