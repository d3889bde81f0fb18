//! The roster: members of a circle, the label that stands before each name, and finding people by
//! what somebody typed.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::{MemberId, QuestionId};
use crate::domain::text::{Clean, fold};

/// The number before a name, which is what one types to give that person the floor. A member keeps it
/// for the life of the circle.
///
/// 1 to 9 are single digits; the tenth to eighteenth are typed as `01` to `09`. Beyond that a member
/// has a number and no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(pub u16);

impl Label {
    /// The highest label that can be typed in a running session.
    pub const LAST_TYPED: u16 = 18;

    /// From what is typed: `1`..`9`, `01`..`09`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = text.chars();
        let value = |digit: char| {
            digit
                .to_digit(10)
                .and_then(|digit| u16::try_from(digit).ok())
        };
        match (digits.next().and_then(value)?, digits.next(), digits.next()) {
            (first, None, None) if first > 0 => Some(Self(first)),
            (0, Some(second), None) => value(second).filter(|n| *n > 0).map(|n| Self(n + 9)),
            _ => None,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            n @ 10..=Self::LAST_TYPED => write!(f, "0{}", n - 9),
            n => n.fmt(f),
        }
    }
}

/// Why nobody can be called this: `@all`, `@me` and `@2` are read before names are. `None` for every other name.
pub fn unfit(name: &str) -> Option<String> {
    let name = name.trim();
    let folded = fold(name);
    let stands_for = match folded.as_str() {
        "" => return Some("a person needs a name".to_owned()),
        "me" => "whoever sits at the keyboard; write your own name",
        "all" => "everybody; write a name",
        "nobody" => "no owner; write a name",
        digits if digits.chars().all(|sign| sign.is_ascii_digit()) => {
            return Some("a number is the label of somebody; write a name".to_owned());
        }
        _ => return None,
    };
    Some(format!("\"{name}\" stands for {stands_for}"))
}

/// What a person is in the circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes part.
    #[default]
    Member,
    /// Usually runs the sessions.
    Facilitator,
    /// Comes to some sessions.
    Guest,
}

impl Role {
    /// The role that a word means, as people write it into a roster; `None` for any other word.
    pub fn named(text: &str) -> Option<Self> {
        match fold(text.trim()).as_str() {
            "member" => Some(Self::Member),
            "facilitator" | "host" | "lead" | "leads" | "moderator" => Some(Self::Facilitator),
            "guest" => Some(Self::Guest),
            _ => None,
        }
    }

    /// The word shown in the roster and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Facilitator => "facilitator",
            Self::Guest => "guest",
        }
    }
}

/// A person of one circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Identity.
    pub id: MemberId,
    /// As they write it, one line.
    pub name: Clean,
    /// Address, if known; never shown while names are masked.
    pub mail: Option<Clean>,
    /// What one types for them.
    pub label: Label,
    /// What they are in the circle.
    pub role: Role,
    /// Takes part by phone or video.
    pub phone: bool,
    /// Has asked not to be called on.
    pub no_calls: bool,
    /// Since when.
    pub joined: Moment,
    /// Until when, once they have left.
    pub left: Option<Moment>,
    /// Which reflections of the week they have answered, and when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reflected: BTreeMap<QuestionId, Moment>,
    /// Other entries of this circle that were found to be the same person and became this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<MemberId>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Member {
    /// A member who has just joined.
    pub fn new(id: MemberId, name: Clean, label: Label, joined: Moment) -> Self {
        Self {
            id,
            name,
            mail: None,
            label,
            role: Role::Member,
            phone: false,
            no_calls: false,
            joined,
            left: None,
            reflected: BTreeMap::new(),
            also: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }
}

/// The lowest label that nobody has, so that a gap left by a member is used before a longer one.
/// Labels of members who left stay theirs while anybody may still come back: only current ones count.
pub fn free_label<'a>(members: impl IntoIterator<Item = &'a Member>) -> Label {
    let taken: std::collections::BTreeSet<u16> = members
        .into_iter()
        .filter(|m| m.left.is_none())
        .map(|m| m.label.0)
        .collect();
    Label(
        (1..=u16::MAX)
            .find(|n| !taken.contains(n))
            .unwrap_or(u16::MAX),
    )
}

