//! What was done, and the trash. Any act can be taken back, any row brought back; erasing for good needs the word.

mod draw;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::Command;
use crate::domain::change::ActKind;
use crate::domain::document::Document;
use crate::domain::id::{ActId, CircleId, Key, Space};
use crate::domain::search::Hit;
use crate::engine::query::{Answer, LogRow, MOST_ROWS, Query};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::view::{
    Arg, Ask, CommandId, EraseTarget, Paint, Reply, Request, Screen, Tag, View,
};

/// What a line of the log is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The word that confirms an erase.
    Erase,
}

/// Acts that are fetched at once.
const PAGE: usize = 60;

/// The screen of acts and trash.
#[derive(Clone, Debug, Default)]
pub struct Log {
    in_trash: bool,
    cursor: Cursor<ActId>,
    trash_cursor: Cursor<Key>,
    acts: Vec<LogRow>,
    /// Whose acts these are; all circles' without.
    of: Option<CircleId>,
    more: bool,
    answered: bool,
    trash: Vec<(Key, Document)>,
    /// Where more lies in the trash than was told.
    more_trash: BTreeSet<Space>,
    marked: BTreeSet<Key>,
    asking: Vec<Key>,
    /// The number of a row whose newest act is looked for: `D3`.
    sought: Option<String>,
}

/// While a session runs its circle alone is shown, since the room may see the screen.
fn circle(view: &View<'_>) -> Option<CircleId> {
    view.state.running().map(|(circle, ..)| circle)
}

impl Log {
    fn act_rows(&self) -> Vec<ActId> {
        self.acts.iter().map(|act| act.id).collect()
    }

    fn trash_rows(&self) -> Vec<Key> {
        self.trash.iter().map(|(key, _)| *key).collect()
    }

    fn here(&self) -> Option<&LogRow> {
        let rows = self.act_rows();
        self.acts.get(self.cursor.place(&rows))
    }

    /// The marked rows of the trash, else the one under the cursor.
    fn targets(&self) -> Vec<Key> {
        let rows = self.trash_rows();
        let marked = rows.iter().filter(|key| self.marked.contains(key));
        let marked: Vec<Key> = marked.copied().collect();
        if marked.is_empty() {
            return self.trash_cursor.item(&rows).into_iter().collect();
        }
        marked
    }

    fn in_acts(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = self.act_rows();
        let at_end = !rows.is_empty() && self.cursor.place(&rows) + 1 == rows.len();
        let onwards = matches!(id, CommandId::Down | CommandId::PageDown | CommandId::End);
        if onwards && at_end && self.more {
            return self.older(view);
        }
        if self.cursor.step(id, &rows) {
            return Reply::Handled;
        }
        let Some(act) = self.here() else {
            return Reply::Ignored;
        };
        match id {
            CommandId::Open | CommandId::Undo if self.is_taken_back(act) => Reply::Refuse(format!(
                "{} is taken back already; {} brings back what was taken back last",
                act.title,
                view.keys.of(CommandId::Redo)
            )),
            CommandId::Open | CommandId::Undo if !act.in_force => Reply::Refuse(
                "that row is no step of its own, so there is nothing to take back".to_owned(),
            ),
            CommandId::Open | CommandId::Undo => Reply::submit(Command::Undo { act: Some(act.id) }),
            CommandId::Copy => Reply::Do(vec![Request::Copy(act.title.clone())]),
            _ => Reply::Ignored,
        }
    }

    /// Whether what an act did was taken back and not brought back since. Pauses and time left out are no
    /// steps, and what takes back or brings back is itself never taken back.
    fn is_taken_back(&self, act: &LogRow) -> bool {
        let turns = |other: &&LogRow| match other.kind {
            ActKind::Do => false,
            ActKind::Undo(of) | ActKind::Redo(of) => of == act.id,
        };
        // Newest first, so the first one that turned it around decides.
        let last = self.acts.iter().find(turns);
        act.kind == ActKind::Do
            && !act.in_force
            && last.is_some_and(|last| matches!(last.kind, ActKind::Undo(_)))
    }

