//! Folders that want more than to be published.

use super::folder::{Desk, NOTICE, NOTICE_FILE};

/// A PNG of one white pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0x0, 0x0, 0x0, 0xd, 0x49, 0x48, 0x44, 0x52, 0x0,
    0x0, 0x0, 0x1, 0x0, 0x0, 0x0, 0x1, 0x8, 0x0, 0x0, 0x0, 0x0, 0x3a, 0x7e, 0x9b, 0x55, 0x0, 0x0,
    0x0, 0xa, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xf, 0x0, 0x1, 0x1, 0x1, 0x0, 0xb1,
    0x38, 0xf6, 0x14, 0x0, 0x0, 0x0, 0x0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

fn with_picture(desk: &Desk, file: &str) {
    let images = format!("method = \"human\"\nimages = [{{ file = {file:?}, alt = \"Lu nước\" }}]");
    desk.spoil("method = \"human\"", &images);
}

#[test]
fn a_picture_is_made_small_and_brought_along() {
    let desk = Desk::new();
    desk.write("media/lu.png", PNG);
    with_picture(&desk, "media/lu.png");
    let folder = desk.read().unwrap();
    assert_eq!(
        folder.blobs.len(),
        1,
        "the three sizes of one pixel are one file"
    );
}

#[test]
fn a_picture_that_is_none_is_refused_by_its_bytes() {
    for (bytes, said) in [
        (b"%PDF-1.7 and so on".as_slice(), "a PDF is not a picture"),
        (b"ID3\x03 sound", "a sound file is not a picture"),
        (b"MZ program", "the file is not a picture"),
        (b"", "the file is empty"),
        (&PNG[..40], "the file is damaged"),
    ] {
        let desk = Desk::new();
        desk.write("media/lu.png", bytes);
        with_picture(&desk, "media/lu.png");
        let said_ = desk.read().unwrap_err()[0].to_string();
        assert!(
            said_.contains(":8: images[0].file") && (said_.contains(said) || bytes.is_empty()),
            "{said}: {said_}"
        );
    }
    let desk = Desk::new();
    let mut wide = PNG.to_vec();
    wide[16..20].copy_from_slice(&8_193u32.to_be_bytes());
    desk.write("media/lu.png", &wide);
    with_picture(&desk, "media/lu.png");
    assert!(
        desk.fault().contains("a side of more than 8192 pixels"),
        "before anything is decoded"
    );
}

#[test]
fn a_path_never_leaves_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.png"), PNG).unwrap();
    let absolute = outside
        .path()
        .join("secret.png")
        .to_string_lossy()
        .into_owned();
    for path in [
        "../secret.png",
        "media/../../secret.png",
        "./media/lu.png",
        "media//lu.png",
        "media\\lu.png",
        absolute.as_str(),
    ] {
        let desk = Desk::new();
        desk.write("media/lu.png", PNG);
        with_picture(&desk, path);
        let fault = desk.fault();
        assert!(
            fault.contains("must be a path below the folder"),
            "{path}: {fault}"
        );
    }
    let desk = Desk::new();
    with_picture(&desk, "media/khong-co.png");
    assert!(
        desk.fault().contains("(media/khong-co.png) is not there"),
        "a missing file is said"
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_an_error_wherever_it_is() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("lu.png"), PNG).unwrap();
    std::fs::write(outside.path().join("x.vi.md"), NOTICE).unwrap();

    let desk = Desk::new();
    symlink(outside.path(), desk.path("media")).unwrap();
    with_picture(&desk, "media/lu.png");
    let said = desk.read().unwrap_err();
    assert_eq!(
        said.len(),
        2,
        "the link itself and what leads over it: {said:#?}"
    );

    let desk = Desk::new();
    symlink(
        outside.path().join("x.vi.md"),
        desk.path("xa/notice/x.vi.md"),
    )
    .unwrap();
    assert!(
        desk.fault()
            .contains("xa/notice/x.vi.md:1: a symbolic link is not allowed"),
        "a text too"
    );

    let desk = Desk::new();
    symlink(outside.path(), desk.path("xa2")).unwrap();
    assert!(
        desk.fault()
            .contains("xa2:1: a symbolic link is not allowed"),
        "a place too"
    );
}

