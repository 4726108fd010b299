//! Carrying guests' letters to the hub whenever it can be reached, and fetching what their mailboxes hold.

use std::sync::Arc;
use std::time::Duration;

use bantin_engine::Error as EngineError;
use bantin_model::letter::{LetterId, PollResponse};
use bantin_wire::{Code, Failure};
use tokio::sync::watch;

use crate::error::{RelayError, Result};
use crate::state::State;

/// After a failure the hub is tried again after so long, doubled each time.
const PAUSE_MIN: Duration = Duration::from_secs(2);
/// But no less often than this.
const PAUSE_MAX: Duration = Duration::from_secs(120);
/// Mailboxes of guests are looked into so often, and old files are swept.
const ROUND: Duration = Duration::from_secs(300);

/// Runs until `stopped`.
pub(crate) async fn run(state: Arc<State>, mut stopped: watch::Receiver<bool>) {
    let mut pause = PAUSE_MIN;
    loop {
        let done = tokio::select! {
            done = round(&state) => done,
            _ = stopped.wait_for(|stopped| *stopped) => return,
        };
        let wait = match done {
            Ok(()) => {
                pause = PAUSE_MIN;
                ROUND
            }
            Err(error) => {
                tracing::info!(%error, "letters of guests wait for the hub");
                pause = (pause * 2).min(PAUSE_MAX);
                pause / 2
            }
        };
        let woken = async {
            // Not at once: one guest after the other comes, and each must not cost a try of its own.
            tokio::time::sleep(PAUSE_MIN.min(wait)).await;
            state.brought.notified().await;
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = woken => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

async fn round(state: &Arc<State>) -> Result<()> {
    let carried = Arc::clone(&state.carried);
    let life = state.engine.held().await?.life;
    state.mail.live(life);
    State::blocking(move || {
        carried.live(life)?;
        Ok(carried.sweep()?)
    })
    .await?;
    for (letter, attachments) in state.carried.waiting() {
        let passed = pass(state, letter, &attachments).await;
        state.hub_was(!matches!(&passed, Err(error) if is_no_way(error)));
        passed?;
    }
    for question in state.mail.questions() {
        let answered = state.engine.pass_poll(&question).await;
        state.hub_was(answered.is_ok());
        let bytes = answered?;
        if let Ok(response) = PollResponse::from_bytes(&bytes, &question) {
            state.mail.take(&question, &response);
        }
    }
    Ok(())
}

/// Carries one letter; what the hub says of it is durable when this returns.
async fn pass(
    state: &Arc<State>,
    letter: LetterId,
    attachments: &[bantin_model::id::Hash],
) -> Result<()> {
    for hash in attachments {
        let (carried, name) = (Arc::clone(&state.carried), *hash);
        let bytes = State::blocking(move || Ok(carried.ciphertext(&name)?)).await?;
        state.engine.pass_attachment(hash, &bytes).await?;
    }
    let carried = Arc::clone(&state.carried);
    let sealed = State::blocking(move || Ok(carried.sealed(&letter)?)).await?;
    let answer = state.engine.pass_letter(sealed).await;
    let (carried, now) = (Arc::clone(&state.carried), state.now());
    match answer {
        Ok(receipt) => State::blocking(move || carried.was_accepted(letter, &receipt, now)).await,
        Err(EngineError::Refused(failure)) if is_final(&failure) => {
            State::blocking(move || carried.was_refused(letter, &failure, now)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The hub will say the same to these bytes for ever.
fn is_final(failure: &Failure) -> bool {
    matches!(
        failure.code,
        Code::NoAgencyKey | Code::Malformed | Code::TooLong
    )
}

fn is_no_way(error: &RelayError) -> bool {
    let RelayError::Engine(EngineError::Refused(failure)) = error else {
        return false;
    };
    matches!(failure.code, Code::Offline | Code::NotAHub | Code::Busy)
}
