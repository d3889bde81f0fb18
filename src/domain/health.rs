//! How a circle does, in counts: when it met last, who of those expected came, what is open, late and done. Of the
//! group as a whole; no name and no words of anybody are in it.

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};

/// Sessions over which attendance is counted, the latest ones.
pub const SESSIONS: usize = 6;
/// Weeks without a session after which that is said.
pub const WEEKS: i64 = 6;
/// Fewer things that were due say nothing about a group.
pub const ENOUGH: u32 = 5;

/// Who came to the last sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// From so many sessions.
    pub sessions: u32,
    /// People who were expected, over all of them.
    pub expected: u32,
    /// How many of those came.
    pub came: u32,
}

impl Attendance {
    /// Over the latest of these sessions; those that did not take place do not count.
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>, everyone: &[Member]) -> Self {
        let mut held: Vec<&Session> = sessions
            .into_iter()
            .filter(|session| session.state == SessionState::Ended)
            .collect();
        held.sort_by_key(|session| std::cmp::Reverse((session.begins(), session.number)));
        let mut attendance = Self::default();
        for session in held.into_iter().take(SESSIONS) {
            let count = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
            let (came, all) = session.attendance(everyone);
            attendance.sessions += 1;
            attendance.expected += count(all);
            attendance.came += count(came);
        }
        attendance
    }

    /// Whole per cent of those expected who came; `None` when nobody was expected.
    pub fn percent(self) -> Option<u32> {
        percent(self.came, self.expected)
    }
}

fn percent(part: u32, whole: u32) -> Option<u32> {
    (part * 200 + whole).checked_div(whole * 2)
}

/// What is counted of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Since when there is this circle.
    pub since: Moment,
    /// When it last met, or began the session that is running.
    pub last: Option<Moment>,
    /// When it meets next.
    pub next: Option<Moment>,
    /// Who came.
    pub attendance: Attendance,
    /// Actions that are open.
    pub open: u32,
    /// Those of them whose day has passed.
    pub late: u32,
    /// Actions whose day has come, lately: the open ones and those that were done.
    pub due: u32,
    /// Those of them that were done.
    pub done: u32,
}

impl Figures {
    /// Of a circle of which nothing is known but its age.
    pub fn new(since: Moment) -> Self {
        Self {
            since,
            last: None,
            next: None,
            attendance: Attendance::default(),
            open: 0,
            late: 0,
            due: 0,
            done: 0,
        }
    }

    /// Whole per cent of what was due that was done; `None` below [`ENOUGH`], where it would be about somebody.
    pub fn kept(&self) -> Option<u32> {
        percent(self.done, self.due).filter(|_| self.due >= ENOUGH)
    }

    /// How the circle does.
    pub fn health(&self, now: Moment) -> Health {
        let weeks = (now - self.last.unwrap_or(self.since)).whole_secs() / WEEK.whole_secs();
        let ahead = self.next.is_some_and(|next| next >= now);
        match (self.last, self.late) {
            (Some(_), _) if weeks >= WEEKS => Health::Apart(weeks),
            // A circle whose first session is ahead has only begun.
            (None, _) if weeks >= WEEKS && !ahead => Health::NeverMet(weeks),
            (_, 0) => Health::OnTrack,
            (_, late) => Health::Late(late),
        }
    }
}

const WEEK: Span = Span::from_minutes(7 * 24 * 60);

/// How a circle does, the thing that wants a look first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It has not met for so many weeks.
    Apart(i64),
    /// It has not met at all, and is so many weeks old.
    NeverMet(i64),
    /// So many actions are late.
    Late(u32),
    /// Neither.
    OnTrack,
}

impl Health {
    /// In words: `no session in 7 weeks`, `2 late`, `on track`.
    pub fn words(self) -> String {
        match self {
            Self::Apart(weeks) => format!("no session in {weeks} weeks"),
            Self::NeverMet(weeks) => format!("no session yet, {weeks} weeks old"),
            Self::Late(late) => format!("{late} late"),
            Self::OnTrack => "on track".to_owned(),
        }
    }

