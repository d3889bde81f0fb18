//! The rows that are marked, and those that a command is for.

use crate::domain::id::QuestionId;
use crate::engine::query::BankRow;
use crate::tui::screen::questions::Questions;
use crate::tui::view::{CommandId, Reply};

impl Questions {
    /// The marked rows, else the one under the cursor.
    pub(super) fn targets(&self) -> Vec<&BankRow> {
        if self.marked.is_empty() {
            self.under().into_iter().collect()
        } else {
            self.marked.values().collect()
        }
    }

    pub(super) fn mark(&mut self, rows: &[QuestionId]) -> Reply {
        let Some(row) = self.under().cloned() else {
            return Reply::Ignored;
        };
        let id = row.question.id;
        if self.marked.remove(&id).is_none() {
            self.marked.insert(id, row);
        }
        self.cursor.step(CommandId::Down, rows);
        Reply::Handled
    }

    pub(super) fn mark_all(&mut self) -> Reply {
        let rows = &self.page.rows;
        if rows
            .iter()
            .all(|row| self.marked.contains_key(&row.question.id))
        {
            self.marked.clear();
        } else {
            let rows = rows.iter().map(|row| (row.question.id, row.clone()));
            self.marked.extend(rows);
        }
        Reply::Handled
    }
}
