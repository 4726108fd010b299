//! A small errand from end to end, told thousands of times on disks that fail: Mai pairs, asks with a
//! photo, Hạnh answers and publishes, Mai's phone collects. After each fault everything is started again
//! on good disks; then whatever was acknowledged must be there exactly once.

mod ledger;
mod notice;
mod point;
mod step;

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::Stdio;

use tempfile::TempDir;

use crate::disk::{Calls, Deed, Plan, When};
use crate::hub::{Desk, HANH, HANH_PASSWORD, Hub, Serving};
use crate::network::Network;
use crate::phone::{Phone, Said};
use crate::photo;

pub use ledger::{Broken, Ledger};
pub use point::{Counts, Point, Side, enospc, kills, syncs_that_fail};
pub use step::{STEPS, Step};

/// What Mai asks.
pub const QUESTION: &str = "Cầu treo gãy ván, ai sửa?";
/// What Hạnh answers.
pub const ANSWER: &str = "Xã sửa trong tuần này.";
/// The headline of what Hạnh publishes.
pub const NOTICE: &str = "Lịch tiêm phòng cho trẻ em";

/// The hub, the phone, the network between them, and what was said.
pub struct Errand {
    hub: Hub,
    serving: Option<Serving>,
    network: Network,
    phone: Phone,
    photo: PathBuf,
    root: String,
    /// Outside of both folders that fail: the counters.
    _aside: TempDir,
    hub_disk: Option<Plan>,
    phone_disk: Option<Plan>,
    /// The fault, kept when both disks are good again.
    fault: Option<Plan>,
    /// What people were told.
    pub ledger: Ledger,
    /// What the phone said last when it was told to do something.
    last: RefCell<Option<Said>>,
}

impl Errand {
    /// A hub and a phone whose disks do what `point` says; both are counted if it says nothing.
    pub fn new(point: Option<Point>) -> Self {
        let hub = Hub::bare();
        let phone = Phone::of("Mai");
        let aside = tempfile::tempdir().expect("a folder for counters");
        let photo = photo::take(aside.path(), "suoi.jpg", "cau.jpg");
        let disks = [
            Plan::count(&hub.data(), &aside.path().join("hub")),
            Plan::count(&phone.data(), &aside.path().join("phone")),
        ];
        let [hub_disk, phone_disk] = disks.map(Some);
        let root = hub.root();
        let nowhere = ([127, 0, 0, 1], 9).into();
        let mut errand = Self {
            hub,
            serving: None,
            network: Network::to(nowhere),
            phone,
            photo,
            root,
            _aside: aside,
            hub_disk,
            phone_disk,
            fault: None,
            ledger: Ledger::default(),
            last: RefCell::default(),
        };
        if let Some(point) = point {
            let (disk, other) = match point.side {
                Side::Hub => (&mut errand.hub_disk, &mut errand.phone_disk),
                Side::Phone => (&mut errand.phone_disk, &mut errand.hub_disk),
            };
            *other = None;
            if let Some(plan) = disk {
                *plan = plan.with(point.calls, point.when, point.deed);
                plan.lie = point.lie;
            }
            errand.fault = disk.clone();
        }
        errand
    }

    /// Tells the errand: a step that fails is done again after everything was started on good disks.
    ///
    /// # Errors
    /// What does not work even then.
    pub fn tell(&mut self) -> Result<(), String> {
        self.start();
        for step in STEPS {
            if self.step(step) && self.hub_runs() {
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
            if !done && !self.step(step) {
                let last = self.last.take();
                return Err(format!(
                    "{step:?} does not work after everything is mended; the phone said {last:?}"
                ));
            }
        }
        self.mend();
        for _ in 0..2 {
            if self.phone_does(&["sync"]).code != Some(0) {
                return Err("the last sync does not come through".into());
            }
        }
        Ok(())
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
            for disk in [&mut errand.hub_disk, &mut errand.phone_disk] {
                *disk = disk
                    .as_ref()
                    .map(|plan| plan.with(calls, When::At(0), Deed::Count));
            }
            let disks = (errand.hub_disk.clone(), errand.phone_disk.clone());
            errand.tell().expect("without a fault everything works");
            assert_eq!(errand.broken(), Broken::default(), "and is as it was told");
            let counted = |disk: Option<Plan>| disk.map_or(0, |plan| plan.counted());
            (counted(disks.0), counted(disks.1))
        };
        Counts {
            writes: count(Calls::Writes),
            syncs: count(Calls::Syncs),
        }
    }

    /// Starts the hub on the disk it has now; it may not come up.
    fn start(&mut self) {
        let mut command = Serving::command(&self.hub);
        command.stderr(Stdio::null());
        if let Some(plan) = &self.hub_disk {
            plan.on(&mut command);
        }
        self.serving = Serving::try_spawn(command);
        if let Some(serving) = &self.serving {
            self.network.lead_to(serving.citizen);
        }
    }

    /// Ends the hub, gives both good disks, and starts it again.
    fn mend(&mut self) {
        (self.hub_disk, self.phone_disk) = (None, None);
        if let Some(serving) = self.serving.take() {
            serving.kill();
        }
        self.start();
        assert!(self.serving.is_some(), "on a good disk the hub comes up");
    }

    fn hub_runs(&mut self) -> bool {
        self.serving.as_mut().is_some_and(Serving::runs)
    }

    /// Hạnh, signed in.
    fn hanh(&self) -> Desk {
        self.try_hanh().expect("Hạnh can sign in")
    }

    fn try_hanh(&self) -> Option<Desk> {
        let desk = self.serving.as_ref()?.desk();
        desk.try_sign_in(HANH, HANH_PASSWORD).then_some(desk)
    }

    /// Whether every database of the phone passes SQLite's own check.
    fn phone_is_whole(&self) -> bool {
        databases(&self.phone.data())
            .iter()
            .all(|path| crate::database::is_whole(path))
    }
}

fn databases(folder: &std::path::Path) -> Vec<PathBuf> {
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
