//! Help and the list of commands: one searchable list in which every row can be run.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::command::nearest;
use crate::theme::{Role, Styles};
use crate::tui::widget::field::{self, Field};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// One row that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it runs.
    pub id: CommandId,
    /// Its title.
    pub title: String,
    /// Its key as it is set now; empty if it has none.
    pub keys: String,
    /// The heading it stands under.
    pub group: &'static str,
    /// What it does, in a sentence.
    pub help: String,
    /// Why it cannot be run now.
    pub not_now: Option<String>,
}

/// A list of commands with a search field.
#[derive(Clone, Debug)]
pub struct Finder {
    /// Its title.
    pub title: &'static str,
    /// What is searched for.
    pub field: Field,
    entries: Vec<Entry>,
    shown: Vec<usize>,
    selected: usize,
    /// What was meant, where nothing is called what was typed.
    meant: Option<(String, usize)>,
}

impl Finder {
    /// All entries, none left out.
    pub fn new(title: &'static str, entries: Vec<Entry>) -> Self {
        let shown = (0..entries.len()).collect();
        Self {
            title,
            field: Field::default(),
            entries,
            shown,
            selected: 0,
            meant: None,
        }
    }

    /// Searches again; best matches first, each command once; the order of the registry while nothing is
    /// typed.
    pub fn search(&mut self) {
        self.selected = 0;
        self.meant = None;
        let words = self.field.text();
        if words.trim().is_empty() {
            self.shown = (0..self.entries.len()).collect();
            return;
        }
        let (name, _) = split(words);
        let name = name.trim();
        let fuzzy = Pattern::parse(name, CaseMatching::Ignore, Normalization::Smart);
        let whole = Pattern::new(
            name,
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Substring,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut room = Vec::new();
        let mut found: Vec<(u32, usize)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let mut score = |pattern: &Pattern, line: &str| {
                pattern.score(Utf32Str::new(line, &mut room), &mut matcher)
            };
            let score = if entry.keys == words || entry.id.as_str() == name {
                Some(u32::MAX)
            } else {
                let title = score(&fuzzy, &entry.title);
                let name = score(&fuzzy, entry.id.as_str());
                // A sentence holds most letters in some order: of it only what stands together counts.
                title
                    .max(name)
                    .or_else(|| score(&whole, &entry.help).map(|score| score / 2))
            };
            if let Some(score) = score
                && seen.insert(entry.id)
            {
                found.push((score, index));
            }
        }
        // What cannot be run now stands behind what can, unless it was named in full.
        let behind = |score: u32, index: usize| {
            let entry = self.entries.get(index);
            score < u32::MAX && entry.is_some_and(|entry| entry.not_now.is_some())
        };
        found.sort_by_key(|(score, index)| {
            (behind(*score, *index), std::cmp::Reverse(*score), *index)
        });
        self.shown = found.into_iter().map(|(_, index)| index).collect();
        if self.shown.is_empty() {
            self.meant = self.nearest(name);
        }
    }

    /// The command that a slip of the finger stands for, with the word that was meant.
    fn nearest(&self, typed: &str) -> Option<(String, usize)> {
        let words = self.entries.iter().enumerate().flat_map(|(index, entry)| {
            let name = entry.id.as_str();
            let parts = name.split('-').filter(|part| part.len() > 3);
            std::iter::once(name)
                .chain(parts)
                .map(move |word| (word, index))
        });
        let words: Vec<(&str, usize)> = words.collect();
        let word = nearest::nearest(typed, words.iter().map(|(word, _)| *word))?;
        let (_, index) = words.iter().find(|(other, _)| *other == word)?;
        Some((word.to_owned(), *index))
    }

    /// Moves the mark; stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// The marked entry, and the words typed behind the name of a command: `export md folder`.
    pub fn selected(&self) -> Option<(&Entry, &str)> {
        let meant = self.meant.as_ref().map(|(_, index)| *index);
        let index = self.shown.get(self.selected).copied().or(meant)?;
        Some((self.entries.get(index)?, split(self.field.text()).1))
    }

