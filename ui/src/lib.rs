//! The windows of Bản Tin, drawn with Leptos on the client. Two binaries share this crate: the citizen's
//! app ([`citizen`]) and the agency's desk. Both take their looks from [`component`], their words from
//! [`text`] and know nothing of storage or networks: the citizen's app talks to an [`engine`], the desk
//! to its hub.

pub mod citizen;
pub mod component;
pub mod desk;
pub mod engine;
pub mod json;
pub mod load;
pub mod text;
