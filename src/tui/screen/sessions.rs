//! Sessions of the circle: what is planned, and what has been, with minutes to read again, attendance and rows to
//! correct. Keeps cursors and what the store told.

mod asked;
mod list;
mod minutes;
mod plan;
mod record;
pub(super) mod revisit;
#[cfg(test)]
mod tests;
pub(super) mod time;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, SessionId};
use crate::domain::search::Hit;
use crate::domain::session::{Session, SessionState};
use crate::domain::template::Template;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::sessions::plan::ask_move;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::view::{
    Arg, CommandId, EraseTarget, Format, Paint, Reply, Request, Screen, Tag, View,
};

pub use asked::Asked;

/// Records that are fetched at once, for the counts in the list.
const AT_ONCE: usize = 12;

/// The screen of sessions.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    templates: Vec<Template>,
    reading: bool,
    cursor: Cursor<SessionId>,
    line: Cursor<usize>,
    past: Vec<Session>,
    past_of: Option<CircleId>,
    records: BTreeMap<SessionId, Vec<(Key, Document)>>,
    asking: Option<SessionId>,
    asking_row: Option<Key>,
    /// What the rows of the open list plan.
    planning: Vec<Plan>,
    /// The row that a search found, until its line is there.
    aimed: Option<Key>,
}

/// The rows of the list.
struct Listed<'a> {
    /// Running and planned, soonest first.
    ahead: Vec<&'a Session>,
    /// Ended, latest first.
    past: Vec<&'a Session>,
}

impl<'a> Listed<'a> {
    fn rows(&self) -> Vec<SessionId> {
        let all = self.ahead.iter().chain(&self.past);
        all.map(|session| session.id).collect()
    }

    fn get(&self, id: SessionId) -> Option<&'a Session> {
        let mut all = self.ahead.iter().chain(&self.past);
        all.find(|session| session.id == id).copied()
    }
}

impl Sessions {
    /// A screen that plans from these templates, and from an empty agenda, which needs none.
    pub fn new(mut templates: Vec<Template>) -> Self {
        templates.retain(|template| !template.blocks.is_empty());
        Self {
            templates,
            ..Self::default()
        }
    }

    fn listed<'a>(&'a self, view: &View<'a>) -> Listed<'a> {
        let (mut ahead, mut past) = (Vec::new(), Vec::new());
        let Some(circle) = view.circle else {
            return Listed { ahead, past };
        };
        let told: &[Session] = if self.past_of == Some(circle) {
            &self.past
        } else {
            &[]
        };
        let told = told
            .iter()
            .filter(|session| view.state.session(circle, session.id).is_none());
        for session in view.state.sessions(circle).chain(told) {
            match session.state {
                SessionState::Planned | SessionState::Running => ahead.push(session),
                SessionState::Ended => past.push(session),
                SessionState::Cancelled => {}
            }
        }
        ahead.sort_by_key(|session| (session.begins(), session.number));
        past.sort_by_key(|session| std::cmp::Reverse((session.begins(), session.number)));
        Listed { ahead, past }
    }

    fn here<'a>(&'a self, view: &View<'a>) -> Option<&'a Session> {
        let listed = self.listed(view);
        let id = self.cursor.item(&listed.rows())?;
        listed.get(id)
    }

    fn in_list(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let rows = self.listed(view).rows();
        if self.cursor.step(id, &rows) {
            self.line = Cursor::default();
            return self.fetch(view);
        }
        let (Some(session), Some(circle)) = (self.here(view), view.circle) else {
            return Reply::Ignored;
        };
        let (number, state, session_id) = (session.number, session.state, session.id);
        match id {
            CommandId::Open => {
                self.reading = true;
                self.fetch(view)
            }
            CommandId::Due | CommandId::Remove | CommandId::MoveSession
                if state != SessionState::Planned =>
            {
                Reply::Refuse(format!("session #{number} is not planned any more"))
            }
            CommandId::Due | CommandId::MoveSession => {
                self.asking = Some(session_id);
                ask_move(number, arg)
            }
            CommandId::Remove | CommandId::CancelSession => Reply::submit(Command::CancelSession {
                circle,
                session: session_id,
            }),
            CommandId::SkipSession => Reply::submit(Command::SkipSession {
                circle,
                session: session_id,
            }),
            CommandId::Erase => erase(circle, session),
            _ => Reply::Ignored,
        }
    }

    /// Records that are not here yet, that of the session under the cursor first.
    fn missing(&self, view: &View<'_>) -> Vec<Query> {
        let Some(circle) = view.circle else {
            return Vec::new();
        };
        let listed = self.listed(view);
        let here = self.here(view).map(|session| session.id);
        let mut ids: Vec<SessionId> = listed.past.iter().map(|session| session.id).collect();
        ids.sort_by_key(|id| Some(*id) != here);
        ids.into_iter()
            .filter(|id| !self.records.contains_key(id))
            .take(AT_ONCE)
            .map(|session| Query::Record { circle, session })
            .collect()
    }

