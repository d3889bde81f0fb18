//! Reading a line: the date first, because it claims the words that follow it, then every other word by
//! itself.

use std::collections::BTreeSet;

use crate::domain::book::Place;
use crate::domain::capture::lex::{Shape, Word, keyed, value, words};
use crate::domain::capture::settle::{circle, owner_and_date, text};
use crate::domain::capture::{
    KUDOS, KUDOS_LETTER, Kind, Opening, Part, Reading, Role, Scene, Source, Warning, due,
};
use crate::domain::item::{Audience, Due};
use crate::domain::rhythm::read_minutes;
use crate::domain::text::{Clean, fold};
use crate::domain::when;

mod people;

/// Most tags of one line; what follows is words.
const MOST_TAGS: usize = 32;

/// A line in the reading.
struct Reader<'a> {
    line: &'a str,
    words: Vec<Word<'a>>,
    scene: &'a Scene<'a>,
    reading: Reading,
    people: usize,
    known_tags: BTreeSet<String>,
}

pub(super) fn read(line: &str, opening: Opening, scene: &Scene<'_>) -> Reading {
    let words = words(line);
    let named = match (opening, words.as_slice()) {
        // A letter with a blank behind it begins a row, though nothing follows yet.
        (Opening::Letter(_), [first, rest @ ..])
            if first.shape == Shape::Plain
                && (!rest.is_empty() || line.ends_with(char::is_whitespace)) =>
        {
            Kind::from_letter(first.raw)
        }
        (Opening::Letter(_) | Opening::Is(_), _) => None,
    };
    let (Opening::Is(kind) | Opening::Letter(kind)) = opening;
    let mut reader = Reader {
        line,
        words,
        scene,
        reading: empty(named.unwrap_or(kind), line),
        people: 0,
        known_tags: BTreeSet::new(),
    };
    if named.is_some() {
        reader.part(0..1, Role::Kind);
        if reader
            .words
            .first()
            .is_some_and(|word| word.raw == KUDOS_LETTER)
        {
            reader.take_tag(&format!("#{KUDOS}"));
        }
    }
    let from = usize::from(named.is_some());
    let from = from + reader.take_place(from);
    reader.tokens(from);
    reader.finish()
}

fn empty(kind: Kind, line: &str) -> Reading {
    Reading {
        kind,
        text: Clean::default(),
        owners: Vec::new(),
        owners_from: Source::Nothing,
        due: Due::None,
        due_from: Source::Nothing,
        priority: 0,
        estimate: None,
        tags: Vec::new(),
        circle: None,
        audience: match kind {
            Kind::CircleNote => Audience::Circle,
            Kind::Action | Kind::Decision | Kind::Note | Kind::Parked | Kind::Question => {
                Audience::Me
            }
        },
        place: None,
        raised_by: None,
        asks: Vec::new(),
        warnings: Vec::new(),
        line: line.to_owned(),
        parts: Vec::new(),
    }
}

