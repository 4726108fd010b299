//! The corpus as an agency would bring it: a folder of Markdown with front matter.

use std::path::Path;

use bantin_model::conversation::Date;
use bantin_model::time::Seconds;

use super::PLACE;
use crate::corpus::{Document, FIRST_ISSUED_AT};

/// Three places, one below the other.
pub(super) const PLACES: &str = r#"
[[place]]
id = "nuoc-mau"
kind = "quốc gia"
names = { vi = "Nước mẫu" }
successors = []
agency = { vi = "Cơ quan trung ương mẫu" }

[[place]]
id = "vung-mau"
kind = "vùng"
names = { vi = "Vùng mẫu" }
parent = "nuoc-mau"
successors = []
agency = { vi = "Cơ quan vùng mẫu" }

[[place]]
id = "ban-mau"
kind = "bản"
names = { vi = "Bản mẫu" }
parent = "vung-mau"
successors = []
agency = { vi = "Cơ quan bản mẫu" }
"#;

/// The day on which the source that every notice names was read.
const READ: &str = "2026-11-01";
/// Notices published on one day.
const A_DAY: u64 = 21;

/// Writes `documents` as notices of [`PLACE`].
pub(super) fn write(folder: &Path, documents: &[Document]) -> anyhow::Result<()> {
    let notices = folder.join(PLACE).join("notice");
    std::fs::create_dir_all(&notices)?;
    for document in documents {
        let file = notices.join(format!("tin-{:05}.vi.md", document.id));
        std::fs::write(file, page(document)?)?;
    }
    Ok(())
}

fn page(document: &Document) -> anyhow::Result<String> {
    // What JSON makes of a text is also a basic string of TOML.
    let quoted = serde_json::to_string::<String>;
    let days = i64::try_from(document.id / A_DAY)?;
    let at = u64::try_from(FIRST_ISSUED_AT - 365 * 86_400 + days * 86_400)?;
    Ok(format!(
        "+++\nkind = \"notice\"\ntopic = \"{}\"\npublished = {}\ntitle = {}\nsummary = {}\nmethod = \"human\"\nsample = true\n\n[[source]]\nname = \"Văn bản sinh ra để đo\"\nread = {READ}\n+++\n{}\n",
        topic(document.topic),
        Date::of(Seconds(at), 0),
        quoted(&document.title)?,
        quoted(&document.summary)?,
        document.body,
    ))
}

/// The corpus has seven topics, notices have six: culture is taught, livelihoods live by policy.
fn topic(of: &str) -> &str {
    match of {
        "culture" => "education",
        "livelihood" => "policy",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::corpus::{SEED, document};

    #[test]
    fn a_page_is_what_the_import_reads() {
        let document = document(SEED, 3);
        let page = super::page(&document).unwrap();
        assert!(page.starts_with("+++\nkind = \"notice\"\ntopic = \"science\"\n"));
        assert!(
            page.ends_with(&format!("+++\n{}\n", document.body)),
            "the body is not changed: that is what is measured"
        );
    }
}
