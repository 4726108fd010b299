//! A small errand from end to end, told thousands of times on disks that fail: Mai's phone follows her village's hub, which
//! carries up to the commune's. Mai asks with a photo, Hạnh answers and publishes, Mai's phone collects. After each fault whatever
//! failed is started again on good disks; then whatever was acknowledged must be there exactly once.

mod bug;
mod ledger;
mod node;
mod notice;
mod point;
mod step;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::database;
use crate::disk::{Calls, Deed, Plan, When};
use crate::hub::{Desk, HANH, HANH_PASSWORD, Hub};
use crate::phone::{Phone, Said};
use crate::photo;
use node::Node;

pub use bug::Bug;
pub use ledger::{Broken, Ledger};
pub use point::{Counted, Counts, Point, Side, enospc, kills, syncs_that_fail};
pub use step::{STEPS, Step};

/// What Mai asks.
pub const QUESTION: &str = "Cầu treo gãy ván, ai sửa?";
/// What Hạnh answers.
pub const ANSWER: &str = "Xã sửa trong tuần này.";
/// The headline of what Hạnh publishes.
pub const NOTICE: &str = "Lịch tiêm phòng cho trẻ em";

/// Tries of what goes between the hubs on good disks: both processes of the lower one may look up at once, and one gives way.
const LOOKS_MAX: usize = 5;

/// Two hubs, a phone, and what was said.
pub struct Errand {
    /// The commune's hub, at which letters end.
    hub: Node,
    /// The village's hub below it.
    carrier: Node,
    phone: Phone,
    phone_disk: Option<Plan>,
    photo: PathBuf,
    /// Outside of the folders that fail: the counters.
    _aside: TempDir,
    /// The fault, kept when all disks are good again.
    fault: Option<Plan>,
    /// What the carrier does wrong whenever it is started again.
    bug: Option<Bug>,
    /// The carrier is killed right before this step, besides what befalls disks.
    killed_before: Option<Step>,
    /// What people were told.
    pub ledger: Ledger,
    /// What a program said last when it was told to do something.
    last: RefCell<Option<Said>>,
}

impl Errand {
    /// Two hubs and a phone, one of whose disks does what `point` says; all are counted if it says nothing.
    pub fn new(point: Option<Point>) -> Self {
        let (hub, carrier) = Hub::tree();
        let phone = Phone::of("Mai");
        let aside = tempfile::tempdir().expect("a folder for counters");
        let photo = photo::take(aside.path(), "suoi.jpg", "cau.jpg");
        let count = |data: &Path, name: &str| Plan::count(data, &aside.path().join(name));
        let hub_disk = count(&hub.data(), "hub");
        let carrier_disk = count(&carrier.data(), "carrier");
        let phone_disk = count(&phone.data(), "phone");
        let mut errand = Self {
            hub: Node::of(hub, hub_disk),
            carrier: Node::of(carrier, carrier_disk),
            phone,
            phone_disk: Some(phone_disk),
            photo,
            _aside: aside,
            fault: None,
            bug: None,
            killed_before: None,
            ledger: Ledger::default(),
            last: RefCell::default(),
        };
        errand.carrier.hub.look_at(&errand.hub.line.url());
        if let Some(point) = point {
            let plan = errand.disk(point.side).take();
            errand.fault = plan.map(|plan| point.on(&plan));
            for side in Side::ALL {
                *errand.disk(side) = None;
            }
            *errand.disk(point.side) = errand.fault.clone();
        }
        errand
    }

    /// With a carrier that does something wrong whenever it is started again.
    pub fn with(mut self, bug: Bug) -> Self {
        self.bug = Some(bug);
        self
    }

    /// With a carrier that is killed right before `step`.
    pub fn killed_before(mut self, step: Step) -> Self {
        self.killed_before = Some(step);
        self
    }

    fn disk(&mut self, side: Side) -> &mut Option<Plan> {
        match side {
            Side::Phone => &mut self.phone_disk,
            Side::Carrier => &mut self.carrier.disk,
            Side::Hub => &mut self.hub.disk,
        }
    }

