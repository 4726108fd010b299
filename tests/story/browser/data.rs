//! Mai looks where her data went and sets how much the news may take.

use bantin_tests::wait::until_true;
use bantin_tests::words::words;

use super::Browser;
use crate::screen::citizen;
use crate::village::{Village, write_notice};

#[test]
fn mai_sees_where_her_data_went_and_sets_a_budget() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    for (browser, name) in [
        (Browser::phone(), "web-data"),
        (Browser::desktop(), "web-data-wide"),
    ] {
        let mai = &browser.screen;
        mai.open(&village.network.url());
        citizen::starts(mai, |_| {});
        citizen::goes_to(mai, "nav-me");
        mai.press(&words("data-open"));
        mai.read(&words("data-where"));
        mai.read(&words("data-kind-text"));
        mai.find("#data-day").write("năm");
        mai.press(&words("data-save"));
        mai.read(&words("data-not-number"));
        let typed = mai.find("#data-day").property("value");
        assert_eq!(typed, "năm", "what was typed stays");
        mai.look_in_all(&format!("{name}-wrong"));
        mai.find("#data-day").choose("0,1");
        mai.press(&words("data-save"));
        until_true("the budget to count", || {
            !mai.text().contains(&words("data-not-number"))
        });
        // The news already took more than a tenth of a megabyte, or their pictures do now.
        citizen::goes_to(mai, "nav-home");
        citizen::goes_to(mai, "nav-me");
        mai.press(&words("data-open"));
        mai.read(&words("data-limits"));
        let kept = mai.find("#data-day").property("value");
        assert_eq!(kept, "0,1", "it is kept");
        mai.look(name);
        browser.has_no_errors(&[]);
    }
}
