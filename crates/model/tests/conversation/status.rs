//! No sequence of events leaves the diagram.

use bantin_model::conversation::{Event, Refused, Status};
use bantin_model::letter::{ReplyVerb, Verb};
use proptest::prelude::*;

use Event::*;
use Status::*;

/// The diagram, written a second time: every allowed way from one state to another.
const WAYS: &[(Status, &[Status])] = &[
    (
        Received,
        &[
            Received, Forwarded, NeedsInfo, Working, Answered, OutOfScope, Closed,
        ],
    ),
    (
        Forwarded,
        &[Forwarded, NeedsInfo, Working, Answered, OutOfScope, Closed],
    ),
    (
        NeedsInfo,
        &[NeedsInfo, Working, Answered, OutOfScope, Closed],
    ),
    (Working, &[Working, NeedsInfo, Answered, OutOfScope, Closed]),
    (Answered, &[Answered, Closed, Reopened]),
    (Closed, &[Closed, Reopened]),
    (
        Reopened,
        &[
            Reopened, Forwarded, NeedsInfo, Working, Answered, OutOfScope, Closed,
        ],
    ),
    (OutOfScope, &[OutOfScope, Closed, Reopened]),
];

fn ways(from: Status) -> &'static [Status] {
    WAYS.iter().find(|(state, _)| *state == from).unwrap().1
}

#[test]
fn the_story_of_the_road_walks_the_diagram() {
    let mut status = Received;
    for (event, expected, why) in [
        (
            AgencyForwards,
            Forwarded,
            "the province passes it to the commune",
        ),
        (AgencyForwards, Forwarded, "which passes it on once more"),
        (
            AgencyAsks,
            NeedsInfo,
            "Hạnh asks where exactly the road broke",
        ),
        (
            PersonWrites,
            Working,
            "Mai says where, so it is Hạnh's turn again",
        ),
        (AgencyAsks, NeedsInfo, "one more question"),
        (AgencyWorks, Working, "Hạnh found out by herself"),
        (AgencyAnswers, Answered, "the answer"),
        (AgencyAnswers, Answered, "and a date that was forgotten"),
        (PersonRates, Answered, "a rating ends nothing"),
        (PersonCloses, Closed, "Mai is content"),
        (PersonRates, Closed, "and may rate later"),
        (PersonReopens, Reopened, "the road is broken again"),
        (
            AgencyDeclines,
            OutOfScope,
            "this time it is the province's road",
        ),
        (PersonWrites, Reopened, "whoever writes again is heard"),
        (PersonCloses, Closed, "a person may end it at any time"),
        (
            PersonWrites,
            Reopened,
            "and a word after the end opens it too",
        ),
    ] {
        status = status.after(event).unwrap();
        assert_eq!(status, expected, "{why}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    for (status, event, why) in [
        (
            Answered,
            AgencyForwards,
            "an answered letter is not passed on",
        ),
        (Working, AgencyForwards, "passing on comes before the work"),
        (
            Received,
            AgencyCloses,
            "an agency cannot close what it did not answer",
        ),
        (
            NeedsInfo,
            AgencyCloses,
            "not even when the person is silent",
        ),
        (Received, PersonReopens, "what is open cannot be reopened"),
        (Received, PersonRates, "there is nothing to rate yet"),
        (Closed, PersonCloses, "closed is closed"),
        (
            Closed,
            AgencyAnswers,
            "a closed conversation is the person's to reopen",
        ),
        (
            OutOfScope,
            AgencyWorks,
            "declined is declined until the person reopens",
        ),
    ] {
        assert_eq!(status.after(event), Err(Refused { status, event }), "{why}");
    }
}

#[test]
fn every_step_is_in_the_diagram_and_every_way_is_used() {
    for from in Status::ALL {
        let mut reached: Vec<Status> = Event::ALL
            .iter()
            .filter_map(|event| from.after(*event).ok())
            .collect();
        assert!(
            reached.iter().all(|to| ways(from).contains(to)),
            "{from:?} leads to {reached:?}"
        );
        reached.sort();
        reached.dedup();
        let mut allowed = ways(from).to_vec();
        // An open state stays itself only when the person writes; Reopened and Received do so too.
        allowed.sort();
        assert_eq!(reached, allowed, "every way out of {from:?} can be taken");
    }
}

#[test]
fn the_person_can_always_write() {
    for status in Status::ALL {
        assert!(
            status.after(PersonWrites).is_ok(),
            "a letter is never refused while {status:?}"
        );
    }
}

#[test]
fn letters_and_replies_are_events() {
    assert_eq!(
        Event::of_letter(Verb::Reopen),
        PersonReopens,
        "reopening reopens"
    );
    assert_eq!(
        Event::of_letter(Verb::Unknown(77)),
        PersonWrites,
        "a newer verb is still a letter"
    );
    assert_eq!(
        Event::of_reply(ReplyVerb::Published),
        Some(AgencyAnswers),
        "Thu has her answer"
    );
    assert_eq!(
        Event::of_reply(ReplyVerb::Opened),
        None,
        "opening is no answer"
    );
    for verb in Verb::KNOWN {
        assert!(
            Event::ALL.contains(&Event::of_letter(*verb)),
            "{verb} is an event"
        );
    }
}

#[test]
fn codes_and_names_are_stable() {
    for status in Status::ALL {
        assert_eq!(
            Status::from_code(status.code()),
            Some(status),
            "{status:?} keeps its number"
        );
    }
    assert_eq!(Status::from_code(99), None, "a newer state is not guessed");
    let json = serde_json::to_string(&Status::ALL).unwrap();
    let names = r#"["received","forwarded","needs-info","working","answered","closed","reopened","out-of-scope"]"#;
    assert_eq!(json, names, "the desk and the locales use these names");
}

proptest! {
    #[test]
    fn no_sequence_escapes(events in prop::collection::vec(prop::sample::select(&Event::ALL[..]), 0..200)) {
        let mut status = Received;
        for event in events {
            match status.after(event) {
                Ok(next) => {
                    prop_assert!(ways(status).contains(&next), "{status:?} -{event:?}-> {next:?}");
                    status = next;
                }
                Err(refused) => prop_assert_eq!(refused, Refused { status, event }),
            }
        }
    }
}
