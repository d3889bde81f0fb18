//! The reflection of the week: one question for one person, who has not answered it before. It is offered, never
//! asked twice in a week, and skipping it leaves no trace.

use chrono::{Datelike, NaiveDate};

use crate::domain::clock::Zone;
use crate::domain::id::{MemberId, QuestionId};
use crate::domain::roster::Member;

/// The tag of the note that holds an answer.
pub const TAG: &str = "reflection";

/// Whether a question may be offered to a member today: none was answered in this week, from Monday on.
pub fn is_due(member: &Member, today: NaiveDate, zone: Zone) -> bool {
    let mut answered = member.reflected.values();
    answered.all(|at| at.date(zone).iso_week() != today.iso_week())
}

/// The questions that a member has answered, which do not come again.
pub fn without(member: &Member) -> Vec<QuestionId> {
    member.reflected.keys().copied().collect()
}

/// What decides among the questions that are left: the same all week for one person, so that looking twice offers
/// the same one.
pub fn seed(member: MemberId, today: NaiveDate) -> u64 {
    let week = today.iso_week();
    let week = u64::from(week.year().unsigned_abs()) * 100 + u64::from(week.week());
    member.0.as_u64_pair().1.rotate_left(17) ^ week
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::roster::Label;
    use crate::domain::text::Clean;

    #[test]
    fn one_answer_a_week_is_enough_and_the_same_question_is_offered_all_week() {
        let monday = Moment::parse("2026-03-09T08:00:00Z").unwrap();
        let id = MemberId(uuid::Uuid::from_u128(3));
        let mut member = Member::new(id, Clean::line("Mei"), Label(1), monday);
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        assert!(is_due(&member, day("2026-03-09"), chrono_tz::UTC));
        let question = QuestionId(uuid::Uuid::from_u128(41));
        member.reflected.insert(question, monday);
        assert!(!is_due(&member, day("2026-03-15"), chrono_tz::UTC));
        assert!(is_due(&member, day("2026-03-16"), chrono_tz::UTC));
        assert_eq!(without(&member), [question]);
        let seed = |text| seed(id, day(text));
        assert_eq!(seed("2026-03-09"), seed("2026-03-15"));
        assert_ne!(seed("2026-03-15"), seed("2026-03-16"));
    }
}
