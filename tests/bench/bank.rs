//! Looking through a bank of 100,000 questions with its history: how long the search index takes to build, how
//! much memory it takes, and what one key in the filter costs, with the rows read and the frame drawn.
//!
//! A key stays under 16 ms. The index is filled in portions of 200 questions between other work of the store.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::time::{Duration, Instant};

use circlet::command::keymap::Keymap;
use circlet::command::table::Place;
use circlet::domain::change::Body;
use circlet::domain::clock::{Moment, Zone};
use circlet::domain::document::Document;
use circlet::domain::id::{CircleId, Ids, Key, Kind, QuestionId, Space};
use circlet::domain::question::search::{Memory, SearchIndex};
use circlet::domain::question::{Asked, Depth, DraftQuestion, QuestionKind};
use circlet::domain::state::State;
use circlet::domain::text::Clean;
use circlet::engine::news::Saving;
use circlet::engine::query::{Answer, BankPage, BankRow, Query, Seek};
use circlet::theme::glyphs::Glyphs;
use circlet::theme::{Catalogue, ColorDepth, Styles};
use circlet::tui::keys::Keys;
use circlet::tui::screen::questions::Questions;
use circlet::tui::view::{Paint, Reply, Request, Screen as _, View};
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const MANY: u32 = 100_000;
/// What a key may take at most, nearly always.
const LIMIT: Duration = Duration::from_millis(16);
/// Thursday 12 March 2026, 15:00 in UTC.
const START: Moment = Moment::from_millis(1_773_327_600_000);
/// What people type, letter by letter.
const LINES: [&str; 5] = [
    "what feedback do you want",
    "theme:growth depth:3 listen",
    "praise asked:never",
    "w",
    "kind:pair starred trust",
];
const THEMES: [&str; 12] = [
    "Feedback",
    "Growth",
    "Conflict",
    "Belonging",
    "Change",
    "Morale",
    "Strategy",
    "Authority",
    "Inclusion",
    "Culture",
    "Succession",
    "Career steps",
];
const WORDS: [&str; 24] = [
    "what", "feedback", "trust", "praise", "listen", "work", "team", "change", "want", "almost",
    "stopped", "today", "learn", "avoid", "say", "hear", "weigh", "promise", "mentor", "people",
    "next", "month", "silence", "cost",
];

/// The documents of the bank, and those of the circle about it.
struct Stored {
    ids: Vec<QuestionId>,
    questions: Vec<Body>,
    asked: Vec<Asked>,
}

fn pick<T: Copy>(from: &[T], ids: &mut Ids) -> T {
    let count = u64::try_from(from.len()).expect("a list in memory is that short");
    let at = usize::try_from(ids.draw() % count).expect("it is less than the length");
    from[at]
}

fn stored() -> Stored {
    let mut ids = Ids::new(START, 5);
    let mut stored = Stored {
        ids: Vec::new(),
        questions: Vec::new(),
        asked: Vec::new(),
    };
    for number in 1..=MANY {
        let id = QuestionId(ids.make());
        let words: Vec<&str> = (0..10).map(|_| pick(&WORDS, &mut ids)).collect();
        let text = format!("{} n{number}?", words.join(" "));
        let draft = DraftQuestion {
            theme: Clean::line(pick(&THEMES, &mut ids)),
            depth: pick(&Depth::ALL, &mut ids),
            kind: pick(&QuestionKind::ALL, &mut ids),
            starred: number % 50 == 0,
            follow_ups: vec![Clean::line("What would you say today?")],
            ..DraftQuestion::new(Clean::line(&text))
        };
        let document = Document::from(draft.into_question(id, number));
        stored.questions.push(document.to_body());
        stored.ids.push(id);
        if number % 2 == 0 {
            stored.asked.push(Asked::never(id).again(START));
        }
    }
    stored
}

fn read(id: QuestionId, body: &Body) -> circlet::domain::question::Question {
    let key = Key::new(Space::Org, Kind::Question, id.0);
    match Document::from_body(&key, body) {
        Ok(Document::Question(question)) => question,
        other => panic!("{other:?}"),
    }
}

