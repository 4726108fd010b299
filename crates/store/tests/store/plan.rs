//! Queries over many rows walk an index: no scan of the table, no sorting of everything.

use bantin_store::News;

use crate::support::device;

async fn plan(news: &News, sql: &str) -> String {
    news.plan(sql).await.unwrap().join(" | ")
}

#[tokio::test]
async fn lists_and_counts_walk_their_index() {
    let device = device().await;
    for (name, sql) in News::queries() {
        let plan = plan(&device.news, &sql).await;
        assert!(
            !plan.contains("TEMP B-TREE"),
            "{name} sorts everything: {plan}"
        );
        let scans = plan
            .split(" | ")
            .filter(|step| step.starts_with("SCAN record") || step.starts_with("SCAN word"));
        assert_eq!(scans.count(), 0, "{name} reads the whole table: {plan}");
    }
}
