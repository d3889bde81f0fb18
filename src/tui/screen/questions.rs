//! Questions: the bank as a circle sees it, and the way from there into the plan. Keeps cursors, marks and what is
//! looked for; the rows are those that the store found last.

mod asked;
mod detail;
mod facets;
mod fresh;
mod list;
mod marks;
mod preview;
mod target;
#[cfg(test)]
mod tests;
mod verbs;
mod write;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::change::{Act, ActKind};
use crate::domain::id::{BlockId, QuestionId};
use crate::domain::question::sought::Sought;
use crate::domain::search::Hit;
use crate::engine::query::{Answer, BankPage, BankRow, Query, Seek};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::each::Each;
use crate::tui::screen::questions::facets::Facet;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, Screen, Tag, View};
use crate::tui::widget::letters::Alphabet;

pub use asked::Asked;

/// Rows that are asked for at a time.
const PAGE: usize = 100;
/// So many rows before the end of those that are here the next ones are asked for.
const AHEAD: usize = 30;

/// Which pane has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    List,
    /// The question in full, where it does not stand below the list.
    Detail,
    Facets,
}

/// The screen of the bank.
#[derive(Debug, Default)]
pub struct Questions {
    focus: Focus,
    preview: bool,
    alphabet: Alphabet,
    cursor: Cursor<QuestionId>,
    facet_cursor: Cursor<Facet>,
    /// The line of the filter, as typed and as read.
    typed: (String, Sought),
    /// What was picked in the pane of facets.
    picked: Sought,
    /// With their rows, since they may not be among those that are shown.
    marked: BTreeMap<QuestionId, BankRow>,
    page: BankPage,
    /// The questions of its rows.
    ids: Vec<QuestionId>,
    /// What the rows were found for; nothing until the first ones are here.
    found: Option<Sought>,
    /// How far rows were asked for.
    asked_to: usize,
    /// The block that was chosen to take what is added.
    block: Option<BlockId>,
    /// What a line or list that is open is about.
    asking: Vec<QuestionId>,
    /// What was drawn for each person.
    each: Each,
    /// What is being written out.
    writing: Option<write::Writing>,
}

impl Questions {
    /// What is added goes to this block from now on.
    pub(in crate::tui) const fn aim_at(&mut self, block: BlockId) {
        self.block = Some(block);
    }

    /// The same, and only questions that suit it are shown until somebody looks for others.
    pub(in crate::tui) fn aim_for(&mut self, block: BlockId, view: &View<'_>) {
        self.aim_at(block);
        let session = target::session(view);
        let block = session.and_then(|(_, session, _)| session.block(block));
        self.picked.kind = block.and_then(|block| block.kind.question_kind());
    }

    /// Everything that is looked for: what is typed over what is picked.
    fn sought(&self) -> Sought {
        self.typed.1.clone().over(&self.picked)
    }

    fn seek(&self, view: &View<'_>, skip: usize) -> Query {
        let running = view.state.running().map(|(circle, ..)| circle);
        let circles = view.state.circles().map(|circle| circle.id);
        Query::Bank(Seek {
            sought: self.sought(),
            circle: view.circle,
            // A running session is about its own circle alone.
            circles: circles
                .filter(|id| running.is_none_or(|running| running == *id))
                .collect(),
            skip,
            limit: PAGE,
        })
    }

    /// Looks for what is wanted now, from its beginning.
    fn look(&mut self, view: &View<'_>) -> Reply {
        self.asked_to = PAGE;
        Reply::Do(vec![Request::Ask(self.seek(view, 0))])
    }

    fn ids(&self) -> &[QuestionId] {
        &self.ids
    }

    fn under(&self) -> Option<&BankRow> {
        let place = self.cursor.place(self.ids());
        self.page.rows.get(place)
    }

    /// Asks for the next rows before the cursor comes to the end of those that are here.
    fn go_on(&mut self, view: &View<'_>) -> Reply {
        let here = self.page.rows.len();
        let near = self.cursor.place(self.ids()) + AHEAD >= here;
        if !near || here >= self.page.total || here < self.asked_to {
            return Reply::Handled;
        }
        self.asked_to = here + PAGE;
        Reply::Do(vec![Request::Ask(self.seek(view, here))])
    }

    fn switch(&mut self, onwards: bool) -> Reply {
        self.focus = match (self.focus, onwards) {
            (Focus::List, true) | (Focus::Detail, false) => Focus::Facets,
            (Focus::Facets, true) | (Focus::List, false) => Focus::Detail,
            (Focus::Detail, true) | (Focus::Facets, false) => Focus::List,
        };
        Reply::Handled
    }

    fn close(&mut self, view: &View<'_>) -> Reply {
        if self.preview {
            self.preview = false;
        } else if self.focus != Focus::List {
            self.focus = Focus::List;
        } else if !self.marked.is_empty() {
            self.marked.clear();
        } else if !self.typed.0.is_empty() {
            self.typed = Default::default();
            return self.look(view);
        } else if !self.picked.is_open() {
            self.picked = Sought::default();
            return self.look(view);
        } else {
            return Reply::Ignored;
        }
        Reply::Handled
    }

    fn in_list(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let rows = self.ids.clone();
        let step = match id {
            CommandId::NextPrompt => CommandId::Down,
            CommandId::PreviousPrompt => CommandId::Up,
            other => other,
        };
        if self.cursor.step(step, &rows) {
            return self.go_on(view);
        }
        match (id, arg) {
            (CommandId::Mark, _) => self.mark(&rows),
            (CommandId::MarkAll, _) => self.mark_all(),
            (CommandId::Pick, Arg::Number(number)) if rows.is_empty() => {
                self.drop_part(*number, view)
            }
            _ => self.verb(id, view),
        }
    }

