//! What the screen of books costs in a large circle: 200 books, 5,000 quotes of the one being read, 100 people with
//! 200 entries each.
//!
//! Beside it stand other screens of the same store, since what is wanted is that nobody feels a difference: opened,
//! with all that the store answers, it is there within one frame of them, and so is what a key does.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use circlet::command::keymap::Keymap;
use circlet::domain::book::reader::{Reached, Reader};
use circlet::domain::book::reading::{Instalment, Measure, Reading};
use circlet::domain::book::{Book, BookState, Chapter, Mark};
use circlet::domain::change::{Act, ActKind, Author, Change, Via};
use circlet::domain::circle::Circle;
use circlet::domain::clock::{Moment, Span, Zone};
use circlet::domain::document::Document;
use circlet::domain::id::{
    ActId, ActionId, BookId, CircleId, Ids, Key, Kind, MemberId, NoteId, QuestionId,
};
use circlet::domain::item::{Action, Audience, Note, Origin, Owner};
use circlet::domain::question::{DraftQuestion, QuestionKind};
use circlet::domain::roster::{Label, Member};
use circlet::domain::text::Clean;
use circlet::engine::clock::{self, Clock};
use circlet::engine::news::News;
use circlet::engine::{Engine, Mode, Options};
use circlet::store::{Store as _, create};
use circlet::theme::glyphs::Glyphs;
use circlet::theme::{Catalogue, ColorDepth, Styles};
use circlet::tui::app::{Still, Turn};
use circlet::tui::shell::{Setup, Shell};
use circlet::tui::view::ScreenId;
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// How often each screen is opened, and how many keys are pressed on it.
const ROUNDS: usize = 40;
/// What may lie between the screen of books and the others.
const FRAME: Duration = Duration::from_millis(16);
/// The store has no more to tell when it was silent for so long.
const SILENCE: Duration = Duration::from_millis(40);
/// Thursday 12 March 2026, 15:00 in UTC.
const START: Moment = Moment::from_millis(1_773_327_600_000);
const BOOKS: u32 = 200;
const QUOTES: u32 = 5_000;
const QUESTIONS: u32 = 600;
const CHAPTERS: u32 = 40;
const PEOPLE: u16 = 100;
const ENTRIES: i64 = 200;
const ACTIONS: u32 = 500;
/// Changes of one act when the store is filled, as an import would bring them.
const PART: usize = 2_000;
/// The screens, by the letter that opens each, and a key that moves on it.
const SCREENS: [(&str, char, char); 6] = [
    ("Home", 'h', 'j'),
    ("Plan", 'p', 'j'),
    ("Actions", 'a', 'j'),
    ("Questions", 'q', 'j'),
    ("Members", 'm', 'j'),
    ("Books", 'b', '.'),
];

/// Makes the documents of a circle in the middle of a book.
struct Maker {
    ids: Ids,
    circle: CircleId,
    changes: Vec<Change>,
}

impl Maker {
    fn put(&mut self, kind: Kind, id: uuid::Uuid, document: &Document) {
        self.changes.push(Change {
            key: Key::circle(self.circle, kind, id),
            before: None,
            after: Some(document.to_body()),
        });
    }

    fn books(&mut self) -> BookId {
        let read = BookId(self.ids.make());
        for number in 1..=BOOKS {
            let id = if number == 1 {
                read
            } else {
                BookId(self.ids.make())
            };
            let mut book = Book::new(id, number, Clean::line(&format!("Book {number}")), START);
            match number {
                1 => {
                    (book.state, book.pages) = (BookState::Reading, Some(CHAPTERS * 20));
                    book.chapters = (0..CHAPTERS).map(chapter).collect();
                    book.reading = Some(plan());
                }
                2..100 => {}
                _ => (book.state, book.closed) = (BookState::Read, Some(START)),
            }
            self.put(Kind::Book, id.0, &book.into());
        }
        read
    }

    fn people(&mut self, book: BookId) {
        for label in 1..=PEOPLE {
            let name = Clean::line(&format!("Person{label} Ashworth"));
            let member = Member::new(MemberId(self.ids.make()), name, Label(label), START);
            let mut reader = Reader::new(book, member.id);
            reader.shared = label % 2 == 0;
            for nth in 0..ENTRIES {
                reader.say(Reached {
                    at: START - Span::from_minutes((ENTRIES - nth) * 90),
                    measure: Measure::Chapters,
                    place: u32::try_from(nth / 20).unwrap_or_default(),
                });
            }
            self.put(Kind::Member, member.id.0, &member.into());
            self.put(Kind::Reader, reader.id.0, &reader.into());
        }
    }