impl Reader<'_> {
    fn part(&mut self, words: std::ops::Range<usize>, role: Role) {
        let (Some(first), Some(last)) = (
            self.words.get(words.start),
            words
                .end
                .checked_sub(1)
                .and_then(|last| self.words.get(last)),
        ) else {
            return;
        };
        let range = first.range.start..last.range.end;
        let skip = usize::from(role == Role::Word && first.shape == Shape::Escaped);
        self.reading.parts.push(Part {
            range,
            role,
            clear: true,
            skip,
        });
    }

    fn tokens(&mut self, from: usize) {
        let dates = if self.reading.kind == Kind::Action {
            due::find(self.words.get(from..).unwrap_or_default(), self.scene)
        } else {
            due::Dates::default()
        };
        let shift = |range: std::ops::Range<usize>| range.start + from..range.end + from;
        let taken = dates.taken.map(|(due, range)| (due, shift(range)));
        let wrong: Vec<_> = dates.wrong.into_iter().map(shift).collect();
        let dates = taken.iter().map(|(_, range)| range).chain(&wrong);
        let starts: BTreeSet<usize> = dates.map(|range| range.start).collect();
        let mut at = from;
        while at < self.words.len() {
            if let Some((due, range)) = taken.as_ref().filter(|(_, range)| range.start == at) {
                (self.reading.due, self.reading.due_from) = (*due, Source::Typed);
                self.part(range.clone(), Role::Due);
                at = range.end;
                self.time_of_day(at);
                continue;
            }
            // The words of a date are no part of a name.
            let until = starts.range(at + 1..).next().copied();
            let until = until.unwrap_or(self.words.len());
            at += self.token(at..until);
        }
        for range in wrong {
            self.wrong_date(range);
        }
        if self.reading.due == Due::NextSession && self.scene.next_session.is_none() {
            self.reading.warnings.push(Warning::NoNextSession);
        }
    }

    /// Tells of a time of day that follows the date. It stays a word: nothing keeps it.
    fn time_of_day(&mut self, at: usize) {
        let plain = |at: usize| {
            let word = self.words.get(at)?;
            (word.shape == Shape::Plain).then_some(word.raw)
        };
        let skip = usize::from(plain(at).is_some_and(|word| word.eq_ignore_ascii_case("at")));
        if let Some(time) = plain(at + skip).filter(|word| when::is_time(word)) {
            let time = Clean::line(time.trim_end_matches([',', ';', '.', ')']));
            self.reading.warnings.push(Warning::TimeOfDay(time));
        }
    }

    /// Takes the token that begins these words, or the first word, and returns how many words that were.
    fn token(&mut self, words: std::ops::Range<usize>) -> usize {
        let at = words.start;
        let Some(word) = self.words.get(at) else {
            return 1;
        };
        let (raw, plain) = (word.raw, word.shape == Shape::Plain);
        let action = self.reading.kind == Kind::Action;
        let role = if !plain {
            Role::Word
        } else if action && matches!(raw, "!" | "!!" | "!!!") {
            self.reading.priority = u8::try_from(raw.len()).unwrap_or(3);
            Role::Priority
        } else if let Some(count) = self.take_person(words) {
            return count;
        } else if self.take_tag(raw) {
            Role::Tag
        } else if self.take_circle(raw) {
            Role::Circle
        } else if self.take_audience(raw) {
            Role::Audience
        } else if let Some((minutes, count)) = self.estimate(at, raw).filter(|_| action) {
            self.reading.estimate = Some(minutes);
            self.part(at..at + count, Role::Estimate);
            return count;
        } else {
            Role::Word
        };
        self.part(at..at + 1, role);
        1
    }

    /// The bytes of the line from the first to the last of these words.
    fn range(&self, words: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        let words = self.words.get(words)?;
        Some(words.first()?.range.start..words.last()?.range.end)
    }

    fn unclear(&mut self, words: std::ops::Range<usize>) {
        let Some(std::ops::Range {
            start: from,
            end: to,
        }) = self.range(words)
        else {
            return;
        };
        for part in &mut self.reading.parts {
            if part.range.start >= from && part.range.end <= to {
                part.clear = false;
            }
        }
    }

    fn wrong_date(&mut self, words: std::ops::Range<usize>) {
        // One such date is told; a page of them is no line that somebody typed.
        if self
            .reading
            .warnings
            .iter()
            .any(|w| matches!(w, Warning::NoDate(_) | Warning::NoLeapDay(..)))
        {
            return;
        }
        let typed: Vec<&str> = self
            .words
            .get(words.clone())
            .unwrap_or_default()
            .iter()
            .map(|word| {
                keyed(word.raw, "due")
                    .or_else(|| keyed(word.raw, "by"))
                    .unwrap_or(word.raw)
            })
            .collect();
        let typed = Clean::line(typed.join(" ").trim_end_matches([',', ';', '.']));
        self.reading
            .warnings
            .push(match when::next_leap_day(&typed, self.scene.seen()) {
                Some(next) => Warning::NoLeapDay(typed, next),
                None => Warning::NoDate(typed),
            });
        self.unclear(words);
    }

    /// Takes the place that a quote or a question about the book begins with, a chapter, a page or both; there must be
    /// words behind it. A quote is for the circle. How many words that were.
    fn take_place(&mut self, at: usize) -> usize {
        let note = matches!(self.reading.kind, Kind::Note | Kind::CircleNote);
        let asks = self.reading.kind == Kind::Question;
        if !(note || asks) || !self.scene.reads {
            return 0;
        }
        let Some(first) = self.place(at) else {
            return 0;
        };
        let both = self.place(at + 1).and_then(|second| first.with(second));
        let count = 1 + usize::from(both.is_some());
        self.reading.place = both.or(Some(first));
        if note {
            self.reading.audience = Audience::Circle;
        }
        self.part(at..at + count, Role::Place);
        count
    }

    /// The word at `at` as a place in the book, where others follow it.
    fn place(&self, at: usize) -> Option<Place> {
        self.words.get(at + 1)?;
        let word = self.words.get(at)?;
        let plain = word.shape == Shape::Plain;
        plain.then(|| Place::at_head(value(word.raw))).flatten()
    }

    fn take_tag(&mut self, raw: &str) -> bool {
        let Some(tag) = raw.strip_prefix('#').or_else(|| keyed(raw, "tag")) else {
            return false;
        };
        let tag = Clean::line(value(tag));
        // `#7` is a session and `#` a number sign: a tag begins with a letter.
        if !tag.chars().next().is_some_and(char::is_alphabetic)
            || self.reading.tags.len() >= MOST_TAGS
        {
            return false;
        }
        if self.known_tags.insert(fold(&tag)) {
            self.reading.tags.push(tag);
        }
        true
    }

    fn take_circle(&mut self, raw: &str) -> bool {
        let Some(typed) = raw.strip_prefix('+').map(value) else {
            return false;
        };
        if self.reading.circle.is_some() || !typed.chars().next().is_some_and(char::is_alphabetic) {
            return false;
        }
        match circle(typed, self.scene.circles).as_slice() {
            [] => false,
            [one] => {
                self.reading.circle = Some(*one);
                true
            }
            _ => {
                let warning = Warning::SeveralCircles(Clean::line(typed));
                if !self.reading.warnings.contains(&warning) {
                    self.reading.warnings.push(warning);
                }
                false
            }
        }
    }

    fn take_audience(&mut self, raw: &str) -> bool {
        match self.reading.kind {
            Kind::Note | Kind::CircleNote => {}
            Kind::Action | Kind::Decision | Kind::Parked | Kind::Question => return false,
        }
        let audience = match keyed(raw, "for").map(value).map(fold).as_deref() {
            Some("me") => Audience::Me,
            Some("presenter") => Audience::Presenter,
            Some("circle") => Audience::Circle,
            Some("all") => Audience::All,
            Some(_) | None => return false,
        };
        self.reading.audience = audience;
        true
    }

    /// `est 20m`, `est:1h30`, `est 20 min`, with the number of words that it takes.
    fn estimate(&self, at: usize, raw: &str) -> Option<(u16, usize)> {
        let minutes = |text: &str| read_minutes(&fold(value(text))).filter(|n| *n > 0);
        if let Some(inline) = keyed(raw, "est") {
            return minutes(inline).map(|n| (n, 1));
        }
        if !raw.eq_ignore_ascii_case("est") {
            return None;
        }
        let next = |n: usize| {
            self.words
                .get(at + n)
                .filter(|word| word.shape == Shape::Plain && word.raw.len() <= 12)
                .map(|word| word.raw)
        };
        let first = next(1)?;
        minutes(first).map(|n| (n, 2)).or_else(|| {
            let unit = next(2)?;
            minutes(&format!("{first}{unit}")).map(|n| (n, 3))
        })
    }

    fn finish(mut self) -> Reading {
        self.reading.text = text(self.line, &self.reading.parts, |part| {
            part.role == Role::Word
        });
        let reading = &mut self.reading;
        if reading.kind == Kind::Action {
            owner_and_date(reading, self.scene);
        }
        if reading.text.is_empty() && !reading.parts.is_empty() {
            reading.warnings.push(Warning::NoWords);
        }
        self.reading
    }
}
