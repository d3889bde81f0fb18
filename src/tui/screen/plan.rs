//! The planner: the agenda of the next session with the times that follow from it, its budget, what the circle's past
//! teaches, and what is carried over. Keeps cursors and what the store told; every change is one command. While the
//! session runs its agenda can be read here, and names and prompts changed; minutes belong to Live then.

mod asked;
mod budget;
mod carry;
mod change;
mod desk;
mod detail;
mod drawn;
mod empty;
mod fit;
mod layout;
mod list;
mod looks;
mod prompts;
#[cfg(test)]
mod tests;
mod typed;

use std::cell::OnceCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::agenda::Block;
use crate::domain::document::Document;
use crate::domain::history::{History, SESSIONS};
use crate::domain::id::{BlockId, CircleId, Key, MemberId};
use crate::domain::question::QuestionKind;
use crate::domain::search::Hit;
use crate::domain::session::{Session, SessionState};
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;
use crate::engine::query::{Answer, Query, QuestionRow};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::each::Each;
use crate::tui::screen::plan::desk::Desk;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, Screen, Tag, View};

pub use asked::{Asked, OfBlock};

/// Sessions that are asked for: as many as teach something, and room for planned ones, which come first.
const ASKED: usize = 4 * SESSIONS;
/// From this height on there are panes beside the agenda.
const WITH_PANES: u16 = 16;

/// Which pane has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Agenda,
    Carry,
}

/// A row of the agenda that the cursor can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// A block.
    Block(BlockId),
    /// What is too much, or much time that is free, with ways to mend it.
    Fit,
    /// One of the agendas to begin with, counted from 0.
    Start(usize),
}

/// The screen of the plan.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    shelf: Shelf,
    /// The templates of the shelf that have blocks, with their steps.
    templates: Vec<Template>,
    focus: Focus,
    cursor: Cursor<Row>,
    carry: Cursor<Key>,
    /// The prompt that is shown of a block, counted from 0.
    prompt: Option<(BlockId, usize)>,
    /// The block that a line or a list is about.
    asking: Option<BlockId>,
    /// What the rows of the list of prompts do that is open.
    offered: Vec<prompts::Use>,
    /// The people in the list that is open.
    people: Vec<MemberId>,
    /// The decision that is given other words.
    looking: Option<Key>,
    past: Vec<Session>,
    past_of: Option<CircleId>,
    /// What they teach; worked out when it is first needed.
    history: OnceCell<History>,
    /// Questions of a kind, or of any, those that the circle was asked least first.
    bank: Option<(Option<QuestionKind>, Vec<QuestionRow>)>,
    /// What was drawn for each person.
    each: Each,
    /// Blocks that wait for questions to be drawn.
    waits: Option<drawn::Waits>,
}

impl Plan {
    /// A screen that offers what is on the shelf.
    pub fn new(shelf: &Shelf) -> Self {
        let mut templates = shelf.templates();
        templates.retain(|template| !template.blocks.is_empty());
        Self {
            shelf: shelf.clone(),
            templates,
            ..Self::default()
        }
    }

    /// The rows that the cursor can stand on.
    fn rows(&self, desk: &Desk<'_>) -> Vec<Row> {
        let blocks = &desk.session().blocks;
        if blocks.is_empty() && !desk.runs() {
            return (0..self.starts(desk).len()).map(Row::Start).collect();
        }
        let mends = fit::is_offered(desk);
        blocks
            .iter()
            .map(|block| Row::Block(block.id))
            .chain(mends.then_some(Row::Fit))
            .collect()
    }

    /// The block that is marked, for what is planned on other screens.
    pub(in crate::tui) fn marked(&self, view: &View<'_>) -> Option<BlockId> {
        let desk = Desk::of(view)?;
        self.here(&desk).map(|(_, block)| block.id)
    }

    /// Puts the cursor on a block.
    pub(in crate::tui) fn mark(&mut self, block: BlockId) {
        self.focus = Focus::Agenda;
        self.cursor.aim(Row::Block(block));
    }

