//! Sessions and mailboxes on a bad line: an entry that was damaged on the way is not lost, and a hub that always
//! says "there is more" keeps no phone awake.

use bantin_model::letter::{
    BoxPage, ConversationKeys, ConversationSeed, MailItem, PollRequest, PollResponse, Reply,
    ReplyVerb, seal_reply,
};
use bantin_model::sign::SecretKey;
use bantin_model::sync::{
    Apply, Effect, Event, MailChange, MailboxState, Request, Session, Start, Summary, Trouble,
    life_of,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::country::{NOW, knows_nothing, place};

/// Officer Hạnh's hub, and what lies in Mai's mailbox there.
struct Hanh {
    sign: SecretKey,
    entries: Vec<MailItem>,
}

impl Hanh {
    fn new(replies: u32) -> Self {
        let mut rng = ChaCha20Rng::from_seed([9; 32]);
        let sign = SecretKey::from_seed([0xa2; 32]);
        let keys = ConversationKeys::from_seed(&seed());
        let entry = |seq: u32| {
            let reply = Reply::new(ReplyVerb::Working, seq, None, NOW, "UBND xã Phan Sơn");
            let (mailbox, seal) = (keys.mailbox(), keys.seal.public());
            let bytes = seal_reply(&reply, mailbox, &seal, &sign, &mut rng).unwrap();
            MailItem {
                cursor: u64::from(seq) * 10,
                bytes: bytes.into(),
            }
        };
        let entries = (1..=replies).map(entry).collect();
        Self { sign, entries }
    }

    /// What the hub answers after a cursor, two entries a page.
    fn page(&self, after: u64) -> BoxPage {
        let new = self.entries.iter().filter(|entry| entry.cursor > after);
        let entries: Vec<MailItem> = new.clone().take(2).cloned().collect();
        let more = new.count() > 2;
        BoxPage { entries, more }
    }
}

fn seed() -> ConversationSeed {
    ConversationSeed::from_bytes([0x11; 32])
}

/// The life of the hubs as a phone without news knows it.
fn today() -> u64 {
    life_of([].into_iter())
}

/// One sync of Mai's phone, which has read up to `after`; the news cannot be reached.
fn sync(
    hanh: &Hanh,
    after: u64,
    page: impl FnMut(BoxPage) -> BoxPage,
) -> (Vec<MailChange>, Summary, u32) {
    sync_since(hanh, (after, today()), page)
}

/// The same, with a cursor of some life.
fn sync_since(
    hanh: &Hanh,
    (after, life): (u64, u64),
    mut page: impl FnMut(BoxPage) -> BoxPage,
) -> (Vec<MailChange>, Summary, u32) {
    let mut session = Session::new(Start {
        mailboxes: vec![MailboxState {
            seed: seed(),
            after,
            life,
            agency: vec![hanh.sign.public()],
        }],
        ..knows_nothing()
    });
    let (mut events, mut changes, mut polls) = (vec![Event::Begin], vec![], 0);
    while let Some(event) = events.pop() {
        for effect in session.step(event, NOW) {
            match effect {
                Effect::Open(_) => panic!("no news come"),
                Effect::Finish(summary) => return (changes, summary, polls),
                Effect::Apply(apply) => {
                    let Apply::Mail(change) = *apply else {
                        panic!("nothing but mail comes");
                    };
                    changes.push(change);
                    events.insert(0, Event::Applied);
                }
                Effect::Request(Request::Poll(request)) => {
                    polls += 1;
                    let answer = answer(hanh, &request, &mut page);
                    events.insert(0, Event::Polled { bytes: answer });
                }
                Effect::Request(request) => events.insert(
                    0,
                    Event::Failed {
                        request,
                        trouble: Trouble::Offline,
                    },
                ),
            }
        }
    }
    panic!("a session without anything under way must have finished");
}

fn answer(
    hanh: &Hanh,
    request: &PollRequest,
    page: &mut impl FnMut(BoxPage) -> BoxPage,
) -> Vec<u8> {
    let pages = request.boxes.iter().map(|asked| hanh.page(asked.after));
    let boxes = pages.map(page).collect();
    PollResponse { boxes }.to_bytes()
}

fn seqs(changes: &[MailChange]) -> Vec<u32> {
    let replies = changes.iter().flat_map(|change| &change.replies);
    replies.map(|(_, _, opened)| opened.reply.seq).collect()
}

#[test]
fn an_entry_damaged_on_the_way_comes_again() {
    let hanh = Hanh::new(4);
    let (changes, summary, _) = sync(&hanh, 0, |mut page| {
        for entry in page.entries.iter_mut().filter(|entry| entry.cursor == 20) {
            entry.bytes[40] ^= 1;
        }
        page
    });
    assert_eq!(seqs(&changes), [1, 3, 4], "the others do not wait for it");
    assert_eq!(summary.entries_refused, 1, "it is counted");
    let after = changes.iter().map(|change| change.after).max().unwrap();
    assert_eq!(after, 10, "the phone has to come back for it");
    let (changes, _, _) = sync(&hanh, after, |page| page);
    assert_eq!(seqs(&changes), [2, 3, 4], "now it is there");
    assert_eq!(changes.last().unwrap().after, 40, "and nothing is left");
}

#[test]
fn an_entry_that_never_holds_is_given_up_at_last() {
    let mut hanh = Hanh::new(80);
    hanh.entries[0].bytes[40] ^= 1;
    let (changes, summary, _) = sync(&hanh, 0, |page| page);
    assert_eq!(summary.replies, 79, "it hides nothing");
    assert_eq!(
        changes.last().unwrap().after,
        800,
        "after so many newer ones nobody asks for it any longer"
    );
}

#[test]
fn a_hub_that_always_has_more_is_left_after_a_while() {
    let hanh = Hanh::new(1);
    let mut cursor = 0;
    let (_, _, polls) = sync(&hanh, 0, |_| {
        cursor += 1;
        let bytes = b"junk".to_vec().into();
        BoxPage {
            entries: vec![MailItem { cursor, bytes }],
            more: true,
        }
    });
    assert_eq!(polls, 64, "a session ends, whatever a hub says");
}

#[test]
fn cursors_do_not_outlive_the_life_of_the_hub_that_gave_them() {
    // The hub was restored with a clock that is years behind: its cursors are lower than those of before.
    let hanh = Hanh::new(3);
    let lost = life_of([(&place("vn"), 1)].into_iter());
    let (changes, _, _) = sync_since(&hanh, (1_790_000_000, lost), |page| page);
    assert_eq!(
        seqs(&changes),
        [1, 2, 3],
        "or no answer would ever come up to the phone's cursor again"
    );
    let last = changes.last().unwrap();
    assert_eq!(last.after, 30, "from here on the new cursors count");
    assert_eq!(last.life, today(), "and say to which life they belong");
    let (changes, _, polls) = sync_since(&hanh, (last.after, last.life), |page| page);
    assert_eq!(
        (seqs(&changes), polls),
        (vec![], 1),
        "nothing is read twice in one life"
    );
    let (changes, _, _) = sync_since(&hanh, (20, 0), |page| page);
    assert_eq!(
        seqs(&changes),
        [1, 2, 3],
        "a cursor kept by an older program is of no known life"
    );
}

#[test]
fn a_life_is_another_one_with_every_new_epoch_on_the_path() {
    let (vn, lam_dong) = (place("vn"), place("vn-68"));
    let first = life_of([(&vn, 1), (&lam_dong, 1)].into_iter());
    let same = life_of([(&lam_dong, 1), (&vn, 1)].into_iter());
    assert_eq!(first, same, "the order says nothing");
    for other in [
        life_of([(&vn, 2), (&lam_dong, 1)].into_iter()),
        life_of([(&vn, 1), (&lam_dong, 2)].into_iter()),
        life_of([(&vn, 2)].into_iter()),
        life_of([].into_iter()),
    ] {
        assert_ne!(first, other, "somewhere a hub began anew");
        assert!(
            other > 0 && i64::try_from(other).is_ok(),
            "0 is no life, and stores keep it"
        );
    }
}