/// Whom a few typed letters mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Exactly this one.
    One(MemberId),
    /// Any of these, in the order of the roster.
    Many(Vec<MemberId>),
    /// Nobody.
    Nobody,
}

/// Finds a person by label (`2`, `01`), by the start of the name or by the start of any part of it;
/// case and accents do not matter. The whole name wins over a whole part of it, and that over a beginning:
/// `Maria` is not Mariana. `Okafor, Maria` is Maria Okafor, as address books write her.
pub fn find<'a>(members: impl IntoIterator<Item = &'a Member>, typed: &str) -> Found {
    let members: Vec<&Member> = members.into_iter().filter(|m| m.left.is_none()).collect();
    match (find_as_typed(&members, typed), given_first(typed)) {
        (Found::Nobody, Some(turned)) => find_as_typed(&members, &turned),
        (found, _) => found,
    }
}

/// `Maria Okafor` from `Okafor, Maria`.
fn given_first(typed: &str) -> Option<String> {
    let (family, given) = typed.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let one = !family.is_empty() && !given.is_empty() && !given.contains(',');
    one.then(|| format!("{given} {family}"))
}

fn find_as_typed(members: &[&Member], typed: &str) -> Found {
    let typed = typed.trim();
    if let Some(label) = Label::parse(typed) {
        return members
            .iter()
            .find(|m| m.label == label)
            .map_or(Found::Nobody, |m| Found::One(m.id));
    }
    let wanted = fold(typed);
    if wanted.is_empty() {
        return Found::Nobody;
    }
    let folded: Vec<(MemberId, String)> = members
        .iter()
        .map(|m| (m.id, fold(m.name.as_str())))
        .collect();
    let pick = |test: &dyn Fn(&str) -> bool| -> Vec<MemberId> {
        folded
            .iter()
            .filter(|(_, name)| test(name))
            .map(|(id, _)| *id)
            .collect()
    };
    let tests: [&dyn Fn(&str) -> bool; 4] = [
        &|name| name == wanted || name.replace(' ', "-") == wanted,
        &|name| name.split_whitespace().any(|part| part == wanted),
        &|name| name.starts_with(&wanted) || name.replace(' ', "-").starts_with(&wanted),
        &|name| {
            name.split_whitespace()
                .any(|part| part.starts_with(&wanted))
        },
    ];
    for test in tests {
        match pick(test).as_slice() {
            [] => {}
            [one] => return Found::One(*one),
            many => return Found::Many(many.to_vec()),
        }
    }
    Found::Nobody
}

/// The only person of this name, or of whose name this is a whole part; case and accents do not matter. For names that
/// nobody typed here: numbers and beginnings of names mean nobody.
pub fn called<'a>(members: impl IntoIterator<Item = &'a Member>, name: &str) -> Option<MemberId> {
    let members: Vec<&Member> = members.into_iter().filter(|m| m.left.is_none()).collect();
    called_as_typed(&members, name)
        .or_else(|| called_as_typed(&members, given_first(name)?.as_str()))
}

fn called_as_typed(members: &[&Member], name: &str) -> Option<MemberId> {
    let wanted = fold(name.trim());
    let (mut whole, mut part) = (Vec::new(), Vec::new());
    for member in members {
        let name = fold(&member.name);
        if name == wanted || name.replace([' ', '-'], "_") == wanted.replace([' ', '-'], "_") {
            whole.push(member.id);
        } else if name.split_whitespace().any(|part| part == wanted) {
            part.push(member.id);
        }
    }
    let found = if whole.is_empty() { part } else { whole };
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The person of exactly this name or with this number; case and accents do not matter.
pub fn exactly<'a>(members: impl IntoIterator<Item = &'a Member>, typed: &str) -> Option<MemberId> {
    let label = Label::parse(typed.trim());
    let name = fold(typed.trim());
    let same = |member: &&Member| label == Some(member.label) || fold(&member.name) == name;
    members.into_iter().find(same).map(|member| member.id)
}

