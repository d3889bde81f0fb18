//! The question bank in memory: what a search and a draw look at, without the follow-ups and texts
//! that they do not need. Loaded on the first question about it, kept up to date by acts.
//!
//! Walking 100,000 such rows took 25 to 65 ms (2 busy cores); reading and parsing every document for
//! each search would come on top of that, so the rows stay until nobody has asked for a minute or two.
//! A draw does not read words: it walks the rows beside what the circle remembers of each.

mod books;
mod memory;

use std::collections::BTreeMap;

use crate::domain::book::Mark;
use crate::domain::book::fit::Part;
use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Ids, Key, Kind, QuestionId, Space};
use crate::domain::question::{Asked, Candidate, Depth, Past, Question, QuestionKind, draw_each};
use crate::domain::text::fold;
use crate::engine::query::{Answer, QuestionRow};
use crate::engine::working_set;
use crate::store::{Read, Result};

use memory::Memory;

/// What is kept of a question.
struct Entry {
    id: QuestionId,
    number: u32,
    kind: QuestionKind,
    depth: Depth,
    starred: bool,
    /// The place of its competency among those of the bank.
    competency: Option<usize>,
    /// Folded theme.
    theme: String,
    /// Question, follow-ups, theme and competency, folded.
    words: String,
}

/// The questions of the bank, and what circles remember of them.
#[derive(Default)]
pub(super) struct Bank {
    /// In the order in which they became known; empty places are those in the trash.
    rows: Vec<Option<Entry>>,
    /// The place of each.
    places: BTreeMap<QuestionId, usize>,
    /// Every competency, as the first question has it.
    competencies: Vec<Competency>,
    circles: BTreeMap<CircleId, Memory>,
    /// The few that name a book of a circle.
    abouts: BTreeMap<QuestionId, Mark>,
}

struct Competency {
    name: String,
    folded: String,
}

/// Which questions to list.
pub(super) struct Filter<'a> {
    pub(super) words: &'a str,
    pub(super) kind: Option<QuestionKind>,
    pub(super) theme: Option<&'a str>,
    pub(super) competency: Option<&'a str>,
}

