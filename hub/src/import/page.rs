//! One file cut into its header and its body.

use std::io::Read;
use std::path::Path;

use super::TEXT_BYTES_MAX;
use super::problem::Report;

/// A text file, line ends made one.
#[derive(Debug)]
pub(super) struct Page {
    /// Path below the root.
    pub(super) file: String,
    /// The TOML.
    pub(super) header: String,
    /// Line on which the header begins.
    pub(super) header_line: usize,
    /// What follows the header.
    pub(super) body: String,
    /// Line on which the body begins.
    pub(super) body_line: usize,
}

/// The largest `places.toml`, in bytes: every place of the country fits.
pub(super) const PLACES_BYTES_MAX: u64 = 16 << 20;

/// Reads a file of at most `limit` bytes as text without a byte order mark and with LF.
pub(super) fn read_text(root: &Path, file: &str, limit: u64, report: &Report) -> Option<String> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(root.join(file));
    if let Err(error) = opened.and_then(|f| f.take(limit + 1).read_to_end(&mut bytes)) {
        report.error(file, 1, format!("the file cannot be read: {error}"));
        return None;
    }
    if bytes.len() as u64 > limit {
        report.error(file, 1, format!("the file is larger than {limit} bytes"));
        return None;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = 1 + error
                .as_bytes()
                .iter()
                .take(good)
                .filter(|b| **b == b'\n')
                .count();
            report.error(file, line, "the file is not UTF-8; save it as UTF-8");
            return None;
        }
    };
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(&text)
        .replace("\r\n", "\n");
    forbidden(file, &text, report);
    Some(text)
}

/// Control characters can hide what a text says; directional overrides can turn it round. Plain
/// right-to-left text needs neither.
fn forbidden(file: &str, text: &str, report: &Report) {
    for (at, line) in text.split('\n').enumerate() {
        if let Some(c) = line.chars().find(|c| is_forbidden(*c)) {
            let text = format!(
                "the invisible character U+{:04X} is not allowed",
                u32::from(c)
            );
            report.error(file, at + 1, text);
        }
    }
}

fn is_forbidden(c: char) -> bool {
    // A TOML header may be indented by tabs; inside a text a tab is refused where texts are read.
    (c.is_control() && c != '\t') || is_override(c)
}

/// Directional embeddings, overrides and isolates.
pub(super) fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Page {
    /// Reads and cuts a text file.
    pub(super) fn read(root: &Path, file: &str, report: &Report) -> Option<Self> {
        let text = read_text(root, file, TEXT_BYTES_MAX, report)?;
        let Some(rest) = text.strip_prefix("+++\n") else {
            report.error(file, 1, "the first line must be +++");
            return None;
        };
        let (header, body) = match rest.strip_prefix("+++") {
            Some(after) if after.is_empty() || after.starts_with('\n') => ("", after),
            _ => match rest
                .match_indices("\n+++")
                .find(|(at, _)| ends_line(rest, at + 4))
            {
                Some((at, _)) => rest.split_at(at + 1),
                None => {
                    report.error(file, 1, "the header has no end: a line +++ is missing");
                    return None;
                }
            },
        };
        let body = body.strip_prefix("+++").unwrap_or(body);
        let lines = header.matches('\n').count();
        Some(Self {
            file: file.into(),
            header: header.into(),
            header_line: 2,
            body: body.strip_prefix('\n').unwrap_or(body).into(),
            body_line: lines + 3,
        })
    }
}

fn ends_line(text: &str, at: usize) -> bool {
    text.get(at..)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
}
