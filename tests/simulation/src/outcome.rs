//! How a run ended.

/// A promise of the product that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Breach(pub String);

/// Fails with a [`Breach`] unless the condition holds.
macro_rules! hold {
    ($condition:expr, $($why:tt)+) => {
        if !$condition {
            return Err($crate::outcome::Breach(format!($($why)+)));
        }
    };
}
pub(crate) use hold;

/// What a run came through, so that one can see that the weather was real.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Syncs that were begun.
    pub sessions: u64,
    /// Syncs that ended with some trouble.
    pub troubled: u64,
    /// Changes made durable.
    pub applies: u64,
    /// Letters written.
    pub letters: u64,
    /// Replies that hubs appended to mailboxes.
    pub replies: u64,
    /// Replies that a restore wiped out before they were mirrored anywhere; they never arrive.
    pub replies_lost: u64,
    /// Nodes stopped in the middle of something.
    pub crashes: u64,
    /// Hubs set back to a backup.
    pub restores: u64,
    /// Messages that did not arrive, or not as they were sent.
    pub messages_hurt: u64,
    /// Messages sent.
    pub messages: u64,
    /// Answers of the forger.
    pub forged: u64,
}

impl Counts {
    /// Adds another run's.
    pub fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.troubled += other.troubled;
        self.applies += other.applies;
        self.letters += other.letters;
        self.replies += other.replies;
        self.replies_lost += other.replies_lost;
        self.crashes += other.crashes;
        self.restores += other.restores;
        self.messages_hurt += other.messages_hurt;
        self.messages += other.messages;
        self.forged += other.forged;
    }
}

/// A run from its first event to its last check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which.
    pub seed: u64,
    /// The first promise that did not hold, if one did not.
    pub breach: Option<Breach>,
    /// SHA-256 of the trace, in hexadecimal digits.
    pub trace: String,
    /// Number of lines in the trace.
    pub lines: u64,
    /// What it came through.
    pub counts: Counts,
    /// The last lines of the trace; all of them in `text`.
    pub tail: Vec<String>,
    /// The whole trace.
    pub text: String,
}
