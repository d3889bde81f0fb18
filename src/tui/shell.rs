//! The shell: what all screens have in common. It owns the focus of the keyboard, the row of messages, the
//! overlays and the capture bar, and turns keys into commands through the registry alone.

mod actions;
mod begin;
mod book;
mod calendar;
mod choices;
mod clock;
mod dispatch;
mod draw;
mod erasing;
mod filling;
mod forms;
mod header;
mod hint_row;
mod importing;
mod in_room;
mod intake;
mod invite;
mod keys;
mod leaving;
mod lookup;
mod news;
mod outside;
mod overlays;
mod packs;
mod panel;
mod pasted;
mod plan_file;
mod pointing;
mod problems;
mod programme;
mod record;
mod rehearsal;
mod replies;
mod rest;
mod reviewing;
mod screens;
mod searching;
mod setup;
mod talk;
mod tips;
mod typed;
mod versions;
mod words;
mod writing;

use std::collections::{BTreeMap, VecDeque};

use crate::command::table::Place;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActId, BlockId, CircleId, Key as DocumentKey, SessionId};
use crate::domain::live::Watch;
use crate::domain::names::Naming;
use crate::domain::rehearsal::Roster;
use crate::theme::Styles;
use crate::tui::capture::Capture;
use crate::tui::coach::Coach;
use crate::tui::keys::Keys;
use crate::tui::messages::{Messages, Note};
use crate::tui::overlay::new_circle::NewCircleForm;
use crate::tui::port::Reads;
use crate::tui::shell::importing::Intake;
pub use crate::tui::shell::importing::{Brought, Sorted, Unsorted, Wanted};
use crate::tui::shell::in_room::InRoom;
use crate::tui::shell::keys::Keyboard;
use crate::tui::shell::leaving::Leave;
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::screens::Screens;
pub use crate::tui::shell::setup::Setup;
use crate::tui::shell::talk::{Talk, Waiting};
use crate::tui::view::{EraseTarget, Format, HandedNotes, OutFile, ScreenId, View};

/// How long a key that begins a sequence waits before the panel of what may follow is shown.
const PANEL_AFTER: Span = Span::from_millis(300);

/// Within this time a second Ctrl-C quits.
const CANCEL_TWICE: Span = Span::from_secs(2);

/// What the shell asks of the outside beside the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Leave the program.
    Quit,
    /// Hide the program until the shell brings it back.
    Suspend,
    /// Clear and paint everything.
    Redraw,
    /// The terminal's bell, where that is asked for.
    Bell,
    /// Put text on the clipboard.
    Copy(String),
    /// Write the minutes of a session.
    Minutes(CircleId, SessionId, Format, Naming),
    /// Open this editor, with its arguments, on this text; the shell hears of it when it is closed.
    Outside(Vec<String>, String),
    /// Write notes for a presenter, then ask about erasing them here.
    HandNotes(HandedNotes),
    /// Write a file into the export folder.
    File {
        /// What it is called.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Write a file into the export folder and say what is not in it.
    Export(OutFile),
    /// Leave this store and open the demo.
    Demo,
    /// Read a file for this import.
    Read(Wanted),
    /// Take a file apart that was read for an import.
    Sort(Box<Unsorted>),
    /// Look up what the beginning of a path could be.
    CompletePath(String),
    /// Look into the user's packs for what cannot be read.
    LookAtPacks,
    /// Remember a setting: key and value.
    Remember(&'static str, String),
    /// Use this theme from now on.
    Theme(String),
    /// Take the mouse, or give it back to the terminal.
    Mouse(bool),
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own that a key turns on and off"
)]
/// Everything that the terminal front-end keeps: cursors, drafts, overlays. No documents.
pub struct Shell {
    setup: Setup,
    /// What waits for the engine.
    talk: Talk,
    /// Keys that were pressed and are not carried out yet.
    keyboard: Keyboard,
    /// The room view in this window.
    in_room: InRoom,
    /// What was asked before leaving.
    leave: Leave,
    /// Imports on their way.
    intake: Intake,
    screens: Screens,
    at: ScreenId,
    /// The way back: the screens that were left, each once.
    before: Vec<ScreenId>,
    circle: Option<CircleId>,
    overlay: Option<Overlay>,
    capture: Option<Capture>,
    drafts: BTreeMap<String, String>,
    messages: Messages,
    watch: Watch,
    /// The block and deadline whose zero was closed by Esc.
    zero_closed: Option<(usize, Span)>,
    /// The late end whose question was closed by Esc.
    late_closed: Option<rest::Late>,
    /// What the rows of the open list of the shell do.
    offered: Vec<rest::Offer>,
    /// Questions that wait until whatever has the keyboard is closed.
    questions: VecDeque<Overlay>,
    masked: bool,
    ready: bool,
    /// The act that left the time asleep out.
    slept: Option<ActId>,
    /// When a session that was interrupted had last been saved.
    interrupted: Option<Moment>,
    /// What was written just before going off the record.
    recent: Vec<DocumentKey>,
    /// What will be erased once that is confirmed, and of a person whether in one circle or everywhere.
    erasing: Option<EraseTarget>,
    /// What is wrong in the user's packs.
    packs: packs::Faults,
    /// What is wrong in the configuration.
    problems: Vec<String>,
    /// The sessions of a programme that are looked at.
    course: Option<programme::Course>,
    /// Who takes turns in a rehearsal.
    roster: Option<Roster>,
    /// The blocks that the lines of a rehearsal which is shown are about.
    rehearsed: Vec<Option<BlockId>>,
    /// Notes that are in a file for their presenter and may be erased here.
    handed: Vec<crate::domain::id::Key>,
    /// The next file that is written has no names.
    nameless: bool,
    /// Words that two people changed at the same time.
    versions: Option<versions::Versions>,
    /// What the editor was opened for.
    outside: Option<outside::Opened>,
    /// The last thing done was a move on the floor, which undo does not reach.
    floor_moved: bool,
    coach: Option<Coach>,
    /// The newest acts of this run, with their time, for a burst of typing to take back.
    made: Vec<(Moment, ActId)>,
    /// A form for a circle that was closed with something in it.
    form: Option<NewCircleForm>,
    hand: pointing::Hand,
    rev: u64,
    /// The circle that was asked for at the start, until the store is open.
    begin_in: Option<String>,
    wishes: Vec<Wish>,
    #[cfg(any(test, feature = "testing"))]
    ran: std::collections::BTreeSet<crate::command::id::CommandId>,
}

