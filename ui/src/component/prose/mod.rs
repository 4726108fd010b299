//! Text of a publication: paragraphs, and lists of lines that begin with `- `. Always text nodes, never
//! HTML, whatever somebody wrote.

use leptos::prelude::*;

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines of one paragraph.
    Paragraph(String),
    /// Items of one list.
    List(Vec<String>),
}

/// Splits a body at empty lines and at the edges of lists.
pub fn blocks(body: &str) -> Vec<Block> {
    let mut out = Vec::new();
    for line in body.lines().map(str::trim) {
        match (line.strip_prefix("- "), out.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(item.into()),
            (Some(item), _) => out.push(Block::List(vec![item.into()])),
            (None, _) if line.is_empty() => out.push(Block::Paragraph(String::new())),
            (None, Some(Block::Paragraph(text))) if !text.is_empty() => {
                text.push('\n');
                text.push_str(line);
            }
            (None, Some(Block::Paragraph(text))) => text.push_str(line),
            (None, _) => out.push(Block::Paragraph(line.into())),
        }
    }
    out.retain(|block| *block != Block::Paragraph(String::new()));
    out
}

/// The text of a publication.
#[component]
pub fn Prose(
    /// The body.
    text: String,
    /// Its language.
    #[prop(into)]
    lang: String,
) -> impl IntoView {
    let shown = blocks(&text)
        .into_iter()
        .map(|block| match block {
            Block::Paragraph(text) => view! { <p>{text}</p> }.into_any(),
            Block::List(items) => {
                let items = items
                    .into_iter()
                    .map(|item| view! { <li>{item}</li> })
                    .collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }
        })
        .collect_view();
    view! {
        <div class="prose" lang=lang dir="auto">
            {shown}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_falls_into_paragraphs_and_lists() {
        let body =
            "Hỗ trợ vay vốn.\nLãi suất thấp.\n\nAi được:\n- hộ nghèo\n- hộ cận nghèo\n\nHết.";
        let expected = vec![
            Block::Paragraph("Hỗ trợ vay vốn.\nLãi suất thấp.".into()),
            Block::Paragraph("Ai được:".into()),
            Block::List(vec!["hộ nghèo".into(), "hộ cận nghèo".into()]),
            Block::Paragraph("Hết.".into()),
        ];
        assert_eq!(
            blocks(body),
            expected,
            "Mai sees the shape the officer wrote"
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let body = "<script>alert(1)</script>\n\n- <img src=x onerror=y>";
        let expected = vec![
            Block::Paragraph("<script>alert(1)</script>".into()),
            Block::List(vec!["<img src=x onerror=y>".into()]),
        ];
        assert_eq!(blocks(body), expected, "nothing is read as markup");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(
            blocks(" \n\n  \n"),
            Vec::new(),
            "empty lines are no paragraphs"
        );
    }
}
