//! The pairing link `URL#root=HEX`: where a hub is and what its root of trust must be.

use bantin_model::id::Hash;
use bantin_wire::{Code, Failure};

/// A link, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// `http://…` or `https://…`, without a slash at its end.
    pub url: String,
    /// Fingerprint of the root.
    pub root: Hash,
}

/// A longer link is none.
const LINK_BYTES_MAX: usize = 2048;

impl Pairing {
    /// Reads a link as a person pasted it or a camera saw it.
    pub fn parse(link: &str) -> Result<Self, Failure> {
        let damaged = || Failure::at(Code::LinkDamaged, "link");
        let link = link.trim();
        if link.len() > LINK_BYTES_MAX {
            return Err(damaged());
        }
        let (url, fragment) = link.split_once('#').ok_or_else(damaged)?;
        let root = fragment
            .split('&')
            .find_map(|part| part.strip_prefix("root="))
            .and_then(Hash::from_hex)
            .ok_or_else(damaged)?;
        let url = url.trim_end_matches('/');
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))
            .ok_or_else(damaged)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '@';
        if host.is_empty() || !host.chars().all(plain) {
            return Err(damaged());
        }
        Ok(Self {
            url: url.to_owned(),
            root,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_is_read_and_a_damaged_one_refused() {
        let hex = "ab".repeat(32);
        let pairing = Pairing::parse(&format!(" http://127.0.0.1:8080/#root={hex}\n")).unwrap();
        assert_eq!(pairing.url, "http://127.0.0.1:8080", "no slash at the end");
        assert_eq!(pairing.root.to_string(), hex, "the root as written");
        let cut = hex.get(..63).unwrap();
        for wrong in [
            String::new(),
            format!("http://a#root={cut}"),
            format!("ftp://a#root={hex}"),
            format!("http://#root={hex}"),
            format!("http://a b#root={hex}"),
            format!("http://hub@evil#root={hex}"),
            "http://a".to_owned(),
        ] {
            assert_eq!(
                Pairing::parse(&wrong).unwrap_err().code,
                Code::LinkDamaged,
                "{wrong:?} is no link"
            );
        }
    }
}
