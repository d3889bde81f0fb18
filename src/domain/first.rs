//! The first session of a circle: nothing was agreed on before it, so where a template goes through the actions of
//! last time, people introduce themselves instead.

use std::borrow::Cow;

use crate::domain::agenda::{Block, BlockKind};
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

/// Whether a session of this circle is its first and has nothing to look back on: no other one took place or is
/// planned, and nobody has taken anything on. `session` is the one that is looked at, if it is planned already.
pub fn is_first(state: &State, circle: CircleId, session: Option<SessionId>) -> bool {
    let counts =
        |other: &Session| other.state != SessionState::Cancelled && Some(other.id) != session;
    let mut open = state
        .actions(circle)
        .filter(|action| action.state.is_open() && action.trashed.is_none());
    !state.sessions(circle).any(counts) && open.next().is_none()
}

/// The template as this circle takes it now.
pub fn fitting<'a>(
    template: &'a Template,
    state: &State,
    (circle, session): (CircleId, Option<SessionId>),
) -> Cow<'a, Template> {
    if is_first(state, circle, session) {
        opening(template)
    } else {
        Cow::Borrowed(template)
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
pub fn stood_in(block: &Block) -> bool {
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
    use crate::domain::clock::Moment;
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

    #[test]
    fn a_circle_that_planned_another_session_reviews_its_actions() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let circle = CircleId(ids.make());
        let mut state = State::default();
        let (session, _) = fixture::session(&[10]);
        assert!(is_first(&state, circle, None));
        let key = Key::circle(circle, Kind::Session, session.id.0);
        state.load(key, Document::Session(session.clone()));
        assert!(is_first(&state, circle, Some(session.id)));
        assert!(!is_first(&state, circle, None));
        let template = template();
        assert_eq!(*fitting(&template, &state, (circle, None)), template);
        let called_off = Session {
            state: SessionState::Cancelled,
            ..session
        };
        state.load(key, Document::Session(called_off));
        assert!(is_first(&state, circle, None));
    }
}
