//! Planted bugs of a carrier: what its database says after it was started again, had it kept in memory alone what it must
//! write down. Nothing shows as long as nobody kills it, or kills it at another moment.

use crate::database;
use crate::hub::Hub;

/// What a carrier forgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Which letters it has still to send: it takes all for carried.
    ForgetsLetters,
    /// Which mailboxes it has to look into: it takes all for looked into, until tomorrow.
    ForgetsAnswers,
}

impl Bug {
    /// Befalls a hub that does not run.
    pub(super) fn befalls(self, hub: &Hub) {
        let change = match self {
            Self::ForgetsLetters => {
                "UPDATE carried SET carried_at = accepted_at WHERE carried_at IS NULL"
            }
            Self::ForgetsAnswers => "UPDATE carried_mailbox SET next_at = next_at + 86400",
        };
        database::change(&hub.data().join("hub.db"), change);
    }
}
