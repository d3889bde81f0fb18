//! A circle of one's own, made the way a person makes it: with commands.

use crate::place::Place;

/// The people of the circle.
pub const PEOPLE: [&str; 4] = ["Maria Okafor", "Jun Tanaka", "Tom Weiss", "Priya Nair"];

impl Place {
    /// Makes the circle "Ladder Up" with four people, of whom Maria sits here, and a session that is
    /// planned for the time at which the clock starts.
    ///
    /// # Panics
    /// When a command fails.
    #[track_caller]
    pub fn ladder_up(&self) {
        self.ok(&[
            "circle",
            "new",
            "Ladder Up",
            "--template",
            "mentoring-classic-90",
        ]);
        let mut add = vec!["member", "add"];
        add.extend(PEOPLE);
        self.ok(&add);
        self.ok(&["member", "me", "Maria"]);
        self.ok(&["session", "plan", "--on", "2026-03-12 15:00 90m"]);
    }
}
