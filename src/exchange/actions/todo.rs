//! Actions as `todo.txt` (<https://github.com/todotxt/todo.txt>): one line each.
//!
//! The words come first and as they are; behind them stands, in this order, `+circle @owner #tags due: pri: id:
//! uid:`. A reader who looks from the end of the line is never misled by words that look like one of these. Every
//! line has the day on which it was made, so that no words are taken for a day or for the sign of what is done.

use crate::domain::action_list::{ActionList, ListedAction};
use crate::domain::clock::Zone;
use crate::domain::text::Clean;

/// The file.
pub(super) fn write(list: &ActionList, zone: Zone) -> String {
    let mut out = String::new();
    for row in &list.rows {
        out.push_str(&line(row, zone));
        out.push('\n');
    }
    out
}

fn line(row: &ListedAction, zone: Zone) -> String {
    let created = row.created.date(zone);
    let priority = priority(row.priority);
    let mut words = Vec::new();
    if row.state.is_open() {
        words.extend(priority.map(|letter| format!("({letter})")));
    } else {
        words.push("x".to_owned());
        // Both days or none: a lone one would be taken for that of the end.
        let closed = row.closed.map_or(created, |at| at.date(zone));
        words.push(closed.to_string());
    }
    words.push(created.to_string());
    words.push(Clean::line(&row.text).into_string());
    words.push(format!("+{}", row.slug()));
    words.extend(
        row.owner
            .as_deref()
            .map(|owner| format!("@{}", joined(owner))),
    );
    words.extend(row.tags.iter().map(|tag| format!("#{}", joined(tag))));
    words.extend(row.due.map(|day| format!("due:{day}")));
    if !row.state.is_open() {
        // What is done has no place for a priority at its beginning; this is how others keep it.
        words.extend(priority.map(|letter| format!("pri:{letter}")));
    }
    words.push(format!("id:{}", row.short()));
    words.push(format!("uid:{}", row.uid));
    words.join(" ")
}

/// `!!!` is A.
const fn priority(given: u8) -> Option<char> {
    match given {
        0 => None,
        1 => Some('C'),
        2 => Some('B'),
        _ => Some('A'),
    }
}

/// Several words as one.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_")
}
