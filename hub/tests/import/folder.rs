//! A small folder that is in order, and the means to spoil it.

use std::path::{Path, PathBuf};

use bantin_hub::import::{Folder, Problem, Terms, read_folder};
use bantin_model::id::PlaceId;

/// What a notice of officer Hạnh's commune looks like.
pub const NOTICE: &str = r#"+++
kind = "notice"
topic = "health"
published = 2026-11-05
title = "Phòng sốt xuất huyết"
summary = "Đậy kín lu nước."
method = "human"

[[source]]
name = "Khuyến cáo của Bộ Y tế"
read = 2026-11-20
+++
Muỗi đẻ trứng ở chỗ nước đọng.

## Cần làm gì {#todo}

- Đậy kín lu nước.
"#;

/// Its English rendition.
pub const ENGLISH: &str = r#"+++
title = "Prevent dengue"
summary = "Cover water jars."
method = "machine"
+++
Mosquitoes lay eggs in standing water.

## What to do {#todo}

- Cover water jars.
"#;

/// Thu's jar wine.
pub const PRODUCT: &str = r#"+++
kind = "product"
published = 2026-11-10
title = "Rượu cần"
summary = "Ghè nhỏ."
method = "human"
sample = true

[product]
group = "drinks"
stars = 3
maker = "Hộ chị Thu (mẫu)"
village = "Thôn 2"
price = "350.000 đồng (ví dụ)"
price_date = 2026-11-01
season = [1, 2, 12]
availability = "available"
how_to_buy = "Nhắn qua mục Hỏi."

[product.certificate]
number = "MẪU-01"
issued_by = "Tỉnh (mẫu)"
issued = 2023-12-15
expires = 2026-12-15
+++
Nhà chị Thu nấu rượu cần theo cách của bà.
"#;

/// A folder that goes away with its owner.
pub struct Desk {
    dir: tempfile::TempDir,
}

/// Where the notice lies.
pub const NOTICE_FILE: &str = "xa/notice/muoi.vi.md";

impl Desk {
    /// One place, one notice in two languages, one product.
    pub fn new() -> Self {
        let desk = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        desk.write(NOTICE_FILE, NOTICE);
        desk.write("xa/notice/muoi.en.md", ENGLISH);
        desk.write("xa/product/ruou.vi.md", PRODUCT);
        desk
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The notice with one passage replaced.
    pub fn spoil(&self, from: &str, to: &str) {
        assert!(
            NOTICE.contains(from),
            "the test means a passage that is there: {from}"
        );
        self.write(NOTICE_FILE, NOTICE.replace(from, to));
    }

    pub fn read(&self) -> Result<Folder, Vec<Problem>> {
        read(self.dir.path(), &["xa"])
    }

    /// The only problem, as it is printed.
    #[track_caller]
    pub fn fault(&self) -> String {
        let problems = self.read().expect_err("this folder must not pass");
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "one fault gives one problem: {said:#?}");
        said[0].clone()
    }
}

pub fn read(root: &Path, known: &[&str]) -> Result<Folder, Vec<Problem>> {
    let known = known.iter().map(|id| PlaceId::new(*id).unwrap()).collect();
    read_folder(
        root,
        &Terms {
            known,
            utc_offset_minutes: 420,
        },
    )
}
