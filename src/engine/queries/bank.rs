//! The question bank in memory: what a search and a draw look at, without the follow-ups and texts
//! that they do not need. Loaded on the first question about it, kept up to date by acts.
//!
//! Walking 100,000 such rows took 25 to 65 ms (2 busy cores); reading and parsing every document for
//! each search would come on top of that, so the rows stay until nobody has asked for a minute or two.

use std::collections::BTreeMap;

use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Ids, Key, Kind, QuestionId, Space};
use crate::domain::question::{
    Asked, Candidate, Depth, DraftQuestion, Question, QuestionKind, Wanted, draw,
};
use crate::domain::text::{Clean, fold};
use crate::engine::query::{Answer, QuestionRow};
use crate::engine::working_set;
use crate::store::{Read, Result};

/// What is kept of a question.
struct Entry {
    number: u32,
    kind: QuestionKind,
    depth: Depth,
    starred: bool,
    /// Folded theme.
    theme: String,
    /// Question, follow-ups, theme and competency, folded.
    words: String,
}

/// The questions that are not in the trash.
#[derive(Default)]
pub(super) struct Bank(BTreeMap<QuestionId, Entry>);

/// Which questions to list.
pub(super) struct Filter<'a> {
    pub(super) words: &'a str,
    pub(super) kind: Option<QuestionKind>,
    pub(super) theme: Option<&'a str>,
}

/// What to draw.
pub(super) struct Wish<'a> {
    pub(super) circle: CircleId,
    pub(super) kinds: &'a [Option<QuestionKind>],
    pub(super) without: &'a [QuestionId],
    pub(super) seed: u64,
}

impl Entry {
    fn new(question: &Question) -> Self {
        let mut words = fold(&question.text);
        let more = question
            .follow_ups
            .iter()
            .chain([&question.theme])
            .chain(&question.competency);
        for text in more {
            words.push('\n');
            words.push_str(&fold(text));
        }
        Self {
            number: question.number,
            kind: question.kind,
            depth: question.depth,
            starred: question.starred,
            theme: fold(&question.theme),
            words,
        }
    }

    /// As much of the question as a draw looks at.
    fn slim(&self, id: QuestionId) -> Question {
        let draft = DraftQuestion {
            kind: self.kind,
            depth: self.depth,
            starred: self.starred,
            ..DraftQuestion::new(Clean::default())
        };
        draft.into_question(id, self.number)
    }
}

impl Bank {
    /// Reads the whole bank.
    pub(super) fn load(read: &dyn Read) -> Result<Self> {
        let mut bank = Self::default();
        working_set::each(read, Space::Org, Kind::Question, None, &mut |row| {
            if let Document::Question(question) = working_set::document(&row)? {
                bank.set(&question);
            }
            Ok(())
        })?;
        Ok(bank)
    }

    fn set(&mut self, question: &Question) {
        if question.trashed.is_some() {
            self.0.remove(&question.id);
        } else {
            self.0.insert(question.id, Entry::new(question));
        }
    }

    /// Follows an act.
    pub(super) fn changed(&mut self, act: &Act) {
        for change in &act.changes {
            if (change.key.space, change.key.kind) != (Space::Org, Kind::Question) {
                continue;
            }
            match working_set::after(change) {
                Ok(Some(Document::Question(question))) => self.set(&question),
                _ => {
                    self.0.remove(&QuestionId(change.key.id));
                }
            }
        }
    }

    /// Lists questions, least asked in `circle` first, then by number.
    pub(super) fn find(
        &self,
        read: &dyn Read,
        filter: &Filter<'_>,
        circle: Option<CircleId>,
        limit: usize,
    ) -> Result<Answer> {
        let asked = circle.map_or(Ok(BTreeMap::new()), |circle| asked(read, circle))?;
        let words = fold(filter.words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let theme = filter.theme.map(fold);
        let mut found: Vec<(u32, u32, QuestionId)> = self
            .0
            .iter()
            .filter(|(_, entry)| filter.kind.is_none_or(|kind| kind == entry.kind))
            .filter(|(_, entry)| theme.as_ref().is_none_or(|theme| *theme == entry.theme))
            .filter(|(_, entry)| words.iter().all(|word| entry.words.contains(word)))
            .map(|(id, entry)| (asked.get(id).map_or(0, |a| a.times), entry.number, *id))
            .collect();
        let total = found.len();
        found.sort_unstable();
        let mut rows = Vec::new();
        for (_, _, id) in found.into_iter().take(limit) {
            rows.extend(row(read, id, asked.get(&id), String::new())?);
        }
        Ok(Answer::Questions { rows, total })
    }

    /// Draws one question for each kind that is wished for.
    pub(super) fn draw(&self, read: &dyn Read, wish: &Wish<'_>) -> Result<Answer> {
        let asked = asked(read, wish.circle)?;
        let mut ids = Ids::new(Moment::from_millis(0), wish.seed);
        let mut without = wish.without.to_vec();
        let mut rows = Vec::new();
        for kind in wish.kinds {
            let slim: Vec<Question> = self
                .0
                .iter()
                .filter(|(_, entry)| kind.is_none_or(|kind| kind == entry.kind))
                .map(|(id, entry)| entry.slim(*id))
                .collect();
            let candidates = slim.iter().map(|question| Candidate {
                question,
                asked: asked.get(&question.id),
            });
            let wanted = Wanted {
                kind: *kind,
                without: without.clone(),
                ..Wanted::default()
            };
            if let Some(drawn) = draw(candidates, &wanted, &mut ids) {
                without.push(drawn.id);
                rows.extend(row(read, drawn.id, asked.get(&drawn.id), drawn.why)?);
            }
        }
        let total = rows.len();
        Ok(Answer::Questions { rows, total })
    }
}

fn asked(read: &dyn Read, circle: CircleId) -> Result<BTreeMap<QuestionId, Asked>> {
    let mut found = BTreeMap::new();
    working_set::each(read, Space::Circle(circle), Kind::Asked, None, &mut |row| {
        if let Document::Asked(asked) = working_set::document(&row)? {
            found.insert(asked.question, asked);
        }
        Ok(())
    })?;
    Ok(found)
}

fn row(
    read: &dyn Read,
    id: QuestionId,
    asked: Option<&Asked>,
    why: String,
) -> Result<Option<QuestionRow>> {
    let Some(stored) = read.get(&Key::new(Space::Org, Kind::Question, id.0))? else {
        return Ok(None);
    };
    let Document::Question(question) = working_set::document(&stored)? else {
        return Ok(None);
    };
    Ok(Some(QuestionRow {
        question,
        asked: asked.map_or(0, |asked| asked.times),
        last: asked.and_then(|asked| asked.last),
        why,
    }))
}
