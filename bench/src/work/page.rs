//! What a browser loads before the citizen's first screen, compressed as the hub sends it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::program::pages;
use bantin_row::{Bound, Row};

/// Wasm, JavaScript and CSS together; the worker's wasm and the fonts are counted apart.
const FIRST_ROUTE_BYTES: f64 = 365.0 * 1024.0;

/// Sizes of what `index.html` names; nothing if the pages were not built.
pub(super) fn measure() -> std::io::Result<Vec<Row>> {
    let site = pages().join("citizen");
    let Ok(index) = std::fs::read_to_string(site.join("index.html")) else {
        super::say("no pages in target/web/citizen (./x web builds them): not measured");
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let mut sum = 0;
    for kind in ["wasm", "js", "css"] {
        let mut bytes = 0;
        for address in loaded(&index, kind) {
            bytes += brotli_bytes(&site.join(address.trim_start_matches('/')))?;
        }
        sum += bytes;
        rows.push(
            Row::new(&format!("page/{kind}"), "bytes", bytes as f64)
                .noted("what index.html names, in brotli as the hub sends it"),
        );
    }
    let note = "first route: wasm, JavaScript and CSS; without the worker and fonts";
    rows.push(
        Row::new("page/first-route", "bytes", sum as f64)
            .goal(Bound::OursAtMost, FIRST_ROUTE_BYTES)
            .noted(note),
    );
    Ok(rows)
}

/// Addresses ending in `.kind` that the page loads by itself: in `src` and `href`. The worker's stands
/// in a `content` and is loaded later.
fn loaded<'a>(index: &'a str, kind: &str) -> BTreeSet<&'a str> {
    let ending = format!(".{kind}");
    ["src=\"", "href=\""]
        .into_iter()
        .flat_map(|attribute| index.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.ends_with(&ending))
        .collect()
}

/// Bytes of the file's `.br`; of the file itself where it is too small to have one.
fn brotli_bytes(file: &Path) -> std::io::Result<u64> {
    let mut packed = file.as_os_str().to_owned();
    packed.push(".br");
    let size = |path: &Path| std::fs::metadata(path).map(|meta| meta.len());
    size(Path::new(&packed)).or_else(|_| size(file))
}

#[cfg(test)]
mod tests {
    use super::loaded;

    #[test]
    fn the_worker_is_not_the_first_route() {
        let index = r#"<meta name="engine-worker" content="/assets/worker-1.js">
            <link rel="modulepreload" href="/assets/app-2.js"><script src="/assets/boot-3.js"></script>"#;
        let found: Vec<_> = loaded(index, "js").into_iter().collect();
        assert_eq!(
            found,
            ["/assets/app-2.js", "/assets/boot-3.js"],
            "the first screen does not wait for the worker"
        );
    }
}
