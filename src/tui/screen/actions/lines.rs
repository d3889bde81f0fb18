//! The lines that are typed for an action: what they are for, how they are read, and how they may go on.

use std::collections::BTreeSet;

use crate::command::{ItemEdit, Settle};
use crate::domain::id::{CircleId, Key};
use crate::domain::item::{Action, Due};
use crate::domain::text::{Clean, Limit, TextError};
use crate::domain::when;
use crate::tui::overlay::line;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::{Actions, Asked};
use crate::tui::screen::words;
use crate::tui::view::{Ask, CommandId, Reply, View};

impl Actions {
    pub(super) fn typed_answer(&mut self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        let words = match Clean::line_within(text.trim(), Limit::Note) {
            Ok(words) => words,
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        let keys: Vec<Key> = self.asking.keys.clone();
        let edit = ItemEdit::default();
        let edit = match asked {
            Asked::Name => return self.save_as(text, view),
            Asked::Partly if words.is_empty() => {
                return Reply::Refuse("one line on what is left is needed".to_owned());
            }
            Asked::Partly => return self.settle(keys, Settle::Partly(words), view),
            Asked::LetGo => {
                let why = Some(words).filter(|why| !why.is_empty());
                return self.settle(keys, Settle::LetGo(why), view);
            }
            Asked::Text if words.is_empty() => {
                let key = view.keys.of(CommandId::Remove);
                return Reply::Refuse(format!("an action needs words; {key} lets it go"));
            }
            Asked::Text => ItemEdit {
                text: Some(words),
                ..edit
            },
            Asked::Due => match read_due(&words, view) {
                Ok(due) => ItemEdit {
                    due: Some(due),
                    ..edit
                },
                Err(why) => return Reply::Refuse(why),
            },
            Asked::Waits => ItemEdit {
                waits_for: Some(words),
                ..edit
            },
            Asked::Goal => ItemEdit {
                helps: Some(words),
                ..edit
            },
            Asked::Whole => match of_whole(text, self.asking.seen.as_ref(), view) {
                Ok(edit) => edit,
                Err(why) => return Reply::Refuse(why),
            },
            Asked::Note => match note_of(text) {
                Ok(note) => ItemEdit {
                    note: Some(note),
                    ..edit
                },
                Err(why) => return Reply::Refuse(why.to_string()),
            },
            Asked::Person(_) | Asked::Sort | Asked::Clash | Asked::Circle => {
                return Reply::Ignored;
            }
        };
        self.edit_seen(keys, edit, view)
    }

    /// Goals and competencies: those of the bank, and those that other actions help.
    pub(super) fn goals(&self, view: &View<'_>) -> Vec<String> {
        let circles = view.state.circles().map(|circle| circle.id);
        let used = circles.flat_map(|circle| view.state.actions(circle));
        let used = used.filter_map(|action| action.helps.as_ref());
        let known = self.told.competencies.iter().cloned();
        let all: BTreeSet<String> = used.map(ToString::to_string).chain(known).collect();
        all.into_iter().collect()
    }
}

/// An action as the editor has it: its words, an empty line, its note.
pub(super) fn whole(action: &Action) -> String {
    let note = action.note.as_deref().unwrap_or_default();
    format!("{}\n\n{note}\n", action.text)
}

/// What an edited text says about an action: only what differs.
fn of_whole(text: &str, seen: Option<&Action>, view: &View<'_>) -> Result<ItemEdit, String> {
    let (words, note) = text.split_once('\n').unwrap_or((text, ""));
    let words = Clean::line_within(words.trim(), Limit::Note).map_err(|why| why.to_string())?;
    if words.is_empty() {
        let key = view.keys.of(CommandId::Remove);
        return Err(format!(
            "the first line is the action and has no words; {key} lets it go"
        ));
    }
    let note = Clean::text_within(note.trim(), Limit::Note).map_err(|why| why.to_string())?;
    let note_was = seen.map(|action| action.note.as_deref().unwrap_or_default());
    Ok(ItemEdit {
        note: (note_was != Some(note.as_str())).then_some(note),
        text: Some(words).filter(|words| seen.is_none_or(|action| action.text != *words)),
        ..ItemEdit::default()
    })
}

/// A note as it stands in one line: `\n` begins a new line, and a backslash of its own is doubled.
pub(super) fn line_of(note: &str) -> String {
    note.replace('\\', "\\\\").replace('\n', "\\n")
}

/// A note as it was typed in one line.
pub(super) fn note_of(typed: &str) -> Result<Clean, TextError> {
    let mut note = String::new();
    let mut letters = typed.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let other = letters.next_if(|next| letter == '\\' && matches!(next, 'n' | '\\'));
        note.push(match other {
            Some('n') => '\n',
            Some(_) | None => letter,
        });
    }
    Clean::text_within(&note, Limit::Note)
}

