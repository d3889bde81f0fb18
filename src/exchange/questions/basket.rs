//! How a row of any format becomes a draft, and the basket in which drafts, faults and leftovers gather.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

use crate::domain::id::QuestionId;
use crate::domain::question::{
    DraftQuestion, MOST_FOLLOW_UPS, MOST_MINUTES, UnknownWord, same_words,
};
use crate::domain::text::{Clean, Limit, TextError};
use crate::exchange::lines::{Fault, LeftOut, ROWS, glimpse};

/// A row as any format gives it: every field still as it was written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawQuestion {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) follow_ups: Vec<String>,
    pub(super) theme: String,
    pub(super) depth: String,
    pub(super) kind: String,
    pub(super) competency: String,
    pub(super) minutes: String,
    pub(super) source: String,
    pub(super) language: String,
    pub(super) starred: bool,
    pub(super) uid: String,
}

impl RawQuestion {
    pub(super) fn new(line: usize, text: &str) -> Self {
        Self {
            line,
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// Reads every field; the first that is wrong is the fault of the row.
    pub(super) fn draft(&self) -> Result<DraftQuestion, Fault> {
        let fault = |what: String| Fault::new(self.line, what);
        let long =
            |field: &str, error: TextError| fault(format!("the {field} is too long: {error}"));
        let text = Clean::line_within(&self.text, Limit::Note).map_err(|e| long("question", e))?;
        if !text.chars().any(char::is_alphanumeric) {
            return Err(fault("there is no question in it".to_owned()));
        }
        let mut draft = DraftQuestion::new(text);
        draft.line = self.line;
        draft.theme = Clean::line_within(&self.theme, Limit::Name).map_err(|e| long("theme", e))?;
        draft.source =
            Clean::line_within(&self.source, Limit::Value).map_err(|e| long("source", e))?;
        draft.competency = optional(&self.competency).map_err(|e| long("competency", e))?;
        draft.language = optional(&self.language).map_err(|e| long("language", e))?;
        draft.starred = self.starred;
        for follow_up in &self.follow_ups {
            let follow_up =
                Clean::line_within(follow_up, Limit::Note).map_err(|e| long("follow-up", e))?;
            if !follow_up.is_empty() {
                draft.follow_ups.push(follow_up);
            }
        }
        // There may be very many rows, and most have one.
        draft.follow_ups.shrink_to_fit();
        if draft.follow_ups.len() > MOST_FOLLOW_UPS {
            return Err(fault(format!("more than {MOST_FOLLOW_UPS} follow-ups")));
        }
        self.words(&mut draft).map_err(fault)?;
        Ok(draft)
    }

    /// The fields that must be a known word or a number.
    fn words(&self, draft: &mut DraftQuestion) -> Result<(), String> {
        let not = |value: &str, why: &str| format!("\"{}\" will not do: {why}", glimpse(value));
        if !self.depth.trim().is_empty() {
            draft.depth = self
                .depth
                .parse()
                .map_err(|why: UnknownWord| not(&self.depth, &why.to_string()))?;
        }
        if !self.kind.trim().is_empty() {
            draft.kind = self
                .kind
                .parse()
                .map_err(|why: UnknownWord| not(&self.kind, &why.to_string()))?;
        }
        let minutes = self.minutes.trim();
        if !minutes.is_empty() {
            let digits = minutes.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
            draft.minutes = digits
                .parse()
                .ok()
                .filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
                .ok_or_else(|| not(minutes, &format!("minutes are 1 to {MOST_MINUTES}")))?;
        }
        if !self.uid.trim().is_empty() {
            let uid = self.uid.trim().parse();
            draft.uid = Some(uid.map_err(|_bad_uuid| not(&self.uid, "a uid is a UUID"))?);
        }
        Ok(())
    }
}

fn optional(raw: &str) -> Result<Option<Clean>, TextError> {
    let text = Clean::line_within(raw, Limit::Name)?;
    Ok((!text.is_empty()).then_some(text))
}

/// Collects rows into drafts: keeps the faults, the limit of rows and what is there twice.
#[derive(Debug, Default)]
pub(super) struct Basket {
    pub(super) questions: Vec<DraftQuestion>,
    pub(super) left: Vec<LeftOut>,
    pub(super) faults: Vec<Fault>,
    pub(super) notes: Vec<String>,
    /// The line of each question by a hash of its words: the words themselves would be here a second time.
    seen: HashMap<u128, usize>,
    uids: HashMap<QuestionId, usize>,
    rows: usize,
    /// How many are in the bank already.
    pub(super) known: usize,
}

impl Basket {
    /// Takes one row. `false` when the file has more rows than are read; then the caller stops.
    pub(super) fn take(&mut self, row: &RawQuestion, known: &dyn Fn(&str) -> bool) -> bool {
        if !self.room(row.line) {
            return false;
        }
        let draft = match row.draft() {
            Ok(draft) => draft,
            Err(fault) => {
                self.faults.push(fault);
                return true;
            }
        };
        if let Some(first) = draft.uid.and_then(|uid| self.uids.insert(uid, row.line)) {
            let what = format!("has the same uid as line {first}; give one of them another");
            self.faults.push(Fault::new(row.line, what));
            return true;
        }
        let key = same_words(&draft.text);
        let hash = xxh3_128(key.as_bytes());
        if known(&key) {
            self.known += 1;
            self.leave(row.line, "already in the bank", &draft.text);
        } else if let Some(first) = self.seen.get(&hash) {
            let why = format!("the same words as line {first}");
            self.leave(row.line, why, &draft.text);
        } else {
            self.seen.insert(hash, row.line);
            self.questions.push(draft);
        }
        true
    }

    /// Whether neither a question nor anything wrong was found.
    pub(super) fn holds_nothing(&self) -> bool {
        self.questions.is_empty() && self.faults.is_empty() && self.known == 0
    }

    /// Counts a row; a fault at the first that is too many.
    pub(super) fn room(&mut self, line: usize) -> bool {
        self.rows += 1;
        if self.rows == ROWS + 1 {
            let what = format!("more than {ROWS} rows; from here on nothing was read");
            self.faults.push(Fault::new(line, what));
        }
        self.rows <= ROWS
    }

    pub(super) fn leave(&mut self, line: usize, why: impl Into<String>, text: &str) {
        if self.left.len() < ROWS {
            self.left.push(LeftOut::new(line, why, text));
        }
    }

    pub(super) fn fault(&mut self, line: usize, what: impl Into<String>) {
        self.faults.push(Fault::new(line, what));
    }
}
