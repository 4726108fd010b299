//! The five stones of a letter's path, lit only when proven: *Đã lưu trên máy → Đã có nơi nhận → Đã
//! đến cơ quan → Cán bộ đã mở → Đã trả lời*.

use serde::{Deserialize, Serialize};

use crate::id::PlaceId;
use crate::letter::{LetterId, OpenedReply, ReceiptStep, ReplyVerb, Signer, VerifiedReceipt};
use crate::time::Seconds;

/// Who proves a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// This phone itself.
    ThisDevice,
    /// The hub of a place, by its signed receipt.
    Hub(PlaceId),
    /// The agency, by its signed receipt.
    Agency(PlaceId),
    /// The agency, by a signed reply; the office or role as it calls itself.
    Office(String),
}

/// When a step happened and who proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// When, by the clock of who proves it.
    pub at: Seconds,
    /// Who.
    pub who: Who,
}

/// The five steps of one letter. A step without proof is dark, whatever the phone believes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stones {
    /// Saved on this phone.
    pub saved: Option<Proof>,
    /// Accepted by the first hub.
    pub accepted: Option<Proof>,
    /// Delivered to the agency.
    pub delivered: Option<Proof>,
    /// Opened by an officer.
    pub opened: Option<Proof>,
    /// Answered.
    pub answered: Option<Proof>,
}

/// What is proven about `letter`. `receipts` and `replies` may be of any letter, in any order and
/// more than once; a relay's receipt lights nothing. What the agency signs about a later step proves
/// the earlier ones too, except that the letter is saved here.
pub fn stones(
    letter: LetterId,
    saved_at: Option<Seconds>,
    receipts: &[VerifiedReceipt],
    replies: &[OpenedReply],
) -> Stones {
    let saved = saved_at.map(|at| Proof {
        at,
        who: Who::ThisDevice,
    });
    let mut stones = Stones {
        saved,
        ..Stones::default()
    };
    let about = receipts.iter().filter(|r| r.receipt.letter == letter);
    for (step, proof) in about.filter_map(of_receipt) {
        stones.light(step, proof);
    }
    let about = replies.iter().filter(|r| r.reply.re == Some(letter));
    for (step, proof) in about.filter_map(of_reply) {
        stones.light(step, proof);
    }
    stones.fill();
    stones
}

#[derive(Clone, Copy)]
enum Step {
    Accepted,
    Delivered,
    Opened,
    Answered,
}

fn of_receipt(verified: &VerifiedReceipt) -> Option<(Step, Proof)> {
    let receipt = &verified.receipt;
    let (step, who) = match (verified.signer, receipt.step) {
        (Signer::Hub, ReceiptStep::Accepted) => (Step::Accepted, Who::Hub(receipt.place.clone())),
        (Signer::Agency, step) => {
            let step = match step {
                ReceiptStep::Accepted => Step::Accepted,
                ReceiptStep::Delivered => Step::Delivered,
                ReceiptStep::Opened => Step::Opened,
                ReceiptStep::Unknown(_) => return None,
            };
            (step, Who::Agency(receipt.place.clone()))
        }
        // Only the agency can know that a letter is delivered or opened.
        (Signer::Hub | Signer::Relay, _) => return None,
    };
    let at = receipt.at;
    Some((step, Proof { at, who }))
}

fn of_reply(opened: &OpenedReply) -> Option<(Step, Proof)> {
    let reply = &opened.reply;
    let step = match reply.verb {
        ReplyVerb::Delivered => Step::Delivered,
        ReplyVerb::Opened | ReplyVerb::NeedsInfo | ReplyVerb::Working | ReplyVerb::Forwarded => {
            Step::Opened
        }
        ReplyVerb::Answered
        | ReplyVerb::OutOfScope
        | ReplyVerb::Published
        | ReplyVerb::Rejected => Step::Answered,
        ReplyVerb::Closed | ReplyVerb::Unknown(_) => return None,
    };
    let proof = Proof {
        at: reply.at,
        who: Who::Office(reply.by.clone()),
    };
    Some((step, proof))
}

impl Stones {
    /// Keeps the earliest proof of a step, so that the path does not change when more arrives.
    fn light(&mut self, step: Step, proof: Proof) {
        let stone = match step {
            Step::Accepted => &mut self.accepted,
            Step::Delivered => &mut self.delivered,
            Step::Opened => &mut self.opened,
            Step::Answered => &mut self.answered,
        };
        if stone.as_ref().is_none_or(|known| proof.at < known.at) {
            *stone = Some(proof);
        }
    }

    /// A later step, proven by the agency's own signature, proves those before it.
    fn fill(&mut self) {
        if self.opened.is_none() {
            self.opened.clone_from(&self.answered);
        }
        if self.delivered.is_none() {
            self.delivered.clone_from(&self.opened);
        }
        if self.accepted.is_none() {
            self.accepted.clone_from(&self.delivered);
        }
    }
}
