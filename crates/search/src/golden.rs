//! The golden file that every search engine must pass: documents, queries, expected order.
//!
//! An engine indexes all documents, runs each query with [`crate::Limits::default`] and a limit of
//! 50, and must return exactly the expected keys in the expected order. The format is explained at
//! the top of `golden/queries.tsv`.

use std::str::FromStr;

/// The file itself.
pub const QUERIES_TSV: &str = include_str!("../golden/queries.tsv");

/// A document to index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Key in the index.
    pub key: u32,
    /// Sort key; higher is newer.
    pub newest: i64,
    /// The text, escapes resolved.
    pub text: String,
}

/// A query with its only right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What is typed, escapes resolved.
    pub query: String,
    /// Keys in order; empty if nothing may be found.
    pub expected: Vec<u32>,
    /// Why this must hold; for the failure message.
    pub why: String,
}

/// The parsed file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Golden {
    /// All documents, in file order.
    pub documents: Vec<Document>,
    /// All queries, in file order.
    pub cases: Vec<Case>,
}

/// A line that does not follow the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("golden file, line {line}: {problem}")]
pub struct GoldenError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Parses the built-in file.
pub fn golden() -> Result<Golden, GoldenError> {
    parse(QUERIES_TSV)
}

/// Parses a file of that format.
pub fn parse(file: &str) -> Result<Golden, GoldenError> {
    let mut out = Golden::default();
    for (at, line) in file.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        parse_line(&fields, &mut out).map_err(|problem| GoldenError {
            line: at + 1,
            problem,
        })?;
    }
    Ok(out)
}

fn parse_line(fields: &[&str], out: &mut Golden) -> Result<(), &'static str> {
    match fields {
        ["doc", key, newest, text] => out.documents.push(Document {
            key: number(key)?,
            newest: number(newest)?,
            text: unescape(text)?,
        }),
        ["query", query, expected, why] => out.cases.push(Case {
            query: unescape(query)?,
            expected: match *expected {
                "-" => Vec::new(),
                list => list.split(',').map(number).collect::<Result<_, _>>()?,
            },
            why: (*why).to_owned(),
        }),
        _ => return Err("expected doc or query with four fields"),
    }
    Ok(())
}

fn number<T: FromStr>(field: &str) -> Result<T, &'static str> {
    field.parse().map_err(|_| "not a number")
}

/// Resolves `\n` and `\u{hex}`.
fn unescape(field: &str) -> Result<String, &'static str> {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        if let Some(after) = escape.strip_prefix('n') {
            out.push('\n');
            rest = after;
            continue;
        }
        let body = escape.strip_prefix("u{").ok_or("unknown escape")?;
        let (hex, after) = body.split_once('}').ok_or("escape without end")?;
        let code = u32::from_str_radix(hex, 16).map_err(|_| "escape is not hexadecimal")?;
        out.push(char::from_u32(code).ok_or("escape is no character")?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