impl Shell {
    /// A shell that waits for the store to open.
    pub fn new(setup: Setup) -> Self {
        let coach = (setup.demo && !setup.rehearsal).then(Coach::default);
        Self {
            at: setup.begin,
            before: Vec::new(),
            screens: Screens::new(&setup.shelf),
            setup,
            talk: Talk::default(),
            keyboard: Keyboard::default(),
            in_room: InRoom::default(),
            leave: Leave::default(),
            intake: Intake::default(),
            circle: None,
            overlay: None,
            capture: None,
            drafts: BTreeMap::new(),
            messages: Messages::default(),
            watch: Watch::default(),
            zero_closed: None,
            late_closed: None,
            offered: Vec::new(),
            questions: VecDeque::new(),
            masked: false,
            ready: false,
            slept: None,
            interrupted: None,
            recent: Vec::new(),
            erasing: None,
            packs: packs::Faults::default(),
            problems: Vec::new(),
            course: None,
            roster: None,
            rehearsed: Vec::new(),
            handed: Vec::new(),
            nameless: false,
            versions: None,
            outside: None,
            floor_moved: false,
            coach,
            made: Vec::new(),
            form: None,
            hand: pointing::Hand::default(),
            rev: 0,
            begin_in: None,
            wishes: Vec::new(),
            #[cfg(any(test, feature = "testing"))]
            ran: std::collections::BTreeSet::new(),
        }
    }

    /// A number that changes whenever something here does.
    pub const fn rev(&self) -> u64 {
        self.rev
    }

    /// Whether the room view is on screen.
    pub const fn shows_room(&self) -> bool {
        self.in_room.shown
    }

    /// Whether anything that was submitted or asked has no outcome yet.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn is_waiting(&self) -> bool {
        !self.talk.waiting.is_empty()
    }

    /// The commands that were run, for the test that no scenario forgets one.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) const fn ran(&self) -> &std::collections::BTreeSet<crate::command::id::CommandId> {
        &self.ran
    }

    /// Says something in the message row.
    pub fn say(&mut self, note: Note) {
        self.rev += 1;
        self.messages.say(note);
    }

    /// Looks different from now on.
    pub fn set_styles(&mut self, styles: Styles) {
        self.rev += 1;
        self.setup.styles = styles;
    }

    /// What is asked of the outside, once.
    pub fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }

    /// What screens read.
    fn view<'a>(&self, port: &'a dyn Reads) -> View<'a> {
        let state = port.state();
        let running = state.running().map(|(circle, ..)| circle);
        let circle = running
            .or(self.circle.filter(|id| state.circle(*id).is_some()))
            .or_else(|| {
                state
                    .circles()
                    .find(|circle| circle.archived.is_none())
                    .map(|c| c.id)
            });
        let me = circle
            .zip(self.setup.me.as_deref())
            .and_then(|(circle, me)| {
                match crate::domain::roster::find(state.members(circle), me) {
                    crate::domain::roster::Found::One(id) => Some(id),
                    crate::domain::roster::Found::Many(_)
                    | crate::domain::roster::Found::Nobody => None,
                }
            });
        let place = match (self.in_room.shown, self.at, state.running().is_some()) {
            (true, ..) => Place::Room,
            (false, ScreenId::Live, true) => Place::Live,
            (false, ScreenId::Live, false) => Place::Ready,
            (false, ..) => Place::Anywhere,
        };
        View {
            state,
            keys: Keys::new(port.keymap(), place),
            floor: port.floor(),
            now: port.now(),
            zone: port.zone(),
            order: self.setup.dates,
            circle,
            me,
            saving: port.saving(),
            ready: self.ready,
            demo: self.setup.demo,
            masked: self.masked,
            off_record: port.is_off_record(),
        }
    }
}
