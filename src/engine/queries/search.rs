//! Looking through the bank: fills the search index portion by portion, so that saving never waits for it, and
//! answers from it.

use uuid::Uuid;

use crate::domain::change::{Act, Change};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::domain::question::Asked;
use crate::domain::question::search::{Memory, SearchIndex};
use crate::engine::query::{Answer, BankPage, BankRow, Seek};
use crate::engine::working_set;
use crate::store::{Read, Result, StoreError};

/// Documents that are read at a time.
const PORTION: usize = 200;

/// What is still to be read.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Questions(Option<Uuid>),
    Memory(CircleId, Option<Uuid>),
    Ready,
}

/// The index, and how far it has come.
pub(super) struct Search {
    index: SearchIndex,
    circle: Option<CircleId>,
    stage: Stage,
}

impl Search {
    /// An empty one, to be filled for a circle.
    pub(super) fn new(circle: Option<CircleId>) -> Self {
        Self {
            index: SearchIndex::default(),
            circle,
            stage: Stage::Questions(None),
        }
    }

    pub(super) const fn is_ready(&self) -> bool {
        matches!(self.stage, Stage::Ready)
    }

    /// Looks through the eyes of another circle from now on.
    pub(super) fn turn_to(&mut self, circle: Option<CircleId>) {
        if self.circle == circle {
            return;
        }
        self.circle = circle;
        self.index.forget();
        if !matches!(self.stage, Stage::Questions(_)) {
            self.stage = after_questions(circle);
        }
    }

    /// Reads the next portion.
    pub(super) fn portion(&mut self, read: &dyn Read) -> Result<()> {
        let (space, kind, after) = match self.stage {
            Stage::Questions(after) => (Space::Org, Kind::Question, after),
            Stage::Memory(circle, after) => (Space::Circle(circle), Kind::Asked, after),
            Stage::Ready => return Ok(()),
        };
        let page = read.scan(space, kind, after, PORTION)?;
        for row in &page.rows {
            // One that cannot be read is left out; the others can be looked through.
            if let Ok(document) = working_set::document(row) {
                self.take(&document);
            }
        }
        self.stage = match (self.stage, page.next) {
            (Stage::Questions(_), Some(next)) => Stage::Questions(Some(next)),
            (Stage::Questions(_), None) => after_questions(self.circle),
            (Stage::Memory(circle, _), Some(next)) => Stage::Memory(circle, Some(next)),
            (Stage::Memory(..), None) | (Stage::Ready, _) => Stage::Ready,
        };
        Ok(())
    }

    fn take(&mut self, document: &Document) {
        match document {
            Document::Question(question) => self.index.put(question),
            Document::Asked(asked) => self.index.remember(asked.question, memory(asked)),
            _ => {}
        }
    }

    /// Follows an act.
    pub(super) fn changed(&mut self, act: &Act) {
        for change in &act.changes {
            let ours = match (change.key.space, change.key.kind) {
                (Space::Org, Kind::Question) => true,
                (Space::Circle(circle), Kind::Asked) => self.circle == Some(circle),
                _ => false,
            };
            if ours {
                self.follow(change);
            }
        }
    }

    fn follow(&mut self, change: &Change) {
        let id = QuestionId(change.key.id);
        let is_new = change.before.is_none();
        match (working_set::after(change), change.key.kind) {
            (Ok(Some(Document::Question(question))), _) if is_new => {
                self.index.put_fresh(&question);
            }
            (Ok(Some(document)), _) => self.take(&document),
            (_, Kind::Asked) => self.index.remember(id, Memory::default()),
            _ => self.index.remove(id),
        }
    }

    /// Answers from what was read.
    pub(super) fn find(&self, read: &dyn Read, seek: &Seek, limit: usize) -> Result<Answer> {
        let found = self.index.find(&seek.sought, seek.skip, limit);
        let mut rows = Vec::with_capacity(found.ids.len());
        for id in found.ids {
            rows.extend(row(read, id, seek)?);
        }
        Ok(Answer::Bank(Box::new(BankPage {
            rows,
            total: found.total,
            all: found.all,
            facets: found.facets,
        })))
    }
}

const fn after_questions(circle: Option<CircleId>) -> Stage {
    match circle {
        Some(circle) => Stage::Memory(circle, None),
        None => Stage::Ready,
    }
}

fn memory(asked: &Asked) -> Memory {
    Memory {
        times: asked.times,
        last: asked.last.map_or(0, crate::domain::clock::Moment::millis),
        never: asked.never,
    }
}

fn row(read: &dyn Read, id: QuestionId, seek: &Seek) -> Result<Option<BankRow>> {
    let Some(stored) = read.get(&Key::new(Space::Org, Kind::Question, id.0))? else {
        return Ok(None);
    };
    let Document::Question(question) = working_set::document(&stored)? else {
        return Ok(None);
    };
    let asked = |circle: &CircleId| -> Result<Option<(CircleId, Asked)>, StoreError> {
        let Some(stored) = read.get(&Key::circle(*circle, Kind::Asked, id.0))? else {
            return Ok(None);
        };
        Ok(match working_set::document(&stored)? {
            Document::Asked(asked) => Some((*circle, asked)),
            _ => None,
        })
    };
    let mut asked_in = Vec::new();
    for circle in &seek.circles {
        asked_in.extend(asked(circle)?);
    }
    Ok(Some(BankRow {
        question,
        asked: asked_in,
    }))
}

#[cfg(test)]
mod tests;
