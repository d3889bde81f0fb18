//! The search index of the bank: folded words and tags of each question, without its texts. It tells which
//! questions fit, in which order a circle sees them, and how many there would be for each other choice.
//!
//! Owned by whoever looks through the bank, filled off the drawing path, kept up to date by acts and dropped when
//! the bank is left.

mod counts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Bound;

use crate::domain::id::QuestionId;
use crate::domain::question::search::counts::Counts;
use crate::domain::question::sought::{self, Here, Sought};
use crate::domain::question::{Depth, Question, QuestionKind};

pub use counts::Facets;

/// What a circle remembers of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// How often it was asked.
    pub times: u32,
    /// When it was last, in milliseconds; 0 for never.
    pub last: i64,
    /// Whether it is not to be drawn there.
    pub never: bool,
}

impl Memory {
    const fn here(self) -> Here {
        match self {
            Self { never: true, .. } => Here::Never,
            Self { times: 0, .. } => Here::New,
            Self { .. } => Here::Asked,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was written since the index was begun first; then least asked first, then starred ones, then by number;
    /// those never to be asked here last.
    pub ids: Vec<QuestionId>,
    /// How many fit.
    pub total: usize,
    /// How many there are.
    pub all: usize,
    /// How many there would be.
    pub facets: Facets,
}

/// A question, as much as is compared.
#[derive(Clone, Debug)]
struct Slot {
    id: QuestionId,
    number: u32,
    theme: u32,
    competency: u32,
    kind: QuestionKind,
    depth: Depth,
    starred: bool,
    gone: bool,
    /// Whether it was written while somebody looked through the bank.
    fresh: bool,
    /// Tells whether words and tags are still the same.
    print: u64,
    memory: Memory,
}

/// Tags, each once.
#[derive(Clone, Debug, Default)]
struct Tags {
    rows: Vec<(String, String)>,
    at: HashMap<String, u32>,
}

impl Tags {
    fn number(&mut self, shown: &str) -> u32 {
        let folded = sought::tag(shown).unwrap_or_default();
        if let Some(at) = self.at.get(&folded) {
            return *at;
        }
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push((folded.clone(), shown.to_owned()));
        self.at.insert(folded, at);
        at
    }

    /// Which tags fit: the one of this name, else all that begin so or have a word that does.
    fn fitting(&self, wanted: Option<&String>) -> Option<Vec<bool>> {
        let wanted = wanted?;
        let begins = |folded: &str| {
            folded.starts_with(wanted) || folded.split('-').any(|word| word.starts_with(wanted))
        };
        let exact = self.at.contains_key(wanted);
        let fits = |(folded, _): &(String, String)| {
            if exact {
                folded == wanted
            } else {
                begins(folded)
            }
        };
        Some(self.rows.iter().map(fits).collect())
    }
}

/// A set of slots.
struct Bits(Vec<u64>);

impl Bits {
    fn new(slots: usize) -> Self {
        Self(vec![0; slots.div_ceil(64)])
    }

    fn add(&mut self, slot: u32) {
        if let Some(word) = self.0.get_mut(slot as usize / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    fn has(&self, slot: usize) -> bool {
        self.0
            .get(slot / 64)
            .is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    fn keep(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }
}

/// Which questions hold which folded words, and what a circle remembers of each.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    slots: Vec<Slot>,
    at: HashMap<QuestionId, u32>,
    words: BTreeMap<Box<str>, Vec<u32>>,
    themes: Tags,
    competencies: Tags,
    live: usize,
}

impl SearchIndex {
    /// Takes a question in, or what became of it. One in the trash goes.
    pub fn put(&mut self, question: &Question) {
        if question.trashed.is_some() {
            return self.remove(question.id);
        }
        let print = print(question);
        let theme = self.themes.number(&question.theme);
        let competency = question.competency.as_deref().unwrap_or_default();
        let competency = self.competencies.number(competency);
        let mut slot = Slot {
            id: question.id,
            number: question.number,
            theme,
            competency,
            kind: question.kind,
            depth: question.depth,
            starred: question.starred,
            gone: false,
            fresh: false,
            print,
            memory: Memory::default(),
        };
        if let Some(known) = self.slot_mut(question.id) {
            slot.memory = known.memory;
            slot.fresh = known.fresh;
            if known.print == print {
                *known = slot;
                return;
            }
        }
        self.remove(question.id);
        let at = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        for word in words_of(question) {
            let slots = self.words.entry(word.into_boxed_str()).or_default();
            if slots.last() != Some(&at) {
                slots.push(at);
            }
        }
        self.at.insert(question.id, at);
        self.slots.push(slot);
        self.live += 1;
    }

    /// Takes a question in that was written just now: it stands before all others, so that whoever wrote it sees it.
    pub fn put_fresh(&mut self, question: &Question) {
        self.put(question);
        if let Some(slot) = self.slot_mut(question.id) {
            slot.fresh = true;
        }
    }

    /// Leaves a question out from now on.
    pub fn remove(&mut self, id: QuestionId) {
        if let Some(slot) = self
            .at
            .remove(&id)
            .and_then(|at| self.slots.get_mut(at as usize))
        {
            slot.gone = true;
            self.live -= 1;
        }
    }

    /// What the circle remembers of a question, if that is in the bank.
    pub fn remember(&mut self, id: QuestionId, memory: Memory) {
        if let Some(slot) = self.slot_mut(id) {
            slot.memory = memory;
        }
    }

    /// As a circle that was asked nothing yet.
    pub fn forget(&mut self) {
        for slot in &mut self.slots {
            slot.memory = Memory::default();
        }
    }

    /// How many questions there are.
    pub const fn len(&self) -> usize {
        self.live
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        let words = self.words.iter().map(|(word, slots)| {
            word.len() + size_of::<(Box<str>, Vec<u32>)>() + slots.capacity() * size_of::<u32>()
        });
        let ids = self.at.capacity() * (size_of::<(QuestionId, u32)>() + 1);
        words.sum::<usize>() + ids + self.slots.capacity() * size_of::<Slot>()
    }

    fn slot_mut(&mut self, id: QuestionId) -> Option<&mut Slot> {
        let at = self.at.get(&id)?;
        self.slots.get_mut(*at as usize)
    }

    /// The slots that have all of these words; `None` for all slots.
    fn having(&self, words: &[String]) -> Option<Bits> {
        let mut all: Option<Bits> = None;
        for word in words {
            let mut bits = Bits::new(self.slots.len());
            let from = (Bound::Included(word.as_str()), Bound::Unbounded);
            let begins = self.words.range::<str, _>(from);
            for (_, slots) in begins.take_while(|(known, _)| known.starts_with(word.as_str())) {
                for slot in slots {
                    bits.add(*slot);
                }
            }
            match &mut all {
                Some(all) => all.keep(&bits),
                None => all = Some(bits),
            }
        }
        all
    }

    /// Looks up what fits, and tells `limit` of it behind the first `skip`.
    pub fn find(&self, sought: &Sought, skip: usize, limit: usize) -> Found {
        let having = self.having(&sought.words);
        let themes = self.themes.fitting(sought.theme.as_ref());
        let competencies = self.competencies.fitting(sought.competency.as_ref());
        let fits = |tags: Option<&Vec<bool>>, at: u32| {
            tags.is_none_or(|tags| tags.get(at as usize).copied().unwrap_or(false))
        };
        let mut counts = Counts::new(self.themes.rows.len());
        let mut found = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if slot.gone
                || having.as_ref().is_some_and(|bits| !bits.has(at))
                || !fits(competencies.as_ref(), slot.competency)
            {
                continue;
            }
            let misses = [
                !fits(themes.as_ref(), slot.theme),
                sought.depth.is_some_and(|depth| depth != slot.depth),
                sought.kind.is_some_and(|kind| kind != slot.kind),
                sought.here.is_some_and(|here| here != slot.memory.here()),
                sought.starred && !slot.starred,
            ];
            if counts.take(slot, misses) {
                found.push((slot.order(), at));
            }
        }
        let total = found.len();
        let end = skip.saturating_add(limit).min(total);
        if end < total {
            found.select_nth_unstable(end);
            found.truncate(end);
        }
        found.sort_unstable();
        let slots = found.iter().skip(skip);
        let ids = slots.filter_map(|(_, at)| self.slots.get(*at).map(|slot| slot.id));
        Found {
            ids: ids.collect(),
            total,
            all: self.live,
            facets: counts.told(&self.themes, themes.as_deref()),
        }
    }
}

impl Slot {
    fn order(&self) -> (bool, bool, u32, i64, bool, u32) {
        let Memory { times, last, never } = self.memory;
        (never, !self.fresh, times, last, !self.starred, self.number)
    }
}

/// Everything by which a question is found, its tags and its number among them.
fn words_of(question: &Question) -> Vec<String> {
    let mut words = sought::words(&question.text);
    let more = question.follow_ups.iter().chain([&question.theme]);
    for text in more.chain(&question.competency) {
        words.extend(sought::words(text));
    }
    words.extend(sought::words(question.kind.title()));
    words.extend(sought::words(question.depth.as_str()));
    words.push(format!("q{}", question.number));
    words
}

fn print(question: &Question) -> u64 {
    let mut hasher = DefaultHasher::new();
    let tags = (&*question.theme, question.competency.as_deref());
    let kind = (question.kind, question.depth, question.number);
    (&*question.text, tags, kind).hash(&mut hasher);
    for text in &question.follow_ups {
        text.as_str().hash(&mut hasher);
    }
    hasher.finish()
}
