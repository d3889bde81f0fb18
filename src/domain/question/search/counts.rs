//! How many questions every other choice would leave, counted while the index is gone through.

use serde::{Deserialize, Serialize};

use crate::domain::question::search::{Slot, Tags};

/// Most themes of which counts are told: those with the most questions.
const MOST_THEMES: usize = 60;

/// How many questions each choice would leave, all other choices as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Themes by name.
    pub themes: Vec<(String, u32)>,
    /// In the order of [`Depth::ALL`](crate::domain::question::Depth::ALL).
    pub depths: [u32; 3],
    /// In the order of [`QuestionKind::ALL`](crate::domain::question::QuestionKind::ALL).
    pub kinds: [u32; 8],
    /// In the order of [`Here::ALL`](crate::domain::question::sought::Here::ALL).
    pub here: [u32; 3],
    /// With a star.
    pub starred: u32,
}

/// Counts while slots pass by.
pub(super) struct Counts {
    themes: Vec<u32>,
    rest: Facets,
}

impl Counts {
    pub(super) fn new(themes: usize) -> Self {
        Self {
            themes: vec![0; themes],
            rest: Facets::default(),
        }
    }

    /// Counts a slot wherever nothing but that very choice speaks against it; whether nothing does at all.
    pub(super) fn take(&mut self, slot: &Slot, misses: [bool; 5]) -> bool {
        let against = misses.iter().filter(|miss| **miss).count();
        if against > 1 {
            return false;
        }
        let [theme, depth, kind, here, star] = misses;
        let counts = |own: bool| against == 0 || own;
        let add = |count: Option<&mut u32>| {
            if let Some(count) = count {
                *count += 1;
            }
        };
        if counts(theme) {
            add(self.themes.get_mut(slot.theme as usize));
        }
        if counts(depth) {
            add(self.rest.depths.get_mut(slot.depth as usize));
        }
        if counts(kind) {
            add(self.rest.kinds.get_mut(slot.kind as usize));
        }
        if counts(here) {
            add(self.rest.here.get_mut(slot.memory.here() as usize));
        }
        if counts(star) && slot.starred {
            self.rest.starred += 1;
        }
        against == 0
    }

    pub(super) fn told(self, tags: &Tags, picked: Option<&[bool]>) -> Facets {
        let picked = |at: usize| picked.is_some_and(|fits| fits.get(at).copied().unwrap_or(false));
        let named = tags.rows.iter().zip(self.themes).enumerate();
        let mut themes: Vec<(bool, u32, &str)> = named
            .filter(|(at, ((folded, _), count))| !folded.is_empty() && (*count > 0 || picked(*at)))
            .map(|(at, ((_, shown), count))| (!picked(at), count, shown.as_str()))
            .collect();
        themes.sort_by_key(|(other, count, shown)| (*other, std::cmp::Reverse(*count), *shown));
        themes.truncate(MOST_THEMES);
        themes.sort_by_key(|(.., shown)| *shown);
        let themes = themes
            .into_iter()
            .map(|(_, count, shown)| (shown.to_owned(), count));
        Facets {
            themes: themes.collect(),
            ..self.rest
        }
    }
}
