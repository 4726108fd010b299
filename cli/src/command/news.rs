//! Reading what is on this device.

use anyhow::Result;
use bantin_engine::{Engine, Error};
use bantin_model::id::RecordId;
use bantin_wire::ipc::notice::{NoticeList, NoticePage, TextView};
use bantin_wire::ipc::product::{ProductList, ProductPage};
use bantin_wire::{Code, Failure};

use super::said;
use crate::args::List;
use crate::exit::Said;
use crate::text;

pub(super) async fn list(engine: &Engine, list: &List) -> Result<Said> {
    let List {
        kind,
        topic,
        saved,
        offset,
        limit,
    } = list;
    let (offset, limit) = (*offset, *limit);
    if kind == "product" {
        let list = ProductList {
            group: topic.clone(),
            offset,
            limit,
        };
        let cards = engine.products(&list).await.map_err(Failure::from)?;
        return said(&cards, cards.iter().map(text::product).collect());
    }
    let (kind, topic) = (kind.clone(), topic.clone());
    let list = NoticeList {
        kind,
        topic,
        saved: *saved,
        offset,
        limit,
    };
    let cards = engine.notices(&list).await.map_err(Failure::from)?;
    said(&cards, cards.iter().map(text::card).collect())
}

pub(super) async fn show(engine: &Engine, id: RecordId, lang: Option<&str>) -> Result<Said> {
    match engine.notice(id, lang).await {
        Ok(page) => said(&page, notice_lines(&page)),
        Err(Error::Refused(Failure {
            code: Code::NotFound,
            ..
        })) => {
            let page = engine.product(id, lang).await.map_err(Failure::from)?;
            said(&page, product_lines(&page))
        }
        Err(error) => Err(Failure::from(error).into()),
    }
}

pub(super) async fn search(engine: &Engine, words: &str, limit: u32) -> Result<Said> {
    let hits = engine.search(words, limit).await.map_err(Failure::from)?;
    said(&hits, hits.iter().map(text::hit).collect())
}

fn notice_lines(page: &NoticePage) -> Vec<String> {
    let mut lines = vec![text::card(&page.card)];
    lines.extend(text_lines(&page.text));
    let source = |s: &bantin_wire::ipc::notice::SourceView| {
        let url = s.url.as_deref().unwrap_or_default();
        format!("  {} ({}) {url}", s.name, s.date)
    };
    lines.extend(page.sources.iter().map(source));
    lines
}

fn product_lines(page: &ProductPage) -> Vec<String> {
    let mut lines = vec![text::product(&page.card)];
    lines.extend(text_lines(&page.text));
    if let Some(certificate) = &page.certificate {
        let until = text::moment(certificate.expires);
        lines.push(format!(
            "{} · {} · {until}",
            certificate.number, certificate.issued_by
        ));
    }
    lines
}

fn text_lines(text: &TextView) -> Vec<String> {
    let parts = [&text.summary, &text.body, &text.who, &text.todo, &text.ask];
    let filled = parts.into_iter().filter(|part| !part.is_empty());
    filled
        .flat_map(|part| [String::new(), part.clone()])
        .collect()
}