    fn talk(&mut self, book: BookId) {
        let mark = |nth: u32| {
            let chapter = nth % CHAPTERS;
            Some(Mark {
                book,
                chapter: u16::try_from(chapter + 1).ok(),
                page: Some(chapter * 20 + nth % 20 + 1),
            })
        };
        for number in 1..=QUOTES {
            let id = NoteId(self.ids.make());
            let words = Clean::line(&format!("What stands in line {number} of it"));
            let note = Note {
                audience: Audience::Circle,
                mark: mark(number),
                ..Note::new(id, number, words, Origin::outside(START))
            };
            self.put(Kind::Note, id.0, &note.into());
        }
        for number in 1..=QUESTIONS {
            let id = QuestionId(self.ids.make());
            let draft = DraftQuestion {
                kind: QuestionKind::Book,
                about: mark(number),
                ..DraftQuestion::new(Clean::line(&format!("What of line {number}?")))
            };
            self.put(
                Kind::Question,
                id.0,
                &draft.into_question(id, number).into(),
            );
        }
        for number in 1..=ACTIONS {
            let id = ActionId(self.ids.make());
            let words = Clean::line(&format!("Try number {number}"));
            let action = Action {
                owner: Owner::All,
                ..Action::new(id, number, words, Origin::outside(START))
            };
            self.put(Kind::Action, id.0, &action.into());
        }
    }
}

fn chapter(number: u32) -> Chapter {
    Chapter {
        title: Clean::line(&format!("Chapter {number}")),
        page: Some(1 + number * 20),
    }
}

/// Four chapters every week; the second meeting is due.
fn plan() -> Reading {
    let from = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap_or_default();
    let ones = (0..CHAPTERS / 4).map(|week| Instalment {
        until: (week + 1) * 4,
        day: from + TimeDelta::days(i64::from(week) * 7 + 4),
        session: None,
        picked: Vec::new(),
    });
    Reading {
        measure: Measure::Chapters,
        from,
        instalments: ones.collect(),
        skipped: Vec::new(),
        pace: Some(20),
        once: 0,
    }
}

fn fill(folder: &Path) {
    let mut ids = Ids::new(START, 1);
    let circle = CircleId(ids.make());
    let mut maker = Maker {
        ids,
        circle,
        changes: Vec::new(),
    };
    let document = Circle::new(circle, Clean::line("Long Table"), START);
    maker.put(Kind::Circle, circle.0, &document.into());
    let book = maker.books();
    maker.people(book);
    maker.talk(book);
    let mut store = create(folder, uuid::Uuid::from_u128(1)).expect("a new folder takes a store");
    let Maker {
        mut ids, changes, ..
    } = maker;
    for part in changes.chunks(PART) {
        let act = Act {
            id: ActId(ids.make()),
            seq: 0,
            revs: BTreeMap::new(),
            at: START,
            by: Author {
                via: Via::App,
                run: clock::run_id(START),
            },
            title: "Filled".to_owned(),
            kind: ActKind::Do,
            changes: part.to_vec(),
        };
        store.commit(act).expect("the disk takes an act");
    }
}

/// The shell over the engine, on a large terminal.
struct Seat {
    runtime: tokio::runtime::Runtime,
    engine: Engine,
    keymap: Keymap,
    shell: Shell,
    terminal: Terminal<TestBackend>,
    now: Moment,
}

impl Seat {
    fn new(folder: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs no more than a thread");
        let inside = runtime.enter();
        let engine = Engine::open(Options {
            store: folder.join("store"),
            mode: Mode::Normal,
            by: Author {
                via: Via::App,
                run: clock::run_id(START),
            },
            clock: Clock::real(Some(START), 1.0),
            zone: Zone::UTC,
            runtime: Some(folder.join("run")),
            leaves: false,
        });
        drop(inside);
        let mut seat = Self {
            runtime,
            engine,
            keymap: Keymap::default(),
            shell: Shell::new(setup()),
            terminal: Terminal::new(TestBackend::new(200, 60))
                .expect("a test terminal cannot fail"),
            now: START,
        };
        while !seat.engine.is_open() {
            seat.hear(Duration::from_mins(1));
        }
        seat
    }

