//! The preview of an import: what was read from a file, what stays out and what is wrong, line by line. Nothing is
//! saved until it is accepted, and then by one command.

mod draw;
mod plan;
mod tasks;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::command::Command;
use crate::domain::id::CircleId;
use crate::domain::text::{Clean, fold};
use crate::exchange::questions::Taken;
use crate::exchange::roster::{DraftMember, TakenRoster};
use crate::tui::screen::roster::new_members;
use crate::tui::view::CommandId;
use crate::tui::widget::hints::Hint;

pub use crate::tui::overlay::import::plan::PlanLook;
pub use crate::tui::overlay::import::tasks::Tasks;

/// Rows that a page moves.
const PAGE: usize = 10;

/// The circle that people would join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Into {
    /// Which.
    pub circle: CircleId,
    /// Its name.
    pub name: String,
    /// Who is in it already.
    pub members: Vec<String>,
}

/// What a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    People,
    Questions,
    Actions,
    Backup,
    Plan,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Not its business.
    Ignored,
    /// The preview goes on.
    Stay,
    /// Nothing is taken.
    Closed,
    /// Back to the editor, with the words that came out of it.
    Edit,
    /// Submit this.
    Take(Box<Command>),
    /// There is no circle yet: open the form for one with these people in it.
    Form(Vec<DraftMember>),
}

/// A file that was read and waits for a yes.
#[derive(Clone, Debug)]
pub struct Import {
    name: String,
    people: TakenRoster,
    known: Vec<DraftMember>,
    questions: Taken,
    actions: Option<Box<Tasks>>,
    plan: Option<Box<PlanLook>>,
    reading: Reading,
    into: Option<Into>,
    /// The line that is looked at.
    at: usize,
    /// Rows that stay out, by their place among those of the reading.
    out: BTreeSet<usize>,
}

impl Import {
    /// A file that may hold people or questions; both readings are at hand, and the likelier one is shown.
    pub fn new(name: &str, mut people: TakenRoster, questions: Taken, into: Option<Into>) -> Self {
        let members = into.iter().flat_map(|into| &into.members);
        let members: Vec<String> = members.map(|name| fold(name)).collect();
        let is_known = |person: &DraftMember| members.contains(&fold(&person.name));
        let (known, new) = std::mem::take(&mut people.people)
            .into_iter()
            .partition(is_known);
        people.people = new;
        let asks = questions.questions.iter();
        let asks = asks.filter(|question| question.text.trim_end().ends_with('?'));
        let reading = if asks.count() * 2 >= questions.questions.len().max(1) {
            Reading::Questions
        } else {
            Reading::People
        };
        let mut import = Self {
            people,
            known,
            questions,
            reading,
            into,
            ..Self::backup(name)
        };
        import.mark_first_row();
        import
    }

    /// A file of actions, sorted into what is new and what is here.
    pub fn actions(name: &str, tasks: Tasks) -> Self {
        Self {
            actions: Some(Box::new(tasks)),
            reading: Reading::Actions,
            ..Self::backup(name)
        }
    }

    /// A backup, which is not taken here.
    pub fn backup(name: &str) -> Self {
        Self {
            name: Clean::line(name).into_string(),
            people: TakenRoster::default(),
            known: Vec::new(),
            questions: Taken::default(),
            actions: None,
            plan: None,
            reading: Reading::Backup,
            into: None,
            at: 0,
            out: BTreeSet::new(),
        }
    }

    /// The plan of a session.
    pub fn plan(name: &str, plan: PlanLook) -> Self {
        Self {
            plan: Some(Box::new(plan)),
            reading: Reading::Plan,
            ..Self::backup(name)
        }
    }

    /// Whether it came out of the editor.
    pub const fn is_edited(&self) -> bool {
        matches!(&self.plan, Some(plan) if plan.edited)
    }

    fn mark_first_row(&mut self) {
        let first = self.lines().first_choice();
        self.at = first.unwrap_or(0);
    }

    /// The rows of a list that are not left out. They are taken away, since there may be very many.
    fn kept<T>(&mut self, list: impl FnOnce(&mut Self) -> &mut Vec<T>) -> Vec<T> {
        let rows = std::mem::take(list(self)).into_iter().enumerate();
        let kept = rows.filter(|(place, _)| !self.out.contains(place));
        kept.map(|(_, row)| row).collect()
    }

    /// How many things would be taken.
    fn count(&self) -> usize {
        match self.reading {
            Reading::People => self.people.people.len() - self.out.len(),
            Reading::Questions => self.questions.questions.len() - self.out.len(),
            Reading::Actions => self.actions.as_ref().map_or(0, |tasks| tasks.count()),
            Reading::Plan => usize::from(self.plan.as_ref().is_some_and(|plan| plan.takes())),
            Reading::Backup => 0,
        }
    }