/// The shortest form of a name that still tells its bearer from the others: `Jun`, `Maria O.`, else
/// the whole name.
pub fn short_name<'a>(member: &Member, others: impl IntoIterator<Item = &'a Member>) -> String {
    let name = member.name.as_str();
    let mut parts = name.split_whitespace();
    let (Some(first), last) = (parts.next(), parts.next_back()) else {
        return name.to_owned();
    };
    let others: Vec<&str> = others
        .into_iter()
        .filter(|o| o.id != member.id)
        .map(|o| o.name.as_str())
        .collect();
    let firsts = |other: &str| other.split_whitespace().next().map(fold);
    if !others
        .iter()
        .any(|other| firsts(other) == Some(fold(first)))
    {
        return first.to_owned();
    }
    let Some(initial) = last.and_then(|last| last.chars().next()) else {
        return name.to_owned();
    };
    let form = format!("{first} {initial}.");
    let clash = others.iter().any(|other| {
        firsts(other) == Some(fold(first))
            && other
                .split_whitespace()
                .next_back()
                .and_then(|l| l.chars().next())
                == Some(initial)
    });
    if clash { name.to_owned() } else { form }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Ids;

    fn roster(names: &[&str]) -> Vec<Member> {
        let at = Moment::from_millis(0);
        let mut ids = Ids::new(at, 1);
        names
            .iter()
            .zip(1..)
            .map(|(name, label)| {
                Member::new(MemberId(ids.make()), Clean::line(name), Label(label), at)
            })
            .collect()
    }

    #[test]
    fn labels_read_back_as_they_are_shown() {
        for n in 1..=18 {
            assert_eq!(Label::parse(&Label(n).to_string()), Some(Label(n)));
        }
        for bad in ["", "0", "00", "10", "x", "001"] {
            assert_eq!(Label::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn people_are_found_as_address_books_write_them() {
        let people = roster(&["Maria Okafor", "Maria Lind", "Okafor"]);
        let both = |typed: &str| (find(&people, typed), called(&people, typed));
        let id = people[0].id;
        assert_eq!(both("Okafor, Maria"), (Found::One(id), Some(id)));
        assert_eq!(both("Okafor, Ana"), (Found::Nobody, None));
        assert_eq!(both("Okafor, Maria, too"), (Found::Nobody, None));
        assert_eq!(both(", Maria"), (Found::Nobody, None));
    }

    #[test]
    fn people_are_found_without_case_and_accents() {
        let people = roster(&["María Okafor", "Mark Adeyemi", "Léa Brandt", "李 美玲"]);
        assert_eq!(find(&people, "mari"), Found::One(people[0].id));
        assert_eq!(find(&people, "lea"), Found::One(people[2].id));
        assert_eq!(find(&people, "李"), Found::One(people[3].id));
        assert_eq!(find(&people, "brandt"), Found::One(people[2].id));
        assert_eq!(find(&people, "mark-a"), Found::One(people[1].id));
        assert_eq!(find(&people, "2"), Found::One(people[1].id));
        assert_eq!(
            find(&people, "ma"),
            Found::Many(vec![people[0].id, people[1].id])
        );
        assert_eq!(find(&people, "zoe"), Found::Nobody);
    }

    #[test]
    fn a_whole_part_of_a_name_wins_over_a_beginning() {
        let people = roster(&["Maria Okafor", "Mariana Lopez", "Tom Maria"]);
        assert_eq!(find(&people, "mariana"), Found::One(people[1].id));
        assert_eq!(
            find(&people, "maria"),
            Found::Many(vec![people[0].id, people[2].id])
        );
        assert_eq!(find(&people[..2], "maria"), Found::One(people[0].id));
        assert!(matches!(find(&people, "mari"), Found::Many(ids) if ids.len() == 2));
    }

    #[test]
    fn a_name_is_shortened_as_far_as_it_stays_distinct() {
        let people = roster(&["Jun Tanaka", "Maria Okafor", "Maria Adeyemi", "Sam"]);
        let short: Vec<String> = people.iter().map(|m| short_name(m, &people)).collect();
        assert_eq!(short, ["Jun", "Maria O.", "Maria A.", "Sam"]);
    }

    #[test]
    fn the_lowest_free_label_is_given() {
        let mut people = roster(&["A", "B", "C"]);
        assert_eq!(free_label(&people), Label(4));
        people[1].left = Some(Moment::from_millis(1));
        assert_eq!(free_label(&people), Label(2));
    }
}
