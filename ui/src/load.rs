//! What a screen shows while an answer is on its way, when it is there, and when it did not come.

use std::cell::Cell;
use std::rc::Rc;

use bantin_wire::{Command, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine;

/// An answer, or why there is none yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked for; nothing shown before.
    Waiting,
    /// Here.
    Ready(T),
    /// It did not come.
    Failed(Failure),
}

impl<T> Load<T> {
    /// The answer, if it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// Runs the command that `ask` makes, again whenever a signal read in `ask` changes, and keeps the last
/// answer in view while the next one is fetched, unless `ask` asks for something else. Nothing is shown
/// while `ask` gives none.
pub fn query<C>(ask: impl Fn() -> Option<C> + 'static) -> RwSignal<Load<C::Reply>>
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: Clone + PartialEq + Send + Sync + 'static,
{
    query_by(ask, |command: C| async move { engine::run(&command).await })
}

/// [`query`] with another way to the answer than the engine: `run`.
pub fn query_by<C, R>(
    ask: impl Fn() -> Option<C> + 'static,
    run: impl Fn(C) -> R + 'static,
) -> RwSignal<Load<C::Reply>>
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: Clone + PartialEq + Send + Sync + 'static,
    R: Future<Output = Result<C::Reply, Failure>> + 'static,
{
    let answer = RwSignal::new(Load::Waiting);
    let turn = Rc::new(Cell::new(0u32));
    Effect::new(move |before: Option<Option<C>>| {
        let command = ask();
        let mine = turn.get().wrapping_add(1);
        turn.set(mine);
        if before.as_ref() != Some(&command) && before.is_some() {
            answer.set(Load::Waiting);
        }
        if let Some(command) = command.clone() {
            let turn = Rc::clone(&turn);
            let reply = run(command);
            spawn_local(async move {
                let reply = reply.await;
                // A newer question was asked, or the screen is gone.
                if turn.get() != mine {
                    return;
                }
                let next = reply.map_or_else(Load::Failed, Load::Ready);
                if answer.try_with_untracked(|shown| *shown != next) == Some(true) {
                    answer.set(next);
                }
            });
        }
        command
    });
    answer
}
