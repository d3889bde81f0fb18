//! One frame of the running demo on a large terminal, from state to the cells that changed.
//!
//! Besides the usual figures it prints the slowest of a hundred: what a hand feels is not the mean.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::Path;
use std::time::{Duration, Instant};

use circlet::command::keymap::Keymap;
use circlet::domain::change::{Author, Via};
use circlet::domain::clock::{Moment, Span, Zone};
use circlet::engine::clock::{self, Clock};
use circlet::engine::news::News;
use circlet::engine::{Engine, Mode, Options};
use circlet::packs::demo::Names;
use circlet::theme::glyphs::Glyphs;
use circlet::theme::{Catalogue, ColorDepth, Styles};
use circlet::tui::app::{Still, Turn};
use circlet::tui::shell::{Setup, Shell};
use circlet::tui::view::ScreenId;
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// How many frames are timed one by one.
const FRAMES: usize = 2_000;
/// What a frame may take at most, nearly always.
const LIMIT: Duration = Duration::from_millis(4);

/// The engine with an instant, as the shell sees it.
struct Seat {
    engine: Engine,
    keymap: Keymap,
    now: Moment,
}

impl Seat {
    const fn turn(&mut self) -> Turn<'_> {
        Turn {
            engine: &mut self.engine,
            keymap: &mut self.keymap,
            now: self.now,
        }
    }

    const fn still(&self) -> Still<'_> {
        Still {
            engine: &self.engine,
            keymap: &self.keymap,
            now: self.now,
        }
    }
}

fn engine(folder: &Path) -> Engine {
    let start = Moment::from_millis(1_773_327_600_000);
    Engine::open(Options {
        store: folder.join("store"),
        mode: Mode::Demo(Names::Hard),
        by: Author {
            via: Via::App,
            run: clock::run_id(start),
        },
        clock: Clock::real(Some(start), 1.0),
        zone: Zone::UTC,
        runtime: Some(folder.join("run")),
        leaves: false,
    })
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
        demo: true,
        shelf: circlet::packs::shelf(),
        rehearsal: false,
        begin: ScreenId::Live,
        tips: false,
        mouse: false,
        tips_shown: 0,
        editor: Vec::new(),
        keyboard: None,
    }
}

/// The demo with everything that opening brings on the screen.
fn ready(folder: &Path) -> (Shell, Seat) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime needs no more than a thread");
    let (mut shell, mut seat) = (
        Shell::new(setup()),
        Seat {
            engine: engine(folder),
            keymap: Keymap::default(),
            now: Moment::from_millis(1_773_327_600_000),
        },
    );
    runtime.block_on(async {
        loop {
            let news = seat.engine.next().await;
            seat.now = seat.engine.now();
            shell.told(&news, &mut seat.turn());
            if matches!(news, News::Opened(_)) {
                break;
            }
        }
    });
    (shell, seat)
}

#[expect(
    clippy::disallowed_methods,
    reason = "measuring reads the machine's clock"
)]
fn timed(draw: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    draw();
    begun.elapsed()
}

fn frames(bench: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (shell, mut seat) = ready(folder.path());
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test terminal cannot fail");
    let mut frame = |seat: &Seat| {
        terminal
            .draw(|frame| {
                let area = frame.area();
                shell.draw(area, frame.buffer_mut(), &seat.still());
            })
            .expect("a test terminal cannot fail");
    };
    let mut times: Vec<Duration> = (0..FRAMES)
        .map(|_| {
            seat.now = seat.now + Span::from_secs(1);
            timed(|| frame(&seat))
        })
        .collect();
    times.sort_unstable();
    let at = |part: usize| times.get(FRAMES * part / 1000).copied().unwrap_or_default();
    let verdict = if at(990) <= LIMIT { "within" } else { "ABOVE" };
    println!(
        "frame 200x60: p50 {:?}, p99 {:?} ({verdict} {LIMIT:?}), p99.9 {:?}",
        at(500),
        at(990),
        at(999)
    );
    bench.bench_function("frame 200x60", |bench| {
        bench.iter(|| {
            seat.now = seat.now + Span::from_secs(1);
            frame(&seat);
        });
    });
}

criterion_group!(benches, frames);
criterion_main!(benches);
