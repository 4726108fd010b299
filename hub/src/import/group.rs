//! A source file with its renditions is one draft.

use std::path::Path;

use bantin_model::record::{Article, Kind, RECORD_BYTES_MAX, Record, Topic, Urgency};
use bantin_model::time::Validity;

use super::collect::Days;
use super::content::{Head, closing, join, of_article, of_product, uuid};
use super::fields::{Fields, Sheet};
use super::media::Shelf;
use super::page::Page;
use super::problem::Report;
use super::rendition::{self, Words};
use super::walk::{self, Found};
use super::{Content, Draft, article, product};

/// Topics a notice may have; heritage has its own.
const TOPICS: [&str; 6] = [
    "policy",
    "health",
    "education",
    "market",
    "science",
    "security",
];

/// The files of one publication.
pub(super) struct Group<'a> {
    /// The folder.
    pub(super) root: &'a Path,
    /// Where problems go.
    pub(super) report: &'a Report,
    /// Where days begin.
    pub(super) days: Days,
}

impl Group<'_> {
    /// The draft that these files, all of one slug, make together; none if something is wrong.
    pub(super) fn draft(&self, files: &[Found], shelf: &mut Shelf<'_>) -> Option<Draft> {
        let Some(source) = files.iter().find(|file| file.lang.as_str() == "vi") else {
            for file in files {
                let text = format!("its source {}.vi.md is missing", file.slug);
                self.report.error(&file.file, 1, text);
            }
            return None;
        };
        let before = self.report.errors();
        let draft = self.source(source, shelf);
        let mut renditions = Vec::new();
        for file in files.iter().filter(|file| file.lang != source.lang) {
            renditions.push((file, self.rendition(file, shelf)));
        }
        let (mut draft, words) = draft?;
        for (file, rendition) in renditions {
            let (extra, words_of) = rendition?;
            self.compare(&words, &words_of, source, file);
            join(&mut draft.content, words_of, &extra, source.kind);
        }
        // What was found by line is not said again without one.
        if self.report.errors() > before {
            None
        } else {
            self.checked(draft, source)
        }
    }

    /// Reads the Vietnamese file.
    fn source(&self, found: &Found, shelf: &mut Shelf<'_>) -> Option<(Draft, Words)> {
        let page = Page::read(self.root, &found.file, self.report)?;
        shelf.bytes += page.header.len() as u64 + page.body.len() as u64;
        let sheet = self.sheet(&page);
        let table = sheet.parse()?;
        let mut fields = Fields::of(&sheet, &table);
        let head = self.head(&mut fields, found);
        let heritage = self
            .only(&mut fields, "heritage", found.kind)
            .map(article::heritage);
        let product = self.only(&mut fields, "product", found.kind);
        let product = product.map(|table| product::offer(table, head.sample, self.days));
        let words = rendition::read(&page, &found.lang, &mut fields, shelf, self.report);
        if found.kind == "product" && fields.has("audio") {
            fields.wrong(
                "audio",
                "cannot be part of a product: a product has no sound",
            );
        }
        fields.end();
        let mut words = words?;
        let content = match (found.kind, heritage, product) {
            ("product", _, Some(offer)) => {
                let offer = offer?;
                words.text.ask = offer.how_to_buy.clone();
                Content::Product(of_product(offer, &words, &head))
            }
            ("heritage", Some(heritage), _) => {
                let (heritage, place) = heritage?;
                words.text.body = closing(&words.text.body, &place);
                let topic = Topic::from_name("culture")?;
                Content::Article(Article {
                    heritage: Some(heritage),
                    ..of_article(topic, &words, &head)
                })
            }
            ("notice", _, _) => Content::Article(of_article(head.topic?, &words, &head)),
            _ => return None,
        };
        let draft = self.assemble(found, head, content)?;
        Some((draft, words))
    }

    fn assemble(&self, found: &Found, head: Head, content: Content) -> Option<Draft> {
        let issued_at = self.days.begins(head.published?);
        let in_force = head.in_force.map(|(from, until)| Validity {
            from: from.map_or(issued_at, |from| self.days.begins(from)),
            until: until.map(|until| self.days.ends(until)),
        });
        let kind = match head.kind {
            "notice" => Kind::NOTICE,
            "product" => Kind::PRODUCT,
            _ => Kind::HERITAGE,
        };
        Some(Draft {
            file: found.file.clone(),
            place: found.place.clone(),
            id: head.id,
            // Neither the day nor the words are part of the name: both may be corrected.
            name: format!("{}/{}/{}", found.place, found.kind, found.slug),
            kind,
            issued_at,
            in_force,
            content,
        })
    }

    /// A table that one kind needs and the others must not have.
    fn only<'f>(
        &self,
        fields: &mut Fields<'f>,
        key: &'static str,
        kind: &str,
    ) -> Option<Fields<'f>> {
        match (fields.has(key), kind == key) {
            (true, true) => fields.table(key),
            (false, true) => {
                fields.wrong(key, "is missing: a table");
                None
            }
            (true, false) => {
                fields.table(key);
                fields.wrong(key, &format!("does not belong to a {kind}"));
                None
            }
            (false, false) => None,
        }
    }

    fn head(&self, fields: &mut Fields<'_>, found: &Found) -> Head {
        let kind = fields.need_word("kind", &walk::KINDS);
        if kind.is_some_and(|kind| kind != found.kind) {
            fields.wrong(
                "kind",
                &format!("must be {}, as the folder says", found.kind),
            );
        }
        let notice = found.kind == "notice";
        let topic = if notice {
            fields.need_word("topic", &TOPICS)
        } else {
            None
        };
        let urgent = fields.word("urgency", &["normal", "urgent"]) == Some("urgent");
        if urgent && !notice {
            fields.wrong("urgency", "can be urgent only for a notice");
        }
        let from = fields.date("valid_from");
        let until = fields.date("valid_until");
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            fields.wrong("valid_until", "is before valid_from");
        }
        let sources = article::sources(fields);
        if found.kind != "product" && !fields.has("source") {
            fields.wrong("source", "is missing: at least one table [[source]]");
        }
        Head {
            id: uuid(fields),
            kind: found.kind,
            topic: topic.and_then(Topic::from_name),
            urgency: if urgent {
                Urgency::URGENT
            } else {
                Urgency::NORMAL
            },
            published: fields.need_date("published"),
            in_force: (from.is_some() || until.is_some()).then_some((from, until)),
            sample: fields.flag("sample"),
            sources,
        }
    }

    /// Reads a file in another language: its words and what its kind adds.
    fn rendition(&self, found: &Found, shelf: &mut Shelf<'_>) -> Option<(Option<String>, Words)> {
        let page = Page::read(self.root, &found.file, self.report)?;
        shelf.bytes += page.header.len() as u64 + page.body.len() as u64;
        let sheet = self.sheet(&page);
        let table = sheet.parse()?;
        let mut fields = Fields::of(&sheet, &table);
        let extra = match found.kind {
            "product" => fields.table("product").and_then(product::rendition),
            "heritage" => fields.table("heritage").and_then(article::rendition),
            _ => None,
        };
        if found.kind == "product" && fields.has("audio") {
            fields.wrong(
                "audio",
                "cannot be part of a product: a product has no sound",
            );
        }
        let words = rendition::read(&page, &found.lang, &mut fields, shelf, self.report);
        fields.end();
        Some((extra, words?))
    }

    fn sheet<'p>(&'p self, page: &'p Page) -> Sheet<'p> {
        Sheet {
            file: &page.file,
            toml: &page.header,
            first_line: page.header_line,
            report: self.report,
        }
    }

    /// A rendition has the sections and pictures of its source and no others.
    fn compare(&self, source: &Words, rendition: &Words, from: &Found, to: &Found) {
        for (id, (line, _)) in &rendition.body.sections {
            if !source.body.sections.contains_key(id) {
                let text = format!("section {id} is not in {}", from.file);
                self.report.error(&to.file, *line, text);
            }
        }
        for id in source.body.sections.keys() {
            if !rendition.body.sections.contains_key(id) {
                self.report
                    .warning(&to.file, 1, format!("section {id} is missing"));
            }
        }
        for (name, _, _) in &rendition.pictures {
            if !source.pictures.iter().any(|(known, _, _)| known == name) {
                let text = format!("images: {name} is not in {}", from.file);
                self.report.error(&to.file, 2, text);
            }
        }
    }

    /// The rules every publication has to keep, whichever way it comes.
    fn checked(&self, draft: Draft, source: &Found) -> Option<Draft> {
        let fault = match &draft.content {
            Content::Article(article) => article.check(),
            Content::Product(product) => product.check(),
        };
        if let Err(fault) = fault {
            self.report.error(&source.file, 1, fault.to_string());
            return None;
        }
        let (place, at) = (draft.place.clone(), draft.issued_at);
        let id = draft.id.unwrap_or_default();
        let record = match &draft.content {
            Content::Article(article) => Record::new(id, draft.kind, place, at, article),
            Content::Product(product) => Record::new(id, draft.kind, place, at, product),
        };
        // What the publisher adds: revision, validity and the leaf before.
        let bytes = record.to_bytes().len() + 128;
        if bytes > RECORD_BYTES_MAX {
            let text = format!(
                "all languages together have {bytes} bytes, at most {RECORD_BYTES_MAX} are allowed"
            );
            self.report.error(&source.file, 1, text);
            return None;
        }
        Some(draft)
    }
}
