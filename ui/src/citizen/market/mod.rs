//! *Chợ*: the agency's catalogue, photo first, and a product beside it.

use bantin_wire::ipc::product::{ProductCard, ProductList};
use leptos::prelude::*;

use super::product::Product;
use super::route::Route;
use super::state::app;
use crate::component::button::{Button, ButtonLink};
use crate::component::chip::{ChipLink, Fact};
use crate::component::empty::{Empty, Failed};
use crate::component::icon::{Glyph, Icon};
use crate::component::picture::Picture;
use crate::component::skeleton::Skeleton;
use crate::component::stars::Stars;
use crate::component::topic::{GROUPS, group_icon, group_name};
use crate::engine::PictureSource;
use crate::load::{Load, query};
use crate::t;
use crate::text::date_of_text;

/// How many products a page of the list has.
const PAGE: u32 = 48;

/// Catalogue and product.
#[component]
pub fn Market() -> impl IntoView {
    let app = app();
    let group = Memo::new(move |_| match app.route.get() {
        Route::Market { group, .. } => group,
        _ => None,
    });
    let open = Memo::new(move |_| match app.route.get() {
        Route::Market { open, .. } => open,
        _ => None,
    });
    view! {
        <div class="panes" class:panes-open=move || open.with(Option::is_some)>
            <section class="pane pane-list" data-arrive tabindex="-1" aria-label=t!("market-title")>
                <Groups group=group />
                <div class="market-offer">
                    <ButtonLink
                        icon=Icon::Plus
                        text=t!("market-offer")
                        href=Route::Offer.href()
                    />
                </div>
                <Tiles group=group />
            </section>
            <section class="pane pane-detail" aria-label=t!("product")>
                {move || match open.get() {
                    Some(id) => view! { <Product id=id /> }.into_any(),
                    None => view! { <Empty icon=Icon::Market title=t!("product-none") /> }.into_any(),
                }}
            </section>
        </div>
    }
}

#[component]
fn Groups(group: Memo<Option<String>>) -> impl IntoView {
    let chip = move |to: Option<&'static str>, icon: Icon, text: String| {
        let href = Route::Market {
            group: to.map(Into::into),
            open: None,
        }
        .href();
        let here = Signal::derive(move || group.with(|g| g.as_deref() == to));
        view! { <ChipLink icon=icon text=text href=href here=here /> }
    };
    let groups = GROUPS
        .map(|code| chip(Some(code), group_icon(code), group_name(code)))
        .collect_view();
    view! {
        <nav class="chips" aria-label=t!("market-groups")>
            {chip(None, Icon::Market, t!("market-all"))}
            {groups}
        </nav>
    }
}

/// The catalogue, page after page, anew for each group.
#[component]
fn Tiles(group: Memo<Option<String>>) -> impl IntoView {
    move || {
        let group = group.get();
        let pages = RwSignal::new(1u32);
        let more = RwSignal::new(false);
        view! {
            <For each=move || 0..pages.get() key=|page| *page let:page>
                <Page group=group.clone() page=page pages=pages more=more />
            </For>
            <Show when=move || more.get()>
                <div class="rows-more">
                    <Button icon=Icon::Plus text=t!("list-more") on_press=move || pages.update(|n| *n += 1) />
                </div>
            </Show>
        }
    }
}

#[component]
fn Page(
    group: Option<String>,
    page: u32,
    pages: RwSignal<u32>,
    more: RwSignal<bool>,
) -> impl IntoView {
    let app = app();
    let asked = group.clone();
    let products = query(move || {
        app.changes.track();
        Some(ProductList {
            group: asked.clone(),
            offset: page * PAGE,
            limit: PAGE,
        })
    });
    // Only the last page knows whether there is another one.
    Effect::new(move |_| {
        if page + 1 == pages.get() {
            more.set(products.with(|load| {
                load.ready()
                    .is_some_and(|cards| cards.len() == PAGE as usize)
            }));
        }
    });
    move || match products.get() {
        Load::Waiting => view! { <Skeleton rows=4 /> }.into_any(),
        Load::Failed(failure) => {
            view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any()
        }
        Load::Ready(cards) if cards.is_empty() && page == 0 => view! {
            <Empty icon=Icon::Market title=t!("market-none") text=t!("market-none-how") />
        }
        .into_any(),
        Load::Ready(cards) => {
            let tiles = cards
                .iter()
                .map(|card| {
                    tile(
                        card,
                        Route::Market {
                            group: group.clone(),
                            open: Some(card.id),
                        },
                    )
                })
                .collect_view();
            view! { <ul class="wares">{tiles}</ul> }.into_any()
        }
    }
}

/// A product as a tile: photo first.
pub fn tile(card: &ProductCard, to: Route) -> impl IntoView + use<> {
    let picture = match &card.picture {
        Some(picture) => view! {
            <Picture source=PictureSource::Blob(picture.thumb) alt=picture.alt.clone() class="picture-tile" />
        }
        .into_any(),
        None => view! { <span class="ware-none"><Glyph icon=group_icon(&card.group) /></span> }.into_any(),
    };
    view! {
        <li class="ware">
            <a class="ware-link" href=to.href()>
                {picture}
                <span class="ware-words">
                    <span class="ware-name" dir="auto">{card.name.clone()}</span>
                    {card.stars.map(|count| view! { <Stars count=count /> })}
                    <span class="ware-from" dir="auto">{card.village.clone()}</span>
                    {price(card)}
                    <span class="row-facts">{ware_facts(card)}</span>
                </span>
            </a>
        </li>
    }
}

/// The price as the maker says it, with the day it was said.
pub fn price(card: &ProductCard) -> impl IntoView + use<> {
    (!card.price.trim().is_empty()).then(|| {
        let day = (!card.price_date.is_empty()).then(
            || view! { <small>{t!("price-day", date = date_of_text(&card.price_date))}</small> },
        );
        view! {
            <span class="ware-price" dir="auto">
                <span>{card.price.clone()}</span>
                {day}
            </span>
        }
    })
}

/// Now or not, and whether it is a sample.
pub fn ware_facts(card: &ProductCard) -> impl IntoView + use<> {
    let (icon, text, class) = match card.available {
        true => (Icon::Check, t!("ware-available"), "fact-leaf"),
        false => (Icon::Clock, t!("ware-gone"), ""),
    };
    view! {
        <Fact icon=icon text=text class=class />
        {card.sample.then(|| view! { <Fact icon=Icon::Pen text=t!("sample") class="fact-plum" /> })}
    }
}
