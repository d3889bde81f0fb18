//! The review: goes through actions one by one, says what each of them wants to know, and at the end what came of
//! it. Keeps which were looked at; every change is a command of its own, saved at once.

mod asked;
mod draw;
mod end;
#[cfg(test)]
mod tests;
mod verbs;

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::document::Document;
use crate::domain::id::{ActionId, CircleId, Key, Kind, SessionId};
use crate::domain::item::{Action, Owner};
use crate::domain::question::QuestionKind;
use crate::domain::review::{Became, reflect};
use crate::domain::session::Session;
use crate::domain::text::Clean;
use crate::engine::query::{Answer, MOST_ROWS, Query, QuestionRow};
use crate::tui::screen::own::Own;
use crate::tui::screen::words;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, Screen, ScreenId, Tag, View, Walk};

pub use asked::Asked;

/// What was done about an action, and how it was before.
#[derive(Clone, Debug)]
struct Looked {
    became: Became,
    /// How it was, to see whether what was done still stands.
    before: Action,
}

/// A step of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// This row was left as it is: nothing was saved.
    Kept(ActionId),
    /// Something was saved about this row, and the walk went on.
    Acted(ActionId),
    /// Something was saved, and the walk stayed where it was.
    Stayed,
}

/// The screen of a review.
#[derive(Clone, Debug, Default)]
pub struct Review {
    circle: Option<CircleId>,
    /// What is gone through, in order.
    rows: Vec<ActionId>,
    /// Whether these are actions of whoever sits here.
    own: bool,
    /// Circles in which more of theirs are open, with how many.
    elsewhere: Vec<(Clean, usize)>,
    /// The place of the row that is asked about; behind the last one is the end.
    at: usize,
    looked: BTreeMap<ActionId, Looked>,
    /// What was done in this walk, in order.
    order: Vec<Step>,
    /// Who may be picked in the list that is open.
    owners: Vec<Owner>,
    /// The row that a line or list is about.
    asking: Option<ActionId>,
    went: Own,
    question: Option<QuestionRow>,
    sessions: BTreeMap<SessionId, Session>,
}

impl Review {
    /// Begins a walk through actions of the circle that is shown.
    pub(in crate::tui) fn begin(&mut self, walk: Walk, circle: Option<CircleId>) {
        *self = Self {
            circle,
            rows: walk.rows,
            own: walk.own,
            elsewhere: walk.elsewhere,
            went: std::mem::take(&mut self.went),
            sessions: std::mem::take(&mut self.sessions),
            ..Self::default()
        };
    }

    fn key(&self, id: ActionId) -> Option<Key> {
        self.circle
            .map(|circle| Key::circle(circle, Kind::Action, id.0))
    }

