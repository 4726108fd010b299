//! Sentences for people. Failures have theirs in `locales/`, shared with the app; the few lines around
//! the data are here, Vietnamese first.

mod data;
mod failure;
mod line;
mod near;
mod pack;

pub(crate) use data::data;
pub(crate) use failure::failure;
pub(crate) use line::{
    card, claim_code, claimed, conversation, hit, message, moment, offered, product, saved, status,
    synced, waiting,
};
pub(crate) use near::{near, nobody_near, shared, sharing};
pub(crate) use pack::{contents, imported, made};
