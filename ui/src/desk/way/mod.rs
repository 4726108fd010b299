//! An act that asks in a box first (with a password, with a reason) and its way to the hub: at most one at a
//! time, the same try again is the same act, and the officer hears how it ended wherever they are by then.

mod dialog;
mod sign;

use bantin_wire::{Command, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Desk;
use crate::engine::once;

pub use dialog::WayDialog;
pub use sign::{Password, Signer, has_password};

/// The way of one box. `T` is what is sent, by which a second try of the same is known.
pub struct Way<T: 'static> {
    /// The window.
    pub desk: Desk,
    /// The box is open.
    pub open: RwSignal<bool>,
    /// The hub is asked.
    pub busy: RwSignal<bool>,
    /// What is missing, or what the hub refused; said in the box.
    pub failure: RwSignal<Option<Failure>>,
    tried: StoredValue<Option<(T, String)>>,
}

// Not derived: that would ask the same of `T`, which is only pointed to.
impl<T> Clone for Way<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Way<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Way<T> {
    /// Nothing was tried yet.
    pub fn new(desk: Desk, open: RwSignal<bool>) -> Self {
        Self {
            desk,
            open,
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            tried: StoredValue::new(None),
        }
    }

    /// Hands the command that `command` makes of the act's name to the hub. When it is done the box closes,
    /// `done` tidies up and `said` is said. What the hub refuses goes to `refused`. Neither runs once the
    /// officer has gone to something else: the signals of the box went with it.
    pub fn send<C: Command + 'static>(
        self,
        what: &T,
        command: impl FnOnce(String) -> C,
        said: String,
        done: impl FnOnce() + 'static,
        refused: impl FnOnce(Failure) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        let command = command(self.name(what));
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let outcome = self.desk.client.run(&command).await;
            let gone = self.busy.try_set(false).is_some();
            match outcome {
                Ok(_) => {
                    self.desk.said.set(said);
                    if !gone {
                        self.open.set(false);
                        done();
                    }
                    self.desk.refresh();
                }
                Err(failure) if gone => {
                    self.desk.say_failure(&failure);
                    self.desk.refresh();
                }
                Err(failure) => refused(failure),
            }
        });
    }

    /// The very same tried again keeps its name, so that it happens once; anything else is another act.
    fn name(self, what: &T) -> String {
        let before = self.tried.get_value().filter(|(sent, _)| sent == what);
        let name = before.map_or_else(once, |(_, name)| name);
        self.tried.set_value(Some((what.clone(), name.clone())));
        name
    }
}

/// Whether the hub found a fault in what is to be published, and not in the password or the way.
pub fn is_about_sheet(failure: &Failure) -> bool {
    failure
        .field
        .as_deref()
        .is_some_and(|field| !field.is_empty() && field != "password")
}
