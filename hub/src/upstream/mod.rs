//! A hub below another: home to some places, follower of the hub above for the places above.
//!
//! **Feeds come down**: the same pure session that phones run decides what to fetch and what to
//! believe; segments and blobs are kept as files and served on. **Letters go up** verbatim, after they
//! were made durable and acknowledged here, until the hub above acknowledges them. **Answers come
//! down**: the mailboxes of carried letters are looked into and served here under cursors of this hub.
//! **Letters come down** that another agency passed on to one of this hub, or below it.
//!
//! Nothing here needs the hub above to be there: what is old is served as it is, and what is accepted
//! waits.

mod apply;
mod below;
mod blobs;
mod drive;
mod files;
mod link;
mod mail;
mod own;
mod pass;
mod set;
mod status;

pub use link::{Heads, Link, LinkError};
pub use pass::Pass;
pub use set::parse_link;
pub use status::Status;