    fn older(&self, view: &View<'_>) -> Reply {
        let Some(last) = self.acts.last() else {
            return Reply::Ignored;
        };
        Reply::Do(vec![Request::Ask(Query::Log {
            circle: circle(view),
            before: last.seq,
            limit: PAGE,
        })])
    }

    /// Asks for what lies behind the last row of the trash.
    fn more_trash(&self) -> Option<Reply> {
        let told = |space: Space| {
            self.trash
                .iter()
                .filter(|(key, _)| key.space == space)
                .count()
        };
        let asks = self.more_trash.iter().map(|space| {
            Request::Ask(Query::Trash {
                space: *space,
                skip: told(*space),
                limit: MOST_ROWS,
            })
        });
        let asks: Vec<Request> = asks.collect();
        (!asks.is_empty()).then_some(Reply::Do(asks))
    }

    fn take_trash(
        &mut self,
        (space, skip): (Space, usize),
        rows: Vec<(Key, Document)>,
        more: bool,
    ) {
        let known: BTreeSet<Key> = rows.iter().map(|(key, _)| *key).collect();
        let end = rows.last().and_then(|(_, document)| document.trashed());
        // What was fetched behind the page stays, so that a cursor far back is not lost.
        let behind = |document: &Document| skip > 0 || (more && document.trashed() <= end);
        self.trash.retain(|(key, document)| {
            key.space != space || (!known.contains(key) && behind(document))
        });
        let further = self.trash.iter().any(|(key, _)| key.space == space);
        self.trash.extend(rows);
        if !more {
            self.more_trash.remove(&space);
        } else if skip > 0 || !further {
            self.more_trash.insert(space);
        }
        // Those of one time stay in the order in which they were told.
        self.trash
            .sort_by_key(|(_, document)| std::cmp::Reverse(document.trashed()));
    }

    fn in_trash(&mut self, id: CommandId) -> Reply {
        let rows = self.trash_rows();
        let at_end = !rows.is_empty() && self.trash_cursor.place(&rows) + 1 == rows.len();
        let onwards = matches!(id, CommandId::Down | CommandId::PageDown | CommandId::End);
        if let Some(reply) = self.more_trash().filter(|_| onwards && at_end) {
            return reply;
        }
        if self.trash_cursor.step(id, &rows) {
            return Reply::Handled;
        }
        let keys = self.targets();
        if keys.is_empty() {
            return Reply::Ignored;
        }
        match id {
            CommandId::Open => {
                self.marked.clear();
                Reply::submit(Command::Trash {
                    keys,
                    trashed: false,
                })
            }
            CommandId::Mark => {
                if let Some(key) = self.trash_cursor.item(&rows)
                    && !self.marked.remove(&key)
                {
                    self.marked.insert(key);
                }
                self.trash_cursor.step(CommandId::Down, &rows);
                Reply::Handled
            }
            CommandId::MarkAll if rows.iter().all(|key| self.marked.contains(key)) => {
                self.marked.clear();
                Reply::Handled
            }
            CommandId::MarkAll => {
                self.marked.extend(rows);
                Reply::Handled
            }
            CommandId::Remove | CommandId::Erase => {
                let what = match keys.len() {
                    1 => "this row".to_owned(),
                    many => format!("{many} rows"),
                };
                self.asking = keys;
                Reply::Ask(Ask {
                    tag: Asked::Erase.into(),
                    label: format!("Erase {what} for good"),
                    text: String::new(),
                    help: "Type erase. This is the one thing that u does not take back".to_owned(),
                })
            }
            _ => Reply::Ignored,
        }
    }

    fn take(&mut self, before: u64, rows: &[LogRow], more: bool) {
        if before == u64::MAX {
            // What was fetched behind the page stays, so that a cursor far back is not lost.
            let end = rows.last().map_or(0, |last| last.seq);
            let mut older = std::mem::take(&mut self.acts);
            older.retain(|act| more && act.seq < end);
            self.acts = rows.to_vec();
            self.acts.append(&mut older);
        } else {
            self.acts.retain(|act| act.seq >= before);
            self.acts.extend(rows.iter().cloned());
        }
        self.more = more;
        self.answered = true;
        if let Some(number) = &self.sought {
            let about = |act: &LogRow| act.title.split(' ').next() == Some(number);
            let place = self.acts.iter().position(about);
            if let Some(place) = place {
                self.cursor.put(place, &self.act_rows());
            }
            if place.is_some() || !more {
                self.sought = None;
            }
        }
    }
}

