//! The wrap-up: what is still loose, fixed in place, and one labelled row that ends the session.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::clock::Moment;
use crate::domain::id::Key;
use crate::domain::item::{Due, Owner};
use crate::domain::tally::Figures;
use crate::domain::when;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written::{self, Item};
use crate::tui::say;
use crate::tui::screen::live::sheet::{Outcome, Sheet};
use crate::tui::screen::live::{Go, book, next_lead, rating, sheet};
use crate::tui::screen::table;
use crate::tui::view::{Arg, CommandId, Reply};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::{list, text};

/// What means something while the sheet is open.
const OFFERS: [(CommandId, &str); 5] = [
    (CommandId::Open, "choose"),
    (CommandId::Owner, "owner"),
    (CommandId::Due, "date"),
    (CommandId::Done, "settled"),
    (CommandId::Close, "back"),
];

/// What becomes of the floor.
const FORGOTTEN: &str = "Who spoke and for how long is forgotten when the session ends";

/// The open sheet: which row is marked, and whether the next session is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUp {
    selected: usize,
    plan_next: bool,
    keep_figures: bool,
    /// Who is to lead then, by the place in the rotation; nobody yet.
    leads: Option<usize>,
    /// So many meetings more for the next book than are proposed.
    more: isize,
}

impl Default for WrapUp {
    fn default() -> Self {
        Self {
            selected: 0,
            plan_next: true,
            keep_figures: false,
            leads: None,
            more: 0,
        }
    }
}

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    /// Names what follows.
    Head(String),
    /// Something to know.
    Fact(String),
    /// A row that keys act on: its key, its words, what is missing.
    Item(Key, String, String),
    /// Whether the next session is planned, and for when.
    Next(String),
    /// Whether the group's figures are kept.
    Figures(String),
    /// Rates the questions that were asked.
    Rate(String),
    /// What becomes of the book that is read, and of the next one.
    Reading(String),
    /// Who leads then.
    Leads(String),
    /// Ends the session.
    End,
}

impl Row {
    const fn can_be_marked(&self) -> bool {
        match self {
            Self::Head(_) | Self::Fact(_) => false,
            Self::Item(..)
            | Self::Rate(_)
            | Self::Next(_)
            | Self::Figures(_)
            | Self::Reading(_)
            | Self::Leads(_)
            | Self::End => true,
        }
    }
}

impl WrapUp {
    fn rows(&self, stage: &Stage<'_>, drafts: &[String]) -> Vec<Row> {
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
            loose(stage, &items),
        );
        section("Parked for another time".to_owned(), parked(stage, &items));
        let drafts = drafts.iter().cloned().map(Row::Fact).collect();
        section("Drafts that are not saved".to_owned(), drafts);
        section("Not reached".to_owned(), not_reached(stage));
        rows.extend(rating::words(stage).map(Row::Rate));
        rows.push(Row::Head(FORGOTTEN.to_owned()));
        if let Some(figures) = stage.figures() {
            rows.push(Row::Figures(self.figures_words(figures)));
        }
        let end = say::wall(stage.ends(), stage.view.zone);
        rows.push(Row::Head(format!("Planned to end at {end}")));
        if let Some(next) = next_start(stage) {
            rows.push(Row::Next(self.next_words(stage, next)));
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
        let at = self.selected.min(all.len().checked_sub(1)?);
        all.get(at).copied()
    }

    /// Draws the sheet over the panes.
    fn draw_rows(
        &self,
        stage: &Stage<'_>,
        drafts: &[String],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let rows = self.rows(stage, drafts);
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
            draw_row(line, selected, text::row(content, place), buf, styles);
        }
    }
}

fn draw_row(row: &Row, selected: bool, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let look = table::look(selected, true);
    if row.can_be_marked() {
        list::draw_row(&Line::default(), look, list::rows_of(area), buf, styles);
    }
    if *row == Row::End {
        // It stands below the others also where some of them have no room.
        spot::tell(area, || Spot::Command(CommandId::End, Arg::None));
    }
    let mark = table::cursor_mark(selected, false, styles);
    let (line, right) = match row {
        Row::Head(words) => {
            text::put(words, styles.of(Role::Muted), area, buf);
            return;
        }
        Row::Fact(words) => (words.as_str(), Span::raw("")),
        Row::Item(_, words, lacks) => (
            words.as_str(),
            Span::styled(lacks.clone(), styles.of(Role::Warn)),
        ),
        Row::Next(words) | Row::Figures(words) | Row::Leads(words) => (
            words.as_str(),
            Span::styled("Enter changes", look.quiet(styles)),
        ),
        Row::Reading(words) => (words.as_str(), Span::styled("Enter", styles.key())),
        Row::Rate(words) => (
            words.as_str(),
            Span::styled("Enter, one key each", look.quiet(styles)),
        ),
        Row::End => ("End session", Span::styled("Enter", styles.key())),
    };
    let used = text::put_right(&Line::from(right), area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    let words = Span::styled(line.to_owned(), look.main(styles));
    text::put_line(&Line::from(vec![mark, words]), left, buf);
}

fn loose(stage: &Stage<'_>, items: &[Item<'_>]) -> Vec<Row> {
    let lacking = |item: &Item<'_>| {
        let Item::Action(action) = item else {
            return None;
        };
        let owner = (action.owner == Owner::Nobody).then_some("nobody");
        let date = (action.due == Due::None).then_some("no date");
        let lacks: Vec<&str> = owner.into_iter().chain(date).collect();
        if lacks.is_empty() || !action.state.is_open() {
            return None;
        }
        let words = format!("{} {}", item.short_id(), action.text);
        Some(Row::Item(
            item.key(stage.circle.id),
            words,
            lacks.join(", "),
        ))
    };
    items.iter().filter_map(lacking).collect()
}

