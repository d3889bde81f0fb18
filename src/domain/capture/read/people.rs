//! People in a line: who sees to an action, who brought up a parked item.

use super::Reader;
use crate::domain::capture::Kind;
use crate::domain::capture::Role;
use crate::domain::capture::lex::value;
use crate::domain::capture::who::{self, Who};
use crate::domain::item::Owner;

/// Most people that one line names; what follows is words. A circle has at most 200.
const MOST_PEOPLE: usize = 200;

impl Reader<'_> {
    /// Takes the person who is named at `at`, and tells how many words that were.
    pub(super) fn take_person(&mut self, at: usize) -> Option<usize> {
        let owners = match self.reading.kind {
            Kind::Action => true,
            Kind::Parked => false,
            Kind::Note | Kind::CircleNote if self.reading.place.is_some() => false,
            Kind::Decision | Kind::Note | Kind::CircleNote | Kind::Question => return None,
        };
        let here = self.words.get(at..)?;
        let first = who::name(here.first()?.raw).filter(|_| self.people < MOST_PEOPLE)?;
        let count = who::length(here, self.scene);
        let rest = here.get(1..count)?.iter().map(|word| word.raw);
        let typed = std::iter::once(first)
            .chain(rest)
            .collect::<Vec<_>>()
            .join(" ");
        let typed = value(&typed);
        let words = at..at + count;
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