impl Screen for Log {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        let (acts, trash) = (
            !self.in_trash && !paint.covered,
            self.in_trash && !paint.covered,
        );
        if area.width >= TWO_COLUMNS {
            let left = Rect {
                width: area.width - 48,
                ..area
            };
            let right = Rect {
                x: area.x + left.width,
                width: 48,
                ..area
            };
            self.draw_acts((left, acts), buf, paint);
            self.draw_trash((right, trash), buf, paint);
        } else if self.in_trash {
            self.draw_trash((area, trash), buf, paint);
        } else {
            self.draw_acts((area, acts), buf, paint);
        }
        None
    }

    fn run(&mut self, id: CommandId, _arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane | CommandId::PreviousPane => self.in_trash = !self.in_trash,
            CommandId::Close if !self.marked.is_empty() => self.marked.clear(),
            CommandId::Close if self.in_trash => self.in_trash = false,
            _ if self.in_trash => return self.in_trash(id),
            _ => return self.in_acts(id, view),
        }
        Reply::Handled
    }

    fn offers(&self, _view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        if self.in_trash && self.trash.is_empty() {
            return vec![(CommandId::NextPane, "what was done")];
        }
        if self.in_trash {
            return vec![
                (CommandId::Open, "back from the trash"),
                (CommandId::Mark, "mark"),
                (CommandId::MarkAll, "mark all"),
                (CommandId::Remove, "erase for good"),
                (CommandId::NextPane, "what was done"),
            ];
        }
        let mut offers = Vec::new();
        if self.here().is_some_and(|act| act.in_force) {
            offers.push((CommandId::Open, "take this back"));
        }
        offers.push((CommandId::NextPane, "trash"));
        offers
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        // Looking for one act goes on from page to page until it is there.
        let seeking = self.sought.is_some() && self.more;
        let last = self.acts.last().filter(|_| seeking);
        let log = Query::Log {
            circle: circle(view),
            before: last.map_or(u64::MAX, |act| act.seq),
            limit: last.map_or(self.acts.len().clamp(PAGE, MOST_ROWS), |_| MOST_ROWS),
        };
        // Questions that were let go belong to no circle.
        let spaces = view.circle.map(Space::Circle).into_iter();
        let trash = spaces.chain([Space::Org]).map(|space| Query::Trash {
            space,
            skip: 0,
            limit: MOST_ROWS,
        });
        std::iter::once(log).chain(trash).collect()
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        match (query, answer) {
            (Query::Log { before, circle, .. }, Answer::Log { rows, more }) => {
                if self.of != *circle {
                    self.acts.clear();
                    self.of = *circle;
                }
                self.take(*before, rows, *more);
            }
            (Query::Trash { space, skip, .. }, Answer::Rows { rows, more }) => {
                let document = |row: &crate::engine::query::Row| {
                    let document = Document::from_body(&row.key, &row.body).ok()?;
                    Some((row.key, document))
                };
                let here = view.circle.map(Space::Circle);
                let shown = |space: Space| space == Space::Org || Some(space) == here;
                self.trash.retain(|(key, _)| shown(key.space));
                self.more_trash.retain(|space| shown(*space));
                let rows = rows.iter().filter_map(document).collect();
                self.take_trash((*space, *skip), rows, *more);
            }
            _ => {}
        }
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        self.in_trash = false;
        self.sought = Some(found.label.clone());
        self.acts.clear();
        self.answered = false;
    }

    fn entered(&mut self, tag: Tag, text: &str, _view: &View<'_>) -> Reply {
        if tag != Tag::Log(Asked::Erase) {
            return Reply::Ignored;
        }
        if text.trim() != "erase" {
            return Reply::Refuse("type erase to erase, Esc to keep".to_owned());
        }
        self.marked.clear();
        let keys = std::mem::take(&mut self.asking);
        Reply::Do(vec![Request::Erase(EraseTarget::Rows(keys))])
    }
}
