//! Conversations as officers see them: the queue, a thread, answers, submitted products.

mod attachment;
mod due;
mod forward;
mod outgoing;
mod product;
mod queue;
mod say;
mod thread;

pub use attachment::OpenedAttachment;
pub use due::{DueRule, day_of};
pub use forward::PassOn;
pub use outgoing::Outgoing;
pub use product::{CheckedProduct, Submitted};
pub use queue::QueueItem;
pub use say::Say;
pub use thread::{Message, ThreadView};

/// How often a change is made anew when another came in between.
pub(crate) const TRIES: usize = 8;