    /// Asks for what is missing.
    fn fetch(&self, view: &View<'_>) -> Reply {
        let missing = self.missing(view);
        if missing.is_empty() {
            return Reply::Handled;
        }
        Reply::Do(missing.into_iter().map(Request::Ask).collect())
    }

    fn write(&self, format: Format, view: &View<'_>) -> Reply {
        match (self.here(view), view.circle) {
            (Some(session), Some(circle)) if session.state == SessionState::Ended => {
                Reply::Do(vec![Request::Minutes(circle, session.id, format)])
            }
            (Some(session), _) => {
                Reply::Refuse(format!("session #{} has no minutes yet", session.number))
            }
            _ => Reply::Ignored,
        }
    }
}

/// Asks for the word that erases a session with everything written down in it.
fn erase(circle: CircleId, session: &Session) -> Reply {
    let name = format!("session #{} with all that is in it", session.number);
    let target = EraseTarget::Session(circle, session.id);
    Reply::Do(vec![Request::ConfirmErase(target, name)])
}

impl Screen for Sessions {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        let list = !self.reading && !paint.covered;
        let record = self.reading && !paint.covered;
        if area.width >= TWO_COLUMNS {
            let left = Rect { width: 60, ..area };
            let right = Rect {
                x: area.x + 60,
                width: area.width - 60,
                ..area
            };
            self.draw_list((left, list), buf, paint);
            self.draw_record((right, record), buf, paint);
        } else if self.reading {
            self.draw_record((area, record), buf, paint);
        } else {
            self.draw_list((area, list), buf, paint);
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane | CommandId::PreviousPane => self.reading = !self.reading,
            CommandId::Close if self.reading => self.reading = false,
            CommandId::Add | CommandId::PlanSession => return Self::ask_plan(arg, view),
            CommandId::WriteMarkdown
            | CommandId::WriteHtml
            | CommandId::WriteCsv
            | CommandId::WriteJson
            | CommandId::WriteTodo => {
                return Format::of(id).map_or(Reply::Ignored, |format| self.write(format, view));
            }
            _ if self.reading => return self.in_record(id, arg, view),
            _ => return self.in_list(id, arg, view),
        }
        if self.reading {
            return self.fetch(view);
        }
        Reply::Handled
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let Some(session) = self.here(view) else {
            return vec![(CommandId::Add, "plan a session")];
        };
        if self.reading {
            return self.record_offers(session, view);
        }
        match session.state {
            SessionState::Ended => vec![
                (CommandId::Open, "minutes"),
                (CommandId::WriteMarkdown, "write out"),
                (CommandId::Add, "plan one"),
            ],
            SessionState::Planned => vec![
                (CommandId::Open, "agenda"),
                (CommandId::Due, "move"),
                (CommandId::Remove, "call off"),
                (CommandId::Add, "plan one"),
            ],
            SessionState::Running | SessionState::Cancelled => vec![
                (CommandId::GoLive, "live"),
                (CommandId::Open, "agenda"),
                (CommandId::Add, "plan one"),
            ],
        }
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let Some(circle) = view.circle else {
            return Vec::new();
        };
        let all = Query::Sessions {
            circle,
            limit: MOST_ROWS,
        };
        // What was fetched may have been changed from elsewhere; the one that is read is asked for again.
        let here = self.here(view).map(|session| session.id);
        let again = here
            .filter(|id| self.records.contains_key(id))
            .map(|session| Query::Record { circle, session });
        std::iter::once(all)
            .chain(again)
            .chain(self.missing(view))
            .collect()
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        let Answer::Rows { rows, .. } = answer else {
            return;
        };
        let documents = rows.iter().filter_map(|row| {
            let document = Document::from_body(&row.key, &row.body).ok()?;
            Some((row.key, document))
        });
        match query {
            Query::Sessions { circle, .. } => {
                self.past_of = Some(*circle);
                let session = |(_, document)| match document {
                    Document::Session(session) => Some(session),
                    _ => None,
                };
                self.past = documents.filter_map(session).collect();
            }
            Query::Record { session, .. } => {
                self.records.insert(*session, documents.collect());
                self.reach(view);
            }
            _ => {}
        }
    }

    fn aim(&mut self, found: &Hit, view: &View<'_>) {
        let Some(session) = found.session else { return };
        self.cursor.aim(session);
        self.line = Cursor::default();
        self.reading = true;
        self.aimed = Some(found.key);
        self.reach(view);
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        let Tag::Sessions(asked) = tag else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Move => self.entered_move(text, view),
            Asked::Plan => self.entered_plan(text, view),
            Asked::Text => self.entered_text(text, view),
            Asked::Revisit => self.entered_revisit(text, view),
            Asked::Source => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match (tag, view.circle, self.planning.get(row)) {
            (Tag::Sessions(Asked::Source), Some(circle), Some(plan)) => {
                let plan = plan.clone();
                Reply::submit(Command::PlanSession { circle, plan })
            }
            _ => Reply::Ignored,
        }
    }
}
