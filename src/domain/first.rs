//! The first session of a circle: nothing was agreed on before it, so where a template goes through the actions of
//! last time, people introduce themselves instead.

use std::borrow::Cow;

use crate::domain::agenda::{Block, BlockKind, Step};
use crate::domain::clock::Moment;
use crate::domain::format::Mode;
use crate::domain::id::{CircleId, SessionId};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::template::{BlockPlan, StepPlan, Template};
use crate::domain::text::Clean;

/// Why a template looks different in a first session, in one line.
pub const WHY: &str = "first session: introductions, as there are no actions to review yet";

/// The round that stands in, and what is asked in it.
const TITLE: &str = "Introductions";
const SAYS: &str = "Who are you, what brings you here, and what would make this worth your time?";

/// Whether nothing took place in this circle yet and nobody has taken anything on, so that there is nothing to look
/// back on.
fn is_new(state: &State, circle: CircleId) -> bool {
    let held = |session: &Session| match session.state {
        SessionState::Running | SessionState::Ended => true,
        SessionState::Planned | SessionState::Cancelled => false,
    };
    let mut open = state
        .actions(circle)
        .filter(|action| action.state.is_open() && action.trashed.is_none());
    !state.sessions(circle).any(held) && open.next().is_none()
}

/// Whether a session of this circle is its first and has nothing to look back on: no other one took place or is
/// still to come, and nobody has taken anything on. `session` is the one that is looked at, if it is planned already.
pub fn is_first(
    state: &State,
    (circle, session): (CircleId, Option<SessionId>),
    now: Moment,
) -> bool {
    let comes = |other: &Session| {
        other.state == SessionState::Planned && !other.was_missed(now) && Some(other.id) != session
    };
    is_new(state, circle) && !state.sessions(circle).any(comes)
}

/// The template as this circle takes it now.
pub fn fitting<'a>(
    template: &'a Template,
    state: &State,
    place: (CircleId, Option<SessionId>),
    now: Moment,
) -> Cow<'a, Template> {
    if is_first(state, place, now) {
        opening(template)
    } else {
        Cow::Borrowed(template)
    }
}

/// Whether people introduce themselves in this session.
pub fn introduces(session: &Session) -> bool {
    session.blocks.iter().any(stood_in)
}

/// Which sessions of a circle are planned differently when `session` begins: if it is the first that really takes
/// place and the introductions were planned for another, they come in this one, and the other has the review.
pub fn begun_with(state: &State, circle: CircleId, session: &Session) -> Vec<Session> {
    let planned = |other: &&Session| {
        other.state == SessionState::Planned && other.id != session.id && introduces(other)
    };
    let others: Vec<&Session> = state.sessions(circle).filter(planned).collect();
    if others.is_empty() || !is_new(state, circle) {
        return Vec::new();
    }
    let here = with_introductions(session);
    let there = others.into_iter().map(with_review);
    here.into_iter().chain(there).collect()
}

/// The session that takes over the introductions of one that was called off: the next of its circle, unless one
/// took place already, or nothing of it is a review.
pub fn taken_over(state: &State, circle: CircleId, off: &Session, now: Moment) -> Option<Session> {
    if !introduces(off) || !is_new(state, circle) {
        return None;
    }
    let planned = |other: &&Session| {
        other.state == SessionState::Planned && other.id != off.id && !other.was_missed(now)
    };
    let next = state.sessions(circle).filter(planned);
    with_introductions(next.min_by_key(|other| (other.start, other.id))?)
}

/// The same with introductions where the review is; `None` where it has them, or no review.
fn with_introductions(session: &Session) -> Option<Session> {
    if introduces(session) {
        return None;
    }
    let mut session = session.clone();
    let mut blocks = session.blocks.iter_mut();
    let block = blocks.find(|block| block.kind == BlockKind::Review && block.parked.is_none())?;
    block.title = Clean::line(TITLE);
    block.kind = BlockKind::Open;
    block.format = None;
    block.needs = None;
    block.prompts = Vec::new();
    block.steps = vec![Step {
        title: Clean::line(TITLE),
        minutes: block.minutes,
        says: Some(Clean::line(SAYS)),
        mode: Mode::Round,
        ..Step::default()
    }];
    Some(session)
}

fn with_review(session: &Session) -> Session {
    let mut session = session.clone();
    session.blocks.iter_mut().for_each(review);
    session
}

/// The review again, where people introduced themselves in its place; any other block stays as it is.
pub fn review(block: &mut Block) {
    if stood_in(block) {
        block.title = Clean::line("Action review");
        block.kind = BlockKind::Review;
        block.steps = Vec::new();
        block.format = Some("action-review".to_owned());
    }
}

/// The template for a first session: each block that reviews actions becomes a round of introductions of the same
/// length.
pub fn opening(template: &Template) -> Cow<'_, Template> {
    if template
        .blocks
        .iter()
        .all(|block| block.kind != BlockKind::Review)
    {
        return Cow::Borrowed(template);
    }
    let mut template = template.clone();
    for block in &mut template.blocks {
        if block.kind == BlockKind::Review {
            introduce(block);
        }
    }
    Cow::Owned(template)
}

