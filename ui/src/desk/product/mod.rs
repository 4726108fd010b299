//! Products that households submitted: the queue of them and, beside it, the check of one.

mod certificate;
mod check;
mod decide;
mod fields;
mod publish;
mod reject;
mod sheet;

use leptos::prelude::*;

use super::queue::{Kind, List, NoGrant};
use super::route::Route;
use super::state::desk;
use crate::component::empty::Empty;
use crate::component::icon::Icon;
use crate::t;
use check::Check;

/// The queue of products and the open one.
#[component]
pub fn Products() -> impl IntoView {
    let desk = desk();
    if desk.places_with("check-product").is_empty() {
        return view! { <NoGrant text=t!("desk-no-grant-product") /> }.into_any();
    }
    let open = Memo::new(move |_| match desk.route.get() {
        Route::Products { open } => open,
        _ => None,
    });
    let detail = move || {
        match open.get() {
        Some(id) => view! { <Check id=id /> }.into_any(),
        None => {
            view! { <Empty icon=Icon::Box title=t!("desk-products-none-open") text=t!("desk-products-how") /> }.into_any()
        }
    }
    };
    view! {
        <div class="panes">
            <List kind=Kind::Product title=t!("desk-nav-products") open=open />
            <section class="pane-detail" aria-label=t!("desk-product-check")>{detail}</section>
        </div>
    }
    .into_any()
}