    /// The block under the cursor, with its place.
    fn here<'a>(&self, desk: &Desk<'a>) -> Option<(usize, &'a Block)> {
        let row = self.cursor.item(&self.rows(desk))?;
        let blocks = desk.session().blocks.iter().enumerate();
        let mut blocks = blocks.filter(|(_, block)| Row::Block(block.id) == row);
        blocks.next()
    }

    /// What the past of the circle teaches.
    fn history(&self, desk: &Desk<'_>) -> History {
        if self.past_of == Some(desk.stage.circle.id) {
            self.history.get_or_init(|| History::of(&self.past)).clone()
        } else {
            History::default()
        }
    }

    fn in_agenda(&mut self, id: CommandId, arg: &Arg, desk: &Desk<'_>) -> Reply {
        let rows = self.rows(desk);
        if self.cursor.step(id, &rows) {
            return Reply::Handled;
        }
        if let (CommandId::Pick, Arg::Number(number)) = (id, arg) {
            return self.picked_row(*number, desk);
        }
        match self.cursor.item(&rows) {
            Some(Row::Start(start)) if id == CommandId::Open => self.begin(start, desk),
            Some(Row::Fit) if id == CommandId::Open => fit::choose(desk),
            _ => self.change(id, desk),
        }
    }

    /// A digit marks the row with that number, or begins with the agenda that has it.
    fn picked_row(&mut self, number: u16, desk: &Desk<'_>) -> Reply {
        let rows = self.rows(desk);
        let place = usize::from(number).saturating_sub(1);
        match rows.get(place) {
            Some(Row::Start(start)) => self.begin(*start, desk),
            Some(Row::Block(_)) => {
                self.cursor.put(place, &rows);
                Reply::Handled
            }
            Some(Row::Fit) | None => Reply::Refuse(format!("there is no row {number}")),
        }
    }

    fn switch(&mut self, desk: &Desk<'_>) -> Reply {
        self.focus = match self.focus {
            Focus::Agenda if !carry::rows(desk).is_empty() => Focus::Carry,
            Focus::Agenda | Focus::Carry => Focus::Agenda,
        };
        Reply::Handled
    }

    /// The pane that has the keyboard; an empty one has none.
    fn focus(&self, desk: &Desk<'_>) -> Focus {
        match self.focus {
            Focus::Carry if !carry::rows(desk).is_empty() => Focus::Carry,
            Focus::Agenda | Focus::Carry => Focus::Agenda,
        }
    }
}

impl Screen for Plan {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        let area = area.intersection(buf.area);
        let Some(desk) = Desk::of(&paint.view).filter(|_| paint.view.ready) else {
            layout::draw_nothing(area, buf, paint);
            return None;
        };
        if area.height < WITH_PANES || area.width < 60 {
            self.draw_small(&desk, area, buf, paint);
        } else if area.width >= TWO_COLUMNS && area.height >= 26 {
            self.draw_wide(&desk, area, buf, paint);
        } else {
            self.draw_stacked(&desk, area, buf, paint);
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let Some(desk) = Desk::of(view) else {
            let circle = view.circle.is_some();
            return match id {
                CommandId::Open | CommandId::Add if circle => {
                    Reply::Do(vec![Request::Run(CommandId::PlanSession, Arg::None)])
                }
                CommandId::Open | CommandId::Add => {
                    Reply::Do(vec![Request::Run(CommandId::NewCircle, Arg::None)])
                }
                CommandId::Template | CommandId::Fit => {
                    Reply::Refuse("no session is planned".to_owned())
                }
                _ => Reply::Ignored,
            };
        };
        match id {
            CommandId::NextPane | CommandId::PreviousPane => self.switch(&desk),
            CommandId::Close if self.focus == Focus::Carry => self.switch(&desk),
            CommandId::Template => self.template(arg, &desk),
            CommandId::Fit => fit::choose(&desk),
            CommandId::EditNote => Reply::Do(vec![Request::PlanOutside(
                desk.stage.circle.id,
                desk.session().id,
            )]),
            _ => match self.focus(&desk) {
                Focus::Agenda => self.in_agenda(id, arg, &desk),
                Focus::Carry => self.in_carry(id, arg, &desk),
            },
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let Some(desk) = Desk::of(view) else {
            return vec![(CommandId::Open, "plan a session")];
        };
        if self.focus(&desk) == Focus::Carry && self.on_a_look(&desk) {
            return looks::OFFERS.to_vec();
        }
        if self.focus(&desk) == Focus::Carry {
            let take_up = (!desk.runs()).then_some((CommandId::Open, "add as a block"));
            let back = (CommandId::NextPane, "agenda");
            return take_up.into_iter().chain([back]).collect();
        }
        let carry = !carry::rows(&desk).is_empty();
        let pane = carry.then_some((CommandId::NextPane, "carry over"));
        let offers = match self.cursor.item(&self.rows(&desk)) {
            Some(Row::Start(_)) => {
                vec![(CommandId::Open, "begin with it"), (CommandId::Add, "add")]
            }
            Some(Row::Fit) => vec![(CommandId::Open, "make it fit"), (CommandId::Add, "add")],
            None => vec![(CommandId::Add, "add")],
            Some(Row::Block(_)) if desk.runs() => vec![
                (CommandId::Open, "prompts"),
                (CommandId::Owner, "lead"),
                (CommandId::NextPrompt, "prompt"),
                (CommandId::GoLive, "live"),
            ],
            Some(Row::Block(_)) => vec![
                (CommandId::Add, "add"),
                (CommandId::Open, "prompts"),
                (CommandId::Longer, "min"),
                (CommandId::Due, "time"),
                (CommandId::MoveDown, "move"),
                (CommandId::Owner, "lead"),
                (CommandId::Edit, "name"),
                (CommandId::Remove, "remove"),
            ],
        };
        let more = (!desk.runs()).then_some((CommandId::NextPrompt, "prompt"));
        let editor = (!desk.runs()).then_some((CommandId::EditNote, "editor"));
        offers
            .into_iter()
            .chain(pane)
            .chain(more)
            .chain(editor)
            .collect()
    }

    fn named_with(&self, id: CommandId) -> &'static [CommandId] {
        match id {
            CommandId::Longer => &[CommandId::Longer, CommandId::Shorter],
            CommandId::MoveDown => &[CommandId::MoveDown, CommandId::MoveUp],
            _ => &[],
        }
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let Some(desk) = Desk::of(view) else {
            return Vec::new();
        };
        let circle = desk.stage.circle.id;
        vec![Query::Sessions {
            circle,
            limit: ASKED,
        }]
    }

