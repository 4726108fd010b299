//! Hạnh's folder of texts, imported again and again: what is the same stays the same notice.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bantin_tests::hub::PLACE;
use bantin_tests::phone::Phone;
use serde_json::Value;

use crate::village::Village;

fn write(folder: &Path, name: &str, title: &str) {
    let notices = folder.join(PLACE).join("notice");
    fs::create_dir_all(&notices).unwrap();
    let page = format!(
        "+++\nkind = \"notice\"\ntopic = \"policy\"\npublished = 2026-11-20\ntitle = \"{title}\"\n\
         summary = \"Bài mẫu của một câu chuyện thử.\"\nmethod = \"human\"\nsample = true\n\n\
         [[source]]\nname = \"Bài mẫu, không phải văn bản thật\"\nread = 2026-11-22\n+++\n\
         Bài này viết ra để thử ứng dụng. Không cơ quan nào ban hành.\n"
    );
    fs::write(notices.join(format!("{name}.vi.md")), page).unwrap();
}

/// Names of the notices that Mai has of the folder.
fn held(mai: &Phone) -> BTreeSet<String> {
    let notices = mai.notices().into_iter();
    let ours = |notice: &Value| notice["title"].as_str().unwrap().starts_with("Gom");
    notices
        .filter(ours)
        .map(|notice| notice["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_folder_imported_again_changes_only_what_was_changed() {
    let village = Village::new();
    let hub = &village.hub;
    let folder = hub.beside().join("texts");
    let import = || {
        let done = hub.ok(&["import", folder.to_str().unwrap()]);
        done["places"][0]["changed"].as_u64().unwrap()
    };
    for (name, title) in [
        ("mot", "Gom lúa mẫu"),
        ("hai", "Gom ngô mẫu"),
        ("ba", "Gom sắn mẫu"),
    ] {
        write(&folder, name, title);
    }
    assert_eq!(import(), 3, "all are new");
    let mai = village.phone("mai");
    mai.sync();
    let ids = held(&mai);
    assert_eq!(ids.len(), 3, "three notices");
    let beginnings: BTreeSet<&str> = ids.iter().map(|id| &id[..24]).collect();
    assert_eq!(
        beginnings.len(),
        1,
        "published together they have names in a row, which pack small: {ids:?}"
    );

    assert_eq!(import(), 0, "nothing was changed");
    write(&folder, "hai", "Gom ngô nếp mẫu");
    write(&folder, "bon", "Gom củi mẫu");
    assert_eq!(import(), 2, "one was corrected and one is new");
    mai.sync();
    let second = held(&mai);
    assert_eq!(second.len(), 4, "Mai has the corrected one once");
    assert!(
        second.is_superset(&ids),
        "and every notice she had is still the same one: her marks stay on it"
    );
}
