//! What a phone holds in the end, read from its store: a time counts only if nothing is missing.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;
use bantin_model::record::{Body, Kind, Record};
use bantin_model::time::Seconds;
use bantin_store::Bounds;
use bantin_store::news::{News, RecordRow, Window};

use crate::corpus::Document;

/// Records read at once.
const STRETCH: u32 = 500;

/// Headline, summary and body.
pub type Text = (String, String, String);

/// The file with a phone's news.
pub fn news_file(phone: &Path) -> std::path::PathBuf {
    phone.join("news.db")
}

/// The texts of documents, as [`texts_of`] gives those of a phone.
pub fn texts<'a>(documents: impl IntoIterator<Item = &'a Document>) -> BTreeSet<Text> {
    let text = |document: &Document| {
        let body = document.body.trim_end().to_owned();
        (document.title.clone(), document.summary.clone(), body)
    };
    documents.into_iter().map(text).collect()
}

/// The texts of all notices that a phone holds.
///
/// # Errors
/// The store, or a record that cannot be read.
pub async fn texts_of(phone: &Path) -> anyhow::Result<BTreeSet<Text>> {
    let mut found = BTreeSet::new();
    for row in notices(phone).await? {
        let record = Record::from_bytes(&row.bytes)?;
        let Body::Article(article) = record.body()? else {
            anyhow::bail!("a notice is an article");
        };
        for text in article.texts {
            let body = text.body.trim_end().to_owned();
            found.insert((text.title, text.summary, body));
        }
    }
    Ok(found)
}

/// All notices that a phone holds, newest first.
///
/// # Errors
/// The store.
pub async fn notices(phone: &Path) -> anyhow::Result<Vec<RecordRow>> {
    let news = News::open(&news_file(phone), Bounds::default()).await?;
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len())?;
        let window = Window {
            offset,
            limit: STRETCH,
        };
        let more = news
            .articles(Kind::NOTICE, None, Seconds(u64::MAX >> 1), window)
            .await?;
        if more.is_empty() {
            break;
        }
        rows.extend(more);
    }
    news.close().await;
    Ok(rows)
}

/// Fails unless `held` is exactly `wanted`.
///
/// # Errors
/// It is not.
pub fn ensure_same(
    who: &str,
    held: &BTreeSet<Text>,
    wanted: &BTreeSet<Text>,
) -> anyhow::Result<()> {
    let missing = wanted.difference(held).count();
    let other = held.difference(wanted).count();
    ensure!(
        missing == 0 && other == 0,
        "{who} lacks {missing} of {} texts and has {other} others: what it took is no figure",
        wanted.len()
    );
    Ok(())
}
