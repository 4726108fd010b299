//! Language tags.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A BCP 47 language tag such as `vi`, `cjm-Cham`, `zh-Hans`: ASCII letters, digits and `-`, 2–35
/// characters. The script subtag is written wherever a language has more than one script.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Serialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Lang(#[n(0)] String);

/// The text is no language tag.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("a language tag has 2 to 35 ASCII letters, digits and -")]
pub struct LangError;

impl Lang {
    /// Checks and takes a text.
    pub fn new(text: impl Into<String>) -> Result<Self, LangError> {
        let text = text.into();
        let fits = (2..=35).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(Self(text)) } else { Err(LangError) }
    }

    /// Vietnamese, the language every text exists in.
    pub fn vietnamese() -> Self {
        Self("vi".into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for Lang {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::str::FromStr for Lang {
    type Err = LangError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl<'b, C> Decode<'b, C> for Lang {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let at = d.position();
        Self::new(d.str()?).map_err(|e| minicbor::decode::Error::message(e).at(at))
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}
