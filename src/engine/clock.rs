//! Reads clocks, and is the only place that does: wall time for records, boot time for durations,
//! monotonic time to notice sleep. Also the one source of chance.

use std::hash::{BuildHasher, Hasher};
#[cfg(any(test, feature = "testing"))]
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::{Ids, RunId};

/// A wall clock that differs by more than this from boot time was set by somebody.
const STEP: Span = Span::from_secs(2);
/// Boot time that ran ahead of monotonic time by more than this was spent asleep.
const SLEEP: Span = Span::from_secs(5);

/// What the clocks of the computer say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock, which people and servers set.
    pub wall: Moment,
    /// Time since the computer was started, with sleep.
    pub boot: Span,
    /// The same without sleep.
    pub mono: Span,
}

/// Something odd that happened between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The computer slept.
    Slept(Span),
    /// The wall clock was set by this much.
    Stepped(Span),
}

impl Reading {
    /// What is odd about this reading, seen from an earlier one.
    pub fn gaps(&self, earlier: &Self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let boot = self.boot - earlier.boot;
        let slept = boot - (self.mono - earlier.mono);
        if slept > SLEEP {
            gaps.push(Gap::Slept(slept));
        }
        let stepped = (self.wall - earlier.wall) - boot;
        if stepped.abs() > STEP {
            gaps.push(Gap::Stepped(stepped));
        }
        gaps
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    /// What circlet's time was when the clock was made.
    start: Moment,
    /// What the computer's clocks said then.
    anchor: Reading,
    /// How fast circlet's time runs; 1 is real time.
    speed: f64,
}

#[derive(Clone, Debug)]
enum Source {
    System,
    #[cfg(any(test, feature = "testing"))]
    Manual(Arc<Mutex<Reading>>),
}

impl Source {
    fn read(&self) -> Reading {
        match self {
            Self::System => system(),
            #[cfg(any(test, feature = "testing"))]
            Self::Manual(reading) => *reading.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

impl Clock {
    /// The clock of the computer. `now` makes it start at another instant (`--now`), `speed` makes it
    /// run faster or slower (`--speed`).
    pub fn real(now: Option<Moment>, speed: f64) -> Self {
        Self::new(Source::System, now, speed)
    }

    fn new(source: Source, now: Option<Moment>, speed: f64) -> Self {
        let anchor = source.read();
        Self {
            source,
            start: now.unwrap_or(anchor.wall),
            anchor,
            speed: if speed.is_finite() && speed > 0.0 {
                speed
            } else {
                1.0
            },
        }
    }

    /// What the computer's clocks say.
    pub fn read(&self) -> Reading {
        self.source.read()
    }

    /// Circlet's time. It never jumps: it follows boot time from the instant at which it was anchored.
    pub fn now(&self) -> Moment {
        self.at(&self.read())
    }

    /// Circlet's time at a reading.
    pub fn at(&self, reading: &Reading) -> Moment {
        self.start + scaled(reading.boot - self.anchor.boot, self.speed)
    }

    /// How fast it runs.
    pub const fn speed(&self) -> f64 {
        self.speed
    }

    /// The same clock, set to another instant and speed: a client takes over the time of its owner.
    #[must_use]
    pub fn set(&self, now: Moment, speed: f64) -> Self {
        Self::new(self.source.clone(), Some(now), speed)
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a run lasts less than 2^52 milliseconds, and a cast of more saturates"
)]
fn scaled(span: Span, speed: f64) -> Span {
    if (speed - 1.0).abs() < f64::EPSILON {
        return span;
    }
    Span::from_millis((span.millis() as f64 * speed) as i64)
}

#[cfg(unix)]
fn system() -> Reading {
    use rustix::time::{ClockId, Timespec, clock_gettime};

    fn millis(time: Timespec) -> i64 {
        time.tv_sec
            .saturating_mul(1000)
            .saturating_add(time.tv_nsec / 1_000_000)
    }
    // Without a boot clock (macOS) monotonic time counts sleep itself.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let boot = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let boot = ClockId::Monotonic;
    Reading {
        wall: Moment::from_millis(millis(clock_gettime(ClockId::Realtime))),
        boot: Span::from_millis(millis(clock_gettime(boot))),
        mono: Span::from_millis(millis(clock_gettime(ClockId::Monotonic))),
    }
}

#[cfg(not(unix))]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads clocks"
)]
fn system() -> Reading {
    let wall = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let millis = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
    Reading {
        wall: Moment::from_millis(millis),
        boot: Span::from_millis(millis),
        mono: Span::from_millis(millis),
    }
}

/// The time zone in which people read and write times: `TZ`, else what the system says, else UTC.
pub fn zone() -> Zone {
    let named = std::env::var("TZ").ok();
    named
        .as_deref()
        .map(|name| name.trim_start_matches(':'))
        .and_then(|name| name.parse().ok())
        .or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok())
        .unwrap_or(Zone::UTC)
}

/// A number nobody can foresee, for ids and draws.
pub fn seed() -> u64 {
    // Keys of the standard hasher come from the system's randomness.
    std::hash::RandomState::new().build_hasher().finish()
}

/// The identity of a run of a front-end that begins at `now`.
pub fn run_id(now: Moment) -> RunId {
    RunId(Ids::new(now, seed()).make())
}

/// A clock that a test moves by hand.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Reading>>);

#[cfg(any(test, feature = "testing"))]
impl ManualClock {
    /// Stands at `now`.
    pub fn new(now: Moment) -> Self {
        Self(Arc::new(Mutex::new(Reading {
            wall: now,
            boot: Span::from_secs(1000),
            mono: Span::from_secs(1000),
        })))
    }