    /// The keys that matter now, for the last row.
    pub fn hints(&self) -> Vec<Hint<'static>> {
        let mut hints = Vec::new();
        if self.count() > 0 {
            let plan = self.reading == Reading::Plan;
            hints.push(Hint::new(
                "Enter",
                if plan { "take it" } else { "take them" },
            ));
        }
        if let Some(row) = self.marked() {
            let out = self.out.contains(&row);
            hints.push(Hint::new(
                "x",
                if out {
                    "take this too"
                } else {
                    "leave this out"
                },
            ));
        }
        match self.reading {
            Reading::People => hints.push(Hint::new("Tab", "read as questions")),
            Reading::Questions => hints.push(Hint::new("Tab", "read as people")),
            Reading::Actions => hints.extend(self.actions.as_ref().and_then(|tasks| {
                let verb = if tasks.replace {
                    "only what is new"
                } else {
                    "bring known ones up to date too"
                };
                (!tasks.newer.is_empty()).then(|| Hint::new("Tab", verb))
            })),
            Reading::Backup | Reading::Plan => {}
        }
        if self.is_edited() {
            hints.push(Hint::new("E", "go on writing"));
        }
        hints.push(Hint::new("Esc", "leave it"));
        hints
    }

    /// Does what a command means here: Enter takes, Esc leaves, Tab reads it the other way, the rest moves.
    pub fn run(&mut self, id: CommandId) -> Outcome {
        match id {
            CommandId::Close => return Outcome::Closed,
            CommandId::Open => return self.take(),
            CommandId::NextPane | CommandId::PreviousPane => self.read_otherwise(),
            CommandId::Down => self.at = self.at.saturating_add(1),
            CommandId::Up => self.at = self.at.saturating_sub(1),
            CommandId::PageDown => self.at = self.at.saturating_add(PAGE),
            CommandId::PageUp => self.at = self.at.saturating_sub(PAGE),
            CommandId::Top => self.at = 0,
            CommandId::End => self.at = usize::MAX,
            CommandId::Remove => self.leave_out(),
            CommandId::EditNote if self.is_edited() => return Outcome::Edit,
            _ => return Outcome::Ignored,
        }
        let last = self.lines().count().saturating_sub(1);
        self.at = self.at.min(last);
        Outcome::Stay
    }

    /// The row that is marked, if it is one that can stay out.
    fn marked(&self) -> Option<usize> {
        self.lines().at(self.at)?.row
    }

    /// The marked row stays out, or comes in again; the next one is marked then.
    fn leave_out(&mut self) {
        let Some(row) = self.marked() else { return };
        if !self.out.remove(&row) {
            self.out.insert(row);
        }
        let next = self
            .lines()
            .at(self.at + 1)
            .is_some_and(|line| line.row.is_some());
        self.at += usize::from(next);
    }

    fn read_otherwise(&mut self) {
        self.out.clear();
        self.reading = match self.reading {
            Reading::People => Reading::Questions,
            Reading::Questions => Reading::People,
            Reading::Actions => {
                if let Some(tasks) = &mut self.actions {
                    tasks.replace = !tasks.replace && !tasks.newer.is_empty();
                }
                Reading::Actions
            }
            other @ (Reading::Backup | Reading::Plan) => other,
        };
        self.mark_first_row();
    }

    fn take(&mut self) -> Outcome {
        if self.count() == 0 {
            return Outcome::Stay;
        }
        let into = self.into.as_ref().map(|into| into.circle);
        match (self.reading, into) {
            (Reading::Backup, _) => Outcome::Stay,
            (Reading::Plan, _) => match self.plan.as_ref().and_then(|plan| plan.command()) {
                Some(command) => Outcome::Take(Box::new(command)),
                None => Outcome::Stay,
            },
            (Reading::Actions, _) => match &self.actions {
                Some(tasks) => Outcome::Take(Box::new(tasks.command())),
                None => Outcome::Stay,
            },
            (Reading::Questions, _) => Outcome::Take(Box::new(Command::AddQuestions {
                questions: self.kept(|import| &mut import.questions.questions),
                source: Clean::line(&self.name),
            })),
            (Reading::People, Some(circle)) => Outcome::Take(Box::new(Command::AddMembers {
                circle,
                people: new_members(&self.kept(|import| &mut import.people.people)),
            })),
            (Reading::People, None) => Outcome::Form(self.kept(|import| &mut import.people.people)),
        }
    }
}
