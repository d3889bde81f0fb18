//! The wrap-up: what is still loose, fixed in place, and one labelled row that ends the session.

mod row;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::clock::Moment;
use crate::domain::id::MemberId;
use crate::domain::tally::Figures;
use crate::domain::when;
use crate::theme::Styles;
use crate::tui::capture::Capture;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written;
use crate::tui::say;
use crate::tui::screen::live::loose::Lacks;
use crate::tui::screen::live::sheet::{Outcome, Sheet, Unsaved};
use crate::tui::screen::live::wrap_up::row::Row;
use crate::tui::screen::live::{Go, book, next_lead, rating, sheet};
use crate::tui::view::{Arg, CommandId, Reply, Request};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::{list, text};

/// What becomes of the floor.
const FORGOTTEN: &str = "Who spoke and for how long is forgotten when the session ends";

/// The open sheet: which row is marked, and whether the next session is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUp {
    /// The marked row among those that can be marked; at first whatever is still loose, else the end.
    selected: Option<usize>,
    plan_next: bool,
    keep_figures: bool,
    /// Blocks that were not reached are not kept.
    leave_rest: bool,
    /// Who is to lead then; nobody yet.
    leads: Option<MemberId>,
    /// So many meetings more for the next book than are proposed.
    more: isize,
}

impl Default for WrapUp {
    fn default() -> Self {
        Self {
            selected: None,
            plan_next: true,
            keep_figures: false,
            leave_rest: false,
            leads: None,
            more: 0,
        }
    }
}

impl WrapUp {
    fn rows(&self, stage: &Stage<'_>, drafts: &[Unsaved]) -> Vec<Row> {
        let mut rows = self.reading(stage);
        let items = written::items(&stage.view, stage.circle.id, stage.session.id);
        let mut section = |title: String, lines: Vec<Row>| {
            if !lines.is_empty() {
                rows.push(Row::Head(title));
                rows.extend(lines);
            }
        };
        section(
            "Actions without owner or date".to_owned(),
            row::loose(stage, &items),
        );
        section(
            "Parked for another time".to_owned(),
            row::parked(stage, &items),
        );
        section("Drafts that are not saved".to_owned(), row::drafts(drafts));
        let rest = row::not_reached(stage, self.leave_rest);
        section("Not reached".to_owned(), rest);
        rows.extend(rating::words(stage).map(|(words, all)| Row::Rate(words, all)));
        rows.push(Row::Head(FORGOTTEN.to_owned()));
        if let Some(figures) = stage.figures() {
            rows.push(Row::Figures(self.figures_words(figures)));
        }
        let end = say::wall(stage.ends(), stage.view.zone);
        rows.push(Row::Head(format!("Planned to end at {end}")));
        if let Some(next) = next_plan(stage) {
            rows.push(Row::Next(self.next_words(stage, next.start)));
            if self.plan_next {
                rows.extend(next_lead::words(self.leads, stage).map(Row::Leads));
            }
        }
        rows.push(Row::End);
        rows
    }

    /// What was read, and what is offered about it; first, so that Enter takes it.
    fn reading(&self, stage: &Stage<'_>) -> Vec<Row> {
        let mut rows: Vec<Row> = book::read_words(stage).into_iter().map(Row::Fact).collect();
        if !rows.is_empty() {
            rows.insert(0, Row::Head("Reading".to_owned()));
            rows.extend(book::offer(stage, self.more).map(|offer| Row::Reading(offer.words)));
        }
        rows
    }

    fn next_words(&self, stage: &Stage<'_>, next: Moment) -> String {
        let today = stage.view.now.date(stage.view.zone);
        let day = when::long(next.date(stage.view.zone), today);
        let time = say::wall(next, stage.view.zone);
        if self.plan_next {
            format!("Plan the next session: {day}, {time}")
        } else {
            "Do not plan the next session now".to_owned()
        }
    }

    fn figures_words(&self, figures: Figures) -> String {
        let Figures {
            turns,
            spoke,
            people,
            ..
        } = figures;
        let turns = if turns == 1 {
            "1 turn".to_owned()
        } else {
            format!("{turns} turns")
        };
        let verb = if self.keep_figures { "Keep" } else { "Forget" };
        format!("{verb} the group's figures: {turns}, {spoke} of {people} spoke")
    }

    /// The marked row among those that can be marked.
    fn marked<'a>(&self, rows: &'a [Row]) -> Option<(usize, &'a Row)> {
        let all: Vec<(usize, &Row)> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.can_be_marked())
            .collect();
        let last = all.len().checked_sub(1)?;
        let first = || all.iter().position(|(_, row)| row.is_loose());
        let at = self.selected.or_else(first).unwrap_or(last).min(last);
        all.get(at).copied()
    }

    /// Draws the sheet over the panes.
    fn draw_rows(
        &self,
        stage: &Stage<'_>,
        drafts: &[Unsaved],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let rows = self.rows(stage, drafts);
        let keys = stage.view.keys;
        let marked = self.marked(&rows);
        let at = sheet::place(area, rows.len());
        let title = format!("Wrap up {} #{}", stage.circle.name, stage.session.number);
        let content = Pane::new(&title).draw_over(at, buf, styles);
        // The row that ends the session stays in sight, however long the list above it is.
        let index = marked.map_or(0, |(index, _)| index);
        let list_rows = rows.len().saturating_sub(1);
        let room = content.height.saturating_sub(1);
        let window = list::window(list_rows, index, 0, room);
        let end = u16::try_from(window.len()).unwrap_or(room);
        let shown = window.chain([list_rows]);
        for (place, row) in (0..=end).zip(shown) {
            let Some(line) = rows.get(row) else { continue };
            let selected = marked.is_some_and(|(marked, _)| marked == row);
            let area = text::row(content, place);
            row::draw_row(line, selected, area, buf, (styles, keys));
        }
    }
}

