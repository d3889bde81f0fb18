//! Notes for a presenter: they belong to whoever leads the block in which they were written.

use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Audience, Note};
use crate::domain::session::Session;
use crate::domain::state::State;

/// The notes for one presenter of one session, to be handed to them.
#[derive(Clone, Debug)]
pub struct Notes<'a> {
    /// The circle.
    pub circle: &'a str,
    /// The session.
    pub session: &'a Session,
    /// What the presenter is called.
    pub name: String,
    /// The notes, in the order in which they were written.
    pub notes: Vec<&'a Note>,
}

/// The notes for each presenter of a session, in the order of its agenda; last those that were written where
/// nobody leads. Notes in the trash are left out.
pub fn by_presenter<'a>(
    state: &'a State,
    circle: CircleId,
    session: &Session,
) -> Vec<(Option<MemberId>, Vec<&'a Note>)> {
    let mut found: Vec<(Option<MemberId>, Vec<&Note>)> = Vec::new();
    for lead in session.blocks.iter().filter_map(|block| block.lead) {
        if !found.iter().any(|(other, _)| *other == Some(lead)) {
            found.push((Some(lead), Vec::new()));
        }
    }
    found.push((None, Vec::new()));
    let notes = state
        .notes(circle)
        .filter(|note| note.audience == Audience::Presenter && note.trashed.is_none())
        .filter(|note| note.origin.session == Some(session.id));
    for note in notes {
        let whose = presenter(session, note);
        if let Some((_, theirs)) = found.iter_mut().find(|(lead, _)| *lead == whose) {
            theirs.push(note);
        }
    }
    found.retain(|(_, theirs)| !theirs.is_empty());
    found
}

/// Whom a note for the presenter belongs to.
fn presenter(session: &Session, note: &Note) -> Option<MemberId> {
    session.block(note.origin.block?)?.lead
}

/// The session whose notes can be handed over: the running one of the circle, else the one that ended last.
pub fn session_of(state: &State, circle: CircleId) -> Option<&Session> {
    match state.running() {
        Some((running, session, _)) if running == circle => Some(session),
        _ => state.last_session(circle),
    }
}
