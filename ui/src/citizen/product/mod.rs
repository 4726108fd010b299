//! A product: photos to swipe, the maker's story, the certificate, the months, how to buy.

mod certificate;
mod months;
mod swipe;

use bantin_model::id::RecordId;
use bantin_wire::ipc::product::{ProductPage, ProductRead};
use leptos::prelude::*;

use super::market::{price, ware_facts};
use super::page::page;
use super::reader::{Genuineness, Languages, notices_of_text};
use crate::component::brocade::{Brocade, Motif};
use crate::component::icon::{Glyph, Icon};
use crate::component::prose::Prose;
use crate::component::stars::Stars;
use crate::component::topic::{group_icon, group_name};
use crate::t;
use crate::text::date;

pub use months::MonthPicker;

/// One product.
#[component]
pub fn Product(
    /// Which.
    id: RecordId,
) -> impl IntoView {
    page(
        move |lang| ProductRead { id, lang },
        |page, lang| view! { <Page page=page lang=lang /> },
    )
}

#[component]
fn Page(page: ProductPage, lang: RwSignal<Option<String>>) -> impl IntoView {
    let ProductPage {
        card,
        text,
        languages,
        pictures,
        certificate,
        authenticity,
    } = page;
    let issued = date(authenticity.signed_at);
    let story = (!text.body.trim().is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="product-story">
                <h3 id="product-story"><Glyph icon=Icon::Text /><span>{t!("product-story")}</span></h3>
                <Prose text=text.body.clone() lang=text.lang.clone() />
            </section>
        }
    });
    let buy = (!text.ask.trim().is_empty()).then(|| {
        view! {
            <section class="part product-buy" aria-labelledby="product-buy">
                <h3 id="product-buy"><Glyph icon=Icon::Market /><span>{t!("product-buy")}</span></h3>
                <Prose text=text.ask.clone() lang=text.lang.clone() />
            </section>
        }
    });
    view! {
        <article class="reader topic-market" data-arrive tabindex="-1" aria-labelledby="product-title">
            <Brocade motif=Motif::Diamond />
            <swipe::Swipe pictures=pictures />
            <p class="row-facts">{ware_facts(&card)}</p>
            <h2 id="product-title" class="reader-title" lang=text.lang.clone() dir="auto">
                {if text.title.is_empty() { card.name.clone() } else { text.title.clone() }}
            </h2>
            {card.stars.map(|count| view! { <p><Stars count=count /></p> })}
            <ul class="product-facts">
                {fact(Icon::People, t!("product-maker"), card.maker.clone())}
                {fact(Icon::Pin, t!("product-village"), card.village.clone())}
                {fact(group_icon(&card.group), t!("product-group"), group_name(&card.group))}
            </ul>
            {price(&card)}
            <Languages languages=languages shown=text.lang.clone() lang=lang />
            {notices_of_text(&text, lang)}
            {(!text.summary.trim().is_empty())
                .then(|| view! { <Prose text=text.summary.clone() lang=text.lang.clone() /> })}
            {buy}
            <months::Season season=card.season.clone() />
            {story}
            <certificate::Certificate certificate=certificate />
            <Genuineness authenticity=authenticity issued=issued />
        </article>
    }
}

fn fact(icon: Icon, name: String, value: String) -> impl IntoView {
    (!value.trim().is_empty()).then(|| {
        view! {
            <li class="product-fact">
                <Glyph icon=icon />
                <span>
                    <small>{name}</small>
                    <span dir="auto">{value}</span>
                </span>
            </li>
        }
    })
}
