//! Asking the lists.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use bantin_search::{Form, Listed, Query, newest};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use crate::news::News;
use crate::{Result, StoreError};

/// The largest number of results.
pub const RESULTS_MAX: u32 = 50;

/// Columns before those of the terms.
const FIRST: usize = 2;
/// In the order in which each term's columns stand.
const FORMS: [Form; 2] = [Form::Exact, Form::Folded];

/// One row: all runs, what is gone, and for each term its exact and its folded lists of all runs. The driver wakes the
/// asking thread for each row it brings, so everything comes as columns, lists one after another as they are framed.
///
/// `beginnings`: for each term, whether it is only how a word begins.
pub(in crate::news) fn sql_of(beginnings: impl IntoIterator<Item = bool>) -> String {
    let mut sql = "select (select cast(group_concat(keys, '') as blob) from run),
        (select group_concat(key, ' ') from stale)"
        .to_owned();
    let mut bound = 0;
    for beginning in beginnings {
        for form in FORMS {
            bound += 1;
            let which = match beginning {
                false => format!("= ?{bound}"),
                true => format!(
                    ">= ?{bound} and word < ?{bound} || char({})",
                    u32::from(char::MAX)
                ),
            };
            // A `String` takes everything.
            let _ = write!(
                sql,
                ", (select cast(group_concat(word.records, '') as blob) from run cross join word
                    on word.run = run.id and form = {} and word {which})",
                form as u8
            );
        }
    }
    sql
}

impl News {
    /// Keys of the records with every word of `query`, for [`News::records_at`]: those with its accents first, each kind
    /// newest first, at most `limit` and never more than [`RESULTS_MAX`].
    pub async fn search(&self, query: &Query, limit: u32) -> Result<Vec<i64>> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let sql = sql_of(query.terms().iter().map(|term| term.prefix));
        let mut asked = sqlx::query(AssertSqlSafe(sql));
        for term in query.terms() {
            for form in FORMS {
                asked = asked.bind(term.form(form));
            }
        }
        let row = asked.fetch_one(&self.db.readers).await?;
        let gone: Option<&str> = row.try_get(1)?;
        let gone = gone.unwrap_or_default().split_terminator(' ');
        let gone = gone.map(|key| key.parse().map_err(|_| StoreError::Damaged("index")));
        let gone: BTreeSet<i64> = gone.collect::<Result<_>>()?;
        let terms = (0..query.terms().len()).map(|at| {
            let column = FIRST + at * FORMS.len();
            Ok(Listed {
                exact: lists(&row, column)?,
                folded: lists(&row, column + 1)?,
            })
        });
        let terms: Vec<Listed<'_>> = terms.collect::<Result<_>>()?;
        let limit = limit.min(RESULTS_MAX) as usize;
        newest(lists(&row, 0)?, &terms, &gone, limit).map_err(|_| StoreError::Damaged("index"))
    }
}

fn lists(row: &SqliteRow, column: usize) -> Result<&[u8]> {
    let lists: Option<&[u8]> = row.try_get(column)?;
    Ok(lists.unwrap_or_default())
}
