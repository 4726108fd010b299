//! A conversation is passed on from agency to agency: up, across to a sibling and back, each at a hub of
//! its own. Mai sees the way, and only the agency that the last one named may answer her.

mod faults;
mod way;

use bantin_hub::conversation::{PassOn, ThreadView};
use bantin_model::id::PlaceId;
use bantin_testkit::{Person, TestHub};
use bantin_wire::Code;

use crate::cast::{Tree, XA, look};

pub const OTHER: &str = "vn-68-23074";
pub const WHY: &str = "Đường này do xã bạn quản lý.";

/// The tree with a second commune below the province.
pub struct Village {
    pub tree: Tree,
    pub other: TestHub,
}

pub fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

pub fn pass(to: &str) -> PassOn {
    PassOn {
        to: place(to),
        reason: WHY.into(),
        officer: None,
        once: None,
    }
}

impl Village {
    pub async fn new() -> Self {
        let tree = Tree::new().await;
        let other = TestHub::builder().start_below(&tree.province, OTHER).await;
        tree.province.let_speak(&other, OTHER).await;
        let village = Self { tree, other };
        // First everybody learns who is let speak, then who the agencies are.
        village.round().await;
        village.round().await;
        village
    }

    /// The communes look up, that of Mai twice: what goes up from it comes down beside it, and back.
    pub async fn round(&self) {
        for hub in [&self.tree.commune, &self.other, &self.tree.commune] {
            self.tree.clock.pass(1800);
            let done = look(hub).await;
            assert_eq!(done.troubles, [""; 0], "nothing is in the way of a look");
            for hub in [&self.tree.province, &self.tree.commune, &self.other] {
                hub.hub.open_letters().await.unwrap();
            }
        }
    }

    pub async fn thread(&self, hub: &TestHub, mai: &Person) -> ThreadView {
        hub.hub.thread(&mai.keys.id()).await.unwrap()
    }
}

pub async fn refused(hub: &TestHub, mai: &Person, to: &str) -> (Code, Option<String>) {
    let refused = hub.hub.pass_on(&mai.keys.id(), &pass(to)).await;
    let failure = refused.unwrap_err().failure();
    (failure.code, failure.field)
}

/// Mai asks her commune, which opens it.
pub async fn asked(village: &Village, words: &str) -> Person {
    let mut mai = Person::mai();
    mai.ask(&village.tree.commune, XA, words).await;
    village.tree.commune.hub.open_letters().await.unwrap();
    mai
}
