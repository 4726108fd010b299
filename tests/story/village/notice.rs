//! The notice that the story is about.

use std::fs;
use std::path::{Path, PathBuf};

use bantin_tests::hub::PLACE;
use bantin_tests::programs::content;

/// Its headline.
pub const NOTICE_TITLE: &str = "Hỗ trợ cây giống cho hộ trồng lúa";

const VIETNAMESE: &str = r#"+++
kind = "notice"
topic = "policy"
published = 2026-11-20
title = "Hỗ trợ cây giống cho hộ trồng lúa"
summary = "Bài mẫu của một câu chuyện thử: hộ trồng lúa hỏi xã về cây giống."
method = "human"
sample = true
audio = [{ file = "media/doc.mp3", method = "machine", voice = "Giọng máy espeak-ng, miền Nam" }]

[[source]]
name = "Bài mẫu, không phải văn bản thật"
read = 2026-11-22
+++
Bài này viết ra để thử ứng dụng. Không cơ quan nào ban hành.

## Ai được hưởng {#who}

Hộ trồng lúa trong câu chuyện.

## Cần làm gì {#todo}

- Hỏi cán bộ xã.

## Hỏi ai {#ask}

Uỷ ban nhân dân xã, bộ phận một cửa.
"#;

const ENGLISH: &str = r#"+++
title = "Seedlings for rice-growing households"
summary = "A sample text of a test story: a household asks the commune about seedlings."
method = "human"
+++
This text was written to test the app. No agency has issued it.

## Who it is for {#who}

The household of the story.

## What to do {#todo}

- Ask the officer.

## Who to ask {#ask}

The office of the commune.
"#;

/// Writes the notice, its English rendition and its recording into a folder; the Vietnamese file.
pub fn write_notice(folder: &Path) -> PathBuf {
    let notices = folder.join(PLACE).join("notice");
    fs::create_dir_all(&notices).unwrap();
    fs::create_dir_all(folder.join("media")).unwrap();
    let sound = content().join("starter/media/audio/vn-68-23005-tuoi-nho-giot.vi.mp3");
    fs::copy(sound, folder.join("media/doc.mp3")).unwrap();
    fs::write(notices.join("cay-giong.en.md"), ENGLISH).unwrap();
    let file = notices.join("cay-giong.vi.md");
    fs::write(&file, VIETNAMESE).unwrap();
    file
}
