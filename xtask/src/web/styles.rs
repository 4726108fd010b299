//! One style sheet per site: `@import "x.css";` is replaced by that file, `url(…)` by the address with the hash.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::markup::Addresses;

/// Deeper is a circle or a mistake.
const MAX_DEPTH: usize = 8;

/// Reads `entry` and everything it imports into one text without comments.
///
/// # Errors
/// When a file is missing, or imports form a circle.
pub fn bundle(entry: &Path) -> Result<String> {
    let mut out = String::new();
    append(entry, 0, &mut out)?;
    Ok(out)
}

fn append(file: &Path, depth: usize, out: &mut String) -> Result<()> {
    if depth > MAX_DEPTH {
        bail!("{}: imports go round in a circle", file.display());
    }
    let text =
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = without_comments(&text);
    for line in text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
    {
        match imported(line) {
            Some(name) => append(&neighbour(file, name), depth + 1, out)?,
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    Ok(())
}

/// The file a whole-line `@import "name";` asks for; other forms (a layer, a medium) stay as they are.
fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

fn neighbour(file: &Path, name: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).join(name)
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// Gives every `url("/…")` its address. `url(data:…)` and `url(#…)` stay.
///
/// # Errors
/// When a file is not among the site's.
pub fn link(css: &str, addresses: &Addresses) -> Result<String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((inside, tail)) = after.split_once(')') else {
            bail!("a style has a url( without its )")
        };
        let name = inside.trim().trim_matches(['"', '\'']);
        out.push_str(before);
        match name.strip_prefix('/') {
            Some(name) => match addresses.get(name) {
                Some(address) => out.push_str(&format!("url(\"{address}\")")),
                None => bail!("a style asks for /{name}, which is not in ui/static"),
            },
            None => out.push_str(&format!("url({inside})")),
        }
        rest = tail;
    }
    Ok(out + rest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn imports_are_joined_in_order_and_comments_go() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("parts")).unwrap();
        fs::write(
            folder.path().join("parts/ink.css"),
            "/* why */\na{color:red}\n",
        )
        .unwrap();
        fs::write(
            folder.path().join("page.css"),
            "@import \"parts/ink.css\";\nb{color:blue}\n",
        )
        .unwrap();
        let css = bundle(&folder.path().join("page.css")).unwrap();
        assert_eq!(
            css, "a{color:red}\nb{color:blue}\n",
            "what comes later must win, as in the source"
        );
    }

    #[test]
    fn a_circle_ends() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.css"), "@import \"a.css\";\n").unwrap();
        assert!(
            bundle(&folder.path().join("a.css")).is_err(),
            "the build must stop by itself"
        );
    }

    #[test]
    fn fonts_get_their_address_and_inline_pictures_stay() {
        let addresses: Addresses = [(
            "fonts/a.woff2".to_owned(),
            "/assets/fonts/a-1.woff2".to_owned(),
        )]
        .into();
        let css = link(
            "@font-face{src:url(\"/fonts/a.woff2\")} i{mask:url(#m)}",
            &addresses,
        )
        .unwrap();
        assert_eq!(
            css,
            "@font-face{src:url(\"/assets/fonts/a-1.woff2\")} i{mask:url(#m)}"
        );
        assert!(
            link("i{background:url(/gone.png)}", &addresses).is_err(),
            "a missing picture must stop the build"
        );
    }
}
