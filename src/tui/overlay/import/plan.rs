//! The plan of a session in the preview of an import: for whom and when, its blocks with their times, what is wrong.

use crate::command::Command;
use crate::exchange::Fault;

/// A plan that was read, told with the names of the people here.
#[derive(Clone, Debug, Default)]
pub struct PlanLook {
    /// For which circle, when and how long, and whether it takes the place of another plan.
    pub head: Vec<String>,
    /// Its blocks with their times, and their prompts.
    pub blocks: Vec<String>,
    /// What is wrong, by line; a plan that has such is not taken.
    pub faults: Vec<Fault>,
    /// What one should know.
    pub remarks: Vec<String>,
    /// Whether it came out of the editor, which can have it back.
    pub edited: bool,
    /// What makes it the plan of a session.
    pub command: Option<Command>,
}

impl PlanLook {
    /// Whether it can be taken.
    pub(super) const fn takes(&self) -> bool {
        self.faults.is_empty() && self.command.is_some()
    }

    /// What takes it.
    pub(super) fn command(&self) -> Option<Command> {
        self.command.clone().filter(|_| self.takes())
    }
}
