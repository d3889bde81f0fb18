//! Going through the actions of earlier sessions: which was looked at, which comes next, and that none is passed by
//! accident. What was looked at is known here alone, for the session that runs.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::{Command, Step};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId, SessionId};
use crate::domain::item::{Action, Owner};
use crate::domain::live::Move;
use crate::domain::review::{self, Way};
use crate::domain::roster::Member;
use crate::domain::session::Session;
use crate::engine::query::{Query, Row};
use crate::tui::pane::review::Marks;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::{Asked, LiveScreen};
use crate::tui::view::{Arg, CommandId, Reply, Request};

/// The state of a review.
#[derive(Debug, Default)]
pub(super) struct Reviewing {
    /// Which session it belongs to; of another session only the rows below are known.
    session: Option<SessionId>,
    /// The marked row.
    mark: Option<Key>,
    looked: BTreeSet<Key>,
    /// Carried actions that were asked about.
    asked: BTreeSet<Key>,
    /// Sessions from which rows come and that are not in memory.
    sessions: BTreeMap<SessionId, Session>,
}

impl Reviewing {
    /// The place of the marked row.
    pub(super) fn at(&self, stage: &Stage<'_>, rows: &[&Action]) -> usize {
        self.mark
            .filter(|_| self.session == Some(stage.session.id))
            .and_then(|key| rows.iter().position(|row| stage.action_key(row) == key))
            .unwrap_or(0)
    }

    /// What the pane shows of it.
    pub(super) fn marks(&self, stage: &Stage<'_>, focused: bool) -> Marks<'_> {
        Marks {
            focused,
            at: self.at(stage, &stage.review()),
            looked: (self.session == Some(stage.session.id)).then_some(&self.looked),
            sessions: &self.sessions,
        }
    }

    /// Begins anew with another session.
    fn of(&mut self, session: SessionId) -> &mut Self {
        if self.session != Some(session) {
            *self = Self {
                session: Some(session),
                sessions: std::mem::take(&mut self.sessions),
                ..Self::default()
            };
        }
        self
    }

    /// Marks a row.
    pub(super) fn select(&mut self, stage: &Stage<'_>, row: Option<&&Action>) {
        if let Some(action) = row {
            self.of(stage.session.id).mark = Some(stage.action_key(action));
        }
    }

    /// How many rows were not looked at.
    fn left(&self, stage: &Stage<'_>) -> usize {
        let marks = self.marks(stage, false);
        let rows = stage.review();
        rows.iter().filter(|row| !marks.has(stage, row)).count()
    }

    /// A row was looked at: the mark goes to the next one that was not, else to the next open one.
    pub(super) fn pass_on(&mut self, key: Key, stage: &Stage<'_>) {
        let rows = stage.review();
        let Some(at) = rows.iter().position(|row| stage.action_key(row) == key) else {
            return;
        };
        self.of(stage.session.id).looked.insert(key);
        let marks = self.marks(stage, false);
        let ahead = || (at + 1..rows.len()).filter_map(|index| rows.get(index));
        let behind = || rows.iter().take(at);
        let next = ahead()
            .chain(behind())
            .find(|row| !marks.has(stage, row))
            .or_else(|| ahead().find(|row| row.state.is_open()))
            .map(|row| stage.action_key(row));
        self.mark = next.or(Some(key));
    }

    /// The mark goes to the first row of a person that was not looked at, else to their first open one.
    pub(super) fn turn_to(&mut self, member: MemberId, stage: &Stage<'_>) {
        let rows = stage.review();
        let marks = self.marks(stage, false);
        let theirs = |row: &&&Action| row.owner == Owner::Member(member) && row.state.is_open();
        let unseen = rows
            .iter()
            .filter(theirs)
            .find(|row| !marks.has(stage, row));
        let row = unseen.or_else(|| rows.iter().find(theirs));
        self.select(stage, row);
    }

    /// Whose row comes next: the marked one, else the first behind it and then before it that was not looked at,
    /// of somebody who can be called. Not of whoever has the floor.
    fn next_owner<'a>(&self, stage: &Stage<'a>) -> Option<&'a Member> {
        let marks = self.marks(stage, false);
        let rows = stage.review();
        let at = self.at(stage, &rows);
        let (before, from) = rows.split_at_checked(at)?;
        let speaker = stage.speaker().map(|speaker| speaker.id);
        from.iter()
            .chain(before)
            .filter(|row| row.state.is_open() && !marks.has(stage, row))
            .filter_map(|row| row.owner_id())
            .filter(|owner| Some(*owner) != speaker && stage.is_here(*owner))
            .find_map(|owner| stage.person(owner))
    }

    /// Whether this action is to be asked about before it gets another date; once in a session.
    pub(super) fn asks(&mut self, key: Key, action: &Action, stage: &Stage<'_>) -> bool {
        review::is_stuck(action) && self.of(stage.session.id).asked.insert(key)
    }

    /// What to ask the store for: the sessions from which rows come.
    pub(super) fn wants(&self, stage: &Stage<'_>) -> Option<Query> {
        let circle = stage.circle.id;
        let known = |id: &SessionId| stage.view.state.session(circle, *id).is_some();
        let sessions: BTreeSet<SessionId> = stage
            .review()
            .iter()
            .filter_map(|action| action.origin.session)
            .filter(|id| !known(id) && !self.sessions.contains_key(id))
            .collect();
        let key = |id: &SessionId| Key::circle(circle, Kind::Session, id.0);
        let keys: Vec<Key> = sessions.iter().map(key).collect();
        (stage.reviews() && !keys.is_empty()).then_some(Query::Get(keys))
    }

    /// The sessions that were asked for.
    pub(super) fn answered(&mut self, rows: &[Row]) {
        for row in rows {
            if let Ok(Document::Session(session)) = Document::from_body(&row.key, &row.body) {
                self.sessions.insert(session.id, session);
            }
        }
    }
}

