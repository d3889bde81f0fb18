//! What would go with a person who is erased, and what would stay by a former member, in counts.

use serde::{Deserialize, Serialize};

/// Counts over every circle that was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Going {
    /// Answers that they gave for themselves alone; they go.
    pub answers: usize,
    /// Books in which it is known how far they have come; that goes.
    pub books: usize,
    /// Saved filters that name them; they go.
    pub filters: usize,
    /// Actions that they own or ask after; they stay.
    pub actions: usize,
    /// Notes and parked items that they raised, and questions that they wrote; they stay.
    pub rows: usize,
    /// Sessions that name them, as away, in a seat or as a guest; they stay.
    pub sessions: usize,
}

fn counted(all: &[(usize, &str, &str)]) -> Vec<String> {
    let told = all.iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, one, many)| match count {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    })
    .collect()
}

impl Going {
    /// What goes: `name, mail, 2 own answers, 1 reading place`.
    pub fn goes(&self) -> String {
        let mut words = vec!["name".to_owned(), "mail".to_owned()];
        words.extend(counted(&[
            (self.answers, "own answer", "own answers"),
            (self.books, "reading place", "reading places"),
            (self.filters, "saved filter", "saved filters"),
        ]));
        words.join(", ")
    }

    /// What stays, by a former member: `5 actions, 3 notes or topics, 2 sessions`; `nothing` if that is so.
    pub fn stays(&self) -> String {
        let words = counted(&[
            (self.actions, "action", "actions"),
            (self.rows, "note or topic", "notes or topics"),
            (self.sessions, "session", "sessions"),
        ]);
        if words.is_empty() {
            "nothing".to_owned()
        } else {
            words.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_told() {
        let none = Going::default();
        assert_eq!(
            (none.goes().as_str(), none.stays().as_str()),
            ("name, mail", "nothing")
        );
        let some = Going {
            answers: 2,
            books: 1,
            actions: 1,
            sessions: 3,
            ..none
        };
        assert_eq!(some.goes(), "name, mail, 2 own answers, 1 reading place");
        assert_eq!(some.stays(), "1 action, 3 sessions");
    }
}
