//! The product as it is to appear. The officer may mend words; the meaning stays the maker's.

use bantin_wire::desk::conversation::Submission;
use leptos::prelude::*;

use super::sheet::Sheet;
use crate::component::chip::Chip;
use crate::component::topic::{GROUPS, group_name};
use crate::desk::entry::{Entry, Fault, Pick};
use crate::t;
use crate::text::month_short;

/// A text of the product.
#[derive(Clone, Copy)]
struct Words {
    name: &'static str,
    limit: usize,
    rows: u32,
    get: fn(&Submission) -> &String,
    put: fn(&mut Submission, String),
}

const NAME: Words = Words {
    name: "name",
    limit: 200,
    rows: 0,
    get: |p| &p.name,
    put: |p, v| p.name = v,
};

const REST: [Words; 5] = [
    Words {
        name: "story",
        limit: 5000,
        rows: 5,
        get: |p| &p.story,
        put: |p, v| p.story = v,
    },
    Words {
        name: "price",
        limit: 200,
        rows: 0,
        get: |p| &p.price,
        put: |p, v| p.price = v,
    },
    Words {
        name: "maker",
        limit: 200,
        rows: 0,
        get: |p| &p.maker,
        put: |p, v| p.maker = v,
    },
    Words {
        name: "village",
        limit: 200,
        rows: 0,
        get: |p| &p.village,
        put: |p, v| p.village = v,
    },
    Words {
        name: "how_to_buy",
        limit: 600,
        rows: 2,
        get: |p| &p.how_to_buy,
        put: |p, v| p.how_to_buy = v,
    },
];

/// The fields.
#[component]
pub fn Fields(
    /// The check.
    sheet: Sheet,
) -> impl IntoView {
    let group = sheet.part(|c| c.product.group.clone());
    let groups = GROUPS
        .map(|code| (code.to_owned(), group_name(code)))
        .to_vec();
    view! {
        {words(sheet, NAME)}
        <Pick
            id="product-group" label=t!("desk-product-group") options=groups value=group fault=sheet.fault("group")
            on_pick=move |code| sheet.checked.update(|c| c.product.group = code)
        />
        {REST.map(|one| words(sheet, one)).collect_view()}
        <Season sheet=sheet />
    }
}

fn words(sheet: Sheet, one: Words) -> impl IntoView {
    let (label, hint) = match one.name {
        "name" => (t!("desk-product-name"), String::new()),
        "story" => (t!("desk-product-story"), String::new()),
        "price" => (t!("desk-product-price"), t!("desk-product-price-hint")),
        "maker" => (t!("desk-product-maker"), t!("desk-product-public")),
        "village" => (t!("desk-product-village"), String::new()),
        _ => (t!("desk-product-buy"), t!("desk-product-public")),
    };
    view! {
        <Entry
            id=format!("product-{}", one.name)
            label=label
            hint=hint
            value=sheet.part(move |c| (one.get)(&c.product).clone())
            on_input=move |value: String| sheet.checked.update(|c| (one.put)(&mut c.product, value))
            fault=sheet.fault(one.name)
            limit=one.limit
            rows=one.rows
        />
    }
}

/// The months in which there is some; none chosen = all year.
#[component]
fn Season(sheet: Sheet) -> impl IntoView {
    let months = (1..=12u8)
        .map(|month| {
            let on = sheet.part(move |c| c.product.season.contains(&month));
            let turn = move || {
                sheet.checked.update(|c| {
                    let season = &mut c.product.season;
                    if season.contains(&month) {
                        season.retain(|m| *m != month);
                    } else {
                        season.push(month);
                        season.sort_unstable();
                    }
                });
            };
            view! { <Chip text=month_short(month) lang=None chosen=on on_press=turn /> }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">{t!("desk-product-season")}</legend>
            <div class="chips">{months}</div>
            <Fault id="season-fault".into() fault=sheet.fault("season") />
            <p class="field-hint">{t!("desk-product-season-hint")}</p>
        </fieldset>
    }
}