    /// Tells the errand: a step that fails is done again after what failed was started on a good disk.
    ///
    /// # Errors
    /// What does not work even then.
    pub fn tell(&mut self) -> Result<(), String> {
        self.start();
        for step in STEPS {
            self.lead_up_to(step);
            let done = match self.fault {
                Some(_) => self.step(step),
                None => self.does_at_last(step),
            };
            if done && self.hubs_run() {
                continue;
            }
            let acknowledged = self.ledger.clone();
            self.mend();
            let done = match step {
                Step::Ask => acknowledged.asked.is_some(),
                Step::Answer => acknowledged.answered,
                Step::Publish => acknowledged.published,
                _ => false,
            };
            if !done && !self.does_at_last(step) {
                let last = self.last.take();
                return Err(format!(
                    "{step:?} does not work after everything is mended; the last word was {last:?}"
                ));
            }
        }
        self.mend();
        // Once more around: what is there must not come twice.
        if !self.looks_up() {
            return Err("the last look at the hub above does not come through".into());
        }
        match self.phone_does(&["sync"]).code {
            Some(0) => Ok(()),
            _ => Err("the last sync does not come through".into()),
        }
    }

    /// Kills the carrier if it is time. Until then it cannot look up by itself: what it has done nobody can forget.
    fn lead_up_to(&mut self, step: Step) {
        let Some(killed) = self.killed_before else {
            return;
        };
        if step == killed {
            self.killed_before = None;
            self.carrier.serving = None;
            self.hub.line.mend();
            self.mend();
        } else if step == Step::CarryUp {
            self.hub.line.mend();
        } else {
            self.hub.line.cut();
        }
    }

    /// Does a step on good disks.
    fn does_at_last(&mut self, step: Step) -> bool {
        let tries = match step {
            Step::CarryUp | Step::Collect => LOOKS_MAX,
            _ => 1,
        };
        if self
            .fault
            .as_ref()
            .is_some_and(|plan| plan.deed == Deed::Error)
        {
            // What went up to a hub that had such an error waits for a minute, which is over.
            let database = self.carrier.hub.data().join("hub.db");
            database::change(&database, "UPDATE carried SET next_at = 0");
        }
        (0..tries).any(|_| self.step(step))
    }

    /// Whether the fault came to pass: no telling makes exactly as many calls as the one that was counted.
    pub fn was_hit(&self) -> bool {
        self.fault.as_ref().is_some_and(|plan| match plan.when {
            When::At(call) => plan.counted() >= call,
            When::Exit => true,
        })
    }

    /// Counts of a telling without faults.
    pub fn counts() -> Counts {
        let count = |calls| {
            let mut errand = Self::new(None);
            for side in Side::ALL {
                let disk = errand.disk(side);
                *disk = disk
                    .as_ref()
                    .map(|plan| plan.with(calls, When::At(0), Deed::Count));
            }
            let disks = Side::ALL.map(|side| errand.disk(side).clone());
            errand.tell().expect("without a fault everything works");
            assert_eq!(errand.broken(), Broken::default(), "and is as it was told");
            Counted(disks.map(|disk| disk.map_or(0, |plan| plan.counted())))
        };
        Counts {
            writes: count(Calls::Writes),
            syncs: count(Calls::Syncs),
        }
    }

    /// Starts both hubs on the disks they have now.
    fn start(&mut self) {
        self.hub.start();
        self.carrier.start();
    }

    /// Gives all good disks. A hub that was on another one, or has ended, is started again.
    fn mend(&mut self) {
        self.phone_disk = None;
        self.hub.mend(|_| {});
        let bug = self.bug;
        self.carrier
            .mend(|hub| bug.into_iter().for_each(|bug| bug.befalls(hub)));
    }

    fn hubs_run(&mut self) -> bool {
        self.hub.runs() && self.carrier.runs()
    }

    /// Hạnh, signed in.
    fn hanh(&self) -> Desk {
        self.try_hanh().expect("Hạnh can sign in")
    }

    fn try_hanh(&self) -> Option<Desk> {
        let desk = self.hub.serving.as_ref()?.desk();
        desk.try_sign_in(HANH, HANH_PASSWORD).then_some(desk)
    }

    /// Whether every database of the phone passes SQLite's own check.
    fn phone_is_whole(&self) -> bool {
        databases(&self.phone.data())
            .iter()
            .all(|path| database::is_whole(path))
    }
}

fn databases(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(databases(&path));
        } else if path.extension().is_some_and(|end| end == "db") {
            found.push(path);
        }
    }
    found
}
