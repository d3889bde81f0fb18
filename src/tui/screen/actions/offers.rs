//! What can be done here and now, for the row of keys: by pane, and by the row under the cursor.

use crate::tui::screen::actions::Actions;
use crate::tui::view::{CommandId, View};

impl Actions {
    pub(super) fn filter_offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let mut offers = vec![
            (CommandId::Open, "show these"),
            (CommandId::NextPane, "list"),
        ];
        if self.on_saved(view) {
            offers.push((CommandId::Remove, "take off"));
        }
        offers.push((CommandId::SaveFilter, "save the filter"));
        offers
    }

    pub(super) fn list_offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let listed = self.listed(view);
        let under = self.cursor.item(&listed.rows);
        let under = under.and_then(|key| self.told.action(view, &key));
        let Some(under) = under else {
            return vec![
                (CommandId::Add, "add"),
                (CommandId::Filter, "filter"),
                (CommandId::NextPane, "filters"),
            ];
        };
        if under.trashed.is_some() {
            return vec![
                (CommandId::ToTrash, "out of the trash"),
                (CommandId::Mark, "mark"),
                (CommandId::Open, "all of it"),
                (CommandId::Filter, "filter"),
            ];
        }
        if !under.state.is_open() && self.marked_rows(&listed).is_empty() {
            return vec![
                (CommandId::Done, "open again"),
                (CommandId::Open, "all of it"),
                (CommandId::Edit, "edit"),
                (CommandId::EditNote, "note"),
                (CommandId::ToTrash, "trash"),
                (CommandId::Add, "add"),
                (CommandId::Filter, "filter"),
                (CommandId::NextPane, "filters"),
            ];
        }
        vec![
            (CommandId::Mark, "mark"),
            (CommandId::Done, "done"),
            (CommandId::Partly, "partly"),
            (CommandId::Due, "new date"),
            (CommandId::Owner, "owner"),
            (CommandId::Review, "review"),
            (CommandId::Edit, "edit"),
            (CommandId::Add, "add"),
            (CommandId::Filter, "filter"),
            (CommandId::Remove, "let go"),
            (CommandId::Sort, "sort"),
            (CommandId::WaitsFor, "waits for"),
            (CommandId::AskHelp, "ask for help"),
            (CommandId::Partner, "partner"),
            (CommandId::EditNote, "note"),
            (CommandId::Goal, "goal"),
            (CommandId::MarkAll, "mark all"),
            (CommandId::Open, "all of it"),
            (CommandId::NextPane, "filters"),
            (CommandId::Next, "next owner"),
            (CommandId::ToTrash, "trash"),
            (CommandId::Copy, "copy"),
            (CommandId::CopyAll, "copy all"),
            (CommandId::WriteMarkdown, "write out"),
        ]
    }
}
