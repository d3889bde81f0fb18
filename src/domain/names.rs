//! How people are called in what is shown and exported: in full, by initials while names are masked, or by
//! role and number in a file without names.
//!
//! A typed text that contains a name keeps it: only the fields that hold people are masked.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::id::MemberId;
use crate::domain::item::Owner;
use crate::domain::mentions;
use crate::domain::roster::{Member, short_name};

/// What stands for somebody whose document is gone.
pub const FORMER: &str = "former member";

/// How names are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Naming {
    /// In full.
    #[default]
    Full,
    /// By initials.
    Masked,
    /// By what they are in the circle and their number: `member 2`, in files without names.
    Numbered,
}

/// The names of a circle, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    names: BTreeMap<MemberId, String>,
}

impl Names {
    /// The names of these people. Two people with the same initials are told apart by a number, in the
    /// order of their labels, so that a mask stays the same through a session.
    pub fn new<'a>(members: impl IntoIterator<Item = &'a Member>, naming: Naming) -> Self {
        let mut members: Vec<&Member> = members.into_iter().collect();
        members.sort_by_key(|member| (member.left.is_some(), member.label, member.id));
        let mut seen: BTreeMap<String, u16> = BTreeMap::new();
        let names = members
            .into_iter()
            .map(|member| {
                let mut apart = |mask: String, sign: &str| {
                    let times = seen.entry(mask.clone()).or_default();
                    *times += 1;
                    match *times {
                        1 => mask,
                        n => format!("{mask}{sign}{n}"),
                    }
                };
                let name = match naming {
                    Naming::Full => member.name.to_string(),
                    Naming::Masked => apart(initials(&member.name), ""),
                    Naming::Numbered => apart(numbered(member), "-"),
                };
                (member.id, name)
            })
            .collect();
        Self { names }
    }

    /// What this person is called.
    pub fn of(&self, id: MemberId) -> &str {
        self.names.get(&id).map_or(FORMER, String::as_str)
    }

    /// An owner as JSON has it: a name, `all`, or nothing.
    pub fn owner(&self, owner: Owner) -> Option<&str> {
        match owner {
            Owner::Nobody => None,
            Owner::All => Some("all"),
            Owner::Member(id) => Some(self.of(id)),
        }
    }

    /// An owner in words.
    pub fn owner_words(&self, owner: Owner) -> &str {
        match owner {
            Owner::Nobody => "nobody yet",
            Owner::All => "everyone, together",
            Owner::Member(id) => self.of(id),
        }
    }
}

/// The shortest name that still tells somebody from `others`; while names are masked initials, with a number where two
/// have the same.
pub fn short<'a>(
    member: &Member,
    others: impl IntoIterator<Item = &'a Member>,
    naming: Naming,
) -> String {
    match naming {
        Naming::Full => {}
        Naming::Masked => {
            let mut all = vec![member];
            for other in others.into_iter().filter(|other| other.id != member.id) {
                all.push(other);
            }
            return Names::new(all, Naming::Masked).of(member.id).to_owned();
        }
        Naming::Numbered => return numbered(member),
    }
    let short = short_name(member, others);
    // A family name of one character says little; names written that way are short anyway.
    if short.graphemes(true).nth(1).is_none() {
        member.name.to_string()
    } else {
        short
    }
}

/// `member 2`: what somebody is in the circle, and the number before their name.
fn numbered(member: &Member) -> String {
    let what = match member.left {
        None => member.role.word(),
        Some(_) => FORMER,
    };
    format!("{what} {}", member.label.0)
}

/// The first letters of the first and the last part of a name: `MO` for Maria Okafor.
pub fn initials(name: &str) -> String {
    let mut parts = name
        .split_whitespace()
        .filter_map(|part| part.graphemes(true).next());
    let first = parts.next().unwrap_or("?");
    let last = parts.next_back().unwrap_or_default();
    format!("{}{}", first.to_uppercase(), last.to_uppercase())
}

/// A text of the program's own making, such as the title of an act, with initials in place of the names of
/// these people.
pub fn mask<'a>(text: &str, members: impl IntoIterator<Item = &'a Member>) -> String {
    let members: Vec<&Member> = members.into_iter().collect();
    let masks = Names::new(members.iter().copied(), Naming::Masked);
    let words = members
        .iter()
        .map(|member| (member.name.as_str(), masks.of(member.id)));
    mentions::replaced(text, &words.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::roster::{Label, Role};
    use crate::domain::text::Clean;
    use uuid::Uuid;

    fn member(label: u16, name: &str) -> Member {
        Member::new(
            MemberId(Uuid::from_u128(u128::from(label))),
            Clean::line(name),
            Label(label),
            Moment::from_millis(0),
        )
    }

    #[test]
    fn masked_names_are_initials_that_stay_distinct() {
        let people = [
            member(3, "Max Ober"),
            member(1, "Maria Okafor"),
            member(2, "李 美玲"),
            member(4, "Jun"),
        ];
        let names = Names::new(&people, Naming::Masked);
        let all: Vec<&str> = people.iter().map(|person| names.of(person.id)).collect();
        assert_eq!(all, ["MO2", "MO", "李美", "J"]);
    }

    #[test]
    fn a_mask_takes_the_longest_name_first_and_whole_words_alone() {
        let people = [member(1, "Ana"), member(2, "Ana Lima"), member(3, "Jo")];
        let told = mask("Ana Lima and Ana: Join the call, Jo's turn", &people);
        assert_eq!(told, "AL and A: Join the call, J's turn");
    }

    #[test]
    fn two_people_with_the_same_initials_are_told_apart_in_a_round_too() {
        let people = [member(1, "Maria Okafor"), member(2, "Max Ober")];
        let short = |at: usize| short(&people[at], &people, Naming::Masked);
        assert_eq!((short(0).as_str(), short(1).as_str()), ("MO", "MO2"));
    }

    #[test]
    fn without_names_people_are_what_they_are_and_their_number() {
        let left = |id| Member {
            id: MemberId(Uuid::from_u128(id)),
            left: Some(Moment::from_millis(5)),
            ..member(2, "Jun")
        };
        let guest = Member {
            role: Role::Guest,
            ..member(11, "Noor Haddad")
        };
        let people = [member(2, "Maria Okafor"), guest, left(50), left(99)];
        let names = Names::new(&people, Naming::Numbered);
        let all: Vec<&str> = people.iter().map(|person| names.of(person.id)).collect();
        assert_eq!(
            all,
            [
                "member 2",
                "guest 11",
                "former member 2",
                "former member 2-2"
            ]
        );
    }

    #[test]
    fn an_owner_is_a_name_or_all_or_nothing() {
        let people = [member(1, "Maria Okafor")];
        let names = Names::new(&people, Naming::Full);
        assert_eq!(
            names.owner(Owner::Member(people[0].id)),
            Some("Maria Okafor")
        );
        assert_eq!(names.owner(Owner::All), Some("all"));
        assert_eq!(names.owner(Owner::Nobody), None);
        assert_eq!(names.of(MemberId(Uuid::nil())), "former member");
    }
}
