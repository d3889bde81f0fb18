//! People in a line: who sees to an action, who brought up a parked item.

use std::ops::Range;

use super::Reader;
use crate::domain::capture::who::{self, Who};
use crate::domain::capture::{Kind, Role};
use crate::domain::item::Owner;

/// Most people that one line names; what follows is words. A circle has at most 200.
const MOST_PEOPLE: usize = 200;

impl Reader<'_> {
    /// Takes the person who is named by the first of these words, and tells how many words that were.
    pub(super) fn take_person(&mut self, words: Range<usize>) -> Option<usize> {
        let owners = match self.reading.kind {
            Kind::Action => true,
            Kind::Parked => false,
            Kind::Note | Kind::CircleNote if self.reading.place.is_some() => false,
            Kind::Decision | Kind::Note | Kind::CircleNote | Kind::Question => return None,
        };
        let here = self.words.get(words.clone())?;
        let first = who::name(here.first()?.raw).filter(|_| self.people < MOST_PEOPLE)?;
        let (typed, count) = who::whole_name(here, self.scene).unwrap_or((first, 1));
        let words = words.start..words.start + count;
        let mut clear = true;
        match who::look_up(typed, self.scene) {
            Who::Is(owner) if owners => self.reading.owners.push(owner),
            // A parked item is brought up by one person; a second name is a word.
            Who::Is(Owner::Member(id)) if self.reading.raised_by.is_none() => {
                self.reading.raised_by = Some(id);
            }
            Who::Is(Owner::Nobody) => {}
            Who::Is(Owner::All | Owner::Member(_)) => return None,
            Who::Unclear(problem, ids) => {
                if !owners && (self.reading.raised_by.is_some() || !self.reading.asks.is_empty()) {
                    return None;
                }
                let range = self.range(words.clone())?;
                self.reading
                    .asks
                    .push(who::ask(range, typed, (problem, ids)));
                clear = false;
            }
        }
        self.people += 1;
        self.part(words, Role::Who);
        if let Some(part) = self.reading.parts.last_mut() {
            part.clear = clear;
        }
        Some(count)
    }
}