    fn after(&mut self, query: &Query, answer: &Answer, view: &View<'_>) -> Vec<Request> {
        let mut needed = self.each.after(query, answer, (Asked::Each.into(), view));
        if let Some(desk) = Desk::of(view) {
            needed.extend(self.drawn(query, answer, &desk));
        }
        needed
    }

    fn failed(&mut self, _query: &Query) {
        self.waits = None;
    }

    fn answered(&mut self, query: &Query, answer: &Answer, _view: &View<'_>) {
        match (query, answer) {
            (Query::Questions { kind, .. }, Answer::Questions { rows, .. }) => {
                self.bank = Some((*kind, rows.clone()));
            }
            (Query::Sessions { circle, .. }, Answer::Rows { rows, .. }) => {
                let session = |row: &crate::engine::query::Row| match Document::from_body(
                    &row.key, &row.body,
                )
                .ok()?
                {
                    Document::Session(session) => Some(session),
                    _ => None,
                };
                let past = rows.iter().filter_map(session);
                self.past = past
                    .filter(|session| session.state == SessionState::Ended)
                    .collect();
                self.past_of = Some(*circle);
                self.history = OnceCell::new();
            }
            _ => {}
        }
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match (tag, Desk::of(view)) {
            (Tag::Plan(asked), Some(desk)) => self.typed(asked, text, &desk),
            (_, Some(_)) => Reply::Ignored,
            (_, None) => Reply::Refuse("that session is gone".to_owned()),
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match (tag, Desk::of(view)) {
            (Tag::Plan(asked), Some(desk)) => self.picked(asked, row, &desk),
            (_, Some(_)) => Reply::Ignored,
            (_, None) => Reply::Refuse("that session is gone".to_owned()),
        }
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        self.focus = Focus::Carry;
        self.carry.aim(found.key);
    }

    fn can_carry(&self, view: &View<'_>) -> bool {
        Desk::of(view).is_some_and(|desk| {
            self.focus(&desk) == Focus::Agenda && !desk.runs() && self.here(&desk).is_some()
        })
    }

    fn carried(&mut self, by: isize, view: &View<'_>) -> Reply {
        Desk::of(view).map_or(Reply::Ignored, |desk| self.carried_by(by, &desk))
    }
}
