//! Keeps the sheet as a draft at the hub a moment after the last key, one request at a time, and in the
//! tab until the hub has it.

use std::time::Duration;

use bantin_wire::desk::publication::DraftSave;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sheet::{Saving, Sheet};
use super::unsaved_key;
use crate::desk::frame::replace_address;
use crate::desk::route::{Route, Work};
use crate::desk::state::clock_now;
use crate::desk::store;

/// How long after the last key.
const PAUSE: Duration = Duration::from_millis(1200);
/// How long after a failure it is tried again by itself.
const AGAIN: Duration = Duration::from_secs(20);

/// The handle on what keeps the sheet.
#[derive(Clone, Copy)]
pub struct Save {
    sheet: Sheet,
    /// Grows with every change; what was sent under an older number is not the newest.
    turn: StoredValue<u32>,
    key: StoredValue<String>,
    /// It was published: nothing is kept any more.
    finished: StoredValue<bool>,
}

/// Begins to watch the sheet.
pub fn start(sheet: Sheet, work: Work) -> Save {
    let save = Save {
        sheet,
        turn: StoredValue::new(0),
        key: StoredValue::new(unsaved_key(&work)),
        finished: StoredValue::new(false),
    };
    Effect::new(move |before: Option<()>| {
        sheet.form.track();
        sheet.place.track();
        // The first run only sees what was opened.
        if before.is_some() {
            save.changed();
        }
    });
    // Signed in again: what was refused meanwhile goes at once.
    Effect::new(move |before: Option<bool>| {
        let lost = sheet.desk.client.lost.get();
        if before == Some(true) && !lost {
            save.now();
        }
        lost
    });
    if sheet.saving.get_untracked() == Saving::Changed {
        save.later(PAUSE);
    }
    on_cleanup(move || save.now());
    save
}

impl Save {
    /// Keeps it now if it is not kept.
    pub fn now(self) {
        if matches!(
            self.sheet.saving.try_get_untracked(),
            Some(Saving::Changed | Saving::Failed(_))
        ) {
            self.send();
        }
    }

    /// It was published: the draft is gone.
    pub fn finish(self) {
        self.finished.set_value(true);
        store::forget(&self.key.get_value());
    }

    fn changed(self) {
        if self.finished.get_value() {
            return;
        }
        let sheet = self.sheet;
        let kept = (
            sheet.form.get_untracked(),
            sheet.place.get_untracked(),
            sheet.draft.get_untracked(),
        );
        store::keep(&self.key.get_value(), &kept);
        if sheet.saving.get_untracked() != Saving::Busy {
            sheet.saving.set(Saving::Changed);
        }
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.later(PAUSE);
    }

    fn later(self, pause: Duration) {
        let mine = self.turn.get_value();
        set_timeout(
            move || {
                if self.turn.try_get_value() == Some(mine) {
                    self.now();
                }
            },
            pause,
        );
    }

    fn send(self) {
        let sheet = self.sheet;
        // Also called while the screen is being taken down.
        let (Some(mine), Some(false)) = (self.turn.try_get_value(), self.finished.try_get_value())
        else {
            return;
        };
        sheet.saving.set(Saving::Busy);
        let command = DraftSave {
            id: sheet.draft.get_untracked(),
            place: sheet.place.get_untracked(),
            form: sheet.form.get_untracked(),
        };
        spawn_local(async move {
            let outcome = sheet.desk.client.run(&command).await;
            // The screen is gone; what came of it is in the list of drafts.
            let (Some(now), Some(key)) = (self.turn.try_get_value(), self.key.try_get_value())
            else {
                return;
            };
            match outcome {
                Ok(id) => self.kept(id, &key, now == mine),
                Err(failure) => {
                    sheet.saving.set(Saving::Failed(failure));
                    self.later(AGAIN);
                }
            }
        });
    }

    fn kept(self, id: String, key: &str, newest: bool) {
        if self.finished.get_value() {
            return;
        }
        let sheet = self.sheet;
        if sheet.draft.get_untracked().as_ref() != Some(&id) {
            // A reload finds the draft under its own address from now on.
            let work = Work::Draft(id.clone());
            replace_address(&Route::Write(work.clone()));
            store::forget(key);
            self.key.set_value(unsaved_key(&work));
            sheet.draft.set(Some(id));
        }
        if newest {
            store::forget(&self.key.get_value());
            sheet.saving.set(Saving::Kept(clock_now()));
        } else {
            sheet.saving.set(Saving::Changed);
            self.later(PAUSE);
        }
    }
}
