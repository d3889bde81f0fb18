//! What is carried over: parked items and blocks that wait, decisions that want a second look, actions that are late.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::command::plan::BlockDraft;
use crate::domain::agenda::Prompt;
use crate::domain::id::{Key, Kind, ParkedId};
use crate::domain::item::{Action, Decision, Parked};
use crate::domain::text::{Clean, cut_graphemes, fold};
use crate::domain::when;
use crate::tui::say::{self, Urgency};
use crate::tui::screen::cursor::window;
use crate::tui::screen::plan::{Desk, Focus, Plan, looks};
use crate::tui::screen::table::{self, Cell};
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, ScreenId};
use crate::tui::widget::list;

/// The length of a block that was a parked item.
const USUAL: u16 = 10;
/// Longest name that a block takes from a parked item.
const NAME: usize = 60;

/// One thing that is carried over.
#[derive(Clone, Copy)]
pub(super) enum Carried<'a> {
    /// A topic.
    Item(&'a Parked),
    /// A decision that wants a second look.
    Look(&'a Decision),
    /// A late action.
    Late(&'a Action),
}

/// Everything, topics first; what was taken up is not carried any more.
pub(super) fn rows<'a>(desk: &Desk<'a>) -> Vec<Carried<'a>> {
    let (state, circle) = (desk.stage.view.state, desk.stage.circle.id);
    let parked = state.parked(circle);
    let waits = parked.filter(|item| item.settled.is_none() && item.trashed.is_none());
    let late = state
        .open_actions(circle, desk.stage.view.now)
        .into_iter()
        .filter(|action| say::due(&desk.stage.view, circle, action.due, false).1 == Urgency::Late);
    waits
        .map(Carried::Item)
        .chain(looks::due(desk).into_iter().map(Carried::Look))
        .chain(late.map(Carried::Late))
        .collect()
}

/// A block of the usual length that is called by these words.
fn usual(words: &str, from: Option<ParkedId>) -> BlockDraft {
    BlockDraft {
        title: Clean::line(cut_graphemes(words, NAME)),
        minutes: USUAL,
        min: USUAL / 2,
        from,
        ..BlockDraft::default()
    }
}

impl Carried<'_> {
    fn key(self, desk: &Desk<'_>) -> Key {
        let (kind, id) = match self {
            Self::Item(item) => (Kind::Parked, item.id.0),
            Self::Look(decision) => (Kind::Decision, decision.id.0),
            Self::Late(action) => (Kind::Action, action.id.0),
        };
        Key::circle(desk.stage.circle.id, kind, id)
    }

    /// The block that it would be.
    fn block(self, desk: &Desk<'_>) -> Option<BlockDraft> {
        let item = match self {
            Self::Item(item) => item,
            Self::Look(decision) => return Some(usual(&decision.text, None)),
            Self::Late(_) => return None,
        };
        Some(match item.block.as_deref() {
            Some(block) => BlockDraft {
                lead: block.lead.filter(|id| desk.stage.person(*id).is_some()),
                prompts: block.prompts.iter().map(Prompt::once_more).collect(),
                at: None,
                from: Some(item.id),
                ..BlockDraft::from(block)
            },
            None => usual(&item.text, Some(item.id)),
        })
    }

    /// The number of the block that it is on the agenda.
    fn taken_up(self, desk: &Desk<'_>) -> Option<usize> {
        let item = match self {
            Self::Item(item) => item,
            Self::Look(decision) => {
                let title = fold(cut_graphemes(&decision.text, NAME));
                let mut blocks = desk.session().blocks.iter();
                let at = blocks.position(|block| fold(&block.title) == title)?;
                return Some(at + 1);
            }
            Self::Late(_) => return None,
        };
        // A topic may have been typed by hand; a block is another one, however it is called.
        let typed = item.block.is_none().then(|| fold(&item.text));
        let mut blocks = desk.session().blocks.iter();
        let at = blocks.position(|block| {
            block.from == Some(item.id) || typed.as_ref() == Some(&fold(&block.title))
        })?;
        Some(at + 1)
    }

    /// What it is, its words, and what may be done with it.
    fn words(self, desk: &Desk<'_>) -> (String, String, String) {
        let view = &desk.stage.view;
        match self {
            Self::Item(item) => {
                let what = if item.block.is_some() {
                    "block"
                } else {
                    "parked item"
                };
                let today = view.now.date(view.zone);
                let day = when::short(item.origin.at.date(view.zone), today);
                let by = item.raised_by.and_then(|id| desk.stage.person(id));
                let by = by.map_or_else(String::new, |member| {
                    format!(", {}", desk.stage.short(member))
                });
                let more = match self.taken_up(desk) {
                    Some(number) => format!("block {number} now"),
                    None => format!("{day}{by}"),
                };
                (what.to_owned(), item.text.to_string(), more)
            }
            Self::Look(decision) => {
                let today = view.now.date(view.zone);
                let due = decision.revisit.map(|day| when::short(day, today));
                let more = match self.taken_up(desk) {
                    Some(number) => format!("block {number} now"),
                    None => format!("due {}", due.unwrap_or_default()),
                };
                let words = format!("D{} {}", decision.number, decision.text);
                ("second look".to_owned(), words, more)
            }
            Self::Late(action) => {
                let circle = desk.stage.circle.id;
                let owner = say::owner(view, circle, action.owner, true);
                let due = say::due(view, circle, action.due, true).0;
                let words = format!("A{} {}, {owner}", action.number, action.text);
                ("late action".to_owned(), words, format!("due {due}"))
            }
        }
    }
}

