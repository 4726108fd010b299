//! Every command of the guides for key holders, run as it is printed.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const PLACES: &str = r#"
[[place]]
id = "vn"
kind = "quốc gia (mẫu)"
names = { vi = "Việt Nam" }
agency = { vi = "Cơ quan trung ương (mẫu)" }
successors = []

[[place]]
id = "vn-68"
kind = "tỉnh (mẫu)"
parent = "vn"
names = { vi = "Lâm Đồng" }
agency = { vi = "Uỷ ban nhân dân tỉnh (mẫu)" }
successors = []
"#;

const COMMUNE: &str = r#"
[[place]]
id = "vn-68-23008"
kind = "xã (mẫu)"
parent = "vn-68"
names = { vi = "Phan Sơn" }
agency = { vi = "Uỷ ban nhân dân xã Phan Sơn (mẫu)" }
successors = []
"#;

/// The blocks marked `sh`, in order.
fn blocks(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut block: Option<String> = None;
    for line in text.lines() {
        match &mut block {
            None if line.trim() == "```sh" => block = Some(String::new()),
            Some(_) if line.trim() == "```" => out.extend(block.take()),
            Some(lines) => {
                lines.push_str(line);
                lines.push('\n');
            }
            None => {}
        }
    }
    out
}

fn run_guide(name: &str) -> Vec<String> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name);
    let blocks = blocks(&std::fs::read_to_string(guide).unwrap());
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("places.toml"), PLACES).unwrap();
    std::fs::write(dir.path().join("commune.toml"), COMMUNE).unwrap();
    for holder in ["usb-an", "usb-binh", "usb-chi", "usb-dung"] {
        std::fs::create_dir(dir.path().join(holder)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_bantin-hub"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let script = format!("set -eu\n{}", blocks.concat());
    let ran = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .current_dir(dir.path())
        .env("PATH", path)
        .env_remove("BANTIN_HUB_DIR")
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{name}: a printed command fails:\n{}\n{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    blocks
}

#[test]
fn the_printed_commands_work_and_both_languages_print_the_same() {
    let english = run_guide("keys.md");
    assert!(english.len() >= 8, "the guide shows its commands");
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/keys.vi.md"));
    assert_eq!(
        blocks(&text.unwrap()),
        english,
        "who reads Vietnamese does the same"
    );
}
