//! Planted bugs: each is a mistake somebody could make, and the checks must turn red on every one.

/// A bug of a node, switched on for a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Flaw {
    /// An apply that is interrupted leaves its first half behind.
    ApplyHalf,
    /// A hub sends its receipt before the letter is on its disk.
    AckBeforeDurable,
    /// A phone deletes a letter as soon as a hub has accepted it.
    ForgetLetterOnAccept,
    /// A phone keeps one cursor for all mailboxes: the highest of the last answer.
    CursorPerBatch,
    /// A phone keeps one cursor for all hubs, although each numbers its own copy of a mailbox.
    CursorForAllHubs,
    /// A phone compares a head with none that it knows.
    AcceptOldHead,
    /// A letter refused by one hub is never offered to another.
    RefusedForGood,
    /// A hub that carries letters does not offer them again when the hub above was restored.
    CarrierTrustsAbove,
    /// A hub opens a letter each time it arrives.
    DeliverTwice,
    /// The feed key of one hub is in the hands of somebody else.
    StolenKey,
    /// A device does not tell the session of a request that failed.
    ForgetFailure,
    /// A hub that was restored goes on in its old epoch.
    RestoreWithoutEpoch,
    /// A phone keeps what a hub says that it has turned away from while the sync ran.
    KeepFromHubLeft,
}

impl Flaw {
    /// Those that hardly any seed notices, each with a seed that does.
    pub const RARE: [(Self, u64); 1] = [(Self::KeepFromHubLeft, 709_417)];

    /// All others: a few hundred seeds notice each.
    pub const COMMON: [Self; 12] = [
        Self::ApplyHalf,
        Self::AckBeforeDurable,
        Self::ForgetLetterOnAccept,
        Self::CursorPerBatch,
        Self::CursorForAllHubs,
        Self::AcceptOldHead,
        Self::RefusedForGood,
        Self::CarrierTrustsAbove,
        Self::DeliverTwice,
        Self::StolenKey,
        Self::ForgetFailure,
        Self::RestoreWithoutEpoch,
    ];
}
