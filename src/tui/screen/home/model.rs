//! What Home shows, in order and counted, made once for each change of the documents and each day: drawing and keys
//! only look it up, however many rows there are.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::attention::need;
use crate::domain::circle::{Circle, CircleKind};
use crate::domain::clock::Moment;
use crate::domain::health::Figures;
use crate::domain::id::{ActionId, CircleId, Key, Kind, MemberId, SessionId};
use crate::domain::item::Due;
use crate::domain::look;
use crate::domain::progress::Progress;
use crate::domain::readiness::Readiness;
use crate::domain::session::Session;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::tui::pane::stage;
use crate::tui::screen::home::book;
use crate::tui::screen::memo;
use crate::tui::view::View;

/// A circle in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Which.
    pub(super) id: CircleId,
    /// What it is called.
    pub(super) name: Clean,
    /// What it meets for.
    pub(super) kind: CircleKind,
    /// Whether its session is running.
    pub(super) runs: bool,
    /// What is counted of what is in memory.
    pub(super) figures: Figures,
}

/// The next session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Next {
    /// Its circle.
    pub(super) circle: CircleId,
    /// Which.
    pub(super) session: SessionId,
    /// How far it is prepared.
    pub(super) readiness: Readiness,
    /// Actions of the circle that are open, and how many of them are late.
    pub(super) open: (u32, u32),
}

/// Everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Model {
    /// What wants a look: sessions that were not held, decisions, then actions, soonest due first; where nothing
    /// does, all that is open.
    pub(super) attention: Vec<Key>,
    /// Whether nothing wants a look.
    pub(super) calm: bool,
    /// Everything that is open.
    pub(super) open: usize,
    /// How many of them are listed.
    pub(super) shown_open: usize,
    /// The circles, by when they meet next.
    pub(super) circles: Vec<Line>,
    /// The next session of the circle that is chosen, unless one is running.
    pub(super) next: Option<Next>,
    /// The circle that the upper panes are about.
    pub(super) shown: Option<CircleId>,
    /// What circles read: the title, and how they stand in it.
    pub(super) reads: BTreeMap<CircleId, (Clean, Progress)>,
}

/// What it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    rev: u64,
    today: NaiveDate,
    /// A session counts as not held from some hour on.
    hour: i64,
    circle: Option<CircleId>,
    me: Option<MemberId>,
}

/// The model that was made last.
#[derive(Debug, Default)]
pub(super) struct Memo(memo::Memo<Stamp, Model>);

impl Memo {
    /// The model of what is seen now.
    pub(super) fn of(&self, view: &View<'_>) -> Rc<Model> {
        let stamp = Stamp {
            rev: view.state.rev(),
            today: view.now.date(view.zone),
            hour: view.now.millis() / 3_600_000,
            circle: view.circle,
            me: view.me,
        };
        self.0.of(stamp, || Model::of(view))
    }
}

impl Model {
    fn of(view: &View<'_>) -> Self {
        let state = view.state;
        let only = state.running().map(|(circle, ..)| circle);
        let mut model = Self::default();
        let (mut rows, mut first) = (Vec::new(), Vec::new());
        let circles = state
            .circles()
            .filter(|circle| circle.archived.is_none())
            .filter(|circle| only.is_none_or(|only| only == circle.id));
        for circle in circles {
            let read = book::read(circle.id, view);
            model.reads.extend(read.map(|read| (circle.id, read)));
            let figures = figures(circle, view, &mut rows);
            first.extend(beside_actions(circle.id, view));
            model.open += usize::try_from(figures.open).unwrap_or(usize::MAX);
            model.circles.push(Line {
                id: circle.id,
                name: circle.name.clone(),
                kind: circle.kind,
                runs: only.is_some(),
                figures,
            });
        }
        model.calm = first.is_empty() && rows.iter().all(|row| !row.0);
        rows.retain(|row| model.calm || row.0);
        rows.sort_unstable();
        first.sort_unstable();
        model.shown_open = rows.len();
        model.attention = first.into_iter().map(|(.., key)| key).collect();
        model.attention.extend(
            rows.into_iter()
                .map(|(.., (circle, id))| Key::circle(circle, Kind::Action, id.0)),
        );
        model
            .circles
            .sort_by_key(|line| (line.figures.next.is_none(), line.figures.next, line.id));
        model.next = if only.is_none() {
            next(view, &model.circles)
        } else {
            None
        };
        model.shown = only
            .or_else(|| model.next.as_ref().map(|next| next.circle))
            .or_else(|| view.circle.filter(|id| state.circle(*id).is_some()))
            .or_else(|| model.circles.first().map(|line| line.id));
        model
    }

