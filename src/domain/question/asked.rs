//! What a circle remembers of a question: how often it was asked, how well it went, whether it is left out.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::QuestionId;

/// Most points of a rating; the fewest are 1.
pub const MOST_POINTS: u8 = 5;

const DAY_MILLIS: i64 = 24 * 60 * 60_000;

/// How often a question was asked in one circle: a document of that circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which question.
    pub question: QuestionId,
    /// How often it was put to the room.
    #[serde(default)]
    pub times: u32,
    /// When it was asked last.
    #[serde(default)]
    pub last: Option<Moment>,
    /// How well it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rated>,
    /// Whether it is not to be drawn in this circle.
    #[serde(default, skip_serializing_if = "is_false")]
    pub never: bool,
    /// Fields of a newer version, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// How well a question went in a circle: one rating for each time it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// All points together.
    pub sum: u32,
    /// How many ratings they are of.
    pub count: u32,
    /// The points given last, which may still be given otherwise.
    pub last: u8,
    /// When they were given.
    pub at: Moment,
}

impl Rated {
    /// The mean in tenths of a point, rounded; `None` without a rating.
    pub fn tenths(&self) -> Option<u32> {
        let sum = self.sum.saturating_mul(10).saturating_add(self.count / 2);
        sum.checked_div(self.count)
    }

    /// The mean in whole points, rounded; `None` without a rating.
    pub fn points(&self) -> Option<u32> {
        self.tenths().map(|tenths| (tenths + 5) / 10)
    }

    /// `4 of 5`, `4.5 of 5`; `None` without a rating.
    pub fn words(&self) -> Option<String> {
        let tenths = self.tenths()?;
        Some(match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole} of {MOST_POINTS}"),
            (whole, part) => format!("{whole}.{part} of {MOST_POINTS}"),
        })
    }
}

impl Asked {
    /// Never asked.
    pub fn never(question: QuestionId) -> Self {
        Self {
            question,
            times: 0,
            last: None,
            rating: None,
            never: false,
            extra: serde_json::Map::new(),
        }
    }

    /// Asked once more.
    #[must_use]
    pub fn again(mut self, at: Moment) -> Self {
        self.times = self.times.saturating_add(1);
        self.last = Some(at);
        self
    }

    /// Rated with these points, from 1 to [`MOST_POINTS`], at `at`. A second rating of the same time it was
    /// asked, which was at `asked`, takes the place of the first.
    #[must_use]
    pub fn rate(mut self, points: u8, asked: Moment, at: Moment) -> Self {
        let points = points.clamp(1, MOST_POINTS);
        let before = match self.rating {
            Some(rated) if rated.at >= asked => {
                let last = u32::from(rated.last);
                (rated.sum.saturating_sub(last), rated.count.max(1) - 1)
            }
            Some(rated) => (rated.sum, rated.count),
            None => (0, 0),
        };
        self.rating = Some(Rated {
            sum: before.0.saturating_add(u32::from(points)),
            count: before.1.saturating_add(1),
            last: points,
            at,
        });
        self
    }

    /// `asked here 4 months ago, 4 of 5`.
    pub fn told(&self, now: Moment) -> String {
        let ago = self.last.map(|last| ago(last, now));
        let asked = match (self.times, ago) {
            (0, _) => "never asked here".to_owned(),
            (1, None) => "asked once here".to_owned(),
            (times, None) => format!("asked {times} times here"),
            (1, Some(ago)) => format!("asked here {ago}"),
            (times, Some(ago)) => format!("asked {times} times here, last {ago}"),
        };
        match self.rating.and_then(|rated| rated.words()) {
            Some(rating) => format!("{asked}, {rating}"),
            None => asked,
        }
    }
}

/// How long ago something was, in the one unit that people would use.
fn ago(then: Moment, now: Moment) -> String {
    let days = (now - then).millis().max(0) / DAY_MILLIS;
    let (count, unit) = match days {
        0 => return "less than a day ago".to_owned(),
        1..14 => (days, "day"),
        14..61 => (days / 7, "week"),
        61..730 => (days * 12 / 365, "month"),
        _ => (days / 365, "year"),
    };
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{s} ago")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn day(days: i64) -> Moment {
        Moment::from_millis(days * DAY_MILLIS)
    }

    fn fresh() -> Asked {
        Asked::never(QuestionId(Uuid::from_u128(41)))
    }

    #[test]
    fn a_document_of_an_older_version_reads_and_writes_back_the_same() {
        let old = serde_json::json!({
            "question": Uuid::from_u128(41), "times": 2, "last": day(3), "passed": 1, "mood": "warm",
        });
        let read: Asked = serde_json::from_value(old.clone()).unwrap();
        assert!(read.rating.is_none() && !read.never);
        assert_eq!(serde_json::to_value(&read).unwrap(), old);
    }

    #[test]
    fn the_memory_is_told_in_one_line() {
        assert_eq!(fresh().told(day(0)), "never asked here");
        let once = fresh().again(day(0));
        assert_eq!(once.told(day(0)), "asked here less than a day ago");
        assert_eq!(once.told(day(1)), "asked here 1 day ago");
        assert_eq!(once.told(day(15)), "asked here 2 weeks ago");
        let rated = once.rate(4, day(0), day(0));
        assert_eq!(rated.told(day(123)), "asked here 4 months ago, 4 of 5");
        let twice = rated.again(day(400)).rate(5, day(400), day(400));
        assert_eq!(
            twice.told(day(1_200)),
            "asked 2 times here, last 2 years ago, 4.5 of 5"
        );
    }

    #[test]
    fn a_second_thought_takes_the_place_of_the_first() {
        let rated = fresh().again(day(1)).rate(2, day(1), day(1));
        let rated = rated.rate(5, day(1), day(2));
        assert_eq!(rated.rating.and_then(|rated| rated.tenths()), Some(50));
        let again = rated.again(day(10)).rate(3, day(10), day(10));
        let rating = again.rating.unwrap();
        assert_eq!((rating.sum, rating.count), (8, 2));
        assert_eq!(rating.words().as_deref(), Some("4 of 5"));
    }

    proptest! {
        #[test]
        fn a_mean_is_never_outside_the_points(points in proptest::collection::vec(any::<u8>(), 1..40)) {
            let rated = (0..).zip(&points).fold(fresh(), |asked, (n, points)| {
                asked.again(day(n)).rate(*points, day(n), day(n))
            });
            let rating = rated.rating.unwrap();
            prop_assert_eq!(rating.count as usize, points.len());
            prop_assert!((10..=50).contains(&rating.tenths().unwrap()));
            prop_assert!((1..=5).contains(&rating.points().unwrap()));
        }
    }
}
