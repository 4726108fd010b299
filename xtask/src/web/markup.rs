//! Pages name files by what they are; here the name becomes the address with the hash.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

/// Addresses by logical name, e.g. `fonts/cham.woff2` → `/assets/fonts/cham-0123456789abcdef.woff2`.
pub type Addresses = BTreeMap<String, String>;

/// Replaces each `{{name}}` by its address, and `{{assets}}` by all of them as JSON (escaped for an attribute).
///
/// # Errors
/// When a name is unknown: a page that asks for a missing file must not be built.
pub fn fill(page: &str, text: &str, addresses: &Addresses) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else {
            bail!("{page}: a {{{{ without its }}}}")
        };
        out.push_str(before);
        match (name.trim(), addresses.get(name.trim())) {
            ("assets", _) => {
                out.push_str(&json(addresses).replace('&', "&amp;").replace('"', "&quot;"))
            }
            (_, Some(address)) => out.push_str(address),
            // Present in the browser's site only; the app has its engine in itself.
            ("worker.js" | "worker.wasm", None) => {}
            (unknown, None) => bail!("{page}: there is no file named {unknown}"),
        }
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

/// Names and addresses are paths without quotes or backslashes, so no JSON escape is needed.
fn json(addresses: &Addresses) -> String {
    let pairs: Vec<String> = addresses
        .iter()
        .map(|(name, address)| format!("\"{name}\":\"{address}\""))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> Addresses {
        [("app.css".to_owned(), "/assets/app-1.css".to_owned())].into()
    }

    #[test]
    fn names_become_addresses() {
        let page = r#"<link href="{{app.css}}"><meta name="assets" content="{{assets}}">"#;
        let filled = fill("index.html", page, &addresses()).map_err(|e| e.to_string());
        let wanted = r#"<link href="/assets/app-1.css"><meta name="assets" content="{&quot;app.css&quot;:&quot;/assets/app-1.css&quot;}">"#;
        assert_eq!(
            filled,
            Ok(wanted.to_owned()),
            "the page must load the file of this very build"
        );
    }

    #[test]
    fn a_missing_file_stops_the_build() {
        let error = fill("index.html", "{{logo.svg}}", &addresses()).map_err(|e| e.to_string());
        assert_eq!(
            error,
            Err("index.html: there is no file named logo.svg".to_owned()),
            "better here than in a village"
        );
    }
}
