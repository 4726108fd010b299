//! A hub in the test's own process on a free port, a clock that stands until it is moved, and people
//! with names who write to it: Mai the villager, Thu who sells rượu cần, Bá the elder, officer Hạnh.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod below;
mod clock;
mod content;
mod http;
mod hub;
mod person;

pub use clock::TestClock;
pub use content::{notice, places};
pub use http::Answer;
pub use hub::{PASSWORD, TestHub, TestHubBuilder};
pub use person::Person;

pub use bantin_hub as server;
pub use bantin_model as model;