fn parked(stage: &Stage<'_>, items: &[Item<'_>]) -> Vec<Row> {
    let open = |item: &Item<'_>| {
        let Item::Parked(parked) = item else {
            return None;
        };
        let words = format!("{} {}", item.short_id(), parked.text);
        let key = item.key(stage.circle.id);
        parked
            .settled
            .is_none()
            .then(|| Row::Item(key, words, String::new()))
    };
    items.iter().filter_map(open).collect()
}

fn not_reached(stage: &Stage<'_>) -> Vec<Row> {
    let reached = |index: usize| {
        stage
            .live
            .is_some_and(|live| live.took(index, stage.view.now).is_some())
    };
    let blocks = stage.session.blocks.iter().enumerate();
    blocks
        .filter(|(index, block)| !reached(*index) && block.parked.is_none())
        .map(|(_, block)| Row::Fact(format!("{}, {} min", block.title, block.minutes)))
        .collect()
}

/// When the circle's rhythm says it meets next; `None` without a rhythm or when a session is planned.
fn next_start(stage: &Stage<'_>) -> Option<Moment> {
    if stage
        .view
        .state
        .next_session(stage.circle.id, stage.view.now)
        .is_some()
    {
        return None;
    }
    let rhythm = stage.circle.rhythm?;
    Some(rhythm.next(stage.session.in_series(), stage.view.now, stage.view.zone))
}

impl Sheet for WrapUp {
    fn draw(
        &self,
        stage: &Stage<'_>,
        drafts: &[String],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        self.draw_rows(stage, drafts, area, (buf, styles));
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, drafts: &[String]) -> Outcome {
        let rows = self.rows(stage, drafts);
        let count = rows.iter().filter(|row| row.can_be_marked()).count();
        if let Some(go) = Go::of(id) {
            self.selected = go.from(self.selected, count);
            return Outcome::Reply(Reply::Handled);
        }
        let marked = self.marked(&rows).map(|(_, row)| row.clone());
        match (id, marked) {
            (CommandId::WrapUp, _) => Outcome::Close(Reply::Handled),
            (CommandId::Open, Some(Row::End)) => Outcome::Ended(self.end(stage)),
            (CommandId::Open, Some(Row::Rate(_))) => Outcome::Rate,
            (CommandId::Open, Some(Row::Reading(_))) => {
                let offer = book::offer(stage, self.more);
                Outcome::Reply(offer.map_or(Reply::Handled, |offer| offer.accept(stage)))
            }
            (CommandId::Longer | CommandId::Shorter, Some(Row::Reading(_))) => {
                let by = if id == CommandId::Longer { 1 } else { -1 };
                self.more = self.more.saturating_add(by);
                Outcome::Reply(Reply::Handled)
            }
            (CommandId::Open, Some(Row::Next(_))) => {
                self.plan_next = !self.plan_next;
                Outcome::Reply(Reply::Handled)
            }
            (CommandId::Open, Some(Row::Figures(_))) => {
                self.keep_figures = !self.keep_figures;
                Outcome::Reply(Reply::Handled)
            }
            (CommandId::Open, Some(Row::Leads(_))) => {
                self.leads = next_lead::after(self.leads, stage);
                Outcome::Reply(Reply::Handled)
            }
            (CommandId::Open, Some(Row::Item(key, _, lacks))) => {
                let fix = match lacks.as_str() {
                    "" => CommandId::Done,
                    "no date" => CommandId::Due,
                    _ => CommandId::Owner,
                };
                Outcome::On(key, fix)
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

    fn offers(&self) -> &[(CommandId, &'static str)] {
        &OFFERS
    }
}

impl WrapUp {
    fn end(&self, stage: &Stage<'_>) -> Reply {
        let next = next_start(stage)
            .filter(|_| self.plan_next)
            .map(|start| Plan {
                facilitator: self.leads.and_then(|at| next_lead::of(at, stage)),
                ..Plan::like(stage.session, start)
            });
        let figures = stage.figures().filter(|_| self.keep_figures);
        Reply::submit(Command::EndSession { next, figures })
    }
}