/// Whether a block is the round of introductions that stood in for a review, so that the next session has the review.
fn stood_in(block: &Block) -> bool {
    let [step] = block.steps.as_slice() else {
        return false;
    };
    block.kind == BlockKind::Open
        && block.title.as_str() == TITLE
        && step.says.as_ref().is_some_and(|says| says.as_str() == SAYS)
}

fn introduce(block: &mut BlockPlan) {
    *block = BlockPlan {
        title: Clean::line(TITLE),
        kind: BlockKind::Open,
        minutes: block.minutes,
        min: block.min,
        locked: block.locked,
        prompts: 0,
        asks: None,
        format: None,
        needs: None,
        steps: vec![StepPlan {
            title: Clean::line(TITLE),
            minutes: block.minutes,
            says: Clean::line(SAYS),
            mode: Mode::Round,
            each: None,
            size: None,
            captures: None,
        }],
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Span;
    use crate::domain::document::Document;
    use crate::domain::fixture;
    use crate::domain::id::{Ids, Key, Kind};

    fn template() -> Template {
        let block = |title, kind, minutes| BlockPlan {
            kind,
            title: Clean::line(title),
            minutes,
            min: 5,
            locked: false,
            prompts: 0,
            asks: None,
            format: Some("action-review".to_owned()),
            needs: None,
            steps: Vec::new(),
        };
        Template {
            id: "classic".to_owned(),
            name: Clean::line("Classic"),
            version: 1,
            about: Clean::default(),
            minutes: 30,
            blocks: vec![
                block("Action review", BlockKind::Review, 15),
                block("Talk", BlockKind::Open, 15),
            ],
        }
    }

    #[test]
    fn people_introduce_themselves_where_there_is_nothing_to_review() {
        let template = template();
        let first = opening(&template);
        assert_eq!(first.blocks[0].title.as_str(), "Introductions");
        assert_eq!(first.blocks[0].minutes, 15);
        assert_eq!(first.blocks[0].steps[0].mode, Mode::Round);
        assert_eq!(first.blocks[1], template.blocks[1]);
        assert_eq!(first.id, template.id);
    }

    fn state(circle: CircleId, sessions: &[&Session]) -> State {
        let mut state = State::default();
        for session in sessions {
            let key = Key::circle(circle, Kind::Session, session.id.0);
            state.load(key, Document::Session((*session).clone()));
        }
        state
    }

    #[test]
    fn a_circle_that_planned_another_session_reviews_its_actions() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let circle = CircleId(ids.make());
        let (session, now) = fixture::session(&[10]);
        assert!(is_first(&State::default(), (circle, None), now));
        let planned = state(circle, &[&session]);
        assert!(is_first(&planned, (circle, Some(session.id)), now));
        assert!(!is_first(&planned, (circle, None), now));
        let template = template();
        let same = fitting(&template, &planned, (circle, None), now);
        assert_eq!(*same, template);
        let with = |what| Session {
            state: what,
            ..session.clone()
        };
        let called_off = state(circle, &[&with(SessionState::Cancelled)]);
        assert!(is_first(&called_off, (circle, None), now));
        let held = state(circle, &[&with(SessionState::Ended)]);
        assert!(!is_first(&held, (circle, None), now));
    }

    #[test]
    fn a_session_that_nobody_held_was_not_the_first() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let circle = CircleId(ids.make());
        let (session, now) = fixture::session(&[10]);
        let planned = state(circle, &[&session]);
        let days_later = now + Span::from_minutes(3 * 24 * 60);
        assert!(is_first(&planned, (circle, None), days_later));
    }

    /// Two sessions a week apart, with the second as it is planned behind the first.
    fn two(ids: &mut Ids) -> (Session, Session) {
        let (mut first, start) = fixture::session(&[15, 15]);
        first.blocks[0].kind = BlockKind::Review;
        let second = Session {
            id: SessionId(ids.make()),
            number: 2,
            start: start + Span::from_minutes(7 * 24 * 60),
            ..first.clone()
        };
        (with_introductions(&first).unwrap(), second)
    }

    #[test]
    fn introductions_come_in_the_first_session_that_takes_place() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let circle = CircleId(ids.make());
        let (first, second) = two(&mut ids);
        let both = state(circle, &[&first, &second]);
        assert_eq!(begun_with(&both, circle, &first), []);
        let changed = begun_with(&both, circle, &second);
        assert_eq!(changed.len(), 2);
        assert_eq!((changed[0].id, introduces(&changed[0])), (second.id, true));
        assert_eq!((changed[1].id, introduces(&changed[1])), (first.id, false));
        assert_eq!(changed[1].blocks[0].kind, BlockKind::Review);
        let held = Session {
            state: SessionState::Ended,
            ..first
        };
        assert_eq!(
            begun_with(&state(circle, &[&held, &second]), circle, &second),
            []
        );
    }

    #[test]
    fn the_next_session_takes_over_the_introductions_of_one_that_is_called_off() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let circle = CircleId(ids.make());
        let (first, second) = two(&mut ids);
        let both = state(circle, &[&first, &second]);
        let next = taken_over(&both, circle, &first, first.start).unwrap();
        assert_eq!((next.id, introduces(&next)), (second.id, true));
        assert_eq!(taken_over(&both, circle, &second, first.start), None);
        assert_eq!(
            taken_over(&state(circle, &[&first]), circle, &first, first.start),
            None
        );
    }
}
