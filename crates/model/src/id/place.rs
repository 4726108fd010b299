//! Names of places.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The stable name of a place, such as `vn-68-23005`: 1–64 characters of `a–z 0–9 -`. It says nothing
/// about levels and stays when the place is renamed or moves under another parent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Serialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct PlaceId(#[n(0)] String);

/// The text is no place id.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("a place id has 1 to 64 characters of a-z, 0-9 and -")]
pub struct PlaceIdError;

impl PlaceId {
    /// Checks and takes a text.
    pub fn new(text: impl Into<String>) -> Result<Self, PlaceIdError> {
        let text = text.into();
        let fits = (1..=64).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits {
            Ok(Self(text))
        } else {
            Err(PlaceIdError)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for PlaceId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::str::FromStr for PlaceId {
    type Err = PlaceIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl<'b, C> Decode<'b, C> for PlaceId {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let at = d.position();
        Self::new(d.str()?).map_err(|e| minicbor::decode::Error::message(e).at(at))
    }
}

impl<'de> Deserialize<'de> for PlaceId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}
