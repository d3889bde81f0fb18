//! What lies over a screen and owns the keyboard: at most one thing.

use crate::tui::overlay::choice::Picker;
use crate::tui::overlay::finder::Finder;
use crate::tui::overlay::import::Import;
use crate::tui::overlay::line::Line;
use crate::tui::overlay::new_circle::NewCircleForm;
use crate::tui::overlay::search::Search;
use crate::tui::overlay::tally::Tally;
use crate::tui::overlay::welcome::Welcome;
use crate::tui::view::{Choice, ScreenId, Tag};

/// Who gets the answer of a line or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// A screen.
    Screen(ScreenId),
    /// The shell, for this.
    Shell(Which),
}

/// What the shell itself asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Show names again?
    Unmask,
    /// Go on after a crash?
    Resume,
    /// Go on after a crash, off the record?
    ResumeOffRecord,
    /// Take something away that was written just before going off the record?
    Recent,
    /// Does the time asleep count?
    Slept,
    /// A list whose rows know what they do.
    Offer,
    /// Which words stand, of two versions?
    Versions,
    /// Which theme?
    Theme,
    /// Which keyboard?
    Keyboard,
    /// Erase what?
    EraseWhat,
    /// Erase somebody here or in every circle?
    EraseWhere,
    /// The word that confirms an erase.
    EraseWord,
    /// Erase notes that were handed over?
    EraseNotes,
    /// The file to import.
    ImportPath,
    /// What a rehearsal found; picking a row closes it.
    Rehearsal,
    /// What is wrong in users' packs or configuration; picking a row closes it.
    Packs,
    /// The guests of a session.
    Guests,
    /// Which programme?
    Programme,
    /// When the circle meets, for this programme.
    ProgrammeRule(usize),
    /// The sessions that this programme would plan.
    Course(usize),
    /// A button of a clicker; which of them.
    Clicker(usize),
}

impl Which {
    /// Whether Esc leaves it standing.
    pub(super) const fn must_be_answered(self) -> bool {
        matches!(
            self,
            Self::Resume | Self::ResumeOffRecord | Self::Slept | Self::Versions
        )
    }
}

/// The one thing over the screen.
pub(super) enum Overlay {
    /// A line being typed.
    Line(Whose, Line),
    /// A list being picked from.
    Choice(Whose, Picker),
    /// Help or commands.
    Finder(Finder),
    /// The first start.
    Welcome(Welcome),
    /// The form for a circle.
    NewCircle(NewCircleForm),
    /// What an import would take.
    Import(Import),
    /// Hands or votes that are counted.
    Tally(Tally),
    /// The search over everything.
    Search(Search),
}

impl Overlay {
    /// A list that the shell asks about.
    pub(super) fn shell_choice(which: Which, title: impl Into<String>, rows: Vec<String>) -> Self {
        let choice = Choice {
            tag: Tag::Shell,
            title: title.into(),
            rows,
            selected: 0,
        };
        let picker = match which {
            Which::Rehearsal | Which::Packs => Picker::to_read(choice),
            _ => Picker::new(choice),
        };
        Self::Choice(Whose::Shell(which), picker)
    }

    /// Unmasking is the one thing that a stray key must not do.
    pub(super) fn unmask() -> Self {
        Self::shell_choice(
            Which::Unmask,
            "Show names again?",
            vec!["Show names".to_owned()],
        )
    }
}
