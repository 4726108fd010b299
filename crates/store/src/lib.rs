//! What a device keeps: `news.db`, shared by everybody who uses the phone, and one private file for
//! each person.
//!
//! One file per table holds its migration, its row, its reads and its writes. Every write that this
//! crate reports as done is durable (write-ahead log, `synchronous = FULL`), so a caller may tell a
//! person that something is saved as soon as the call returns.

mod column;
mod database;
mod error;
pub mod news;
pub mod private;

pub use database::Bounds;
pub use error::StoreError;
pub use news::News;
pub use private::Private;

/// What every read and write gives.
pub type Result<T> = core::result::Result<T, StoreError>;