    /// Takes one piece of news in; whether there was one in time.
    fn hear(&mut self, within: Duration) -> bool {
        let next = async { tokio::time::timeout(within, self.engine.next()).await.ok() };
        let Some(news) = self.runtime.block_on(next) else {
            return false;
        };
        self.tell(&news);
        true
    }

    /// One turn of the loop.
    fn turn(&mut self, what: impl FnOnce(&mut Shell, &mut Turn<'_>)) {
        let _inside = self.runtime.enter();
        self.now = self.engine.now();
        let mut turn = Turn {
            engine: &mut self.engine,
            keymap: &mut self.keymap,
            now: self.now,
        };
        what(&mut self.shell, &mut turn);
    }

    fn tell(&mut self, news: &News) {
        self.turn(|shell, turn| shell.told(news, turn));
    }

    fn press(&mut self, letter: char) {
        let key = letter.to_string().parse().expect("a letter is a key");
        self.turn(|shell, turn| shell.press(key, turn));
    }

    fn draw(&mut self) {
        let still = Still {
            engine: &self.engine,
            keymap: &self.keymap,
            now: self.now,
        };
        self.terminal
            .draw(|frame| {
                let area = frame.area();
                self.shell.draw(area, frame.buffer_mut(), &still);
            })
            .expect("a test terminal cannot fail");
    }

    /// Presses keys, then takes in and draws all that the store tells; how long that took.
    #[expect(
        clippy::disallowed_methods,
        reason = "measuring reads the machine's clock"
    )]
    fn timed(&mut self, letters: &[char]) -> Duration {
        // Keys of a hand: nothing that was typed at once.
        std::thread::sleep(Duration::from_millis(20));
        let begun = Instant::now();
        for letter in letters {
            self.press(*letter);
        }
        self.draw();
        let mut took = begun.elapsed();
        while self.hear(SILENCE) {
            self.draw();
            took = begun.elapsed();
        }
        took
    }
}

fn setup() -> Setup {
    let theme = Catalogue::default()
        .theme("dark")
        .expect("the dark theme comes with the program");
    Setup {
        styles: Styles::new(&theme.theme, ColorDepth::True, Glyphs::Unicode),
        me: None,
        dates: circlet::domain::when::Order::default(),
        themes: Vec::new(),
        demo: false,
        shelf: circlet::packs::shelf(),
        rehearsal: false,
        begin: ScreenId::Home,
        tips: false,
        mouse: false,
        tips_shown: 0,
        editor: Vec::new(),
        keyboard: None,
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Opens a screen again and again, presses a key on it, and draws what stands.
fn figures(seat: &mut Seat, (letter, step): (char, char)) -> [Duration; 3] {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        seat.timed(&['g', 'h']);
        times[0].push(seat.timed(&['g', letter]));
        times[1].push(seat.timed(&[step]));
        times[2].push(seat.timed(&[]));
    }
    times.map(median)
}

fn screens(bench: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fill(&folder.path().join("store"));
    let mut seat = Seat::new(folder.path());
    let found = SCREENS.map(|(name, letter, step)| (name, figures(&mut seat, (letter, step))));
    for (name, [open, key, draw]) in &found {
        println!("{name:>10}: opened {open:>10.1?}   a key {key:>10.1?}   drawn {draw:>10.1?}");
    }
    let (others, books) = found.split_at(found.len() - 1);
    for (which, at) in [("opened", 0), ("a key", 1), ("drawn", 2)] {
        let slowest = others.iter().map(|(_, times)| times[at]).max();
        let (slowest, here) = (slowest.unwrap_or_default(), books[0].1[at]);
        let verdict = if here <= slowest + FRAME {
            "within"
        } else {
            "ABOVE"
        };
        println!(
            "Books, {which}: {:.2} of the slowest other screen ({verdict} one frame of it)",
            here.as_secs_f64() / slowest.as_secs_f64()
        );
    }
    seat.timed(&['g', 'b']);
    bench.bench_function("books: a frame of 200x60", |bench| {
        bench.iter(|| seat.draw());
    });
}

criterion_group!(benches, screens);
criterion_main!(benches);
