//! One hub of the tree: its folder, the disk that it is on, its process, and the line that leads to it.

use std::process::{Command, Stdio};

use crate::disk::Plan;
use crate::hub::{Hub, Serving};
use crate::network::Network;

/// A hub, and everything that can happen to it.
pub(super) struct Node {
    pub(super) hub: Hub,
    /// None: a good disk.
    pub(super) disk: Option<Plan>,
    pub(super) serving: Option<Serving>,
    /// Where others reach it, whatever port its process has.
    pub(super) line: Network,
}

impl Node {
    /// A hub that does not run yet.
    pub(super) fn of(hub: Hub, disk: Plan) -> Self {
        let nowhere = ([127, 0, 0, 1], 9).into();
        Self {
            hub,
            disk: Some(disk),
            serving: None,
            line: Network::to(nowhere),
        }
    }

    /// Starts it on the disk it has now; it may not come up.
    pub(super) fn start(&mut self) {
        let mut command = Serving::command(&self.hub);
        command.stderr(Stdio::null());
        if let Some(plan) = &self.disk {
            plan.on(&mut command);
        }
        self.serving = Serving::try_spawn(command);
        if let Some(serving) = &self.serving {
            self.line.lead_to(serving.citizen);
        }
    }

    pub(super) fn runs(&mut self) -> bool {
        self.serving.as_mut().is_some_and(Serving::runs)
    }

    /// Gives it a good disk. If it was on another one, or has ended, it is started again, and `between` happens before.
    pub(super) fn mend(&mut self, between: impl FnOnce(&Hub)) {
        if self.disk.take().is_none() && self.runs() {
            return;
        }
        if let Some(serving) = self.serving.take() {
            serving.kill();
        }
        between(&self.hub);
        self.start();
        assert!(self.serving.is_some(), "on a good disk a hub comes up");
    }

    /// `bantin-hub` with `arguments`, on the disk it has now.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.hub.command(arguments);
        if let Some(plan) = &self.disk {
            plan.on(&mut command);
        }
        command
    }
}
