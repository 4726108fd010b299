//! Watching a child that runs inputs: it may panic, but it may also be killed by the system or never come
//! back. Whatever happens, the input that did it is found and kept.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::corpus::Corpus;
use crate::run::{Finding, Line, Progress, Span};
use crate::target::Target;

/// Inputs between two lines of a child.
pub const EVERY: u64 = 512;

/// Who runs the children, and how patient we are.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The program `bantin-fuzz`.
    pub program: PathBuf,
    /// Without a line for so long a child hangs.
    pub patience: Duration,
    /// Where inputs that broke a rule are kept.
    pub kept: PathBuf,
}

/// What became of a target.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The target.
    pub target: String,
    /// Inputs that were run.
    pub inputs: u64,
    /// Whether all that were asked for were run.
    pub whole: bool,
    /// Share of inputs that the target accepted.
    pub accepted: f64,
    /// Most memory of one input, in bytes.
    pub peak_bytes: usize,
    /// Longest time of one input, in microseconds.
    pub slowest_us: u64,
    /// Inputs a second.
    pub per_second: f64,
    /// The broken rule, if there was one.
    pub finding: Option<Finding>,
    /// Where its input is kept.
    pub kept: Option<PathBuf>,
}

/// How a child ended.
enum End {
    Done,
    Found(Finding),
    Stopped(&'static str),
    OutOfTime,
}

impl Watch {
    /// Runs `span` of `target` until it is done, breaks a rule, or `deadline` has come. `tell` hears how
    /// far it is.
    pub fn run(
        &self,
        target: Target,
        span: Span,
        deadline: Option<Instant>,
        tell: &mut dyn FnMut(&Progress),
    ) -> Report {
        let start = Instant::now();
        let (progress, end) = self.child(target, span, deadline, tell);
        let finding = match end {
            End::Done | End::OutOfTime => None,
            End::Found(finding) => Some(finding),
            End::Stopped(how) => Some(self.narrow(target, span, progress.next, how)),
        };
        let done = finding.as_ref().map_or(progress.next, |found| found.number);
        let inputs = done - span.from;
        let kept = finding
            .as_ref()
            .and_then(|found| self.keep(target, span.seed, found));
        Report {
            target: target.name.into(),
            inputs,
            whole: inputs >= span.inputs && finding.is_none(),
            accepted: progress.accepted as f64 / (inputs as f64).max(1.0),
            peak_bytes: progress.peak_bytes,
            slowest_us: progress.slowest_us,
            per_second: inputs as f64 / start.elapsed().as_secs_f64(),
            finding,
            kept,
        }
    }

    /// Which of the inputs since the last line it was: run again, a line before each.
    fn narrow(&self, target: Target, span: Span, from: u64, how: &str) -> Finding {
        let again = Span {
            from,
            inputs: span.every,
            every: 1,
            ..span
        };
        let (progress, end) = self.child(target, again, None, &mut |_| {});
        match end {
            End::Found(finding) => finding,
            End::Stopped(how) => Finding {
                number: progress.next,
                what: how.into(),
            },
            End::Done | End::OutOfTime => Finding {
                number: from,
                what: format!("{how}, once, at one of the {} inputs from here", span.every),
            },
        }
    }

    fn child(
        &self,
        target: Target,
        span: Span,
        deadline: Option<Instant>,
        tell: &mut dyn FnMut(&Progress),
    ) -> (Progress, End) {
        let mut child = self.start(target, span);
        let lines = lines(&mut child);
        let mut progress = Progress {
            next: span.from,
            ..Progress::default()
        };
        let end = loop {
            if deadline.is_some_and(|at| Instant::now() >= at) {
                break End::OutOfTime;
            }
            match lines.recv_timeout(self.patience) {
                Ok(Line::At(at)) => {
                    progress = at;
                    tell(&progress);
                }
                Ok(Line::Found(finding)) => break End::Found(finding),
                Err(RecvTimeoutError::Timeout) => break End::Stopped("did not come back"),
                Err(RecvTimeoutError::Disconnected) => {
                    let done = progress.next >= span.from + span.inputs;
                    break match done {
                        true => End::Done,
                        false => End::Stopped("ended the process"),
                    };
                }
            }
        };
        let _ = child.kill();
        let _ = child.wait();
        (progress, end)
    }

    fn start(&self, target: Target, span: Span) -> Child {
        let number = |n: u64| n.to_string();
        Command::new(&self.program)
            .args(["span", target.name, "--seed", &number(span.seed)])
            .args(["--from", &number(span.from)])
            .args(["--inputs", &number(span.inputs)])
            .args(["--every", &number(span.every)])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("bantin-fuzz starts")
    }

    fn keep(&self, target: Target, seed: u64, found: &Finding) -> Option<PathBuf> {
        let input = Corpus::of(target).input(seed, found.number);
        let name = format!("{}-{seed}-{}.bin", target.name, found.number);
        let path = self.kept.join(name);
        std::fs::create_dir_all(&self.kept).ok()?;
        std::fs::write(&path, input).ok()?;
        Some(path)
    }
}

fn lines(child: &mut Child) -> Receiver<Line> {
    let (sender, receiver) = channel();
    let stdout = child.stdout.take().expect("its output is ours");
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let Ok(line) = serde_json::from_str(&line) else {
                continue;
            };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