    /// Whether the circles have a table of counts: for whoever looks after several.
    pub(super) const fn has_table(&self) -> bool {
        self.circles.len() > 1
    }

    /// The circles in their order.
    pub(super) fn circle_ids(&self) -> Vec<CircleId> {
        self.circles.iter().map(|line| line.id).collect()
    }

    /// A circle of the list.
    pub(super) fn line(&self, id: CircleId) -> Option<&Line> {
        self.circles.iter().find(|line| line.id == id)
    }
}

fn next(view: &View<'_>, circles: &[Line]) -> Option<Next> {
    let (circle, session) = stage::next_session(view)?;
    let people = view.state.people_of(circle.id, session);
    let figures = circles.iter().find(|line| line.id == circle.id);
    let open = figures.map(|line| (line.figures.open, line.figures.late));
    Some(Next {
        circle: circle.id,
        session: session.id,
        readiness: Readiness::of(session, people),
        open: open.unwrap_or_default(),
    })
}

/// Sessions of a circle that were not held, and decisions whose second look is due: first the ones, then the others,
/// each the longest due first.
fn beside_actions(
    circle: CircleId,
    view: &View<'_>,
) -> impl Iterator<Item = (bool, NaiveDate, Key)> {
    let (state, zone) = (view.state, view.zone);
    let today = view.now.date(zone);
    let missed = state.missed_sessions(circle, view.now).into_iter();
    let looks = look::due(state, circle, today).into_iter();
    let missed = missed.map(move |row| {
        let key = Key::circle(circle, Kind::Session, row.id.0);
        (false, row.start.date(zone), key)
    });
    let looks = looks.map(move |row| {
        let key = Key::circle(circle, Kind::Decision, row.id.0);
        (true, row.revisit.unwrap_or(today), key)
    });
    missed.chain(looks)
}

/// Where a row stands: by the day it is due, those of the next session behind others of the day, undated ones last; then
/// by age.
type Place = (Option<(NaiveDate, bool)>, Moment);
/// What is open, each with whether it wants a look and with its place.
type Rows = Vec<(bool, (bool, Place), (CircleId, ActionId))>;

/// Counts what a circle has in memory, and adds what is open to `rows`.
fn figures(circle: &Circle, view: &View<'_>, rows: &mut Rows) -> Figures {
    let (state, today): (&State, NaiveDate) = (view.state, view.now.date(view.zone));
    let next = state
        .next_session(circle.id, view.now)
        .map(|session| session.start);
    let running = state
        .running()
        .filter(|(running, ..)| *running == circle.id);
    let running = running.map(|(_, session, _)| session);
    let last = running.or_else(|| state.last_session(circle.id));
    let mut figures = Figures {
        last: last.map(Session::begins),
        next,
        ..Figures::new(circle.created)
    };
    // A session that was not held when it was planned makes nothing late.
    let next_day = next
        .map(|at| at.date(view.zone))
        .filter(|day| *day >= today);
    let open = state.actions(circle.id);
    for action in open.filter(|action| action.state.is_open() && action.trashed.is_none()) {
        let day = match action.due {
            Due::On(day) => Some(day),
            Due::NextSession => next_day,
            Due::None => None,
        };
        figures.open += 1;
        figures.late += u32::from(day.is_some_and(|day| day < today));
        let place = day.map(|day| (day, action.due == Due::NextSession));
        let place = (place.is_none(), (place, action.origin.at));
        let wanted = need(action, day, today).is_some();
        rows.push((wanted, place, (circle.id, action.id)));
    }
    figures
}