impl Plan {
    pub(super) fn in_carry(&mut self, id: CommandId, arg: &Arg, desk: &Desk<'_>) -> Reply {
        let rows = rows(desk);
        let keys: Vec<Key> = rows.iter().map(|row| row.key(desk)).collect();
        if self.carry.step(id, &keys) {
            return Reply::Handled;
        }
        match (id, arg) {
            (CommandId::Pick, Arg::Number(number)) => {
                let place = usize::from(*number).saturating_sub(1);
                if place >= keys.len() {
                    return Reply::Refuse(format!("there is no row {number}"));
                }
                self.carry.put(place, &keys);
                Reply::Handled
            }
            (CommandId::Open | CommandId::Add, _) => {
                let here = rows.get(self.carry.place(&keys));
                here.map_or(Reply::Handled, |row| self.take_up(*row, desk))
            }
            _ => {
                let here = rows.get(self.carry.place(&keys));
                here.map_or(Reply::Ignored, |row| self.look(id, *row, desk))
            }
        }
    }

    /// The decision under the cursor, for what its keys do.
    pub(super) fn on_a_look(&self, desk: &Desk<'_>) -> bool {
        let rows = rows(desk);
        let keys: Vec<Key> = rows.iter().map(|row| row.key(desk)).collect();
        let here = rows.get(self.carry.place(&keys));
        here.is_some_and(|row| matches!(row, Carried::Look(_)))
    }

    fn take_up(&mut self, row: Carried<'_>, desk: &Desk<'_>) -> Reply {
        if let Some(number) = row.taken_up(desk) {
            return Reply::Refuse(format!("that is block {number} already"));
        }
        match row.block(desk) {
            Some(block) => self.insert(vec![block], desk),
            None => Reply::Do(vec![
                Request::Choose(desk.stage.circle.id),
                Request::Go(ScreenId::Actions),
            ]),
        }
    }

    pub(super) fn draw_carry(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let focused = self.focus(desk) == Focus::Carry && !paint.covered;
        let rows = rows(desk);
        let keys: Vec<Key> = rows.iter().map(|row| row.key(desk)).collect();
        let meta = match rows.len() {
            1 => "1 thing".to_owned(),
            n => format!("{n} things"),
        };
        let content = table::pane("Carry over", meta.as_str(), focused, area, (buf, styles));
        let at = self.carry.place(&keys);
        let wide = content.width >= 60;
        for (place, index) in window(rows.len(), at, content.height).zip(0..) {
            let Some(row) = rows.get(place) else { continue };
            let look = list::Look::of(place == at && focused, focused);
            let (what, words, more) = row.words(desk);
            let number = if focused && place < 9 {
                (place + 1).to_string()
            } else {
                String::new()
            };
            let (what_cells, more_cells) = if wide { (11, 19) } else { (0, 0) };
            let taken = 2 + 2 + what_cells + more_cells + if wide { 7 } else { 2 };
            let line: Line<'_> = table::line(
                vec![table::cursor_mark(place == at && focused, false, styles)],
                [
                    Cell::new(number, 1, look.quiet(styles)),
                    Cell::new(what, what_cells, look.quiet(styles)),
                    Cell::new(
                        words,
                        content.width.saturating_sub(taken),
                        look.main(styles),
                    ),
                    Cell::new(more, more_cells, look.quiet(styles)).last(),
                ],
            );
            table::put_row(&line, look, (content, index), (buf, styles));
        }
    }
}
