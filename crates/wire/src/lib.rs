//! What crosses a boundary: between a window and its engine ([`ipc`]), between a desk and its hub
//! ([`desk`]), and the addresses and headers of the protocol between nodes ([`http`]).
//!
//! Everything here is plain data. A value that a person reads carries codes and numbers, not
//! sentences: the sentences are in `locales/`.

pub mod desk;
pub mod failure;
pub mod http;
pub mod ipc;
pub mod range;

use serde::{Serialize, de::DeserializeOwned};

pub use failure::{Code, Failure};

/// A question to an engine or a hub and the type of its answer.
pub trait Command: Serialize + DeserializeOwned {
    /// The name on the wire, `noun_verb`.
    const NAME: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned;
}

/// Declares the commands of one noun.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $wire:literal { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } -> $reply:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }
        impl $crate::Command for $name {
            const NAME: &'static str = $wire;
            type Reply = $reply;
        }
    )*};
}
pub(crate) use commands;
