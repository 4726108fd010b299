//! Mai's phone in the village, run by the engine of the app, and three hubs above each other.

use std::sync::Arc;

use bantin_engine::{Engine, EngineConfig};
use bantin_hub::conversation::Say;
use bantin_hub::feed::Edit;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::letter::{ConversationId, ReplyVerb};
use bantin_model::time::Seconds;
use bantin_testkit::{TestHub, notice};
use bantin_wire::ipc::conversation::Question;
use bantin_wire::ipc::notice::NoticeList;

use crate::cast::{TINH, TOP, Tree, XA, look};

/// The pairing link of a hub.
pub async fn link(hub: &TestHub) -> String {
    let root = hub.hub.fingerprint().await.unwrap();
    format!("{}#root={root}", hub.url(""))
}

/// The app's engine under the tree's clock.
pub async fn phone(tree: &Tree, dir: &std::path::Path) -> Engine {
    let clock = tree.clock.clone();
    let config = EngineConfig {
        clock: Arc::new(move || clock.now()),
        ..EngineConfig::default()
    };
    Engine::open(dir, config).await.unwrap()
}

/// Steps that are lit.
async fn lit(engine: &Engine, id: &str) -> Vec<String> {
    let page = engine.conversation(id).await.unwrap();
    let lit = page.stones.into_iter().filter(|stone| stone.at.is_some());
    lit.map(|stone| stone.step).collect()
}

async fn without_agency(hub: &TestHub, place: &str) {
    let id = RecordId::derived(Seconds(0), format!("agency {place}").as_bytes());
    let reason = "chưa có cán bộ".into();
    hub.publish(place, vec![Edit::Withdraw { id, reason }])
        .await;
}

#[tokio::test]
async fn mai_reads_writes_and_is_answered_through_three_hubs() {
    let tree = Tree::new().await;
    // Nobody answers letters at commune and province yet: the nearest agency is the centre's.
    without_agency(&tree.commune, XA).await;
    without_agency(&tree.province, TINH).await;
    tree.centre
        .publish(TOP, vec![notice("Lịch bầu cử", "Chủ nhật.")])
        .await;
    tree.round().await;
    let dir = tempfile::TempDir::new().unwrap();
    let mai = phone(&tree, dir.path()).await;
    let place = PlaceId::new(XA).unwrap();
    mai.follow(&link(&tree.commune).await, &place)
        .await
        .unwrap();
    mai.sync().await.unwrap();
    let all = NoticeList {
        kind: "notice".into(),
        topic: None,
        saved: false,
        offset: 0,
        limit: 10,
    };
    let read = mai.notices(&all).await.unwrap();
    assert_eq!(read.len(), 1, "the centre's notice is on the phone");
    let question = Question {
        topic: "policy".into(),
        text: "Bầu cử ở đâu ạ?".into(),
        ..Question::default()
    };
    let id = mai.ask(&question, "tap").await.unwrap();
    mai.sync().await.unwrap();
    assert_eq!(
        lit(&mai, &id).await,
        ["saved", "accepted"],
        "the commune's receipt proves that a hub has it"
    );
    tree.letters_up().await;
    let conversation = ConversationId::from_hex(&id).unwrap();
    tree.centre
        .hub
        .say(
            &conversation,
            &Say::words(ReplyVerb::Answered, "Nhà văn hoá."),
        )
        .await
        .unwrap();
    tree.round().await;
    mai.sync().await.unwrap();
    assert_eq!(
        lit(&mai, &id).await,
        ["saved", "accepted", "delivered", "opened", "answered"],
        "every step is proven by the agency"
    );
    let before = mai.conversation(&id).await.unwrap().messages.len();

    // Mai moves to town and turns to the province's hub, which has other cursors.
    let say = Say::words(ReplyVerb::Answered, "Nói thêm.");
    let more = tree.centre.hub.say(&conversation, &say).await;
    more.unwrap();
    tree.clock.pass(60);
    look(&tree.province).await;
    let town = PlaceId::new(TINH).unwrap();
    mai.follow(&link(&tree.province).await, &town)
        .await
        .unwrap();
    mai.sync().await.unwrap();
    let messages = mai.conversation(&id).await.unwrap().messages;
    assert_eq!(
        messages.len(),
        before + 1,
        "nothing is missed and nothing is there twice"
    );
}
