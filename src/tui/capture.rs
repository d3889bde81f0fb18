//! The capture bar: one line that becomes an action, a decision, a note or a parked item, with a preview of
//! what was understood.

mod correction;
mod draw;
mod surroundings;

use crate::command::capture::NotReady;
use crate::command::id::CommandId;
use crate::command::{Command, Draft, NewMember};
use crate::domain::capture::{self, Choice, Completion, Kind, Opening, Paste, Reading, complete};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key as DocumentKey};
use crate::domain::item::Audience;
use crate::domain::roster::Role;
use crate::domain::text::{Clean, Limit, NOTE_BYTES, VALUE_BYTES};
use crate::tui::widget::field::{Edit, Field};

pub use crate::tui::capture::surroundings::Surroundings;

use crate::tui::capture::correction::{correction, what_differs};

/// The bar while it is open.
#[derive(Clone, Debug)]
pub struct Capture {
    opening: Opening,
    field: Field,
    /// Answers given so far to what is unclear in the line.
    answers: Vec<Choice>,
    /// Whether numbers answer now.
    asking: bool,
    /// Several lines were pasted; what shall become of them?
    paste: Option<Paste>,
    /// What Tab completed, as long as nothing else was typed.
    completed: Option<Completed>,
    /// The row that this line corrects.
    corrects: Option<DocumentKey>,
    /// That row as it was then.
    seen: Option<Box<Document>>,
}

/// What stands beside the kinds of rows that can be written.
pub const KEEPS_DRAFT: &str = "Enter saves, Esc keeps the draft";

/// A line before Tab completed a word of it.
#[derive(Clone, Debug)]
struct Completed {
    line: String,
    caret: usize,
    /// Which of the offers was taken.
    offer: usize,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The bar stays open.
    Open,
    /// The text changed and should be kept.
    Typed,
    /// It was closed; the words stay as a draft.
    Closed,
    /// Something has to be said, and it stays open.
    Said(String),
    /// These commands are to be submitted, in order. The bar closes unless another line follows.
    Save {
        /// What to submit.
        commands: Vec<Command>,
        /// Whether the bar stays open for another line.
        again: bool,
    },
}

impl Capture {
    /// Opens with the words of a draft.
    pub fn new(opening: Opening, draft: &str) -> Self {
        Self {
            opening,
            field: Field::new(draft),
            answers: Vec::new(),
            asking: false,
            paste: None,
            completed: None,
            corrects: None,
            seen: None,
        }
    }

    /// Opens to correct a row that was written down; saving replaces its words and what they say.
    pub fn correcting(opening: Opening, line: &str, (row, seen): (DocumentKey, &Document)) -> Self {
        Self {
            corrects: Some(row),
            seen: Some(Box::new(seen.clone())),
            ..Self::new(opening, line)
        }
    }

    /// The words of the row that this line corrects, as they were when it was opened.
    pub fn seen(&self) -> Option<&str> {
        let (_, words) = self.seen.as_ref()?.written()?;
        Some(words.as_str())
    }