    fn action<'a>(&self, id: ActionId, view: &View<'a>) -> Option<&'a Action> {
        view.state.action(self.circle?, id)
    }

    /// The row that is asked about; `None` at the end.
    fn current<'a>(&self, view: &View<'a>) -> Option<&'a Action> {
        self.action(*self.rows.get(self.at)?, view)
    }

    /// What became of a row in this walk, as far as it still stands.
    fn became(&self, id: ActionId, view: &View<'_>) -> Option<Became> {
        let looked = self.looked.get(&id)?;
        let stands = looked.became == Became::Kept
            || self
                .action(id, view)
                .is_none_or(|now| *now != looked.before);
        stands.then_some(looked.became)
    }

    /// What became of the rows that were looked at.
    fn all_became(&self, view: &View<'_>) -> Vec<Became> {
        let all = self.rows.iter();
        all.filter_map(|id| self.became(*id, view)).collect()
    }

    /// A row was looked at: on to the next that was not, else to the end.
    fn pass_on(&mut self, action: &Action, became: Became, view: &View<'_>) {
        let id = action.id;
        let looked = Looked {
            became,
            before: action.clone(),
        };
        self.looked.insert(id, looked);
        self.order.push(match became {
            Became::Kept => Step::Kept(id),
            _ => Step::Acted(id),
        });
        self.go_on(id, view);
    }

    /// Whether a row is still to be asked about: it was not looked at, or what was done about it did not hold.
    fn is_left(&self, id: ActionId, view: &View<'_>) -> bool {
        match self.looked.get(&id) {
            None => true,
            Some(looked) => looked.before.state.is_open() && self.became(id, view).is_none(),
        }
    }

    /// On from a row to the next one that is left, else to the end.
    fn go_on(&mut self, id: ActionId, view: &View<'_>) {
        let place = self.rows.iter().position(|row| *row == id);
        let from = place.map_or(self.at, |place| place + 1);
        let next = |range: std::ops::Range<usize>| {
            let mut range = range;
            range.find(|at| {
                let row = self.rows.get(*at);
                // What was asked for this one is not known yet.
                row.is_some_and(|row| *row != id && self.is_left(*row, view))
            })
        };
        self.at = next(from..self.rows.len())
            .or_else(|| next(0..from))
            .unwrap_or(self.rows.len());
    }

    /// The row of the last step is asked about again; taking its act back, where there is one, is the shell's.
    fn back_to_last(&mut self) -> Reply {
        let step = self.order.pop();
        if let Some(Step::Kept(last) | Step::Acted(last)) = step {
            self.looked.remove(&last);
            let place = self.rows.iter().position(|row| *row == last);
            self.at = place.unwrap_or(self.at);
        }
        match step {
            Some(Step::Kept(_)) => Reply::Handled,
            Some(Step::Acted(_) | Step::Stayed) | None => Reply::Ignored,
        }
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.rows.len()
    }

    fn step(&mut self, id: CommandId) -> bool {
        let last = self.rows.len();
        self.at = match id {
            CommandId::Down => (self.at + 1).min(last),
            CommandId::Up | CommandId::PreviousPrompt => self.at.saturating_sub(1),
            CommandId::Top => 0,
            CommandId::End => last,
            _ => return false,
        };
        true
    }

    /// Sessions from which rows come and that are not in memory.
    fn unknown_sessions(&self, view: &View<'_>) -> Vec<Key> {
        let Some(circle) = self.circle else {
            return Vec::new();
        };
        let unknown: BTreeSet<SessionId> = self
            .rows
            .iter()
            .filter_map(|id| self.action(*id, view)?.origin.session)
            .filter(|id| view.state.session(circle, *id).is_none())
            .filter(|id| !self.sessions.contains_key(id))
            .collect();
        let keys = unknown.into_iter().take(MOST_ROWS);
        keys.map(|id| Key::circle(circle, Kind::Session, id.0))
            .collect()
    }

    /// The reflection of the week, where one may be offered.
    fn reflection(&self, view: &View<'_>) -> Option<Query> {
        let circle = self
            .circle
            .filter(|_| self.own && self.question.is_none())?;
        let member = view.state.member(circle, view.me?)?;
        let today = words::today(view);
        reflect::is_due(member, today, view.zone).then(|| Query::Draw {
            circle,
            kinds: vec![Some(QuestionKind::Reflection)],
            without: reflect::without(member),
            seed: reflect::seed(member.id, today),
            part: None,
        })
    }
}

impl Screen for Review {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        self.draw_all(area, buf, paint);
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        if self.step(id) {
            return Reply::Handled;
        }
        match id {
            CommandId::Quit | CommandId::Close => Reply::Do(vec![Request::Go(ScreenId::Actions)]),
            CommandId::Undo => self.back_to_last(),
            CommandId::Open if self.is_at_end() => self.answer_question(view),
            _ => match self.current(view) {
                Some(action) => self.verb(id, arg, action, view),
                None => Reply::Ignored,
            },
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let back = (CommandId::Quit, "to the list");
        if self.is_at_end() {
            let mut offers = Vec::new();
            if self.asks(view).is_some() {
                offers.push((CommandId::Open, "answer"));
            }
            offers.extend([
                back,
                (CommandId::PreviousPrompt, "back"),
                (CommandId::Undo, "take back"),
            ]);
            return offers;
        }
        vec![
            (CommandId::Done, "done"),
            (CommandId::NextPrompt, "keep, next"),
            (CommandId::Due, "new date"),
            (CommandId::Partly, "partly"),
            (CommandId::Remove, "let go"),
            (CommandId::Owner, "owner"),
            back,
            (CommandId::PreviousPrompt, "back"),
            (CommandId::Edit, "edit"),
        ]
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let mut wants = Vec::new();
        let sessions = self.unknown_sessions(view);
        if !sessions.is_empty() {
            wants.push(Query::Get(sessions));
        }
        if self.own {
            wants.extend(self.went.wants(view));
            wants.extend(self.reflection(view));
        }
        wants
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        if self.went.answered(query, answer, view) {
            return;
        }
        match answer {
            Answer::Questions { rows, .. } => self.question = rows.first().cloned(),
            Answer::Rows { rows, .. } => {
                for row in rows {
                    if let Ok(Document::Session(session)) = Document::from_body(&row.key, &row.body)
                    {
                        self.sessions.insert(session.id, session);
                    }
                }
            }
            _ => {}
        }
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match tag {
            Tag::Review(asked) => self.typed(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match tag {
            Tag::Review(asked) => self.picked(asked, row, view),
            _ => Reply::Ignored,
        }
    }
}
