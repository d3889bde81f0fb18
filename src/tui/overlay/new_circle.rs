//! The form for a new circle: four lines, all but the first optional, with a live preview. It ends in one command;
//! prompts are drawn by the shell.

mod draw;
mod read;
#[cfg(test)]
mod tests;

use crate::command::NewCircle;
use crate::command::key::Key;
use crate::command::plan::WantedPrompt;
use crate::domain::roster::Label;
use crate::domain::template::Template;
use crate::exchange::roster::{DraftMember, parse};
use crate::tui::overlay::new_circle::read::Read;
use crate::tui::widget::field::{Edit, Field};
use crate::tui::widget::hints::Hint;

pub use crate::tui::overlay::new_circle::read::{Here, people_line};

/// What the form makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    /// The circle with its people and its first session.
    pub circle: NewCircle,
    /// Questions to draw for the blocks of the first session.
    pub wanted: Vec<WantedPrompt>,
    /// Which of the people sits here, counted from 0.
    pub me: Option<usize>,
}

/// What a key did.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The form goes on.
    Stay,
    /// Closed; keep the form, its draft is in it.
    Closed,
    /// Make this.
    Create(Box<Created>),
}

/// The lines of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    #[default]
    Name,
    People,
    Meets,
    Start,
}

const ROWS: [Row; 4] = [Row::Name, Row::People, Row::Meets, Row::Start];

/// What is typed, as text.
struct Draft<'a> {
    name: &'a str,
    people: &'a str,
    meets: &'a str,
    pasted: &'a [DraftMember],
}

/// The question which of the people sits here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WhoAmI {
    NotAsked,
    Asked,
    /// `0` was typed, for the tenth and further ones.
    Zero,
}

/// What was typed so far, and what is still asked.
#[derive(Clone, Debug)]
pub struct NewCircleForm {
    templates: Vec<Template>,
    name: Field,
    people: Field,
    meets: Field,
    pasted: Vec<DraftMember>,
    start: usize,
    row: Row,
    /// The last line that was left, whose faults are told from then on.
    reached: Option<Row>,
    /// Whether Enter was pressed where the name is still missing.
    asks_name: bool,
    who: WhoAmI,
    complaint: Option<String>,
}

impl NewCircleForm {
    /// An empty form that offers these templates and an empty agenda, which needs no template.
    pub fn new(mut templates: Vec<Template>) -> Self {
        templates.retain(|template| !template.blocks.is_empty());
        Self {
            templates,
            name: Field::default(),
            people: Field::default(),
            meets: Field::default(),
            pasted: Vec::new(),
            start: 0,
            row: Row::Name,
            reached: None,
            asks_name: false,
            who: WhoAmI::NotAsked,
            complaint: None,
        }
    }

    /// A form with people in it, from an imported roster.
    #[must_use]
    pub fn with_people(mut self, people: Vec<DraftMember>) -> Self {
        self.people = Field::new(&people_line(&people));
        self.pasted = people;
        self
    }

    /// Whether anything was typed.
    pub fn has_words(&self) -> bool {
        [&self.name, &self.people, &self.meets]
            .iter()
            .any(|field| !field.text().trim().is_empty())
    }

    /// All that was typed and chosen, as a text that [`Self::with_draft`] takes; empty where nothing was typed.
    pub fn draft_text(&self) -> String {
        if !self.has_words() {
            return String::new();
        }
        let lines = [&self.name, &self.people, &self.meets].map(Field::text);
        let start = self.templates.get(self.start).map(|template| &template.id);
        serde_json::to_string(&(lines, start)).unwrap_or_default()
    }

    /// The form as it was left earlier; a text that is no draft changes nothing.
    #[must_use]
    pub fn with_draft(mut self, text: &str) -> Self {
        let read = serde_json::from_str::<([String; 3], Option<String>)>(text);
        if let Ok(([name, people, meets], start)) = read {
            self.name = Field::new(&name);
            self.people = Field::new(&people);
            self.meets = Field::new(&meets);
            let mut templates = self.templates.iter();
            self.start = match start {
                Some(id) => templates
                    .position(|template| template.id == id)
                    .unwrap_or(0),
                None => self.templates.len(),
            };
        }
        self
    }

    /// Says why the circle could not be made; the form stays as it is.
    pub fn complain(&mut self, why: &str) {
        self.who = WhoAmI::NotAsked;
        self.complaint = Some(why.to_owned());
    }

    /// The keys that matter now, for the last row.
    pub fn hints(&self) -> [Hint<'static>; 3] {
        if self.who != WhoAmI::NotAsked {
            return [
                Hint::new("1-9", "that is me"),
                Hint::new("Enter", "nobody"),
                Hint::new("Esc", "back"),
            ];
        }
        if self.row == Row::Start {
            return [
                Hint::new("Enter", "create"),
                Hint::new("Up Down", "choose"),
                Hint::new("Esc", "keep this draft"),
            ];
        }
        [
            Hint::new("Enter", "next line"),
            Hint::new("Ctrl-J", "create now"),
            Hint::new("Esc", "keep this draft"),
        ]
    }

