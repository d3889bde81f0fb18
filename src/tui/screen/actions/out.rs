//! Rows on their way out of the list: copied as text, or written into files.

use std::collections::BTreeMap;

use crate::domain::id::{ActionId, CircleId, Key};
use crate::domain::item::Action;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::words;
use crate::tui::view::{CommandId, Format, Reply, Request, View};

impl Actions {
    pub(super) fn copy_all(&self, view: &View<'_>) -> Reply {
        let listed = self.listed(view);
        let rows = listed.rows.iter();
        let all: Vec<(Key, Action)> = rows
            .filter_map(|key| Some((*key, self.told.action(view, key)?.clone())))
            .collect();
        if all.is_empty() {
            return Reply::Ignored;
        }
        copy(&all, view)
    }

    /// Writes the rows that are shown, as they are filtered; those of each circle into a file of its own.
    pub(super) fn write(&self, id: CommandId, view: &View<'_>) -> Reply {
        let Some(format) = Format::of(id) else {
            return Reply::Ignored;
        };
        let mut by_circle: BTreeMap<CircleId, Vec<ActionId>> = BTreeMap::new();
        for key in &self.listed(view).rows {
            if let Some(circle) = circle_of(key) {
                by_circle.entry(circle).or_default().push(ActionId(key.id));
            }
        }
        if by_circle.is_empty() {
            return Reply::Refuse("no action is shown, so there is nothing to write".to_owned());
        }
        let write = |(circle, rows)| Request::Actions(circle, rows, format);
        Reply::Do(by_circle.into_iter().map(write).collect())
    }
}

/// Copies actions, a line each.
pub(super) fn copy(actions: &[(Key, Action)], view: &View<'_>) -> Reply {
    let row = |(key, action): &(Key, Action)| {
        let owner = circle_of(key).map(|circle| words::owner(view, circle, action.owner, false));
        format!(
            "- [{}] A{} {} ({}, {})",
            if action.state.is_open() { ' ' } else { 'x' },
            action.number,
            action.text,
            owner.unwrap_or_default(),
            words::due(view, action.due).text
        )
    };
    let rows: Vec<String> = actions.iter().map(row).collect();
    Reply::Do(vec![Request::Copy(rows.join("\n"))])
}
