//! Sentences for people. Failures have theirs in `locales/`, shared with the app; the few lines around
//! the data are here, Vietnamese first.

mod failure;
mod line;

pub(crate) use failure::failure;
pub(crate) use line::{
    card, conversation, hit, message, moment, offered, product, saved, status, synced, waiting,
};
