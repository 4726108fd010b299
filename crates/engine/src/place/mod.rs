//! Places: what a hub offers, and following one.

mod follow;
mod offered;
