//! What was asked of the engine and has no outcome yet, and what is to be done about it.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::engine::news::Ticket;
use crate::engine::query::{Look, Query};
use crate::tui::overlay::new_circle::Created;
use crate::tui::shell::typed::Typed;
use crate::tui::shell::{actions, calendar, intake, plan_file, programme, words};
use crate::tui::view::ScreenId;

/// What an outcome is waited for.
#[derive(Clone, Debug)]
pub(super) enum Waiting {
    /// A command; the words for when it is done.
    Command(words::Done),
    /// An edit of one row that a screen asked for; the words for when it is done.
    Edit(ScreenId, Box<Command>, words::Done),
    /// The row of an edit that was overtaken.
    Overtaken(ScreenId, Box<Command>, String),
    /// An answer for a screen.
    Answer(ScreenId, Query),
    /// The starter bank, before a circle is made.
    Starter(Box<Created>),
    /// The questions of a session that is planned from a template.
    Drawn(Box<Command>),
    /// Questions for the first session of a circle that is being made.
    FirstPrompts(Box<Created>),
    /// A circle that is being made.
    Circle,
    /// A page of what the bank knows already, for this import.
    Known(u64),
    /// The actions that are here already, for an import.
    Gathering(Box<intake::Gathering>),
    /// The questions that a plan names by number.
    PlanQuestions(Box<plan_file::Loading>),
    /// What the circle remembers of them.
    PlanMemories(Box<plan_file::Loading>),
    /// The questions of a session whose plan goes to the editor.
    PlanText(plan_file::Which),
    /// Nothing in particular: only trouble is told.
    Nothing,
    /// Whether time asleep was left out.
    Slept,
    /// A portion of a search.
    Look(Box<Look>),
    /// An erase.
    Erase,
    /// What would go with somebody who is called so.
    Going(String),
    /// How much there is.
    Figures,
    /// The sessions of a circle, for a calendar.
    Calendar(Box<calendar::Meetings>),
    /// Questions for the sessions of a programme.
    Course(Box<programme::Course>),
    /// Actions that are to be written out.
    Actions(Box<actions::Gathering>),
    /// The record of a book that is to be written out.
    Book(Box<crate::engine::book_record::Gathering>),
}

/// What waits for the engine.
#[derive(Default)]
pub(super) struct Talk {
    /// What each outcome is waited for.
    pub(super) waiting: BTreeMap<Ticket, Waiting>,
    /// What was typed and submitted, to be given back if it is refused.
    pub(super) submitted: BTreeMap<Ticket, Typed>,
    /// What is being carried out was typed here.
    pub(super) typing: Option<Typed>,
    /// What was refused last.
    pub(super) refused: Option<Ticket>,
    /// At which revision of the documents screens were asked what they want.
    pub(super) asked_rev: u64,
    /// What was asked since the documents changed.
    pub(super) asked: Vec<Query>,
}
