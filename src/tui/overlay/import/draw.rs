//! The preview as lines, and its pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::question::DraftQuestion;
use crate::exchange::roster::DraftMember;
use crate::exchange::{Fault, LeftOut};
use crate::theme::{Role, Styles};
use crate::tui::overlay::import::{Import, Reading};
use crate::tui::screen::table;
use crate::tui::widget::text;

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
}

/// Some lines of the preview: one, or rows that are made when they are drawn, since a file may have very many.
enum Part<'a> {
    One(Entry),
    Rows(Voice, usize, Box<dyn Fn(usize) -> String + 'a>),
}

impl Part<'_> {
    const fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Rows(_, count, _) => *count,
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

    fn rows<T>(&mut self, voice: Voice, rows: &'a [T], told: impl Fn(&T) -> String + 'a) {
        let told = move |n: usize| rows.get(n).map(&told).unwrap_or_default();
        self.0.push(Part::Rows(voice, rows.len(), Box::new(told)));
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(Part::count).sum()
    }

    /// What stands on line `place`, from 0.
    fn at(&self, place: usize) -> Option<Entry> {
        let mut before = 0;
        for part in &self.0 {
            let within = place.checked_sub(before)?;
            if within < part.count() {
                return Some(match part {
                    Part::One(line) => entry(line.voice, line.words.as_str()),
                    Part::Rows(voice, _, told) => entry(*voice, told(within)),
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
            (Reading::Plan, _) => {
                "This is the plan of a session. In another terminal, type:".to_owned()
            }
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
        let head = format!("{}: {}", self.name, self.total());
        lines.push(entry(Voice::Head, head));
        lines.push(entry(Voice::Plain, self.destination()));
        match self.reading {
            Reading::Backup => {
                let how = format!("circlet restore {}", self.name);
                lines.push(entry(Voice::Head, how));
                let words = "It becomes a store of its own; nothing here is changed by it.";
                lines.push(entry(Voice::Quiet, words));
            }
            Reading::Plan => lines.push(entry(
                Voice::Head,
                format!("circlet session plan --from {}", self.name),
            )),
            Reading::Actions => self.action_lines(&mut lines),
            Reading::People => {
                self.trouble(&self.people.faults, &self.people.notes, &mut lines);
                lines.group("In the circle already, stay out", &self.known, person);
                lines.group("People", &self.people.people, person);
            }
            Reading::Questions => {
                self.trouble(&self.questions.faults, &self.questions.notes, &mut lines);
                lines.group("Questions", &self.questions.questions, question);
                lines.group("Left out", &self.questions.left, left_out);
            }
        }
        lines
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
        let content = table::pane("Import", "nothing is saved yet", true, area, (buf, styles));
        let mut row = 0;
        let lines = self.lines();
        let mut shown = (self.top..).map_while(|place| lines.at(place));
        while let Some(line) = shown.next().filter(|_| row < content.height) {
            let style = match line.voice {
                Voice::Head => styles.bold(Role::Text),
                Voice::Plain => styles.of(Role::Text),
                Voice::Quiet => styles.of(Role::Muted),
                Voice::Wrong => styles.of(Role::Bad),
            };
            let wrapped = text::wrap(&line.words, content.width);
            for words in &wrapped {
                if row < content.height {
                    let line = Line::from(Span::styled(words.as_ref(), style));
                    text::put_line(&line, text::row(content, row), buf);
                }
                row = row.saturating_add(1);
            }
            if wrapped.is_empty() {
                row = row.saturating_add(1);
            }
        }
    }
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