    /// Rows came: the first ones take the place of those that answer to something else.
    fn take(&mut self, seek: &Seek, page: &BankPage) {
        if seek.sought != self.sought() {
            return;
        }
        let here = self.page.rows.len();
        let same = self.found.as_ref() == Some(&seek.sought);
        if seek.skip > here || (seek.skip > 0 && !same) {
            return;
        }
        let mut rows = std::mem::take(&mut self.page.rows);
        if !same {
            rows.clear();
        }
        let end = (seek.skip + page.rows.len()).min(rows.len()).max(seek.skip);
        rows.splice(seek.skip..end, page.rows.iter().cloned());
        rows.truncate(page.total);
        self.ids = rows.iter().map(|row| row.question.id).collect();
        self.page = BankPage {
            rows,
            all: page.all,
            total: page.total,
            facets: page.facets.clone(),
        };
        self.found = Some(seek.sought.clone());
        for row in &page.rows {
            if let Some(marked) = self.marked.get_mut(&row.question.id) {
                marked.clone_from(row);
            }
        }
    }
}

impl Screen for Questions {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        if let Some(row) = self.under().filter(|_| self.preview) {
            self.draw_preview(row, area, buf, paint);
            return None;
        }
        let focused = |focus| self.focus == focus && !paint.covered;
        if area.width >= TWO_COLUMNS {
            let left = Rect { width: 27, ..area };
            let right = Rect {
                x: area.x + 27,
                width: area.width - 27,
                ..area
            };
            self.draw_facets(left, buf, paint, focused(Focus::Facets));
            self.draw_main(right, buf, paint);
        } else if self.focus == Focus::Facets {
            self.draw_facets(area, buf, paint, focused(Focus::Facets));
        } else {
            self.draw_main(area, buf, paint);
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::Close => self.close(view),
            CommandId::Preview if self.under().is_some() => {
                self.preview = !self.preview;
                Reply::Handled
            }
            CommandId::NextPane if !self.preview => self.switch(true),
            CommandId::PreviousPane if !self.preview => self.switch(false),
            _ if self.focus == Focus::Facets && !self.preview => self.in_facets(id, view),
            _ => self.in_list(id, arg, view),
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        if self.preview {
            return vec![
                (CommandId::Preview, "back to the list"),
                (CommandId::NextPrompt, "next, last"),
                (CommandId::Open, "add to the plan"),
            ];
        }
        if self.focus == Focus::Facets {
            return vec![
                (CommandId::Open, "choose, give up"),
                (CommandId::Close, "list"),
                (CommandId::NextPane, "question"),
            ];
        }
        if self.under().is_none() {
            return vec![
                (CommandId::Add, "write one"),
                (CommandId::Filter, "filter"),
                (CommandId::NextPane, "choices"),
            ];
        }
        let mut offers = Vec::new();
        if self.target(view).is_some() {
            offers.push((CommandId::Open, "add to the plan"));
        }
        offers.extend([
            (CommandId::NextPrompt, "next, last"),
            (CommandId::Star, "star"),
            (CommandId::Add, "write one"),
            (CommandId::Edit, "edit"),
            (CommandId::Preview, "preview"),
            (CommandId::Filter, "filter"),
            (CommandId::Mark, "mark"),
        ]);
        if self.target(view).is_some() {
            offers.push((CommandId::Owner, "other block"));
        }
        offers.extend([
            (CommandId::Remove, "not here, trash"),
            (CommandId::NextPane, "choices"),
            (CommandId::Copy, "copy"),
            (CommandId::CopyAll, "copy all"),
        ]);
        offers
    }

    fn named_with(&self, id: CommandId) -> &'static [CommandId] {
        match id {
            CommandId::NextPrompt => &[CommandId::NextPrompt, CommandId::PreviousPrompt],
            _ => &[],
        }
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let first = self.seek(view, 0);
        let here = self.cursor.place(self.ids()) / PAGE * PAGE;
        if here == 0 {
            return vec![first];
        }
        vec![first, self.seek(view, here)]
    }

    fn saved(&mut self, act: &Act, _view: &View<'_>) {
        if act.kind == ActKind::Do {
            self.show_new(act);
        }
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        if let (Query::Bank(seek), Answer::Bank(page)) = (query, answer)
            && seek.circle == view.circle
            && !self.is_written(seek)
        {
            self.take(seek, page);
        }
    }

    fn after(&mut self, query: &Query, answer: &Answer, view: &View<'_>) -> Vec<Request> {
        let mut needed = self.each.after(query, answer, (Asked::Each.into(), view));
        needed.extend(self.go_on_writing(query, answer, view));
        needed
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match tag {
            Tag::Questions(asked) => self.typed_answer(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match tag {
            Tag::Questions(asked) => self.picked_answer(asked, row, view),
            _ => Reply::Ignored,
        }
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        // Its own words bring it to the top of the list. What is asked goes out when the screen opens.
        let words = found.text.replace(':', " ");
        if let Ok(sought) = Sought::read(&words) {
            self.typed = (words, sought);
        }
        self.picked = Sought::default();
        self.focus = Focus::List;
        self.cursor.aim(QuestionId(found.key.id));
    }

    fn filter(&mut self, text: &str, view: &View<'_>) -> Reply {
        match Sought::read(text) {
            Ok(sought) => {
                self.typed = (text.trim().to_owned(), sought);
                self.look(view)
            }
            Err(why) => Reply::Refuse(why),
        }
    }

    fn filter_help(&self) -> &'static str {
        "words, theme:growth depth:3 kind:pair competency:listening asked:never starred; empty shows all"
    }
}