/// The session that comes next by the rule of the circle; `None` without a rule or when one is planned.
fn next_plan(stage: &Stage<'_>) -> Option<Plan> {
    let view = &stage.view;
    if view.state.next_session(stage.circle.id, view.now).is_some() {
        return None;
    }
    let (plan, _) = Plan::following(view.state, stage.circle.id, (view.now, view.zone))?;
    Some(plan)
}

impl Sheet for WrapUp {
    fn draw(
        &self,
        stage: &Stage<'_>,
        drafts: &[Unsaved],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        self.draw_rows(stage, drafts, area, (buf, styles));
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, drafts: &[Unsaved]) -> Outcome {
        let rows = self.rows(stage, drafts);
        let count = rows.iter().filter(|row| row.can_be_marked()).count();
        let marked = self.marked(&rows);
        if let Some(go) = Go::of(id) {
            let above = marked.map_or(0, |(index, _)| index);
            let above = rows.iter().take(above).filter(|row| row.can_be_marked());
            self.selected = Some(go.from(above.count(), count));
            return Outcome::Reply(Reply::Handled);
        }
        let marked = marked.map(|(_, row)| row.clone());
        match (id, marked) {
            (CommandId::WrapUp, _) => Outcome::Close(Reply::Handled),
            (CommandId::Open, Some(row)) => self.open(row, stage),
            (CommandId::Remove, Some(Row::Draft(name, words))) => Outcome::Reply(Reply::Twice {
                words: format!("Not saved: {words}"),
                verb: "again throws it away".to_owned(),
                then: vec![Request::DropDraft(name)],
            }),
            (CommandId::Longer | CommandId::Shorter, Some(Row::Reading(_))) => {
                let by = if id == CommandId::Longer { 1 } else { -1 };
                self.more = self.more.saturating_add(by);
                Outcome::Reply(Reply::Handled)
            }
            (
                CommandId::Done
                | CommandId::Due
                | CommandId::Owner
                | CommandId::Edit
                | CommandId::Remove
                | CommandId::Partly,
                Some(Row::Item(key, ..)),
            ) => Outcome::On(key, id),
            (
                CommandId::Done
                | CommandId::Due
                | CommandId::Owner
                | CommandId::Edit
                | CommandId::Remove
                | CommandId::Partly
                | CommandId::Open,
                _,
            ) => Outcome::Reply(Reply::Handled),
            _ => Outcome::Reply(Reply::Ignored),
        }
    }

    fn offers(&self, stage: &Stage<'_>, drafts: &[Unsaved]) -> Vec<(CommandId, &'static str)> {
        let rows = self.rows(stage, drafts);
        let marked = self.marked(&rows);
        marked.map_or_else(Vec::new, |(_, row)| row.offers().to_vec())
    }
}

impl WrapUp {
    /// What Enter does with a row.
    fn open(&mut self, row: Row, stage: &Stage<'_>) -> Outcome {
        match row {
            Row::End => return Outcome::Ended(self.end(stage)),
            Row::Rate(..) => return Outcome::Rate,
            Row::Item(key, _, lacks) => {
                let fix = match lacks.first() {
                    None => CommandId::Done,
                    Some(Lacks::Date) => CommandId::Due,
                    Some(Lacks::Owner) => CommandId::Owner,
                };
                return Outcome::On(key, fix);
            }
            Row::Draft(name, _) => {
                let write = Capture::writes(&name);
                return Outcome::Reply(Reply::Do(vec![Request::Run(write, Arg::None)]));
            }
            Row::Reading(_) => {
                let offer = book::offer(stage, self.more);
                return Outcome::Reply(offer.map_or(Reply::Handled, |offer| offer.accept(stage)));
            }
            Row::Rest(_) => self.leave_rest = !self.leave_rest,
            Row::Next(_) => self.plan_next = !self.plan_next,
            Row::Figures(_) => self.keep_figures = !self.keep_figures,
            Row::Leads(_) => self.leads = next_lead::after(self.leads, stage),
            Row::Head(_) | Row::Fact(_) => {}
        }
        Outcome::Reply(Reply::Handled)
    }

    fn end(&self, stage: &Stage<'_>) -> Reply {
        let next = next_plan(stage)
            .filter(|_| self.plan_next)
            .map(|plan| Plan {
                facilitator: next_lead::of(self.leads, stage),
                ..plan
            });
        let figures = stage.figures().filter(|_| self.keep_figures);
        Reply::submit(Command::EndSession {
            next,
            figures,
            leave_rest: self.leave_rest,
        })
    }
}
