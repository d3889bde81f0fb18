//! Which open actions want a look now, and why.

use chrono::{Days, NaiveDate};

use crate::domain::item::{Action, Owner};

/// Days that *this week* reaches ahead.
const WEEK: u64 = 7;

/// Why an open action wants a look; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Its day has passed.
    Late,
    /// It is due today.
    Today,
    /// It waits for something.
    Blocked,
    /// It is due within a week.
    Week,
    /// Nobody sees to it.
    Nobody,
}

/// Whether an open action wants a look on `today`, and why; `day` is the day on which it is due, where one is known.
pub fn need(action: &Action, day: Option<NaiveDate>, today: NaiveDate) -> Option<Need> {
    let soon = today.checked_add_days(Days::new(WEEK)).unwrap_or(today);
    match day {
        Some(day) if day < today => Some(Need::Late),
        Some(day) if day == today => Some(Need::Today),
        _ if action.waits_for.is_some() => Some(Need::Blocked),
        Some(day) if day <= soon => Some(Need::Week),
        _ if action.owner == Owner::Nobody => Some(Need::Nobody),
        Some(_) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActionId, Ids};
    use crate::domain::item::Origin;
    use crate::domain::text::Clean;

    #[rstest]
    #[case(Some("2026-03-11"), Owner::Nobody, true, Some(Need::Late))]
    #[case(Some("2026-03-12"), Owner::All, true, Some(Need::Today))]
    #[case(Some("2026-03-13"), Owner::All, true, Some(Need::Blocked))]
    #[case(Some("2026-03-19"), Owner::Nobody, false, Some(Need::Week))]
    #[case(Some("2026-03-20"), Owner::Nobody, false, Some(Need::Nobody))]
    #[case(Some("2026-03-20"), Owner::All, false, None)]
    #[case(None, Owner::All, true, Some(Need::Blocked))]
    #[case(None, Owner::Nobody, false, Some(Need::Nobody))]
    #[case(None, Owner::All, false, None)]
    fn what_wants_a_look_says_why(
        #[case] day: Option<&str>,
        #[case] owner: Owner,
        #[case] blocked: bool,
        #[case] expected: Option<Need>,
    ) {
        let id = ActionId(Ids::new(Moment::from_millis(0), 1).make());
        let origin = Origin::outside(Moment::from_millis(0));
        let action = Action {
            owner,
            waits_for: blocked.then(|| Clean::line("the budget")),
            ..Action::new(id, 1, Clean::line("Ask"), origin)
        };
        let day = day.map(|day| day.parse().unwrap());
        let today = "2026-03-12".parse().unwrap();
        assert_eq!(need(&action, day, today), expected);
    }
}
