//! What a file in any language carries: headline, summary, its voice, what its pictures show.

use bantin_model::id::Lang;
use bantin_model::record::{Audio, Method, Text, TextLimits};

use super::body::{self, Body};
use super::fields::Fields;
use super::media::{Shelf, Sizes};
use super::page::Page;
use super::problem::Report;

/// The longest description of a picture, in characters.
const ALT_MAX: usize = 300;
/// The longest name of a voice or a reviewer, in characters.
const NAME_MAX: usize = 120;
/// Sounds of one text.
const AUDIO_MAX: usize = 4;

/// Words of one language.
pub(super) struct Words {
    /// The text.
    pub(super) text: Text,
    /// Its sections, with their lines.
    pub(super) body: Body,
    /// Its sounds.
    pub(super) audio: Vec<Audio>,
    /// Pictures by file name, with what they show.
    pub(super) pictures: Vec<(String, Sizes, String)>,
}

const METHODS: [&str; 2] = ["human", "machine"];

fn method(word: &str) -> Method {
    if word == "machine" {
        Method::Machine
    } else {
        Method::Human
    }
}

/// Reads the fields that every text file has, and its body.
pub(super) fn read(
    page: &Page,
    lang: &Lang,
    fields: &mut Fields<'_>,
    shelf: &mut Shelf<'_>,
    report: &Report,
) -> Option<Words> {
    let title = fields.need_line("title", TextLimits::TITLE_MAX);
    let summary = fields.need_line("summary", TextLimits::SUMMARY_MAX);
    let way = fields.need_word("method", &METHODS);
    let reviewed_by = fields.line("reviewed_by", NAME_MAX);
    let pictures = pictures(fields, shelf);
    let audio = sounds(fields, lang, shelf);
    let body = body::read(page, report);
    let text = Text {
        lang: lang.clone(),
        title: title?,
        summary: summary?,
        body: body.main.clone(),
        who: body.section("who"),
        todo: body.section("todo"),
        ask: body.section("ask"),
        method: method(way?),
        made_by: None,
        reviewed_by,
    };
    Some(Words {
        text,
        body,
        audio,
        pictures,
    })
}

fn pictures(fields: &mut Fields<'_>, shelf: &mut Shelf<'_>) -> Vec<(String, Sizes, String)> {
    let mut out: Vec<(String, Sizes, String)> = Vec::new();
    for mut entry in fields.tables("images", TextLimits::PICTURES_MAX) {
        let name = entry.line("file", 500);
        let sizes = shelf.picture(&mut entry);
        let alt = entry.need_line("alt", ALT_MAX);
        if let (Some(name), Some(sizes), Some(alt)) = (name, sizes, alt) {
            if out.iter().any(|(known, _, _)| *known == name) {
                entry.wrong("file", "is named twice");
            }
            out.push((name, sizes, alt));
        }
        entry.end();
    }
    out
}

fn sounds(fields: &mut Fields<'_>, lang: &Lang, shelf: &mut Shelf<'_>) -> Vec<Audio> {
    let mut out = Vec::new();
    for mut entry in fields.tables("audio", AUDIO_MAX) {
        let blob = shelf.sound(&mut entry);
        let way = entry.need_word("method", &METHODS);
        let voice = entry.need_line("voice", NAME_MAX);
        entry.end();
        if let (Some(blob), Some(way), Some(voice)) = (blob, way, voice) {
            out.push(Audio {
                blob,
                lang: lang.clone(),
                method: method(way),
                made_by: Some(voice),
            });
        }
    }
    out
}