/// What to draw.
pub(super) struct Wish<'a> {
    pub(super) circle: CircleId,
    pub(super) kinds: &'a [Option<QuestionKind>],
    pub(super) without: &'a [QuestionId],
    pub(super) seed: u64,
    /// The part of a book that questions about books are to fit.
    pub(super) part: Option<Part>,
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
        let entry = question.trashed.is_none().then(|| self.entry(question));
        match question.about.filter(|_| question.trashed.is_none()) {
            Some(mark) => self.abouts.insert(question.id, mark),
            None => self.abouts.remove(&question.id),
        };
        let place = self.places.get(&question.id);
        if let Some(row) = place.and_then(|place| self.rows.get_mut(*place)) {
            *row = entry;
        } else {
            self.places.insert(question.id, self.rows.len());
            self.rows.push(entry);
        }
    }

    fn entry(&mut self, question: &Question) -> Entry {
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
        let competency = question.competency.as_ref();
        Entry {
            id: question.id,
            number: question.number,
            kind: question.kind,
            depth: question.depth,
            starred: question.starred,
            competency: competency.map(|name| self.competency(name)),
            theme: fold(&question.theme),
            words,
        }
    }

    /// The competencies that questions train, by the alphabet.
    pub(super) fn competencies(&self) -> Vec<String> {
        let mut all: Vec<&Competency> = self.competencies.iter().collect();
        all.sort_by(|one, other| one.folded.cmp(&other.folded));
        all.into_iter().map(|it| it.name.clone()).collect()
    }

    fn competency(&mut self, name: &str) -> usize {
        let folded = fold(name);
        let known = self.competencies.iter().position(|it| it.folded == folded);
        known.unwrap_or_else(|| {
            self.competencies.push(Competency {
                name: name.to_owned(),
                folded,
            });
            self.competencies.len() - 1
        })
    }

    /// Follows an act.
    pub(super) fn changed(&mut self, act: &Act) {
        for change in &act.changes {
            match (change.key.space, change.key.kind) {
                (Space::Org, Kind::Question) => match working_set::after(change) {
                    Ok(Some(Document::Question(question))) => self.set(&question),
                    _ => self.remove(QuestionId(change.key.id)),
                },
                (Space::Circle(circle), Kind::Asked | Kind::Session) => {
                    let place = self.places.get(&QuestionId(change.key.id)).copied();
                    let known = self.circles.get_mut(&circle);
                    if known.is_some_and(|memory| !memory.changed(change, place)) {
                        self.circles.remove(&circle);
                    }
                }
                _ => {}
            }
        }
    }

    fn remove(&mut self, id: QuestionId) {
        self.abouts.remove(&id);
        let place = self.places.get(&id).copied();
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place)) {
            *row = None;
        }
    }

    /// Lists questions, least asked in `circle` first, then by number, what is left out there last: so many
    /// rows, behind those to skip.
    pub(super) fn find(
        &mut self,
        read: &dyn Read,
        filter: &Filter<'_>,
        circle: Option<CircleId>,
        (skip, limit): (usize, usize),
    ) -> Result<Answer> {
        if let Some(circle) = circle {
            self.remember(read, circle)?;
        }
        let memory = circle.and_then(|circle| self.circles.get(&circle));
        let asked = |place: usize| memory.and_then(|memory| memory.of(place));
        let words = fold(filter.words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let theme = filter.theme.map(fold);
        let competency = filter.competency.map(fold);
        let trains = |entry: &Entry| Some(&self.competencies.get(entry.competency?)?.folded);
        let mut found: Vec<(bool, u32, u32, QuestionId, usize)> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| Some((place, entry.as_ref()?)))
            .filter(|(_, entry)| filter.kind.is_none_or(|kind| kind == entry.kind))
            .filter(|(_, entry)| theme.as_ref().is_none_or(|theme| *theme == entry.theme))
            .filter(|(_, entry)| competency.is_none() || competency.as_ref() == trains(entry))
            .filter(|(_, entry)| words.iter().all(|word| entry.words.contains(word)))
            .map(|(place, entry)| {
                let asked = asked(place);
                let never = asked.is_some_and(|asked| asked.never);
                let times = asked.map_or(0, |asked| asked.times);
                (never, times, entry.number, entry.id, place)
            })
            .collect();
        let total = found.len();
        found.sort_unstable();
        let mut rows = Vec::new();
        for (_, _, _, id, place) in found.into_iter().skip(skip).take(limit) {
            rows.extend(row(read, id, asked(place))?);
        }
        Ok(Answer::Questions { rows, total })
    }

    /// Draws one question for each kind that is wished for, at `now`.
    pub(super) fn draw(&mut self, read: &dyn Read, wish: &Wish<'_>, now: Moment) -> Result<Answer> {
        self.remember(read, wish.circle)?;
        let Some(memory) = self.circles.get(&wish.circle) else {
            return Ok(answer(Vec::new()));
        };
        let sessions = memory.sessions();
        let past = Past {
            held: sessions.held,
            looked_back: sessions.held,
            now,
        };
        let mut touched = vec![false; self.competencies.len()];
        for (place, asked) in memory.asked() {
            let lately = sessions.since.is_some() && asked.last >= sessions.since;
            let competency = self.entry_at(place).and_then(|entry| entry.competency);
            if let Some(touched) = competency.and_then(|at| touched.get_mut(at)) {
                *touched |= lately;
            }
        }
        let mut ids = Ids::new(Moment::from_millis(0), wish.seed);
        let all = self.candidates(memory, &touched);
        let mut rows = Vec::new();
        let drawn = match self.fitting(read, wish)? {
            Some(mut fitting) => fitting.draw(&all, wish, (past, &mut ids), &mut rows),
            None => draw_each(&all, wish.kinds, wish.without, past, &mut ids),
        };
        for drawn in drawn {
            let place = self.places.get(&drawn.id);
            let asked = place.and_then(|place| memory.of(*place));
            let found = row(read, drawn.id, asked)?;
            rows.extend(found.map(|row| QuestionRow {
                why: drawn.why,
                ..row
            }));
        }
        Ok(answer(rows))
    }

    fn entry_at(&self, place: usize) -> Option<&Entry> {
        self.rows.get(place)?.as_ref()
    }

    fn candidates<'a>(
        &'a self,
        memory: &'a Memory,
        touched: &'a [bool],
    ) -> impl Iterator<Item = Candidate<'a>> + Clone {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(move |(place, entry)| {
            let entry = entry.as_ref()?;
            let competency = entry.competency;
            let name = competency.and_then(|at| self.competencies.get(at));
            Some(Candidate {
                id: entry.id,
                kind: entry.kind,
                depth: entry.depth,
                theme: &entry.theme,
                competency: name.map(|competency| competency.name.as_str()),
                touched: competency.and_then(|at| touched.get(at)) == Some(&true),
                starred: entry.starred,
                asked: memory.of(place),
            })
        })
    }

    /// Loads what a circle remembers, unless it is there.
    fn remember(&mut self, read: &dyn Read, circle: CircleId) -> Result<()> {
        let memory = match self.circles.entry(circle) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(empty) => {
                empty.insert(Memory::load(read, circle, &self.places)?)
            }
        };
        memory.look_back(read, circle)
    }
}

const fn answer(rows: Vec<QuestionRow>) -> Answer {
    let total = rows.len();
    Answer::Questions { rows, total }
}

fn row(read: &dyn Read, id: QuestionId, asked: Option<&Asked>) -> Result<Option<QuestionRow>> {
    let Some(stored) = read.get(&Key::new(Space::Org, Kind::Question, id.0))? else {
        return Ok(None);
    };
    let Document::Question(question) = working_set::document(&stored)? else {
        return Ok(None);
    };
    Ok(Some(QuestionRow::new(question, asked)))
}
