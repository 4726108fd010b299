//! Sync: the model's session decides, this folder carries out.

mod apply;
mod beside;
mod carry;
mod flight;
mod prefetch;
mod run;
mod settle;

pub(crate) use apply::searched_text;
pub(crate) use carry::Courier;
pub(crate) use flight::Flight;