    /// The same where there is room for a dozen cells: `last 7w ago`.
    pub fn short(self) -> String {
        match self {
            Self::Apart(weeks) => format!("last {weeks}w ago"),
            Self::NeverMet(_) => "none yet".to_owned(),
            Self::Late(_) | Self::OnTrack => self.words(),
        }
    }

    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Apart(_) => "apart",
            Self::NeverMet(_) => "never-met",
            Self::Late(_) => "late",
            Self::OnTrack => "on-track",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::domain::id::{Ids, MemberId, SessionId};
    use crate::domain::roster::{Label, Role};
    use crate::domain::text::Clean;

    fn day(days: i64) -> Moment {
        Moment::from_millis(0) + Span::from_minutes(days * 24 * 60)
    }

    fn member(ids: &mut Ids, joined: i64) -> Member {
        Member::new(
            MemberId(ids.make()),
            Clean::line("Mei"),
            Label(1),
            day(joined),
        )
    }

    fn held(ids: &mut Ids, number: u32, on: i64) -> Session {
        Session {
            state: SessionState::Ended,
            started: Some(day(on)),
            ended: Some(day(on) + Span::from_minutes(60)),
            ..Session::new(SessionId(ids.make()), number, day(on), 60)
        }
    }

    #[rstest]
    #[case(None, 3, 10, "3 late")]
    #[case(None, 3, 42, "no session yet, 6 weeks old")]
    #[case(Some(35), 3, 76, "3 late")]
    #[case(Some(35), 3, 77, "no session in 6 weeks")]
    #[case(Some(35), 0, 84, "no session in 7 weeks")]
    #[case(Some(35), 0, 40, "on track")]
    fn a_circle_that_does_not_meet_comes_before_what_is_late(
        #[case] last: Option<i64>,
        #[case] late: u32,
        #[case] now: i64,
        #[case] words: &str,
    ) {
        let figures = Figures {
            last: last.map(day),
            late,
            ..Figures::new(day(0))
        };
        assert_eq!(figures.health(day(now)).words(), words);
    }

    #[test]
    fn a_circle_whose_first_session_is_ahead_has_only_begun() {
        let figures = Figures {
            next: Some(day(60)),
            ..Figures::new(day(0))
        };
        assert_eq!(figures.health(day(50)), Health::OnTrack);
        assert_eq!(figures.health(day(61)), Health::NeverMet(8));
    }

    #[test]
    fn only_who_belonged_to_it_then_was_expected() {
        let mut ids = Ids::new(day(0), 1);
        let mut people = vec![
            member(&mut ids, 0),
            member(&mut ids, 0),
            member(&mut ids, 30),
        ];
        people[1].left = Some(day(20));
        let mut guest = member(&mut ids, 0);
        guest.role = Role::Guest;
        people.push(guest);
        let mut sessions = vec![held(&mut ids, 1, 10), held(&mut ids, 2, 40)];
        sessions[1].away.insert(people[2].id, None);
        let mut planned = held(&mut ids, 3, 50);
        planned.state = SessionState::Planned;
        sessions.push(planned);
        let counted = Attendance::of(&sessions, &people);
        let expected = Attendance {
            sessions: 2,
            expected: 4,
            came: 3,
        };
        assert_eq!(counted, expected);
        assert_eq!(counted.percent(), Some(75));
        assert_eq!(Attendance::default().percent(), None);
    }

    #[test]
    fn old_sessions_do_not_count_for_ever() {
        let mut ids = Ids::new(day(0), 1);
        let people = [member(&mut ids, 0)];
        let mut sessions: Vec<Session> = (0..9).map(|n| held(&mut ids, 1, n * 7)).collect();
        sessions[0].away.insert(people[0].id, None);
        let counted = Attendance::of(&sessions, &people);
        assert_eq!((counted.sessions, counted.percent()), (6, Some(100)));
    }

    proptest! {
        #[test]
        fn a_share_stays_within_its_bounds_and_is_not_told_of_a_few(due in 0u32..500, done in 0u32..500) {
            let figures = Figures { due, done: done.min(due), ..Figures::new(day(0)) };
            match figures.kept() {
                None => prop_assert!(due < ENOUGH),
                Some(percent) => {
                    prop_assert!(due >= ENOUGH && percent <= 100);
                    prop_assert_eq!(percent == 0, done * 200 < due || done == 0);
                }
            }
        }
    }
}
