//! The body of a text file: paragraphs, lists, and the sections *who*, *todo* and *ask*. Nothing else
//! is markup, so that every text is safe and can be read aloud.

use std::collections::BTreeMap;

use bantin_model::record::TextLimits;

use super::page::Page;
use super::problem::Report;
use super::text::clean;

/// The longest heading, in characters.
const HEADING_MAX: usize = 80;
/// Sections there are.
const SECTIONS: [&str; 3] = ["who", "todo", "ask"];

/// A body taken apart.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What stands before the first section.
    pub(super) main: String,
    /// Sections by id: the line of the heading, and the text.
    pub(super) sections: BTreeMap<&'static str, (usize, String)>,
}

impl Body {
    /// The text of a section; empty if it is not there.
    pub(super) fn section(&self, id: &str) -> String {
        self.sections
            .get(id)
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    }
}

/// A paragraph or an item of a list, put together from its lines.
#[derive(Debug)]
struct Block {
    item: bool,
    open: bool,
    text: String,
}

/// Reads the body of a page; what is wrong goes to the report.
pub(super) fn read(page: &Page, report: &Report) -> Body {
    let error = |line: usize, text: String| report.error(&page.file, line, text);
    let mut body = Body::default();
    let mut blocks: Vec<Block> = Vec::new();
    let mut section: Option<(&'static str, usize)> = None;
    for (at, line) in page.body.split('\n').enumerate() {
        let number = page.body_line + at;
        if line.starts_with('#') {
            match heading(line) {
                Ok(id)
                    if body.sections.contains_key(id) || section.is_some_and(|(s, _)| s == id) =>
                {
                    error(number, format!("section {id} is there twice"));
                }
                Ok(id) => {
                    close(&mut body, section.replace((id, number)), &mut blocks);
                }
                Err(text) => error(number, text),
            }
            continue;
        }
        if let Some(text) = markup(line) {
            error(number, text);
        }
        take(line, &mut blocks);
    }
    close(&mut body, section, &mut blocks);
    for (id, (line, text)) in &body.sections {
        let length = text.chars().count();
        if text.is_empty() {
            error(*line, format!("section {id} has no text"));
        } else if length > TextLimits::PART_MAX {
            error(
                *line,
                format!(
                    "section {id} is longer than {} characters",
                    TextLimits::PART_MAX
                ),
            );
        }
    }
    if clean(page.body.trim()).chars().count() > TextLimits::BODY_MAX {
        error(
            page.body_line,
            format!(
                "the body is longer than {} characters",
                TextLimits::BODY_MAX
            ),
        );
    }
    if body.main.is_empty() && body.sections.is_empty() {
        error(
            page.body_line,
            "there is neither a body nor a section".into(),
        );
    }
    body
}

/// Adds a line to the paragraph or item that is open, or begins one.
fn take(line: &str, blocks: &mut Vec<Block>) {
    let text = line.trim();
    let item = line.starts_with("- ");
    if text.is_empty() {
        if let Some(last) = blocks.last_mut() {
            last.open = false;
        }
        return;
    }
    match blocks.last_mut() {
        // Below a list only an indented line goes on with the item.
        Some(last) if last.open && !item && (!last.item || line.starts_with("  ")) => {
            last.text.push(' ');
            last.text.push_str(text);
        }
        _ => blocks.push(Block {
            item,
            open: true,
            text: text.into(),
        }),
    }
}

/// Ends a section: paragraphs are apart by an empty line, items by a line end.
fn close(body: &mut Body, section: Option<(&'static str, usize)>, blocks: &mut Vec<Block>) {
    let mut text = String::new();
    let mut after_item = false;
    for block in blocks.drain(..) {
        if !text.is_empty() {
            text.push_str(if after_item && block.item {
                "\n"
            } else {
                "\n\n"
            });
        }
        text.push_str(&block.text);
        after_item = block.item;
    }
    let text = clean(&text);
    match section {
        None => body.main = text,
        Some((id, line)) => {
            body.sections.insert(id, (line, text));
        }
    }
}

fn heading(line: &str) -> Result<&'static str, String> {
    let form = || {
        "a line that begins with # must be a section: ## Heading {#who}, {#todo} or {#ask}"
            .to_owned()
    };
    let rest = line.strip_prefix("## ").ok_or_else(form)?;
    let (title, id) = rest.rsplit_once("{#").ok_or_else(form)?;
    let id = id.trim_end().strip_suffix('}').ok_or_else(form)?;
    let id = SECTIONS
        .into_iter()
        .find(|known| *known == id)
        .ok_or_else(form)?;
    let title = title.trim();
    match title.chars().count() {
        0 => Err("this section has no heading".into()),
        got if got > HEADING_MAX => Err(format!(
            "the heading is longer than {HEADING_MAX} characters"
        )),
        _ => Ok(id),
    }
}

/// What looks like markup and is not allowed.
fn markup(line: &str) -> Option<String> {
    let tag = |pair: &[u8]| match pair {
        [b'<', next] => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'),
        _ => false,
    };
    if line.as_bytes().windows(2).any(tag) {
        return Some("HTML is not allowed in a text".into());
    }
    for link in ["http://", "https://"] {
        if line.contains(link) {
            return Some(format!(
                "{link} is not allowed in a text; links belong in [[source]]"
            ));
        }
    }
    for sign in ["](", "**", "`"] {
        if line.contains(sign) {
            return Some(format!("{sign} is markup, which a text does not have"));
        }
    }
    let first = line.chars().next().filter(|c| matches!(c, '|' | '>'))?;
    Some(format!("a line must not begin with {first}"))
}
