//! A dictionary trained at the hub: small changes travel smaller, and a phone fetches it once.

use std::fs;
use std::path::Path;

use bantin_tests::hub::PLACE;
use bantin_tests::network::{Fault, Rule, Seen};

use crate::village::Village;

/// Enough texts to learn from.
const LEARNED: usize = 220;

fn page(title: &str, number: usize) -> String {
    format!(
        "+++\nkind = \"notice\"\ntopic = \"policy\"\npublished = 2026-11-20\ntitle = \"{title} số {number}\"\n\
         summary = \"Bài mẫu của một câu chuyện thử, số {number}.\"\nmethod = \"human\"\nsample = true\n\n\
         [[source]]\nname = \"Bài mẫu, không phải văn bản thật\"\nread = 2026-11-22\n+++\n\
         Bài này viết ra để thử ứng dụng, bản số {number}. Không cơ quan nào ban hành.\n"
    )
}

fn write(folder: &Path, title: &str, numbers: std::ops::Range<usize>) {
    let notices = folder.join(PLACE).join("notice");
    fs::create_dir_all(&notices).unwrap();
    for number in numbers {
        let file = notices.join(format!("{title}-{number}.vi.md").replace(' ', "-"));
        fs::write(file, page(title, number)).unwrap();
    }
}

/// Bytes of each answer with a blob.
fn dictionaries(seen: &[Seen]) -> impl Iterator<Item = usize> {
    let asked = |seen: &&Seen| seen.path.starts_with("/v1/blobs") && seen.status == Some(200);
    seen.iter().filter(asked).map(|seen| seen.received)
}

#[test]
fn a_dictionary_is_fetched_once_and_serves_every_later_change() {
    let village = Village::new();
    let hub = &village.hub;
    let import = |name: &str, title: &str, numbers| {
        let folder = hub.beside().join(name);
        write(&folder, title, numbers);
        hub.ok(&["import", folder.to_str().unwrap()]);
    };
    import("many", "hop ban", 0..LEARNED);
    let mai = village.phone("mai");
    mai.sync();

    let trained = hub.ok(&["dictionary", "train"]);
    assert_eq!(
        hub.ok(&["dictionary", "show"]),
        trained,
        "what was trained is in use"
    );
    import("one", "tiem phong", 0..2);
    village.network.take_seen();
    village
        .network
        .fail(Rule::once("/v1/blobs", Fault::CutBefore));
    mai.try_sync();
    let name = trained["dictionary"].as_str().unwrap().to_owned();
    let has = || mai.files().join("data/blobs").join(&name).exists();
    assert!(!has(), "the line broke before the dictionary came");
    village.network.mend();
    mai.sync();
    assert!(has(), "the next sync fetches it and keeps it");
    let whole = fs::metadata(mai.files().join("data/blobs").join(&name));
    let whole = usize::try_from(whole.unwrap().len()).unwrap();
    let travelled: usize = dictionaries(&village.network.take_seen()).sum();
    assert!(
        travelled < whole * 3 / 4,
        "it travels packed: {travelled} bytes for {whole}"
    );
    assert_eq!(
        mai.search("tiem phong").len(),
        2,
        "the notices that were packed with it are there"
    );

    let thu = village.phone("thu");
    village
        .network
        .fail(Rule::once("/v1/blobs", Fault::CutAnswer(500)));
    thu.sync();
    assert_eq!(
        thu.search("tiem phong").len(),
        2,
        "half of what is packed is no use, so the rest comes in pieces, in the same sync"
    );
    village.network.mend();

    import("two", "xep boi lan", 0..2);
    village.network.take_seen();
    mai.sync();
    let seen = village.network.take_seen();
    assert_eq!(
        dictionaries(&seen).count(),
        0,
        "the dictionary is not fetched again: {seen:?}"
    );
    assert_eq!(
        mai.search("xep boi lan").len(),
        2,
        "and what it packed is read offline"
    );
}
