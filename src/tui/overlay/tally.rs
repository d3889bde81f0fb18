//! Counting: hands of a rating, votes on topics. Digits are values here, `0` among them. Typed by one person, it
//! is secret from the room, not from whoever types; nothing is kept until Enter.

mod draw;
#[cfg(test)]
mod tests;

use crate::command::Command;
use crate::domain::clock::Moment;
use crate::domain::id::BlockId;
use crate::domain::tally::{Count, HIGHEST, Rating, Vote};
use crate::domain::text::Clean;
use crate::tui::widget::hints::Hint;

/// Most answers of one count: a finger that stays on a key must not fill the screen.
const MOST: usize = 500;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Hands from 0 to 5 for this.
    Rating(Clean),
    /// Votes on topics, which become prompts of this block.
    Vote(BlockId, Vec<Clean>),
}

/// A key as this list understands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// A digit.
    Digit(u8),
    /// The last one was wrong.
    Back,
    /// One for the marked row.
    Add,
    /// Moves the mark.
    Move(isize),
    /// Keep it.
    Keep,
    /// Close it.
    Close,
}

/// What came of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It goes on.
    Stay,
    /// It is closed.
    Closed,
    /// Keep this; it stays open and shows what was kept.
    Keep(Box<Command>),
}

/// What is done only when it is asked for twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sure {
    /// More answers than people are kept.
    Many,
    /// What was counted is dropped.
    Dropped,
}

/// A count that goes on, or one that was kept and is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    subject: Subject,
    /// The lowest value of a rating.
    low: u8,
    /// How many people are here.
    here: usize,
    /// Values, or rows of topics, in the order in which they were given.
    given: Vec<usize>,
    selected: usize,
    /// What was asked and is meant when the same key comes again.
    sure: Option<Sure>,
    kept: Option<Rating>,
    problem: Option<String>,
}

impl Tally {
    /// Begins to count, with so many people here.
    pub const fn new(subject: Subject, here: usize) -> Self {
        Self {
            subject,
            low: 0,
            here,
            given: Vec::new(),
            selected: 0,
            sure: None,
            kept: None,
            problem: None,
        }
    }

    /// The same for hands that show 1 at least.
    #[must_use]
    pub const fn from_one(mut self) -> Self {
        self.low = 1;
        self
    }

    /// What could not be kept is counted on.
    pub fn refused(&mut self, reason: &str) {
        self.kept = None;
        self.problem = Some(reason.to_owned());
    }

    /// A key, at this instant.
    pub fn press(&mut self, press: Press, now: Moment) -> Outcome {
        self.problem = None;
        let sure = std::mem::take(&mut self.sure);
        match press {
            Press::Close => return self.close(sure == Some(Sure::Dropped)),
            Press::Keep if self.kept.is_some() => return Outcome::Closed,
            Press::Keep => return self.keep(sure == Some(Sure::Many), now),
            _ if self.kept.is_some() => {}
            Press::Digit(digit) => self.digit(digit),
            Press::Back => {
                self.given.pop();
            }
            Press::Add => self.add(self.selected),
            Press::Move(by) => {
                let last = self.options().len().saturating_sub(1);
                self.selected = self.selected.saturating_add_signed(by).min(last);
            }
        }
        Outcome::Stay
    }

    /// What was counted and not kept is dropped only when that is asked for twice.
    fn close(&mut self, sure: bool) -> Outcome {
        if self.given.is_empty() || self.kept.is_some() || sure {
            return Outcome::Closed;
        }
        self.sure = Some(Sure::Dropped);
        self.problem = Some("What was counted is not kept. Esc again drops it".to_owned());
        Outcome::Stay
    }

    fn options(&self) -> &[Clean] {
        match &self.subject {
            Subject::Rating(_) => &[],
            Subject::Vote(_, options) => options,
        }
    }

    fn digit(&mut self, digit: u8) {
        match &self.subject {
            Subject::Rating(_) if (self.low..=HIGHEST).contains(&digit) => {
                self.given.push(usize::from(digit));
            }
            Subject::Rating(_) => {
                self.problem = Some(format!("Hands show {} to {HIGHEST}", self.low));
            }
            Subject::Vote(..) => match usize::from(digit).checked_sub(1) {
                Some(row) => self.add(row),
                None => self.problem = Some("No topic has the number 0".to_owned()),
            },
        }
        self.given.truncate(MOST);
    }

    /// One vote for a row.
    fn add(&mut self, row: usize) {
        if row < self.options().len() {
            self.selected = row;
            self.given.push(row);
            self.given.truncate(MOST);
        } else if let Subject::Vote(..) = self.subject {
            self.problem = Some(format!("No topic has the number {}", row + 1));
        }
    }

    /// Keeps what was counted; more hands than people are asked about once.
    fn keep(&mut self, sure: bool, now: Moment) -> Outcome {
        if self.given.is_empty() {
            self.problem = Some("Nothing was counted yet".to_owned());
            return Outcome::Stay;
        }
        match &self.subject {
            Subject::Rating(_) if self.given.len() > self.here && !sure => {
                self.sure = Some(Sure::Many);
                let (given, here) = (self.given.len(), self.here);
                self.problem = Some(format!(
                    "{given} answers, and {here} people are here. Enter again keeps them"
                ));
                Outcome::Stay
            }
            Subject::Rating(of) => {
                let values: Vec<u8> = self
                    .given
                    .iter()
                    .filter_map(|v| (*v).try_into().ok())
                    .collect();
                let rating = Rating::of_hands(of.clone(), now, &values);
                let rating = match self.low {
                    0 => rating,
                    _ => rating.from_one(),
                };
                self.kept = Some(rating.clone());
                Outcome::Keep(Box::new(Command::Rate(rating)))
            }
            Subject::Vote(block, options) => {
                let counts = options.iter().enumerate().map(|(row, option)| Count {
                    option: option.clone(),
                    votes: self.votes(row),
                });
                let vote = Vote::counted(*block, now, counts.collect());
                Outcome::Keep(Box::new(Command::Vote(vote)))
            }
        }
    }

    fn votes(&self, row: usize) -> u16 {
        let votes = self.given.iter().filter(|given| **given == row).count();
        u16::try_from(votes).unwrap_or(u16::MAX)
    }

    /// Whether it is over once it is kept, with nothing left to show.
    pub const fn is_vote(&self) -> bool {
        matches!(self.subject, Subject::Vote(..))
    }

    /// The keys that matter now.
    pub fn hints(&self) -> Vec<Hint<'static>> {
        match self.subject {
            _ if self.kept.is_some() => vec![Hint::new("Enter", "done")],
            Subject::Rating(_) => vec![
                Hint::new(if self.low == 0 { "0-5" } else { "1-5" }, "one hand"),
                Hint::new("Backspace", "the last one away"),
                Hint::new("Enter", "keep"),
            ],
            Subject::Vote(..) => vec![
                Hint::new("1-9", "one vote"),
                Hint::new("Backspace", "the last one away"),
                Hint::new("Enter", "keep"),
                Hint::new("j k Space", "further topics"),
            ],
        }
    }
}
