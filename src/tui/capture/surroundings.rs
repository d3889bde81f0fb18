//! What the words of a captured line may refer to.

use chrono::NaiveDate;

use crate::domain::capture::Scene;
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::Member;
use crate::domain::series;
use crate::domain::when::Seen;
use crate::tui::view::View;

/// What the words of a line may refer to, gathered from the view.
pub struct Surroundings<'a> {
    members: Vec<&'a Member>,
    circles: Vec<(CircleId, &'a str)>,
    tags: Vec<&'a str>,
    me: Option<MemberId>,
    pub(super) floor: Option<MemberId>,
    presenter: Option<MemberId>,
    seen: Seen,
    next_session: Option<NaiveDate>,
    reads: bool,
    pub(super) here: Option<CircleId>,
    /// Whether a session runs.
    pub(super) runs: bool,
}

/// When the circle meets next: what is planned, else what its rhythm says after the session that runs.
fn next_start(view: &View<'_>, circle: CircleId) -> Option<Moment> {
    if let Some(planned) = view.state.next_session(circle, view.now) {
        return Some(planned.start);
    }
    let (running, ..) = view.state.running()?;
    let rhythm = view.state.circle(circle)?.rhythm?;
    let sessions = view.state.sessions(circle);
    (running == circle).then(|| series::next(&rhythm, sessions, view.now, view.zone))
}

impl<'a> Surroundings<'a> {
    /// Gathers them for the circle that is looked at.
    pub fn new(view: &View<'a>) -> Self {
        let circle = view.circle;
        let mut tags: Vec<&str> = circle
            .into_iter()
            .flat_map(|circle| view.state.actions(circle))
            .flat_map(|action| action.tags.iter().map(crate::domain::text::Clean::as_str))
            .collect();
        tags.sort_unstable();
        tags.dedup();
        let next_session = circle
            .and_then(|circle| next_start(view, circle))
            .map(|start| start.date(view.zone));
        Self {
            members: circle
                .map(|circle| view.state.members(circle))
                .unwrap_or_default(),
            circles: view
                .state
                .circles()
                .filter(|circle| circle.archived.is_none())
                .map(|circle| (circle.id, circle.name.as_str()))
                .collect(),
            tags,
            me: view.me,
            floor: view.floor.and_then(|floor| floor.speaker),
            presenter: view
                .state
                .running()
                .filter(|(running, ..)| Some(*running) == circle)
                .and_then(|(_, session, live)| session.blocks.get(live.block)?.lead),
            seen: view.seen(),
            next_session,
            reads: circle.is_some_and(|circle| view.state.reading(circle).is_some()),
            here: circle,
            runs: view.state.running().is_some(),
        }
    }

    /// As the grammar wants it.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            members: &self.members,
            me: self.me,
            floor: self.floor,
            presenter: self.presenter,
            today: self.seen.today,
            order: self.seen.order,
            next_session: self.next_session,
            circles: &self.circles,
            tags: &self.tags,
            reads: self.reads,
        }
    }
}