pub(super) fn due_help(view: &View<'_>, circle: CircleId) -> String {
    let next = view.state.next_session(circle, view.now).map_or_else(
        || "not planned yet".to_owned(),
        |session| words::day(view, session.start),
    );
    format!("Empty = next session ({next}); or fri, 20 mar, +2w; none takes the date off")
}

/// A date for an action: nothing is the next session.
fn read_due(words: &str, view: &View<'_>) -> Result<Due, String> {
    match words.to_lowercase().as_str() {
        "" | "ns" | "next session" => return Ok(Due::NextSession),
        "none" | "no date" => return Ok(Due::None),
        _ => {}
    }
    // The library behind reads a time too and drops it.
    if let Some((day, time)) = when::with_time(words, view.seen()) {
        let day = when::short(day, words::today(view));
        return Err(format!(
            "a date is a whole day: {day} here, and {time} into the words with e"
        ));
    }
    when::read(words, view.seen())
        .map(Due::On)
        .ok_or_else(|| format!("\"{words}\" is no date; try fri, 20 mar, +2w or 2026-03-20"))
}

/// The line that a command asks for; `None` for one that asks nothing.
pub(super) fn asked(
    id: CommandId,
    key: &Key,
    (first, name): (&Action, &str),
    view: &View<'_>,
) -> Option<Ask> {
    let or_empty = |text: &Option<Clean>| text.as_deref().unwrap_or_default().to_owned();
    let (about, label, text, help) = match id {
        CommandId::Edit => (
            Asked::Text,
            name.to_owned(),
            first.text.to_string(),
            line::KEEPS.to_owned(),
        ),
        CommandId::Partly => (
            Asked::Partly,
            format!("{name}, what is left"),
            or_empty(&first.progress),
            "One line on what is left to do".to_owned(),
        ),
        CommandId::Due => (
            Asked::Due,
            format!("{name}, new date"),
            String::new(),
            circle_of(key).map_or_else(String::new, |circle| due_help(view, circle)),
        ),
        CommandId::Remove => (
            Asked::LetGo,
            format!("Let {name} go, because"),
            String::new(),
            line::LETS_GO.to_owned(),
        ),
        CommandId::WaitsFor => (
            Asked::Waits,
            format!("{name} waits for"),
            or_empty(&first.waits_for),
            "What or whom; empty ends the wait".to_owned(),
        ),
        CommandId::Goal => (
            Asked::Goal,
            format!("{name} helps"),
            or_empty(&first.helps),
            "A goal or competency; Tab completes, empty takes it off".to_owned(),
        ),
        CommandId::EditNote => (
            Asked::Note,
            format!("{name}, note"),
            line_of(&or_empty(&first.note)),
            "\\n begins a new line; empty takes the note away".to_owned(),
        ),
        _ => return None,
    };
    Some(Ask {
        tag: about.into(),
        label,
        text,
        help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_from_its_line_as_it_was() {
        for note in [
            "one\ntwo",
            "the path C:\\new",
            "a \\n that is meant",
            "\\\n\\",
        ] {
            assert_eq!(note_of(&line_of(note)).unwrap().as_str(), note);
        }
        assert!(note_of(&"x".repeat(40 * 1024)).is_err());
    }
}
