//! What can go wrong on the way, and to which request.

use std::sync::mpsc::Sender;

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The device sent it; the hub has not seen it.
    Asked,
    /// The hub answered; the device has not heard it.
    Answered,
}

/// Something that goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The connection breaks before the hub hears anything.
    CutBefore,
    /// The hub hears this many bytes of the body, then the connection breaks.
    CutInside(usize),
    /// The hub hears all of it, but the answer never arrives.
    CutAfter,
    /// The device hears this many bytes of the answer's body.
    CutAnswer(usize),
    /// The hub hears the same bytes three times; the device hears the last answer.
    Thrice,
    /// One byte of the answer's body is another one: the one at this position from its middle.
    Alter,
    /// Another answer of a captive portal: 200 with a sign-in page.
    Portal,
    /// The request waits at a moment until the test lets it go.
    Hold(Moment, Sender<Sender<()>>),
}

/// A fault and the requests it is for.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Beginning of the path.
    pub path: String,
    /// The fault.
    pub fault: Fault,
    /// How many requests it is for; none = all.
    pub times: Option<usize>,
}

impl Rule {
    /// The next request.
    pub fn once(path: &str, fault: Fault) -> Self {
        Self {
            path: path.into(),
            fault,
            times: Some(1),
        }
    }

    /// Every request.
    pub fn always(path: &str, fault: Fault) -> Self {
        Self {
            path: path.into(),
            fault,
            times: None,
        }
    }
}

/// The fault for a request to `path`, counted down.
pub(super) fn take(rules: &mut Vec<Rule>, path: &str) -> Option<Fault> {
    let at = rules.iter().position(|rule| path.starts_with(&rule.path))?;
    let rule = &mut rules[at];
    let fault = rule.fault.clone();
    if let Some(times) = &mut rule.times {
        *times -= 1;
        if *times == 0 {
            rules.remove(at);
        }
    }
    Some(fault)
}
