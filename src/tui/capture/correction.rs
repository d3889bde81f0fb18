//! A line that corrects a row which was written down before.

use crate::command::{Draft, ItemEdit};
use crate::domain::document::Document;
use crate::domain::item::Owner;

/// What a corrected line says about a row that exists.
pub(super) fn correction(draft: &Draft) -> ItemEdit {
    match draft {
        Draft::Action {
            text,
            owner,
            due,
            priority,
            tags,
            ..
        } => ItemEdit {
            text: Some(text.clone()),
            owner: Some(*owner),
            due: Some(*due),
            priority: Some(*priority),
            tags: Some(tags.clone()),
            ..ItemEdit::default()
        },
        Draft::Decision { text, tags } => ItemEdit {
            text: Some(text.clone()),
            tags: Some(tags.clone()),
            ..ItemEdit::default()
        },
        Draft::Note {
            text,
            audience,
            tags,
        }
        | Draft::Quote {
            text,
            audience,
            tags,
            ..
        } => ItemEdit {
            text: Some(text.clone()),
            audience: Some(*audience),
            tags: Some(tags.clone()),
            ..ItemEdit::default()
        },
        Draft::Answer { text, .. } | Draft::BookQuestion { text, .. } => ItemEdit {
            text: Some(text.clone()),
            ..ItemEdit::default()
        },
        Draft::Parked {
            text,
            raised_by,
            tags,
        } => ItemEdit {
            text: Some(text.clone()),
            owner: Some(raised_by.map_or(Owner::Nobody, Owner::Member)),
            tags: Some(tags.clone()),
            ..ItemEdit::default()
        },
        Draft::Question(question) => ItemEdit {
            text: Some(question.text.clone()),
            ..ItemEdit::default()
        },
    }
}

/// Of a corrected line only what differs from the row as it was when the line was opened, so that what somebody else
/// changes beside it meanwhile stays.
pub(super) fn what_differs(mut edit: ItemEdit, seen: &Document) -> ItemEdit {
    let words = seen.written().map(|(_, words)| words);
    edit.text = edit.text.filter(|text| Some(text) != words);
    let tags = match seen {
        Document::Action(row) => {
            edit.owner = edit.owner.filter(|owner| *owner != row.owner);
            edit.due = edit.due.filter(|due| *due != row.due);
            edit.priority = edit.priority.filter(|priority| *priority != row.priority);
            Some(&row.tags)
        }
        Document::Note(row) => {
            edit.audience = edit.audience.filter(|audience| *audience != row.audience);
            Some(&row.tags)
        }
        Document::Parked(row) => {
            let raised = row.raised_by.map_or(Owner::Nobody, Owner::Member);
            edit.owner = edit.owner.filter(|owner| *owner != raised);
            Some(&row.tags)
        }
        Document::Decision(row) => Some(&row.tags),
        _ => None,
    };
    edit.tags = edit.tags.filter(|new| Some(new) != tags);
    edit
}
