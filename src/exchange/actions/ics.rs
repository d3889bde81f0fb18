//! Actions as to-dos for calendar programs (RFC 5545, 3.6.2), which a later file updates.
//!
//! A day is written as a day, so that it is the same one wherever it is read. Reminders come at nine where the
//! reader is: they count from the beginning of the day that is due.

use chrono::{Days, NaiveDate};

use crate::domain::action_list::{ActionList, ListedAction};
use crate::domain::clock::Moment;
use crate::domain::item::ActionState;
use crate::exchange::actions::{Wish, several};
use crate::exchange::calendar::lines::{File, escaped, sequence, time};

/// The hour at which people are reminded.
const HOUR: u32 = 9;

/// Reminders: how many days before the day due, and how that is written, counted from the beginning of that day.
const ALARMS: [(u64, &str); 2] = [(1, "-PT15H"), (0, "PT9H")];

/// What stands for a to-do that was begun: how far it has come nobody says.
const BEGUN: &str = "50";

/// The file.
pub(super) fn write(list: &ActionList, wish: &Wish) -> String {
    let mut file = File::new(&list.title());
    for row in &list.rows {
        todo(&mut file, row, (several(list), wish));
    }
    file.end()
}

fn todo(file: &mut File, row: &ListedAction, (several, wish): (bool, &Wish)) {
    file.put("BEGIN", "VTODO");
    file.put("UID", &row.uid.0.hyphenated().to_string());
    file.put("DTSTAMP", &time(wish.now));
    file.put("SEQUENCE", &sequence(wish.now));
    file.put("CREATED", &time(row.created));
    file.text("SUMMARY", &row.text);
    file.text("DESCRIPTION", &description(row, several));
    if let Some(due) = row.due {
        file.put("DUE;VALUE=DATE", &due.format("%Y%m%d").to_string());
    }
    state(file, row);
    if let Some(priority) = priority(row.priority) {
        file.put("PRIORITY", priority);
    }
    if !row.tags.is_empty() {
        let tags: Vec<String> = row.tags.iter().map(|tag| escaped(tag)).collect();
        file.put("CATEGORIES", &tags.join(","));
    }
    if let Some(due) = row.due {
        let words = format!("{} ({})", row.text, due.format("%a %-d %b"));
        for (_, at) in ALARMS
            .iter()
            .filter(|(days, _)| reminds(row, (due, *days), wish))
        {
            file.alarm(("TRIGGER;RELATED=END", at), &words);
        }
    }
    file.put("END", "VTODO");
}

/// Nobody is reminded of what is closed, nor at a time that has passed.
fn reminds(row: &ListedAction, (due, days): (NaiveDate, u64), wish: &Wish) -> bool {
    let at = due
        .checked_sub_days(Days::new(days))
        .and_then(|day| day.and_hms_opt(HOUR, 0, 0));
    wish.alarms
        && row.state.is_open()
        && !row.trashed
        && at.is_some_and(|at| Moment::from_local(at, wish.zone) > wish.now)
}

fn state(file: &mut File, row: &ListedAction) {
    if row.trashed {
        return file.put("STATUS", "CANCELLED");
    }
    match row.state {
        ActionState::Open | ActionState::Moved => file.put("STATUS", "NEEDS-ACTION"),
        ActionState::Partly => {
            file.put("STATUS", "IN-PROCESS");
            file.put("PERCENT-COMPLETE", BEGUN);
        }
        ActionState::Done => {
            file.put("STATUS", "COMPLETED");
            file.put("PERCENT-COMPLETE", "100");
            if let Some(closed) = row.closed {
                file.put("COMPLETED", &time(closed));
            }
        }
        ActionState::LetGo => file.put("STATUS", "CANCELLED"),
    }
}

/// Calendars count from 1, the highest, to 9; 5 is the middle. None where none was given.
const fn priority(given: u8) -> Option<&'static str> {
    match given {
        0 => None,
        1 => Some("5"),
        2 => Some("3"),
        _ => Some("1"),
    }
}

fn description(row: &ListedAction, several: bool) -> String {
    let lines = [
        several.then(|| row.circle.to_string()),
        Some(format!("{}, owner: {}", row.short(), row.owner_words)),
        row.left().map(|left| format!("Left: {left}")),
        row.waits_for
            .as_ref()
            .map(|other| format!("Waits for: {other}")),
        row.note.as_ref().map(|note| format!("Note: {note}")),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}