#[test]
fn what_does_not_belong_is_named() {
    for (file, said) in [
        ("xa/notice/ghi-chu.docx", "the name is not <slug>.<lang>.md"),
        ("xa/notice/MUOI.vi.md", "the name is not <slug>.<lang>.md"),
        (
            "xa/notice/muoi.a-very-long-language.md",
            "the name is not <slug>.<lang>.md",
        ),
        (
            "xa/lesson/a.vi.md",
            "only the folders notice, product and heritage belong here",
        ),
        ("xa/notice/sub/a.vi.md", "only text files belong here"),
        ("Xã/notice/a.vi.md", "this folder is no place"),
        (
            "ngoai/notice/a.vi.md",
            "ngoai is neither in places.toml nor known to the hub",
        ),
    ] {
        let desk = Desk::new();
        desk.write(file, NOTICE);
        let fault = desk.fault();
        assert!(fault.contains(said), "{file}: {fault}");
    }
    let desk = Desk::new();
    desk.write(".git/config", "x");
    desk.write("_nhap/a.txt", "x");
    desk.write("README.txt", "x");
    desk.write("xa/notice/.muoi.vi.md.swp", "x");
    assert!(
        desk.read().is_ok(),
        "what an editor leaves behind harms nobody"
    );
}

#[test]
fn broken_files_are_said_to_be_broken() {
    for (bytes, said) in [
        (b"".as_slice(), ":1: the first line must be +++"),
        (b"+++\nkind = \"notice\"\n", ":1: the header has no end"),
        (b"+++\n\xff\xfe\n+++\n", ":2: the file is not UTF-8"),
        (b"+++\n+++\n", ": "),
    ] {
        let desk = Desk::new();
        desk.write(NOTICE_FILE, bytes);
        let said_ = desk.read().unwrap_err()[0].to_string();
        assert!(
            said_.starts_with(&format!("{NOTICE_FILE}{said}")) || said == ": ",
            "{said}: {said_}"
        );
    }
    let desk = Desk::new();
    desk.write(NOTICE_FILE, vec![b'a'; (128 << 10) + 1]);
    let problems = desk.read().unwrap_err();
    let too_large = problems
        .iter()
        .any(|p| p.text.contains("larger than 131072 bytes"));
    assert!(too_large, "no book in one file: {problems:?}");
    let desk = Desk::new();
    desk.spoil(
        "kind = \"notice\"",
        &format!("kind = {}", "[".repeat(20_000)),
    );
    assert!(
        desk.read().is_err(),
        "deep nesting is an error, not a crash"
    );
}

#[test]
fn two_texts_cannot_take_one_name() {
    let desk = Desk::new();
    let id = "id = \"01890000-0000-7000-8000-000000000000\"\nmethod = \"human\"";
    desk.spoil("method = \"human\"", id);
    desk.write(
        "xa/notice/muoi2.vi.md",
        NOTICE.replace("method = \"human\"", id),
    );
    assert!(
        desk.fault()
            .contains("id is that of xa/notice/muoi.vi.md too"),
        "one would overwrite the other"
    );
}

#[test]
fn places_hang_together() {
    let place = |id: &str, more: &str| {
        format!(
            "[[place]]\nid = \"{id}\"\nkind = \"xã\"\nnames = {{ vi = \"Bắc Bình\" }}\nsuccessors = []\nagency = {{ vi = \"Uỷ ban\" }}\n{more}\n"
        )
    };
    let desk = Desk::new();
    desk.write(
        "places.toml",
        place("moi", "parent = \"xa\"") + &place("nua", "parent = \"moi\""),
    );
    assert_eq!(
        desk.read().unwrap().places.len(),
        2,
        "a place may hang on the hub's or on one above it"
    );
    for (text, said) in [
        (
            place("moi", "parent = \"khong\""),
            "place[0].parent is neither above in this file nor known",
        ),
        (
            place("moi", "") + &place("moi", ""),
            "place[1].id is there twice",
        ),
        (place("Mới", ""), "place[0].id is no place"),
        (
            place("moi", "official_code = \"68a\""),
            "place[0].official_code must be digits",
        ),
        (
            place("moi", "").replace("vi = \"Bắc", "en = \"Bắc"),
            "place[0].names.vi is missing",
        ),
        (
            place("moi", "level = 2"),
            "the field place[0].level is not known here",
        ),
    ] {
        desk.write("places.toml", &text);
        let fault = desk.fault();
        assert!(fault.contains(said), "{text}: {fault}");
    }
}
