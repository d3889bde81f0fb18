//! What is pictured, as a table.

use circlet_support::Size;

use crate::palette::Canvas;

/// One picture: how the program is started and what is done until it is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    /// Name of the files.
    pub(crate) name: &'static str,
    /// Columns and rows.
    pub(crate) size: Size,
    /// The terminal.
    pub(crate) canvas: Canvas,
    /// Arguments.
    pub(crate) args: &'static [&'static str],
    /// Variables of the environment beside the usual ones.
    pub(crate) env: &'static [(&'static str, &'static str)],
    /// Steps in turn: wait for a text, then type keys.
    pub(crate) steps: &'static [(&'static str, &'static str)],
    /// What has to stand on the screen when the picture is taken.
    pub(crate) shows: &'static str,
}

const WIDE: Size = Size(120, 36);
const USUAL: Size = Size(80, 24);
const SMALL: Size = Size(40, 12);
/// The demo with a clock that stands still, so that a picture does not depend on when it is taken.
const DEMO: &[&str] = &["demo", "--speed", "0.0001", "--theme", "dark"];
const DEMO_LIGHT: &[&str] = &["demo", "--speed", "0.0001", "--theme", "light"];
const DEMO_CONTRAST: &[&str] = &["demo", "--speed", "0.0001", "--theme", "high-contrast"];

const fn dark(name: &'static str, size: Size) -> Scene {
    Scene {
        name,
        size,
        canvas: Canvas::Dark,
        args: DEMO,
        env: &[],
        steps: &[],
        shows: "RUNNING",
    }
}

/// All pictures. Each begins with the demo's running session on the screen.
pub(crate) const SCENES: &[Scene] = &[
    dark("live-120x36", WIDE),
    Scene {
        canvas: Canvas::Light,
        args: DEMO_LIGHT,
        ..dark("live-light-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "aSend deck @ma")],
        shows: "Send deck @ma",
        ..dark("capture-80x24", USUAL)
    },
    dark("live-40x12", SMALL),
    Scene {
        args: DEMO_CONTRAST,
        ..dark("live-high-contrast-80x24", USUAL)
    },
    Scene {
        env: &[("NO_COLOR", "1")],
        ..dark("live-no-color-80x24", USUAL)
    },
    Scene {
        steps: &[("RUNNING", "v")],
        shows: "minutes left",
        ..dark("room-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "\u{1b}gh")],
        shows: "Running now",
        ..dark("home-120x36", WIDE)
    },
    Scene {
        canvas: Canvas::Light,
        args: DEMO_LIGHT,
        steps: &[("RUNNING", "\u{1b}ga")],
        shows: "by due",
        ..dark("actions-light-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "\u{1b}gr")],
        shows: "People",
        ..dark("roster-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "\u{1b}gt")],
        shows: "newest first",
        ..dark("log-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "\u{1b}?")],
        shows: "type to search",
        ..dark("help-120x36", WIDE)
    },
    Scene {
        steps: OVER_THEN_PLAN,
        shows: "Time budget",
        ..dark("plan-120x36", WIDE)
    },
    Scene {
        steps: &[("RUNNING", "\u{1b}gq"), ("Questions", "/feedback\r")],
        shows: "feedback",
        ..dark("questions-120x36", WIDE)
    },
    Scene {
        steps: OVER_THEN_BOOK,
        shows: "meeting 4 of 8",
        ..dark("books-120x36", WIDE)
    },
];

/// The session is ended, and the agenda of the next one opened.
const OVER_THEN_PLAN: &[(&str, &str)] = &[
    ("RUNNING", "\u{1b}ww"),
    ("End session", "G\r"),
    ("is over", "gp"),
];
/// The session is ended, and the circle chosen that reads a book: while a session runs, no other is shown.
const OVER_THEN_BOOK: &[(&str, &str)] = &[
    ("RUNNING", "\u{1b}ww"),
    ("End session", "G\r"),
    ("is over", "gh"),
    ("Quiet Readers", "\t\tj\r"),
    ("Quiet Readers #1", "gb"),
];
