//! The preview as lines, and its pane.

use std::collections::BTreeSet;

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

/// Some lines of the preview.
enum Part<'a> {
    One(Entry),
    Rows(Rows<'a>),
}

/// Rows that are made when they are drawn, since a file may have very many.
struct Rows<'a> {
    voice: Voice,
    count: usize,
    told: Box<dyn Fn(usize) -> String + 'a>,
    /// Those that stay out; `None` where none can.
    out: Option<&'a BTreeSet<usize>>,
}

impl Rows<'_> {
    fn at(&self, row: usize) -> Entry {
        let words = (self.told)(row);
        match self.out {
            None => entry(self.voice, words),
            Some(out) if out.contains(&row) => Entry {
                row: Some(row),
                ..entry(Voice::Quiet, format!("{words}  (stays out)"))
            },
            Some(_) => Entry {
                row: Some(row),
                ..entry(self.voice, words)
            },
        }
    }
}

impl Part<'_> {
    const fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Rows(rows) => rows.count,
        }
    }
}

/// The preview as lines.
#[derive(Default)]
pub(super) struct Lines<'a>(Vec<Part<'a>>);

impl<'a> Lines<'a> {
    fn push(&mut self, entry: Entry) {
        self.0.push(Part::One(entry));
    }

    /// Rows under a heading with their number; nothing where there are none.
    fn group<T>(&mut self, title: &str, rows: &'a [T], told: impl Fn(&T) -> String + 'a) {
        if rows.is_empty() {
            return;
        }
        self.push(entry(Voice::Plain, ""));
        self.push(entry(Voice::Quiet, format!("{title}, {}", rows.len())));
        self.rows(Voice::Plain, rows, told);
    }

    /// A group of which each row can stay out.
    fn choice<T>(
        &mut self,
        title: &str,
        (rows, out): (&'a [T], &'a BTreeSet<usize>),
        told: impl Fn(&T) -> String + 'a,
    ) {
        self.group(title, rows, told);
        if let Some(Part::Rows(last)) = self.0.last_mut().filter(|_| !rows.is_empty()) {
            last.out = Some(out);
        }
    }

    fn rows<T>(&mut self, voice: Voice, rows: &'a [T], told: impl Fn(&T) -> String + 'a) {
        let told = move |n: usize| rows.get(n).map(&told).unwrap_or_default();
        self.0.push(Part::Rows(Rows {
            voice,
            count: rows.len(),
            told: Box::new(told),
            out: None,
        }));
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(Part::count).sum()
    }

    /// The line of the first row that can stay out.
    pub(super) fn first_choice(&self) -> Option<usize> {
        let can = |part: &Part<'_>| matches!(part, Part::Rows(rows) if rows.out.is_some());
        let place = self.0.iter().position(can)?;
        Some(self.0.iter().take(place).map(Part::count).sum())
    }

    /// What stands on line `place`, from 0.
    pub(super) fn at(&self, place: usize) -> Option<Entry> {
        let mut before = 0;
        for part in &self.0 {
            let within = place.checked_sub(before)?;
            if within < part.count() {
                return Some(match part {
                    Part::One(line) => entry(line.voice, line.words.as_str()),
                    Part::Rows(rows) => rows.at(within),
                });
            }
            before += part.count();
        }
        None
    }
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
            (Reading::Plan, _) if self.is_edited() => {
                "It is not taken as it is; E opens your words again.".to_owned()
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

    pub(super) fn lines(&self) -> Lines<'_> {
        let mut lines = Lines::default();
        let head = if self.is_edited() {
            "As you wrote it".to_owned()
        } else {
            format!("{}: {}", self.name, self.total())
        };
        lines.push(entry(Voice::Head, head));
        lines.push(entry(Voice::Plain, self.destination()));
        match self.reading {
            Reading::Backup => {
                let how = format!("circlet restore {}", self.name);
                lines.push(entry(Voice::Head, how));
                let words = "It becomes a store of its own; nothing here is changed by it.";
                lines.push(entry(Voice::Quiet, words));
            }
            Reading::Plan => self.plan_lines(&mut lines),
            Reading::Actions => self.action_lines(&mut lines),
            Reading::People => {
                self.trouble(&self.people.faults, &self.people.notes, &mut lines);
                lines.group("In the circle already, stay out", &self.known, person);
                lines.choice("People", (&self.people.people, &self.out), person);
            }
            Reading::Questions => {
                self.trouble(&self.questions.faults, &self.questions.notes, &mut lines);
                let questions = &self.questions.questions;
                lines.choice("Questions", (questions, &self.out), question);
                lines.group("Left out", &self.questions.left, left_out);
            }
        }
        lines
    }

    fn plan_lines<'a>(&'a self, lines: &mut Lines<'a>) {
        let Some(plan) = &self.plan else { return };
        lines.rows(Voice::Head, &plan.head, String::clone);
        self.trouble(&plan.faults, &plan.remarks, lines);
        lines.rows(Voice::Plain, &plan.blocks, String::clone);
    }

    fn action_lines<'a>(&'a self, lines: &mut Lines<'a>) {
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
        lines.group("New", &tasks.new, String::clone);
        let newer = if tasks.replace {
            "To bring up to date"
        } else {
            "Here already, and different in the file"
        };
        lines.group(newer, &tasks.newer, String::clone);
    }

    /// What is wrong comes first: it is what one must see before saying yes.
    fn trouble<'a>(&'a self, faults: &'a [Fault], notes: &[String], lines: &mut Lines<'a>) {
        if !faults.is_empty() || !notes.is_empty() {
            lines.push(entry(Voice::Plain, ""));
        }
        let wrong = |fault: &Fault| format!("! {}", fault.told(&self.name));
        lines.rows(Voice::Wrong, faults, wrong);
        for note in notes {
            lines.push(entry(Voice::Plain, note.clone()));
        }
    }

    /// Draws the preview over `area`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        Clear.render(area, buf);
        buf.set_style(area, styles.canvas());
        let title = if self.is_edited() { "Plan" } else { "Import" };
        let content = table::pane(title, "nothing is saved yet", true, area, (buf, styles));
        let lines = self.lines();
        let width = content.width.saturating_sub(CURSOR_CELLS);
        let height = |place: usize| {
            let line = lines.at(place);
            line.map_or(0, |line| text::wrap(&line.words, width).len().max(1))
        };
        let from = first_shown(height, self.at, usize::from(content.height));
        let mut row = 0;
        let mut shown = (from..).map_while(|place| Some((place, lines.at(place)?)));
        while let Some((place, line)) = shown.next().filter(|_| row < content.height) {
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
            let wrapped = text::wrap(&line.words, width);
            for words in &wrapped {
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
fn first_shown(height: impl Fn(usize) -> usize, at: usize, rows: usize) -> usize {
    let mut used = height(at) + height(at + 1);
    let mut from = at;
    while let Some(before) = from.checked_sub(1) {
        used += height(before);
        if used > rows {
            break;
        }
        from = before;
    }
    from
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
