//! Hubs one version apart: what a carrier does not know it passes on bit for bit.

use bantin_hub::feed::{Edit, Item};
use bantin_model::feed::{Op, OpRef};
use bantin_model::letter::{LetterId, SealedLetter, Verb};
use bantin_model::record::{Kind, Record};
use bantin_testkit::Person;

use crate::cast::{TOP, Tree, look};

#[tokio::test]
async fn a_record_of_a_kind_of_tomorrow_comes_down_unchanged() {
    let tree = Tree::new().await;
    let tomorrow = Edit::Put(Item {
        id: None,
        kind: Kind(77),
        issued_at: None,
        in_force: None,
        body: b"\xa1\x18\x63\x65ngay mai".to_vec(),
    });
    tree.centre.publish(TOP, vec![tomorrow]).await;
    tree.round().await;
    let head = tree.commune.follow(TOP).await.heads.remove(0).head;
    let mut found = Vec::new();
    for listed in &head.segments {
        let path = format!("/v1/segments/{}", listed.hash);
        let (here, there) = (
            tree.commune.get(&path, &[]).await.body,
            tree.centre.get(&path, &[]).await.body,
        );
        assert_eq!(here, there, "a segment is the same bytes at every hub");
        let raw = tree.commune.segment(&listed.hash).await;
        for op in Op::split(&raw).unwrap() {
            if let OpRef::Put(leaf) = op {
                found.push(Record::from_bytes(leaf).unwrap());
            }
        }
    }
    let unknown = found.iter().find(|record| record.kind == Kind(77));
    assert_eq!(
        unknown.map(|record| record.body.to_vec()),
        Some(b"\xa1\x18\x63\x65ngay mai".to_vec()),
        "the body is what its author wrote"
    );
}

#[tokio::test]
async fn a_letter_with_a_field_of_tomorrow_goes_up_unchanged() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Xin hỏi.");
    let (_, sealed) = mai.seal(&tree.centre, TOP, &letter);
    // One more field outside, with the next free key.
    let mut bytes = sealed.clone();
    bytes[0] += 1;
    bytes.extend_from_slice(&[0x18, 0x63, 0x61, b'x']);
    let outside = SealedLetter::read(&bytes).expect("an unknown field is no fault");
    let answer = tree.commune.post("/v1/letters", bytes.clone()).await;
    assert_eq!(answer.status, 200, "the commune carries it");
    look(&tree.commune).await;
    tree.clock.pass(60);
    look(&tree.province).await;
    let there = tree.centre.hub.store.letter(&LetterId::of(&bytes)).await;
    assert_eq!(
        there.unwrap().map(|letter| letter.bytes),
        Some(bytes),
        "every byte of {} arrived",
        outside.id
    );
}