    /// Draws it in `area`, which is cleared.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Option<Position> {
        let count = format!("{} of {}", self.shown.len(), self.entries.len());
        let pane = Pane::new(self.title).meta(count).focused(true);
        let content = pane.draw_over(area, buf, styles);
        let caret = field::draw(&self.field, &[], text::row(content, 0), buf, styles);
        let rows = Rect {
            y: content.y.saturating_add(2),
            height: content.height.saturating_sub(4),
            ..content
        };
        if self.shown.is_empty() {
            let typed = self.field.text();
            let sentence = match &self.meant {
                Some((word, _)) => {
                    format!("Nothing is called \"{typed}\". Did you mean {word}?")
                }
                None => format!("Nothing is called \"{typed}\"."),
            };
            text::put(&sentence, styles.of(Role::Text), text::row(rows, 0), buf);
            return caret;
        }
        self.draw_rows(rows, buf, styles);
        if let Some((entry, _)) = self.selected() {
            let words = entry.not_now.as_deref().unwrap_or(&entry.help);
            let last = text::row(content, content.height.saturating_sub(1));
            text::put(words, styles.of(Role::Muted), last, buf);
        }
        caret
    }

    fn draw_rows(&self, rows: Rect, buf: &mut Buffer, styles: &Styles) {
        let keys_wide = 12;
        let grouped = self.field.is_empty();
        let mut at = 0;
        let window = list::window(
            self.shown.len(),
            self.selected,
            0,
            rows.height.saturating_sub(1),
        );
        let mut group = "";
        for index in window {
            let Some(entry) = self.shown.get(index).and_then(|i| self.entries.get(*i)) else {
                continue;
            };
            if grouped && entry.group != group {
                group = entry.group;
                text::put(group, styles.bold(Role::Text), text::row(rows, at), buf);
                at += 1;
            }
            if at >= rows.height {
                return;
            }
            let look = if index == self.selected {
                Look::Selected
            } else {
                Look::Plain
            };
            let words = if entry.not_now.is_some() {
                look.quiet(styles)
            } else {
                look.main(styles)
            };
            let line = Line::from(vec![
                Span::styled(text::pad(&entry.keys, keys_wide), styles.key()),
                Span::raw("  "),
                Span::styled(entry.title.clone(), words),
            ]);
            list::draw_row(&line, look, text::row(rows, at), buf, styles);
            at += 1;
        }
    }
}

/// The name of a command and what follows it. A command is one kebab-case word.
fn split(words: &str) -> (&str, &str) {
    match words.trim_start().split_once(' ') {
        Some((name, rest)) if CommandId::ALL.iter().any(|id| id.as_str() == name) => {
            (name, rest.trim())
        }
        _ => (words, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::field::Edit;

    fn finder() -> Finder {
        let entry = |id: CommandId, title: &str, keys: &str| Entry {
            id,
            title: title.to_owned(),
            keys: keys.to_owned(),
            group: "Here, now",
            help: String::new(),
            not_now: None,
        };
        Finder::new(
            "Commands",
            vec![
                entry(CommandId::StartPause, "Pause or go on", "Space"),
                entry(CommandId::AddAction, "Write down an action", "a"),
                entry(CommandId::Theme, "Choose a theme", ""),
            ],
        )
    }

    fn typed(words: &str) -> Finder {
        let mut finder = finder();
        finder.field.apply(Edit::Paste(words.to_owned()));
        finder.search();
        finder
    }

    #[test]
    fn a_command_is_found_by_words_and_by_key() {
        assert_eq!(
            typed("paus").selected().unwrap().0.id,
            CommandId::StartPause
        );
        assert_eq!(typed("a").selected().unwrap().0.id, CommandId::AddAction);
        assert_eq!(typed("theme dark").selected().unwrap().1, "dark");
        assert!(typed("qqqq").selected().is_none());
    }

    #[test]
    fn a_slip_of_the_finger_runs_what_was_meant() {
        assert_eq!(
            typed("pasue").selected().unwrap().0.id,
            CommandId::StartPause
        );
        assert_eq!(typed("thmee").selected().unwrap().0.id, CommandId::Theme);
    }
}
