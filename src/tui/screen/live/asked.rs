//! What a line or a list of Live is about, and who takes what was typed or picked.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{LiveScreen, hand_notes, record};
use crate::tui::view::{Ask, Choice, Reply, Tag, View};

/// What a line or a list of Live is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: what is left of an action.
    Left,
    /// A line: a new date.
    Due,
    /// A line: the words of a row.
    Words,
    /// A line: why an action is let go.
    Reason,
    /// A line: an action in smaller words.
    Smaller,
    /// A list: what would help with an action that was carried again and again.
    Carried,
    /// A list: who sees to a row.
    Owner,
    /// A list: questions of the bank.
    Question,
    /// A list: those who were not heard yet.
    NotHeard,
    /// A list: what can be done about groups.
    Groups,
    /// A line: what a group brought back.
    Report,
    /// A list: whose notes go to a file.
    Presenter,
    /// A list: people for the block under the mark of the agenda.
    Lead,
    /// A list: people for a seat.
    Holder,
    /// A list: what is counted.
    Count,
    /// A line: the topics of a vote.
    Topics,
    /// A list: points for a question.
    Points,
    /// A list: a question for each.
    Each,
}

impl Asked {
    /// As the shell carries it.
    pub(super) const fn tag(self) -> Tag {
        Tag::Live(self)
    }

    /// Asks for a line that begins as `text`; `help` stands below it.
    pub(super) fn line(self, label: &str, text: &str, help: &str) -> Reply {
        Reply::Ask(Ask {
            tag: self.tag(),
            label: label.to_owned(),
            text: text.to_owned(),
            help: help.to_owned(),
        })
    }

    /// Offers a list, its first row marked.
    pub(super) fn list(self, title: impl Into<String>, rows: Vec<String>) -> Reply {
        self.list_at(0, title, rows)
    }

    /// Offers a list with this row marked.
    pub(super) fn list_at(
        self,
        selected: usize,
        title: impl Into<String>,
        rows: Vec<String>,
    ) -> Reply {
        Reply::Choose(Choice {
            tag: self.tag(),
            title: title.into(),
            rows,
            selected,
        })
    }
}

impl LiveScreen {
    /// A line was typed.
    pub(super) fn line_typed(&mut self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        if asked == Asked::Report {
            return self.typed_report(text);
        }
        let Some(stage) = Stage::of(*view) else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Topics => record::typed_topics(text, &stage),
            _ => self.typed(asked, text, &stage),
        }
    }

    /// A row was picked.
    pub(super) fn row_picked(&mut self, asked: Asked, row: usize, view: &View<'_>) -> Reply {
        if asked == Asked::Presenter {
            let lead = self.presenters.get(row);
            return lead.map_or(Reply::Ignored, |lead| hand_notes::chosen(*lead, view));
        }
        let Some(stage) = Stage::of(*view) else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Groups => self.picked_groups(row, &stage),
            Asked::Count => self.counted(row, &stage),
            Asked::Question => self.add_question(row, &stage),
            Asked::Each => self.each.take(view),
            Asked::NotHeard => self.invite(row),
            Asked::Points => self.points_picked(row, &stage),
            Asked::Lead | Asked::Holder => self.holder_picked(row, &stage),
            _ => self.picked(asked, row, &stage),
        }
    }
}