impl LiveScreen {
    /// Whom `f` calls in a review: who has a hand up or a turn, else whose actions come next.
    pub(super) fn next_in_review<'a>(&self, stage: &Stage<'a>) -> Option<&'a Member> {
        let waits = || stage.next_speaker();
        let owner = || self.review.next_owner(stage);
        self.in_review(stage).then(|| waits().or_else(owner))?
    }

    /// Whom `f` calls.
    pub(super) fn called_next<'a>(&self, stage: &Stage<'a>) -> Option<&'a Member> {
        self.next_in_review(stage).or_else(|| stage.next_speaker())
    }

    /// `.` and `,` in a review.
    pub(super) fn go_through(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        let rows = stage.review();
        let at = self.review.at(stage, &rows);
        if id != CommandId::NextPrompt {
            self.review.select(stage, rows.get(at.saturating_sub(1)));
            return Reply::Handled;
        }
        let Some(action) = rows.get(at) else {
            return Reply::Handled;
        };
        self.review.pass_on(stage.action_key(action), stage);
        match self.review.left(stage) {
            0 => Reply::Say("every action was looked at".to_owned()),
            _ => Reply::Handled,
        }
    }

    /// What is asked before a review is left; `None` when nothing needs asking.
    pub(super) fn leaves_review(&self, to: Move, stage: &Stage<'_>) -> Option<Reply> {
        let left = if stage.reviews() {
            self.review.left(stage)
        } else {
            0
        };
        let request = match to {
            Move::Step(_) => return None,
            Move::Block(_) => Request::Submit(Command::Move(Step::Next)),
            Move::Edge => Request::Run(CommandId::WrapUp, Arg::None),
        };
        (left > 0).then(|| Reply::Twice {
            words: format!(
                "{} not looked at",
                say::count(left, "action was", "actions were")
            ),
            verb: match left {
                1 => "again leaves it as it is".to_owned(),
                _ => "again leaves them as they are".to_owned(),
            },
            then: vec![request],
        })
    }
}

/// What may help with an action that was carried again and again.
pub(super) fn carried(action: &Action) -> Reply {
    let title = review::stuck_words(action.carried);
    let rows = Way::ALL.map(|way| match way {
        Way::Smaller | Way::Help | Way::LetGo => way.words().to_owned(),
        Way::Keep => format!("{}, with a new date", way.words()),
    });
    Asked::Carried.list(title, rows.to_vec())
}