fn build(stored: &Stored) -> SearchIndex {
    let mut index = SearchIndex::default();
    for (id, body) in stored.ids.iter().zip(&stored.questions) {
        index.put(&read(*id, body));
    }
    for asked in &stored.asked {
        let memory = Memory {
            times: asked.times,
            last: asked.last.map_or(0, Moment::millis),
            never: false,
        };
        index.remember(asked.question, memory);
    }
    index
}

/// What the store would answer.
fn answer(stored: &Stored, index: &SearchIndex, seek: &Seek) -> Answer {
    let found = index.find(&seek.sought, seek.skip, seek.limit);
    let row = |id: &QuestionId| {
        let at = stored.ids.binary_search(id).ok()?;
        Some(BankRow {
            question: read(*id, stored.questions.get(at)?),
            asked: Vec::new(),
        })
    };
    Answer::Bank(Box::new(BankPage {
        rows: found.ids.iter().filter_map(row).collect(),
        total: found.total,
        all: found.all,
        facets: found.facets,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "measuring reads the machine's clock"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let made = work();
    (begun.elapsed(), made)
}

fn bank(bench: &mut Criterion) {
    let theme = Catalogue::default()
        .theme("dark")
        .expect("the dark theme comes with the program");
    let styles = Styles::new(&theme.theme, ColorDepth::True, Glyphs::Unicode);
    let mut terminal =
        Terminal::new(TestBackend::new(120, 36)).expect("a test terminal cannot fail");
    let stored = stored();
    let (took, index) = timed(|| build(&stored));
    println!(
        "index of {MANY} questions with {} remembered: built in {took:?}, {} MB",
        stored.asked.len(),
        index.bytes() / 1_000_000
    );
    let (state, saving) = (State::default(), Saving::default());
    let keymap = Keymap::default();
    let view = View {
        state: &state,
        keys: Keys::new(&keymap, Place::Anywhere),
        floor: None,
        now: START,
        zone: Zone::UTC,
        circle: Some(CircleId(uuid::Uuid::nil())),
        me: None,
        saving: &saving,
        ready: true,
        demo: false,
        order: circlet::domain::when::Order::default(),
        masked: false,
        off_record: false,
    };
    let mut screen = Questions::default();
    let mut key = |line: &str| {
        if let Reply::Do(requests) = screen.filter(line, &view) {
            for request in requests {
                if let Request::Ask(query @ Query::Bank(_)) = request {
                    let Query::Bank(seek) = &query else { continue };
                    screen.answered(&query, &answer(&stored, &index, seek), &view);
                }
            }
        }
        terminal
            .draw(|frame| {
                let area = frame.area();
                let paint = Paint {
                    view,
                    styles: &styles,
                    covered: false,
                };
                screen.draw(area, frame.buffer_mut(), &paint);
            })
            .expect("a test terminal cannot fail");
    };
    let typed: Vec<String> = LINES
        .iter()
        .flat_map(|line| (1..=line.len()).map(|end| line.chars().take(end).collect()))
        .collect();
    let mut times: Vec<Duration> = typed
        .iter()
        .cycle()
        .take(typed.len() * 10)
        .map(|line| timed(|| key(line)).0)
        .collect();
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 1000).copied();
    let p99 = at(990).unwrap_or_default();
    let verdict = if p99 <= LIMIT { "within" } else { "ABOVE" };
    println!(
        "a key in the filter, with rows and frame 120x36: p50 {:?}, p99 {p99:?} ({verdict} {LIMIT:?}), most {:?}",
        at(500).unwrap_or_default(),
        times.last().copied().unwrap_or_default()
    );
    let mut lines = typed.iter().cycle();
    bench.bench_function("a key in the filter over 100,000 questions", |bench| {
        bench.iter(|| key(lines.next().map_or("", String::as_str)));
    });
}

criterion_group!(benches, bank);
criterion_main!(benches);
