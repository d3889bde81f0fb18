//! What one key costs in a full session: twelve people, twenty blocks, a session that is late.
//!
//! A turn change, a re-plan of the rest and a frame together stay under 16 ms.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::time::{Duration, Instant};

use circlet::command::keymap::Keymap;
use circlet::command::plan::BlockDraft;
use circlet::command::table::Place;
use circlet::domain::agenda::elastic::Elastic;
use circlet::domain::circle::Circle;
use circlet::domain::clock::{Moment, Span, Zone};
use circlet::domain::floor::{Floor, FloorMove};
use circlet::domain::id::{CircleId, Ids, Key, Kind, MemberId, SessionId};
use circlet::domain::live::Live;
use circlet::domain::roster::{Label, Member};
use circlet::domain::session::{Session, SessionState};
use circlet::domain::state::State;
use circlet::domain::text::Clean;
use circlet::engine::news::Saving;
use circlet::theme::glyphs::Glyphs;
use circlet::theme::{Catalogue, ColorDepth, Styles};
use circlet::tui::keys::Keys;
use circlet::tui::screen::live::LiveScreen;
use circlet::tui::view::{Paint, Screen as _, View};
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// How many keys are timed one by one.
const KEYS: usize = 2_000;
/// What a key may take at most, nearly always.
const LIMIT: Duration = Duration::from_millis(16);
/// Thursday 12 March 2026, 15:00 in UTC.
const START: Moment = Moment::from_millis(1_773_327_600_000);

/// A session that runs, with all that a key changes.
struct Room {
    state: State,
    floor: Floor,
    people: Vec<MemberId>,
    circle: CircleId,
    session: Session,
    live: Live,
    now: Moment,
    saving: Saving,
    keymap: Keymap,
}

impl Room {
    fn new() -> Self {
        let mut ids = Ids::new(START, 1);
        let circle = CircleId(ids.make());
        let mut state = State::default();
        let document = Circle::new(circle, Clean::line("Ladder Up"), START);
        state.load(Key::circle(circle, Kind::Circle, circle.0), document.into());
        let people: Vec<MemberId> = (1..=12)
            .map(|label| {
                let member = person(MemberId(ids.make()), label);
                let id = member.id;
                state.load(Key::circle(circle, Kind::Member, id.0), member.into());
                id
            })
            .collect();
        let session = agenda(&mut ids);
        let live = Live::start(&session, START).enter(&session, 1, START + Span::from_minutes(9));
        let place = |kind| Key::circle(circle, kind, session.id.0);
        state.load(place(Kind::Session), session.clone().into());
        state.load(place(Kind::Live), live.clone().into());
        Self {
            floor: Floor::new(session.id),
            now: START + Span::from_minutes(15),
            state,
            people,
            circle,
            session,
            live,
            saving: Saving::default(),
            keymap: Keymap::default(),
        }
    }

    fn view(&self) -> View<'_> {
        View {
            state: &self.state,
            keys: Keys::new(&self.keymap, Place::Live),
            floor: Some(&self.floor),
            now: self.now,
            zone: Zone::UTC,
            circle: Some(self.circle),
            me: None,
            saving: &self.saving,
            ready: true,
            demo: false,
            order: circlet::domain::when::Order::default(),
            masked: false,
            off_record: false,
        }
    }

    /// The next person has the floor.
    fn turn(&mut self, number: usize) {
        self.now = self.now + Span::from_secs(1);
        let elapsed = self.live.clock.elapsed(self.now);
        if let Some(person) = self.people.get(number % self.people.len()) {
            let give = FloorMove::Give(*person);
            self.floor.make(give, elapsed, self.live.block);
        }
    }
}

fn person(id: MemberId, label: u16) -> Member {
    Member::new(
        id,
        Clean::line(&format!("Person{label} Ashworth")),
        Label(label),
        START,
    )
}

/// Twenty blocks of ten minutes, every fifth locked.
fn agenda(ids: &mut Ids) -> Session {
    let blocks = (0u16..20).map(|number| BlockDraft {
        title: Clean::line(&format!("Block {number}")),
        minutes: 10,
        min: 3 + number % 5,
        locked: number % 5 == 4,
        ..BlockDraft::default()
    });
    let blocks: Vec<BlockDraft> = blocks.collect();
    Session {
        state: SessionState::Running,
        blocks: blocks
            .into_iter()
            .map(|block| block.into_block(ids))
            .collect(),
        started: Some(START),
        ..Session::new(SessionId(ids.make()), 7, START, 190)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "measuring reads the machine's clock"
)]
fn timed(key: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    key();
    begun.elapsed()
}

fn keys(bench: &mut Criterion) {
    let theme = Catalogue::default()
        .theme("dark")
        .expect("the dark theme comes with the program");
    let styles = Styles::new(&theme.theme, ColorDepth::True, Glyphs::Unicode);
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test terminal cannot fail");
    let mut room = Room::new();
    let screen = LiveScreen::new();
    let mut key = |number: usize| {
        room.turn(number);
        std::hint::black_box(Elastic::of(&room.live, &room.session, room.now));
        terminal
            .draw(|frame| {
                let area = frame.area();
                let paint = Paint {
                    view: room.view(),
                    styles: &styles,
                    covered: false,
                };
                screen.draw(area, frame.buffer_mut(), &paint);
            })
            .expect("a test terminal cannot fail");
    };
    let mut times: Vec<Duration> = (0..KEYS).map(|number| timed(|| key(number))).collect();
    times.sort_unstable();
    let at = |part: usize| times.get(KEYS * part / 1000).copied().unwrap_or_default();
    let verdict = if at(990) <= LIMIT { "within" } else { "ABOVE" };
    println!(
        "turn, re-plan, frame 200x60: p50 {:?}, p99 {:?} ({verdict} {LIMIT:?}), p99.9 {:?}",
        at(500),
        at(990),
        at(999)
    );
    let mut number = KEYS;
    bench.bench_function("turn, re-plan, frame 200x60", |bench| {
        bench.iter(|| {
            number += 1;
            key(number);
        });
    });
}

criterion_group!(benches, keys);
criterion_main!(benches);
