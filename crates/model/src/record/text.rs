//! Renditions in text: the same content in several languages.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::cbor;
use crate::id::Lang;

/// A name in several languages; `vi` is always there.
pub type Names = BTreeMap<Lang, String>;

/// How a rendition came to be. A machine's is labelled wherever it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A person wrote, translated or spoke it.
    #[n(0)]
    #[default]
    Human,
    /// A machine drafted or spoke it.
    #[n(1)]
    Machine,
}

/// One text rendition. Limits: [`super::TextLimits`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Text {
    /// Language and script.
    #[n(0)]
    pub lang: Lang,
    /// Headline or product name.
    #[n(1)]
    pub title: String,
    /// Three lines at most.
    #[n(2)]
    #[cbor(default, skip_if = "String::is_empty", decode_with = "cbor::long_text")]
    pub summary: String,
    /// Paragraphs separated by an empty line; lines that begin with `- ` are items. Never markup.
    #[n(3)]
    #[cbor(default, skip_if = "String::is_empty", decode_with = "cbor::long_text")]
    pub body: String,
    /// Who benefits.
    #[n(4)]
    #[cbor(default, skip_if = "String::is_empty")]
    pub who: String,
    /// What to do.
    #[n(5)]
    #[cbor(default, skip_if = "String::is_empty")]
    pub todo: String,
    /// Whom to ask; for a product, how to buy.
    #[n(6)]
    #[cbor(default, skip_if = "String::is_empty")]
    pub ask: String,
    /// How it came to be.
    #[n(7)]
    pub method: Method,
    /// Agency, body or tool that made it; never a person.
    #[n(8)]
    pub made_by: Option<String>,
    /// Agency or body that read it over; never a person.
    #[n(9)]
    pub reviewed_by: Option<String>,
}

impl Text {
    /// The best text for a reader of `wanted` (best first): the first wanted language there is, else
    /// Vietnamese, else the first text. Never silently another language: compare `lang` afterwards.
    pub fn choose<'a>(texts: &'a [Self], wanted: &[Lang]) -> Option<&'a Self> {
        let in_lang = |lang: &Lang| texts.iter().find(|text| text.lang == *lang);
        wanted
            .iter()
            .find_map(in_lang)
            .or_else(|| in_lang(&Lang::vietnamese()))
            .or_else(|| texts.first())
    }

    /// Everything in it that can be searched, headline first.
    pub fn searchable(&self) -> String {
        let parts = [
            &self.title,
            &self.summary,
            &self.body,
            &self.who,
            &self.todo,
            &self.ask,
        ];
        let filled: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        filled.join("\n")
    }
}
