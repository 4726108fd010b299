//! Which hub is the one above.

use anyhow::{Context, bail};
use bantin_model::id::Hash;

use crate::Hub;
use crate::config::{Config, Upstream};

/// A longer link is none.
const LINK_BYTES_MAX: usize = 2048;

/// Reads a pairing link: `http://…#root=…` or `https://…#root=…`.
pub fn parse_link(link: &str) -> anyhow::Result<(String, Hash)> {
    let link = link.trim();
    if link.len() > LINK_BYTES_MAX {
        bail!("the link is too long");
    }
    let (url, fragment) = link
        .split_once('#')
        .context("the link must contain #root=")?;
    let root = fragment
        .split('&')
        .find_map(|part| part.strip_prefix("root="))
        .and_then(Hash::from_hex)
        .context("the link must end with root= and 64 hex digits")?;
    let url = url.trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .context("the link must begin with http:// or https://")?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '@';
    if host.is_empty() || !host.chars().all(plain) {
        bail!("the address in the link is damaged");
    }
    Ok((url.to_owned(), root))
}

impl Hub {
    /// Follows the hub of this link from the next start on. With another root everything mirrored so
    /// far is forgotten: it was said by other authorities.
    pub async fn set_upstream(&self, link: &str) -> anyhow::Result<Config> {
        let (url, root) = parse_link(link)?;
        let (own, above) = self.place_above().await?;
        let before = self.config.upstream.clone();
        if before.as_ref().is_none_or(|before| before.root != root) {
            self.store.mirror_forget().await?;
        }
        if before
            .as_ref()
            .is_none_or(|before| before.url != url || before.root != root)
        {
            self.store.forget_carried_cursors().await?;
        }
        let upstream = match before {
            Some(before) => Upstream {
                url,
                root,
                ..before
            },
            None => Upstream::new(url, root),
        };
        let config = Config {
            upstream: Some(upstream),
            ..self.config.clone()
        };
        config.write(self.disk.root())?;
        tracing::info!(%own, %above, "follows the hub above");
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_is_read_and_a_damaged_one_refused() {
        let hex = "ab".repeat(32);
        let (url, root) = parse_link(&format!(" https://tinh.example/#root={hex}\n")).unwrap();
        assert_eq!(url, "https://tinh.example", "no slash at the end");
        assert_eq!(root.to_string(), hex, "the root as written");
        for wrong in [
            String::new(),
            format!("https://a#root={}", "ab".repeat(31)),
            format!("ftp://a#root={hex}"),
            format!("https://#root={hex}"),
            format!("https://a@b#root={hex}"),
            "https://a".to_owned(),
        ] {
            assert!(parse_link(&wrong).is_err(), "{wrong:?} is no link");
        }
    }
}