    /// Under which name its words are kept when it is closed without saving.
    pub const fn draft_name(&self) -> &'static str {
        match self.opening {
            Opening::Is(kind) => kind.letter(),
            Opening::Letter(_) => "i",
        }
    }

    /// The command that opens the line of a draft again.
    pub fn writes(draft: &str) -> CommandId {
        match draft {
            "a" => CommandId::AddAction,
            "d" => CommandId::AddDecision,
            "n" => CommandId::AddNote,
            "N" => CommandId::AddCircleNote,
            "p" => CommandId::AddParked,
            _ => CommandId::Capture,
        }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Whether numbers pick an answer now.
    pub const fn is_asking(&self) -> bool {
        self.asking || self.paste.is_some()
    }

    fn reading(&self, around: &Surroundings<'_>) -> Reading {
        capture::parse(self.field.text(), self.opening, &around.scene())
    }

    /// One step of editing. Backspace right after Tab turns what was completed back into what was typed.
    pub fn edit(&mut self, edit: Edit) -> Outcome {
        self.answers.clear();
        self.asking = false;
        if let (Some(completed), Edit::DeleteBack) = (self.completed.take(), &edit) {
            self.field.replace(&completed.line);
            self.field.set_caret(completed.caret);
            return Outcome::Typed;
        }
        if self.field.apply(edit) {
            Outcome::Typed
        } else {
            Outcome::Open
        }
    }

    /// Pasted text. Several lines are asked about; what is too long is refused whole.
    pub fn paste(&mut self, text: &str) -> Outcome {
        match capture::paste(text) {
            Ok(Some(paste)) => {
                self.paste = Some(paste);
                Outcome::Open
            }
            Ok(None) => {
                self.paste = None;
                self.edit(Edit::Paste(text.to_owned()))
            }
            Err(_too_long) => Outcome::Said(format!(
                "That is {} KB and at most {} KB can be pasted at once; nothing was taken. Paste it in parts",
                text.len().div_ceil(1024),
                VALUE_BYTES / 1024
            )),
        }
    }

    /// Completes the word before the caret; again offers the next.
    pub fn complete(&mut self, around: &Surroundings<'_>) -> Outcome {
        let (line, caret, offer) = match self.completed.take() {
            Some(before) => (before.line, before.caret, before.offer + 1),
            None => (self.field.text().to_owned(), self.field.caret(), 0),
        };
        let offers = complete(&line, caret, &around.scene());
        let Some(Completion { range, text, .. }) = offers.get(offer % offers.len().max(1)) else {
            return Outcome::Said("nothing to complete here".to_owned());
        };
        let head = line.get(..range.start).unwrap_or_default();
        let tail = line.get(range.end..).unwrap_or_default();
        let whole = format!("{head}{text}{tail}");
        self.field.replace(&whole);
        self.field.set_caret(head.len() + text.len());
        self.completed = Some(Completed { line, caret, offer });
        Outcome::Typed
    }

    /// A number, which answers what is asked. `None` when nothing is asked: then it is just a character.
    pub fn number(&mut self, number: usize, around: &Surroundings<'_>) -> Option<Outcome> {
        if let Some(paste) = self.paste.take() {
            if number == 1 && Limit::Note.check(&paste.whole).is_err() {
                self.paste = Some(paste);
                let most = NOTE_BYTES / 1024;
                let words = format!("One note holds at most {most} KB; 2 makes a row of each line");
                return Some(Outcome::Said(words));
            }
            return Some(self.answer_paste(&paste, number, around));
        }
        if !self.asking {
            return None;
        }
        let reading = self.reading(around);
        let ask = reading.asks.get(self.answers.len())?;
        let Some(choice) = number.checked_sub(1).and_then(|row| ask.choices.get(row)) else {
            return Some(Outcome::Said("no such number".to_owned()));
        };
        self.answers.push(choice.clone());
        if self.answers.len() < reading.asks.len() {
            return Some(Outcome::Open);
        }
        Some(self.save(false, around))
    }

    fn answer_paste(&mut self, paste: &Paste, number: usize, around: &Surroundings<'_>) -> Outcome {
        let Some(circle) = around.here else {
            return no_circle();
        };
        let drafts = match number {
            1 => vec![note(paste.whole.clone())],
            2 => {
                return self.each_line(paste, circle, around);
            }
            3 => {
                let line = paste.lines.join(" ");
                return self.edit(Edit::Paste(line));
            }
            _ => {
                self.paste = Some(paste.clone());
                return Outcome::Said("1, 2 or 3 decides".to_owned());
            }
        };
        Outcome::Save {
            commands: vec![write(circle, drafts, around)],
            again: false,
        }
    }

    /// Each pasted line as an item, in the circle that it names or else here. Who is not clear stays in the
    /// words: nobody is asked about a page of names.
    fn each_line(&self, paste: &Paste, here: CircleId, around: &Surroundings<'_>) -> Outcome {
        let (Opening::Is(fallback) | Opening::Letter(fallback)) = self.opening;
        let mut items: Vec<(CircleId, Vec<Draft>)> = Vec::new();
        for line in &paste.lines {
            let reading = capture::parse(line, Opening::Letter(fallback), &around.scene());
            let circle = reading.circle.unwrap_or(here);
            let drafts = reading
                .drafts(&vec![Choice::Words; reading.asks.len()])
                .unwrap_or_else(|_only_tokens| vec![note(Clean::line(line))]);
            match items.iter_mut().find(|(known, _)| *known == circle) {
                Some((_, rows)) => rows.extend(drafts),
                None => items.push((circle, drafts)),
            }
        }
        let commands = items
            .into_iter()
            .map(|(circle, drafts)| write(circle, drafts, around));
        Outcome::Save {
            commands: commands.collect(),
            again: false,
        }
    }

    /// Saves what is on screen. Unclear parts are asked about first.
    pub fn save(&mut self, again: bool, around: &Surroundings<'_>) -> Outcome {
        if self.paste.is_some() {
            return Outcome::Said("1, 2 or 3 decides".to_owned());
        }
        let reading = self.reading(around);
        let Some(circle) = reading.circle.or(around.here) else {
            return no_circle();
        };
        match reading.drafts(&self.answers) {
            Ok(drafts) => self.commands(circle, drafts, again, around),
            Err(NotReady::NoWords) => Outcome::Said("there are no words to save".to_owned()),
            Err(NotReady::Open(_)) if self.asking => {
                Outcome::Said("a number decides; Esc keeps the words".to_owned())
            }
            Err(NotReady::Open(_)) => {
                self.asking = true;
                Outcome::Open
            }
            Err(NotReady::Newcomer(name)) => {
                // First the person, then the same line again, which then finds them.
                self.answers.clear();
                let people = vec![NewMember {
                    name,
                    mail: None,
                    role: Role::default(),
                }];
                Outcome::Save {
                    commands: vec![Command::AddMembers { circle, people }],
                    again: true,
                }
            }
        }
    }

    fn commands(
        &mut self,
        circle: CircleId,
        drafts: Vec<Draft>,
        again: bool,
        around: &Surroundings<'_>,
    ) -> Outcome {
        let command = match (self.corrects, drafts.as_slice()) {
            (Some(key), [draft]) => Command::EditItem {
                key,
                edit: match &self.seen {
                    Some(seen) => what_differs(correction(draft), seen),
                    None => correction(draft),
                },
            },
            _ => write(circle, drafts, around),
        };
        self.field.replace("");
        self.answers.clear();
        (self.asking, self.corrects) = (false, None);
        Outcome::Save {
            commands: vec![command],
            again,
        }
    }

    /// Esc: from an answer back to the line, from the line to the screen.
    pub fn escape(&mut self) -> Outcome {
        if self.asking || self.paste.is_some() {
            self.asking = false;
            self.paste = None;
            self.answers.clear();
            return Outcome::Open;
        }
        Outcome::Closed
    }
}

fn write(circle: CircleId, drafts: Vec<Draft>, around: &Surroundings<'_>) -> Command {
    Command::Write {
        circle,
        drafts,
        speaking: around.floor,
    }
}

const fn note(text: Clean) -> Draft {
    Draft::Note {
        text,
        audience: Audience::Me,
        tags: Vec::new(),
    }
}

fn no_circle() -> Outcome {
    Outcome::Said("make a circle first: : new-circle".to_owned())
}

/// The kind that a row of the written-down list is captured as.
pub const fn kind_of(document: &Document) -> Option<Kind> {
    match document {
        Document::Action(_) => Some(Kind::Action),
        Document::Decision(_) => Some(Kind::Decision),
        Document::Note(note) => Some(match note.audience {
            Audience::Me | Audience::Presenter => Kind::Note,
            Audience::Circle | Audience::All => Kind::CircleNote,
        }),
        Document::Parked(_) => Some(Kind::Parked),
        Document::Question(_) => Some(Kind::Question),
        Document::Asked(_)
        | Document::Book(_)
        | Document::Filter(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Reader(_)
        | Document::Circle(_)
        | Document::Counter(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Rotation(_)
        | Document::Member(_)
        | Document::Session(_) => None,
    }
}
