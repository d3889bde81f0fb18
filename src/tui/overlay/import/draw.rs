//! The preview as lines, and its pane.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::question::DraftQuestion;
use crate::exchange::roster::DraftMember;
use crate::exchange::{Fault, LeftOut};
use crate::theme::glyphs::{CURSOR_CELLS, Mark};
use crate::theme::{Role, Styles};
use crate::tui::overlay::import::{Import, Reading};
use crate::tui::screen::table;
use crate::tui::widget::{list, text};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    Head,
    Plain,
    Quiet,
    Wrong,
}

/// One line of the preview.
pub(super) struct Entry {
    voice: Voice,
    words: String,
    /// Its place among the rows that can stay out.
    pub(super) row: Option<usize>,
}

fn entry(voice: Voice, words: impl Into<String>) -> Entry {
    Entry {
        voice,
        words: words.into(),
        row: None,
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

impl Import {
    /// What would be taken, in one phrase.
    fn total(&self) -> String {
        match self.reading {
            Reading::People => counted(self.count(), "person", "people"),
            Reading::Questions => counted(self.count(), "question", "questions"),
            Reading::Actions => counted(self.count(), "action", "actions"),
            Reading::Backup => "a backup".to_owned(),
            Reading::Plan => "a plan".to_owned(),
        }
    }

    fn destination(&self) -> String {
        match (self.reading, &self.into) {
            (Reading::Backup, _) => {
                "This is a backup of a whole store. Leave circlet and type:".to_owned()
            }
            (Reading::Plan, _) if self.count() > 0 => {
                "Enter makes it the plan of the session; u takes it back.".to_owned()
            }
            (Reading::Plan, _) => "It is not taken as it is.".to_owned(),
            (_, _) if self.count() == 0 => "There is nothing to take.".to_owned(),
            (Reading::Actions, _) => format!("Enter takes {} in, as one step.", self.total()),
            (Reading::Questions, _) => {
                format!("Enter adds {} to the question bank.", self.total())
            }
            (Reading::People, Some(into)) => {
                format!("Enter adds {} to {}.", self.total(), into.name)
            }
            (Reading::People, None) => {
                format!(
                    "Enter opens the form for a circle with {} in it.",
                    self.total()
                )
            }
        }
    }

    pub(super) fn lines(&self) -> Vec<Entry> {
        let mut lines = vec![
            entry(Voice::Head, format!("{}: {}", self.name, self.total())),
            entry(Voice::Plain, self.destination()),
        ];
        match self.reading {
            Reading::Backup => lines.extend([
                entry(Voice::Head, format!("circlet restore {}", self.name)),
                entry(
                    Voice::Quiet,
                    "It becomes a store of its own; nothing here is changed by it.",
                ),
            ]),
            Reading::Plan => self.plan_lines(&mut lines),
            Reading::Actions => self.action_lines(&mut lines),
            Reading::People => {
                self.trouble(&self.people.faults, &self.people.notes, &mut lines);
                let known = self.known.iter().map(person).collect::<Vec<_>>();
                group("In the circle already, stay out", known, &mut lines);
                let people = self.people.people.iter().map(person).collect();
                self.rows("People", people, &mut lines);
            }
            Reading::Questions => {
                self.trouble(&self.questions.faults, &self.questions.notes, &mut lines);
                let questions = self.questions.questions.iter().map(question).collect();
                self.rows("Questions", questions, &mut lines);
                let left = self.questions.left.iter();
                group("Left out", left.map(left_out).collect(), &mut lines);
            }
        }
        lines
    }

    /// Rows of which each can stay out.
    fn rows(&self, title: &str, rows: Vec<String>, lines: &mut Vec<Entry>) {
        let from = lines.len();
        group(title, rows, lines);
        for (row, line) in lines.iter_mut().skip(from + 2).enumerate() {
            line.row = Some(row);
            if self.out.contains(&row) {
                line.voice = Voice::Quiet;
                line.words = format!("{}  (stays out)", line.words);
            }
        }
    }

    fn plan_lines(&self, lines: &mut Vec<Entry>) {
        let Some(plan) = &self.plan else { return };
        lines.extend(
            plan.head
                .iter()
                .map(|words| entry(Voice::Head, words.clone())),
        );
        self.trouble(&plan.faults, &plan.remarks, lines);
        let blocks = plan.blocks.iter();
        lines.extend(blocks.map(|words| entry(Voice::Plain, words.clone())));
    }

    fn action_lines(&self, lines: &mut Vec<Entry>) {
        let Some(tasks) = &self.actions else { return };
        lines.push(entry(
            Voice::Plain,
            format!(
                "Read as {}: {}.",
                tasks.taken.layout.as_str(),
                tasks.intake.words(tasks.replace)
            ),
        ));
        let mut notes = tasks.taken.notes.clone();
        notes.extend(tasks.strangers(&self.name));
        self.trouble(&tasks.taken.faults, &notes, lines);
        group("New", tasks.new.clone(), lines);
        let newer = if tasks.replace {
            "To bring up to date"
        } else {
            "Here already, and different in the file"
        };
        group(newer, tasks.newer.clone(), lines);
    }

    /// What is wrong comes first: it is what one must see before saying yes.
    fn trouble(&self, faults: &[Fault], notes: &[String], lines: &mut Vec<Entry>) {
        if !faults.is_empty() || !notes.is_empty() {
            lines.push(entry(Voice::Plain, ""));
        }
        for fault in faults {
            lines.push(entry(Voice::Wrong, format!("! {}", fault.told(&self.name))));
        }
        for note in notes {
            lines.push(entry(Voice::Plain, note.clone()));
        }
    }

    /// Draws the preview over `area`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        Clear.render(area, buf);
        buf.set_style(area, styles.canvas());
        let content = table::pane("Import", "nothing is saved yet", true, area, (buf, styles));
        let lines = self.lines();
        let wrapped: Vec<Vec<Cow<'_, str>>> = lines
            .iter()
            .map(|line| text::wrap(&line.words, content.width.saturating_sub(CURSOR_CELLS)))
            .collect();
        let heights: Vec<usize> = wrapped.iter().map(|rows| rows.len().max(1)).collect();
        let mut row = 0;
        let from = first_shown(&heights, self.at, usize::from(content.height));
        for (place, (line, wrapped)) in lines.iter().zip(&wrapped).enumerate().skip(from) {
            if row >= content.height {
                break;
            }
            let style = match line.voice {
                Voice::Head => styles.bold(Role::Text),
                Voice::Plain => styles.of(Role::Text),
                Voice::Quiet => styles.of(Role::Muted),
                Voice::Wrong => styles.of(Role::Bad),
            };
            if place == self.at && line.row.is_some() {
                let mark = Line::from(list::cursor_mark(Mark::Cursor, styles));
                text::put_line(&mark, text::row(content, row), buf);
            }
            for words in wrapped {
                if row < content.height {
                    let line = Line::from(Span::styled(words.as_ref(), style));
                    let at = text::after(text::row(content, row), CURSOR_CELLS);
                    text::put_line(&line, at, buf);
                }
                row = row.saturating_add(1);
            }
            if wrapped.is_empty() {
                row = row.saturating_add(1);
            }
        }
    }
}

/// The first line that is drawn, so that the line `at` is seen with as many before it as there is room for, and one
/// behind it.
fn first_shown(heights: &[usize], at: usize, rows: usize) -> usize {
    let next = heights.get(at + 1).copied().unwrap_or(0);
    let mut used = heights.get(at).copied().unwrap_or(1) + next;
    let mut from = at;
    while let Some(before) = from.checked_sub(1) {
        used += heights.get(before).copied().unwrap_or(1);
        if used > rows {
            break;
        }
        from = before;
    }
    from
}

fn group(title: &str, rows: Vec<String>, lines: &mut Vec<Entry>) {
    if rows.is_empty() {
        return;
    }
    lines.push(entry(Voice::Plain, ""));
    lines.push(entry(Voice::Quiet, format!("{title}, {}", rows.len())));
    lines.extend(rows.into_iter().map(|row| entry(Voice::Plain, row)));
}

fn person(person: &DraftMember) -> String {
    let mail = person.mail.as_ref();
    let mail = mail.map_or_else(String::new, |mail| format!("  {mail}"));
    let role = person.role.as_ref();
    let role = role.map_or_else(String::new, |role| format!("  {role}"));
    format!("{:>4}  {}{mail}{role}", person.line, person.name)
}

fn question(question: &DraftQuestion) -> String {
    let theme = if question.theme.is_empty() {
        String::new()
    } else {
        format!(", {}", question.theme)
    };
    format!(
        "{:>4}  {}  ({}{theme})",
        question.line, question.text, question.kind
    )
}

fn left_out(left: &LeftOut) -> String {
    format!("{:>4}  {}: {}", left.line, left.why, left.text)
}
