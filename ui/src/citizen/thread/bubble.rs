//! One thing that was said.

use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::MessageView;
use leptos::prelude::*;

use super::super::route::Route;
use crate::component::button::ButtonLink;
use crate::component::chip::Fact;
use crate::component::icon::Icon;
use crate::component::picture::Picture;
use crate::component::prose::Prose;
use crate::component::stars::Stars;
use crate::engine::PictureSource;
use crate::t;
use crate::text::when;

/// A bubble: mine at one side, the agency's at the other, and in words who speaks.
pub fn bubble(message: MessageView, now: Seconds) -> impl IntoView {
    let who = match (message.mine, message.by.is_empty()) {
        (true, _) => t!("bubble-me"),
        (false, true) => t!("agency"),
        (false, false) => message.by.clone(),
    };
    let photos = message
        .photos
        .into_iter()
        .enumerate()
        .map(|(at, photo)| {
            let source = PictureSource::Photo(photo.token);
            view! { <Picture source=source alt=t!("photo-alt", number = (at + 1) as u64) class="picture-letter" /> }
        })
        .collect_view();
    let passed_to = message.passed_to.map(|name| {
        view! { <Fact icon=Icon::Forward text=t!("bubble-passed-to", agency = name) class="fact-leaf" /> }
    });
    let published = message.record.map(|id| {
        view! { <ButtonLink icon=Icon::Market text=t!("bubble-see-product") href=Route::product(id).href() /> }
    });
    view! {
        <li class="bubble" class:bubble-mine=message.mine>
            <p class="bubble-who">
                <strong dir="auto">{who}</strong>
                <span>{verb_name(&message.verb)}</span>
            </p>
            {message.rating.map(|count| view! { <Stars count=count /> })}
            {passed_to}
            {(!message.text.trim().is_empty())
                .then(|| view! { <Prose text=message.text.clone() lang="" /> })}
            <div class="letter-photos">{photos}</div>
            {published}
            <p class="bubble-when">
                <small>{when(message.at, now)}</small>
                {message.carried_at.map(|at| view! { <Fact icon=Icon::Send text=t!("bubble-carried", time = when(at, now)) class="fact-turmeric" /> })}
                {message.waiting.then(|| view! { <Fact icon=Icon::Phone text=t!("bubble-waiting") class="fact-turmeric" /> })}
            </p>
        </li>
    }
}

fn verb_name(verb: &str) -> String {
    match verb {
        "question" => t!("verb-question"),
        "reply" => t!("verb-reply"),
        "rate" => t!("verb-rate"),
        "close" => t!("verb-close"),
        "reopen" => t!("verb-reopen"),
        "submit-product" => t!("verb-submit-product"),
        "needs-info" => t!("verb-needs-info"),
        "working" => t!("verb-working"),
        "answered" => t!("verb-answered"),
        "forwarded" => t!("verb-forwarded"),
        "out-of-scope" => t!("verb-out-of-scope"),
        "closed" => t!("verb-closed"),
        "published" => t!("verb-published"),
        "rejected" => t!("verb-rejected"),
        _ => String::new(),
    }
}
