//! What is worked out of a book once for each change: how far people are, whose rows are shown, what the instalment
//! asks, and which questions and quotes are in sight. Drawing and keys only look it up, however many there are.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::id::{BookId, CircleId, MemberId};
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::part::QuestionAt;
use crate::tui::screen::books::questions::List;
use crate::tui::screen::books::{Books, bend, readers, schedule};
use crate::tui::view::View;

/// What it was worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    rev: u64,
    part: u64,
    today: NaiveDate,
    /// A session counts as not held from some hour on, and so who leads may change.
    hour: i64,
    circle: CircleId,
    me: Option<MemberId>,
    at: (BookId, usize),
    all: bool,
}

/// What follows from the documents and from what the store told.
#[derive(Debug)]
pub(super) struct Seen {
    /// Where an even reader is today.
    pub(super) goal: u32,
    /// How many have reached that, and of how many.
    pub(super) reached: (usize, usize),
    /// How many of the people whose rows are shown have said nothing.
    pub(super) silent: usize,
    /// Whether the plan could give way.
    pub(super) bends: bool,
    /// The people whose rows are shown.
    pub(super) people: Vec<MemberId>,
    /// What the instalment asks, and what is left out.
    pub(super) facts: Vec<String>,
    /// Questions and quotes.
    pub(super) list: List,
    /// The rows of the pane of questions.
    pub(super) rows: Vec<QuestionAt>,
}

impl Books {
    pub(super) fn seen(&self, desk: &Desk<'_>, view: &View<'_>) -> Rc<Seen> {
        let stamp = Stamp {
            rev: view.state.rev(),
            part: self.part.rev(),
            today: desk.today,
            hour: view.now.millis() / 3_600_000,
            circle: desk.circle,
            me: view.me,
            at: (desk.book.id, desk.at),
            all: self.shown == Some((desk.book.id, desk.at)),
        };
        self.memo.of(stamp, || {
            let goal = desk.goal();
            let people = readers::people(desk, view);
            let silent = readers::silent(&people, desk, view);
            let list = List::of(&self.part, stamp.all, desk, view);
            Seen {
                goal,
                reached: desk.reached(goal, view),
                silent,
                bends: bend::is_asked(desk, view),
                people,
                facts: schedule::facts(desk),
                rows: list.rows(),
                list,
            }
        })
    }
}
