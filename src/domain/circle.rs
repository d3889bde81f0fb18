//! The circle: a small group that meets regularly, and the numbers it has given out.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::pairing::Tie;
use crate::domain::rhythm::Rhythm;
use crate::domain::text::{Clean, fold, slug};

/// The circles that somebody means: by full name, by its short form or by identity, else by the beginning of a name.
/// Case and accents do not matter. A circle at rest does not stand in the way of one that meets.
pub fn named<'a>(circles: &[&'a Circle], typed: &str) -> Vec<&'a Circle> {
    let typed = typed.trim();
    let wanted = fold(typed);
    let id = typed.parse::<CircleId>().ok();
    let names = |circle: &Circle| [fold(&circle.name), slug(&circle.name)];
    let full = |circle: &&&Circle| names(circle).contains(&wanted) || id == Some(circle.id);
    let begins = |circle: &&&Circle| names(circle).iter().any(|name| name.starts_with(&wanted));
    let mut found: Vec<&Circle> = circles.iter().filter(full).copied().collect();
    if found.is_empty() && !wanted.is_empty() {
        found = circles.iter().filter(begins).copied().collect();
    }
    if found.len() > 1 && found.iter().any(|circle| circle.archived.is_none()) {
        found.retain(|circle| circle.archived.is_none());
    }
    found
}

/// What a circle meets for. Decides which template is offered first, nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircleKind {
    /// People help each other grow.
    #[default]
    Mentoring,
    /// People read the same book.
    BookClub,
}

impl CircleKind {
    /// The template that a circle begins with when nobody chose one.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Mentoring => "mentoring-classic-90",
            Self::BookClub => "book-club-60",
        }
    }

    /// The word shown in lists.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mentoring => "mentoring",
            Self::BookClub => "book club",
        }
    }
}

/// A circle. Its id is also the space in which all its documents live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Identity.
    pub id: CircleId,
    /// The name people use for it, one line.
    pub name: Clean,
    /// What it meets for.
    pub kind: CircleKind,
    /// When it meets, if it meets by a rule.
    pub rhythm: Option<Rhythm>,
    /// Id of the template that new sessions start from.
    pub template: Option<String>,
    /// Who is kept apart or together in groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// When it was made.
    pub created: Moment,
    /// Since when it rests; an archived circle is kept and not shown.
    pub archived: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Circle {
    /// A mentoring circle that meets by no rule yet.
    pub fn new(id: CircleId, name: Clean, created: Moment) -> Self {
        Self {
            id,
            name,
            kind: CircleKind::default(),
            rhythm: None,
            template: None,
            ties: Vec::new(),
            created,
            archived: None,
            extra: serde_json::Map::new(),
        }
    }
}

/// The last short number given out for each kind of row in one space. It only ever rises: undo leaves
/// it standing, so that `A14` never means two things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counter {
    /// Actions, shown as `A14`.
    pub action: u32,
    /// Books, `B3`.
    #[serde(skip_serializing_if = "none_yet")]
    pub book: u32,
    /// Decisions, `D3`.
    pub decision: u32,
    /// Notes, `N6`.
    pub note: u32,
    /// Parked items, `P2`.
    pub parked: u32,
    /// Questions, `Q41`.
    pub question: u32,
    /// Sessions, `#7`.
    pub session: u32,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Whether no such number was given out; left out then, so that older counters read and write back the same.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn none_yet(number: &u32) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_meant_by_its_name_or_the_only_beginning() {
        let circle = |n: u128, name: &str| {
            let id = CircleId(uuid::Uuid::from_u128(n));
            Circle::new(id, Clean::line(name), Moment::from_millis(0))
        };
        let (up, out, mut old) = (
            circle(1, "Ladder Up"),
            circle(2, "Ladder Out"),
            circle(3, "Ladder"),
        );
        let ids = |circles: &[&Circle], typed: &str| -> Vec<CircleId> {
            named(circles, typed)
                .into_iter()
                .map(|one| one.id)
                .collect()
        };
        assert_eq!(ids(&[&up, &out, &old], "ladder-up"), [up.id]);
        assert_eq!(ids(&[&up, &out, &old], " LADDER "), [old.id]);
        assert_eq!(ids(&[&up, &out], "ladder"), [up.id, out.id]);
        assert_eq!(ids(&[&up, &out], "ladder o"), [out.id]);
        assert_eq!(ids(&[&up, &out], &out.id.to_string()), [out.id]);
        assert!(ids(&[&up, &out], "").is_empty() && ids(&[&up, &out], "quiet").is_empty());
        old.archived = Some(Moment::from_millis(1));
        assert_eq!(ids(&[&up, &old], "lad"), [up.id]);
    }
}