    /// A key.
    pub fn key(&mut self, key: Key, here: Here) -> Outcome {
        if self.who != WhoAmI::NotAsked {
            return self.key_for_me(key, here);
        }
        self.complaint = None;
        self.asks_name = false;
        match key {
            Key::Esc => return Outcome::Closed,
            Key::Ctrl('j') => return self.finish(here),
            Key::Enter if self.row == Row::Start => return self.finish(here),
            Key::Down if self.row == Row::Start => self.choose(key),
            Key::Up if self.row == Row::Start && self.start > 0 => self.choose(key),
            // A name is the one line that must be there: Enter waits for it, other keys go on.
            Key::Enter if self.row == Row::Name && self.name.text().trim().is_empty() => {
                self.asks_name = true;
            }
            Key::Enter | Key::Tab | Key::Down => self.go(1),
            Key::BackTab | Key::Up => self.go(-1),
            _ if self.row == Row::Start => self.choose(key),
            _ => {
                if let (Some(edit), Some(field)) = (Edit::of(key), self.field()) {
                    field.apply(edit);
                }
            }
        }
        Outcome::Stay
    }

    /// A paste. On the line of people a whole list or table becomes names in one line.
    pub fn paste(&mut self, text: &str) {
        if self.who != WhoAmI::NotAsked {
            return;
        }
        let mut line = text.to_owned();
        if self.row == Row::People && text.trim().contains(['\n', '\r', '\t']) {
            let taken = parse(text, None);
            if let Some(fault) = taken.faults.first() {
                self.complaint = Some(format!("line {}: {}", fault.line, fault.what));
            }
            line = people_line(&taken.people);
            if !self.people.is_empty() {
                line = format!(", {line}");
                self.people.apply(Edit::End);
            }
            self.pasted.extend(taken.people);
        }
        if let Some(field) = self.field() {
            field.apply(Edit::Paste(line));
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.row {
            Row::Name => Some(&mut self.name),
            Row::People => Some(&mut self.people),
            Row::Meets => Some(&mut self.meets),
            Row::Start => None,
        }
    }

    fn go(&mut self, step: isize) {
        self.reached = self.reached.max(Some(self.row));
        let place = ROWS.iter().position(|row| *row == self.row).unwrap_or(0);
        let place = place.saturating_add_signed(step).min(ROWS.len() - 1);
        self.row = ROWS.get(place).copied().unwrap_or_default();
    }

    /// The list of templates: a digit or the arrows pick one, above the first one is the line before; the last
    /// is an empty agenda.
    fn choose(&mut self, key: Key) {
        let last = self.templates.len();
        match key {
            Key::Left | Key::Up => self.start = self.start.saturating_sub(1),
            Key::Right | Key::Down => self.start = (self.start + 1).min(last),
            Key::Char(digit) => {
                let digit = digit.to_digit(10).and_then(|d| usize::try_from(d).ok());
                if let Some(place) = digit.and_then(|d| d.checked_sub(1)).filter(|p| *p <= last) {
                    self.start = place;
                }
            }
            _ => {}
        }
    }

    fn draft(&self) -> Draft<'_> {
        Draft {
            name: self.name.text(),
            people: self.people.text(),
            meets: self.meets.text(),
            pasted: &self.pasted,
        }
    }

    fn finish(&mut self, here: Here) -> Outcome {
        let read = Read::of(&self.draft(), here);
        let wrong = read
            .wrong
            .iter()
            .zip(ROWS)
            .find(|(wrong, _)| wrong.is_some());
        if let Some((_, row)) = wrong {
            self.reached = Some(Row::Start);
            self.row = row;
            return Outcome::Stay;
        }
        if read.people.is_empty() {
            return self.create(None, here);
        }
        self.who = WhoAmI::Asked;
        Outcome::Stay
    }

    fn key_for_me(&mut self, key: Key, here: Here) -> Outcome {
        let people = Read::of(&self.draft(), here).people.len();
        let digit = match key {
            Key::Enter => return self.create(None, here),
            Key::Esc => {
                self.who = WhoAmI::NotAsked;
                return Outcome::Stay;
            }
            Key::Char(digit) if digit.is_ascii_digit() => digit,
            _ => return Outcome::Stay,
        };
        if digit == '0' {
            self.who = WhoAmI::Zero;
            return Outcome::Stay;
        }
        let typed = match self.who {
            WhoAmI::Zero => format!("0{digit}"),
            WhoAmI::Asked | WhoAmI::NotAsked => digit.to_string(),
        };
        self.who = WhoAmI::Asked;
        let place = Label::parse(&typed).map(|label| usize::from(label.0));
        match place.and_then(|place| place.checked_sub(1)) {
            Some(place) if place < people => self.create(Some(place), here),
            _ => Outcome::Stay,
        }
    }

    fn create(&self, me: Option<usize>, here: Here) -> Outcome {
        let template = self.templates.get(self.start);
        let read = Read::of(&self.draft(), here);
        Outcome::Create(Box::new(read.create(template, me, here)))
    }
}
