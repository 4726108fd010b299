//! Taking news from a neighbour's device: the list of those who share, or the link that was shown.

use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::ipc::relay::{Nearby, RelayFind, RelaySync};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::citizen::draft;
use crate::citizen::window::show_fault;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::{failure_text, number};

/// Where a device is chosen: what went wrong is said there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    List,
    Field,
}

/// What is being done, or how it ended.
#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Quiet,
    Looking,
    Taking,
    Brought(SyncOutcome),
    Failed(At, Failure),
}

#[derive(Clone, Copy)]
struct Desk {
    found: RwSignal<Option<Vec<Nearby>>>,
    state: RwSignal<State>,
}

impl Desk {
    fn look(self) {
        self.state.set(State::Looking);
        spawn_local(async move {
            let found = engine::run(&RelayFind {}).await;
            // The screen may be gone by now.
            let _ = self.state.try_set(match found {
                Ok(found) => {
                    let _ = self.found.try_set(Some(found));
                    State::Quiet
                }
                Err(why) => State::Failed(At::List, why),
            });
        });
    }

    fn take(self, address: String, at: At) {
        self.state.set(State::Taking);
        spawn_local(async move {
            let brought = engine::run(&RelaySync { address }).await;
            let failed = brought.is_err();
            let shown = self.state.try_set(match brought {
                Ok(brought) => State::Brought(brought),
                Err(why) => State::Failed(at, why),
            });
            if failed && shown.is_none() && at == At::Field {
                show_fault();
            }
        });
    }

    fn take_from(self, link: RwSignal<String>) {
        let typed = link.with_untracked(|link| link.trim().to_owned());
        if typed.is_empty() {
            let empty = Failure::new(Code::Empty);
            self.state.set(State::Failed(At::Field, empty));
            show_fault();
        } else {
            self.take(typed, At::Field);
        }
    }

    fn busy(self) -> Signal<bool> {
        Signal::derive(move || {
            self.state
                .with(|state| matches!(state, State::Looking | State::Taking))
        })
    }
}

/// Look around and choose, or type.
#[component]
pub fn Take() -> impl IntoView {
    let desk = Desk {
        found: RwSignal::new(None),
        state: RwSignal::new(State::default()),
    };
    let link = RwSignal::new(String::new());
    draft::on_change(
        move || link.track(),
        move || {
            if desk
                .state
                .with_untracked(|s| matches!(s, State::Failed(At::Field, _)))
            {
                desk.state.set(State::Quiet);
            }
        },
    );
    let fault = Signal::derive(move || {
        desk.state.with(|state| match state {
            State::Failed(At::Field, failure) => Some(why(failure)),
            _ => None,
        })
    });
    view! {
        <p>{t!("take-what")}</p>
        <Button
            icon=Icon::Search
            text=t!("take-look")
            weight=Weight::Main
            busy=desk.busy()
            on_press=move || desk.look()
        />
        {move || desk.found.get().map(|found| list(desk, found))}
        <div role="status">{move || desk.state.with(told)}</div>
        <Field id="relay-link" label=t!("take-link") hint=t!("take-link-hint") value=link fault=fault kind="url" />
        <Button
            icon=Icon::Refresh
            text=t!("take-from-link")
            busy=desk.busy()
            on_press=move || desk.take_from(link)
        />
    }
}

/// Those whose news this device can use; another root's would be refused in any case.
fn list(desk: Desk, found: Vec<Nearby>) -> AnyView {
    let foreign = found.iter().any(|relay| !relay.ours);
    let ours: Vec<Nearby> = found.into_iter().filter(|relay| relay.ours).collect();
    if ours.is_empty() {
        let text = match foreign {
            true => t!("take-foreign"),
            false => t!("take-nobody"),
        };
        return view! { <Callout tone=Tone::Calm icon=Icon::People text=text /> }.into_any();
    }
    let rows = ours
        .into_iter()
        .map(|relay| {
            let shown = relay.address.trim_start_matches("http://").to_owned();
            let places = relay.places.join(", ");
            view! {
                <li>
                    <Button
                        icon=Icon::Phone
                        text=t!("take-from", device = shown)
                        busy=desk.busy()
                        on_press=move || desk.take(relay.address.clone(), At::List)
                    />
                    {(!places.is_empty()).then(|| view! { <p class="field-hint" dir="auto">{t!("take-places", places = places)}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="near" aria-label=t!("take")>{rows}</ul> }.into_any()
}

fn told(state: &State) -> AnyView {
    match state {
        State::Quiet | State::Failed(At::Field, _) => ().into_any(),
        State::Looking => view! { <p>{t!("take-looking")}</p> }.into_any(),
        State::Taking => view! { <p>{t!("take-taking")}</p> }.into_any(),
        State::Brought(brought) => {
            view! { <Callout tone=Tone::Good icon=Icon::Check text=said(brought) /> }.into_any()
        }
        State::Failed(At::List, failure) => {
            view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=why(failure) /> }.into_any()
        }
    }
}

fn said(brought: &SyncOutcome) -> String {
    match (brought.records_changed, brought.entries_received) {
        (0, 0) => t!("take-nothing"),
        (news, 0) => t!("take-news", news = number(u64::from(news))),
        (0, answers) => t!("take-answers", answers = number(u64::from(answers))),
        (news, answers) => t!(
            "take-both",
            news = number(u64::from(news)),
            answers = number(u64::from(answers))
        ),
    }
}

/// A neighbour's device is no hub: what failed is said in its own words.
fn why(failure: &Failure) -> String {
    match failure.code {
        Code::Offline => t!("take-away"),
        Code::NotFound | Code::NotAHub => t!("take-no-relay"),
        Code::RootMismatch => t!("take-foreign"),
        _ => failure_text(failure),
    }
}
