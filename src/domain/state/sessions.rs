//! Which session of a circle runs, comes next and was held, and who belongs to it.

use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Space};
use crate::domain::live::Live;
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;

impl State {
    /// Those of [`members`](Self::members) who belong to a session: guests only where they were invited.
    pub fn people_of(&self, circle: CircleId, session: &Session) -> Vec<&Member> {
        let mut people = self.members(circle);
        people.retain(|member| session.is_for(member));
        people
    }

    /// Those of [`people_of`](Self::people_of) who are not away.
    pub fn expected(&self, circle: CircleId, session: &Session) -> Vec<&Member> {
        let mut people = self.people_of(circle, session);
        people.retain(|member| !session.away.contains_key(&member.id));
        people
    }

    /// The session that is running, if one is. There is at most one in a store.
    pub fn running(&self) -> Option<(CircleId, &Session, &Live)> {
        self.docs.running().find_map(|(key, document)| {
            let (Space::Circle(circle), Document::Session(session)) = (key.space, document) else {
                return None;
            };
            self.circle(circle)?;
            Some((circle, session, self.live(circle, session.id)?))
        })
    }

    /// The planned session of a circle that comes first; those whose day went by are not ahead.
    pub fn next_session(&self, circle: CircleId, now: Moment) -> Option<&Session> {
        self.sessions(circle)
            .filter(|session| session.state == SessionState::Planned && !session.was_missed(now))
            .min_by_key(|session| (session.start, session.number))
    }

    /// The sessions of a circle that were planned and not held, the latest first.
    pub fn missed_sessions(&self, circle: CircleId, now: Moment) -> Vec<&Session> {
        let sessions = self.sessions(circle);
        let mut missed: Vec<&Session> =
            sessions.filter(|session| session.was_missed(now)).collect();
        missed.sort_by_key(|session| std::cmp::Reverse((session.start, session.number)));
        missed
    }

    /// The session that ended last, if it is loaded.
    pub fn last_session(&self, circle: CircleId) -> Option<&Session> {
        self.sessions(circle)
            .filter(|session| session.state == SessionState::Ended)
            .max_by_key(|session| session.ended)
    }
}
