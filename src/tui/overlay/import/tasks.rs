//! Actions in the preview of an import: what is new, and what is here and could be brought up to date.

use crate::command::Command;
use crate::domain::id::CircleId;
use crate::domain::intake::{Intake, Row};
use crate::domain::item::{Due, Owner};
use crate::domain::names::FORMER;
use crate::domain::text::Clean;
use crate::domain::when;
use crate::exchange::tasks::TakenTasks;
use crate::tui::say;
use crate::tui::view::View;

/// A file of actions that was read and sorted.
#[derive(Clone, Debug)]
pub struct Tasks {
    pub(super) taken: TakenTasks,
    pub(super) intake: Intake,
    /// The rows of the preview, made while the people were at hand.
    pub(super) new: Vec<String>,
    pub(super) newer: Vec<String>,
    /// Whether rows that are here are brought up to date.
    pub(super) replace: bool,
}

impl Tasks {
    /// What a file brings, told with the names of the people here.
    pub fn new(taken: TakenTasks, intake: Intake, view: &View<'_>) -> Self {
        let told = |rows: &[Row]| rows.iter().map(|row| told(row, view)).collect();
        let (new, newer) = (told(&intake.new), told(&intake.newer));
        Self {
            taken,
            intake,
            new,
            newer,
            replace: false,
        }
    }

    /// How many actions would be written.
    pub(super) fn count(&self) -> usize {
        let newer = if self.replace { self.newer.len() } else { 0 };
        self.new.len() + newer
    }

    pub(super) fn command(&self) -> Command {
        Command::TakeActions {
            rows: self.intake.rows(self.replace),
            source: Clean::line(self.taken.layout.as_str()),
        }
    }

    /// Names that mean nobody for sure.
    pub(super) fn strangers(&self, name: &str) -> Vec<String> {
        let stranger = |(line, who): &(usize, Clean)| {
            format!(
                "{name}:{line}: nobody here is called {who} for sure; the name stays in the words"
            )
        };
        self.intake.unknown.iter().map(stranger).collect()
    }
}

/// A row in one line: whose it is, until when, its words.
fn told(row: &Row, view: &View<'_>) -> String {
    let circle: CircleId = row.circle;
    let owner = match row.owner {
        Owner::Nobody => "nobody".to_owned(),
        Owner::All => "all".to_owned(),
        Owner::Member(id) => match view.state.member(circle, id) {
            Some(member) => say::name(member, view.masked),
            None => FORMER.to_owned(),
        },
    };
    let due = match row.due {
        Due::None => "no date".to_owned(),
        Due::NextSession => "next session".to_owned(),
        Due::On(day) => when::words(day, view.seen().today),
    };
    format!("{}  {owner}  {due}  {}", row.text, row.state.word())
}
