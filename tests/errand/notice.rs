//! The notice that Hạnh publishes.

use std::fs;
use std::path::{Path, PathBuf};

use super::NOTICE;
use crate::hub::PLACE;

/// Writes it into a folder; the file.
pub(super) fn write(folder: &Path) -> PathBuf {
    let notices = folder.join(PLACE).join("notice");
    fs::create_dir_all(&notices).expect("a folder for a notice");
    let file = notices.join("tiem-phong.vi.md");
    let text = format!(
        "+++\nkind = \"notice\"\ntopic = \"health\"\npublished = 2026-11-20\ntitle = \"{NOTICE}\"\n\
         summary = \"Bài mẫu của một câu chuyện thử.\"\nmethod = \"human\"\nsample = true\n\n\
         [[source]]\nname = \"Bài mẫu, không phải văn bản thật\"\nread = 2026-11-22\n+++\n\
         Bài này viết ra để thử ứng dụng. Không cơ quan nào ban hành.\n"
    );
    fs::write(&file, text).expect("a notice can be written");
    file
}
