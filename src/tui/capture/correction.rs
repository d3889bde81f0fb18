//! A line that corrects a row which was written down before.

use crate::command::{Draft, ItemEdit};
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
        Draft::Answer { text, .. } => ItemEdit {
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