    /// What the engine is given; it moves with this one.
    pub fn clock(&self) -> Clock {
        Clock::new(Source::Manual(Arc::clone(&self.0)), None, 1.0)
    }

    fn change(&self, change: impl FnOnce(&mut Reading)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Time passes.
    pub fn advance(&self, span: Span) {
        self.change(|reading| {
            reading.wall = reading.wall + span;
            reading.boot = reading.boot + span;
            reading.mono = reading.mono + span;
        });
    }

    /// The computer sleeps.
    pub fn sleep(&self, span: Span) {
        self.change(|reading| {
            reading.wall = reading.wall + span;
            reading.boot = reading.boot + span;
        });
    }

    /// Somebody sets the wall clock.
    pub fn step(&self, span: Span) {
        self.change(|reading| reading.wall = reading.wall + span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = Moment::from_millis(1_773_327_600_000);

    #[test]
    fn time_follows_boot_time_whatever_is_done_to_the_wall_clock() {
        let manual = ManualClock::new(NOON);
        let clock = manual.clock();
        let before = clock.read();
        manual.advance(Span::from_secs(10));
        manual.step(Span::from_minutes(-60));
        assert_eq!(clock.now(), NOON + Span::from_secs(10));
        let gaps = clock.read().gaps(&before);
        assert_eq!(gaps, [Gap::Stepped(Span::from_minutes(-60))]);
    }

    #[test]
    fn sleep_is_told_and_counts_as_time() {
        let manual = ManualClock::new(NOON);
        let clock = manual.clock();
        let before = clock.read();
        manual.sleep(Span::from_secs(4));
        assert_eq!(clock.read().gaps(&before), []);
        manual.sleep(Span::from_minutes(60));
        let slept = Span::from_minutes(60) + Span::from_secs(4);
        assert_eq!(clock.read().gaps(&before), [Gap::Slept(slept)]);
        assert_eq!(clock.now(), NOON + slept);
    }

    #[test]
    fn a_faster_clock_runs_from_the_instant_it_was_given() {
        let manual = ManualClock::new(NOON);
        let start = Moment::from_millis(0);
        let clock = manual.clock().set(start, 60.0);
        manual.advance(Span::from_secs(2));
        assert_eq!(clock.now(), start + Span::from_minutes(2));
    }

    #[test]
    fn the_real_clock_moves_forward_and_seeds_differ() {
        let clock = Clock::real(None, 1.0);
        let before = clock.now();
        assert!(clock.now() >= before);
        assert_ne!(seed(), seed());
    }
}
