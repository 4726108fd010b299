//! Queries over many rows walk an index: no scan of the table, no sorting of everything.

use bantin_store::News;

use crate::support::device;

async fn plan(news: &News, sql: &'static str) -> String {
    news.plan(sql).await.unwrap().join(" | ")
}

#[tokio::test]
async fn a_search_sorts_only_what_is_newer_than_its_last_day() {
    let device = device().await;
    let plan = plan(&device.news, News::SEARCH).await;
    let walks = plan.matches("SCAN exact VIRTUAL TABLE").count();
    assert_eq!(
        walks, 2,
        "once for the last key, once from its day on: {plan}"
    );
    assert!(
        plan.contains("INDEX 0:M1>"),
        "the index is entered at the key: {plan}"
    );
}

#[tokio::test]
async fn lists_and_counts_walk_their_index() {
    let device = device().await;
    for (name, sql) in News::QUERIES {
        let plan = plan(&device.news, sql).await;
        assert!(
            !plan.contains("TEMP B-TREE"),
            "{name} sorts everything: {plan}"
        );
        let scans = plan
            .split(" | ")
            .filter(|step| step.starts_with("SCAN record"));
        assert_eq!(scans.count(), 0, "{name} reads the whole table: {plan}");
    }
}
