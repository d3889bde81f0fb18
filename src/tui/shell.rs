//! The shell: what all screens have in common. It owns the focus of the keyboard, the row of messages, the
//! overlays and the capture bar, and turns keys into commands through the registry alone.

mod actions;
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
mod tips;
mod typed;
mod versions;
mod words;
mod writing;

use std::collections::{BTreeMap, VecDeque};

use crate::command::Command;
use crate::command::key::Key;
use crate::command::keymap::{Keymap, Preset};
use crate::command::table::Place;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActId, BlockId, CircleId, Key as DocumentKey, SessionId};
use crate::domain::live::Watch;
use crate::domain::names::Naming;
use crate::domain::rehearsal::Roster;
use crate::domain::shelf::Shelf;
use crate::domain::when::Order;
use crate::engine::news::Ticket;
use crate::engine::query::{Look, Query};
use crate::theme::Styles;
use crate::tui::capture::Capture;
use crate::tui::coach::Coach;
use crate::tui::input::Bursts;
use crate::tui::messages::{Messages, Note};
use crate::tui::overlay::new_circle::{Created, NewCircleForm};
use crate::tui::port::Reads;
use crate::tui::screen::room::RoomView;
pub use crate::tui::shell::importing::{Sorted, Unsorted};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::screens::Screens;
use crate::tui::view::{EraseTarget, Format, HandedNotes, OutFile, Request, ScreenId, View};

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
    Read(u64, String),
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

/// What an outcome is waited for.
#[derive(Clone, Debug)]
enum Waiting {
    /// A command; the words for when it is done.
    Command(words::Done),
    /// An edit of one row that a screen asked for; the words for when it is done.
    Edit(ScreenId, Box<Command>, words::Done),
    /// The row of an edit that was overtaken.
    Overtaken(ScreenId, Box<Command>, String),
    /// An answer for a screen.
    Answer(ScreenId, Query),
    /// The starter bank, before a circle is made.
    Starter(Box<Created>),
    /// The questions of a session that is planned from a template.
    Drawn(Box<Command>),
    /// Questions for the first session of a circle that is being made.
    FirstPrompts(Box<Created>),
    /// A circle that is being made.
    Circle,
    /// A page of what the bank knows already, for this import.
    Known(u64),
    /// The actions that are here already, for an import.
    Gathering(Box<intake::Gathering>),
    /// The questions that a plan names by number.
    PlanQuestions(Box<plan_file::Loading>),
    /// What the circle remembers of them.
    PlanMemories(Box<plan_file::Loading>),
    /// The questions of a session whose plan goes to the editor.
    PlanText(plan_file::Which),
    /// Nothing in particular: only trouble is told.
    Nothing,
    /// Whether time asleep was left out.
    Slept,
    /// A portion of a search.
    Look(Box<Look>),
    /// An erase.
    Erase,
    /// What would go with somebody who is called so.
    Going(String),
    /// How much there is.
    Figures,
    /// The sessions of a circle, for a calendar.
    Calendar(Box<calendar::Meetings>),
    /// Questions for the sessions of a programme.
    Course(Box<programme::Course>),
    /// Actions that are to be written out.
    Actions(Box<actions::Gathering>),
    /// The record of a book that is to be written out.
    Book(Box<crate::engine::book_record::Gathering>),
}

/// Settings that the shell needs.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own that is on or off"
)]
pub struct Setup {
    /// The active keys.
    pub keymap: Keymap,
    /// How things look.
    pub styles: Styles,
    /// The name of the person who sits here, if configured.
    pub me: Option<String>,
    /// In which order day and month are written.
    pub dates: Order,
    /// Names of the themes there are.
    pub themes: Vec<String>,
    /// Whether this is a throw-away store: the demo, or a rehearsal.
    pub demo: bool,
    /// Formats and templates to choose from.
    pub shelf: Shelf,
    /// Whether it is a rehearsal, in which a made-up roster takes turns.
    pub rehearsal: bool,
    /// The screen to begin with.
    pub begin: ScreenId,
    /// Whether to show a tip at the start.
    pub tips: bool,
    /// How many tips were shown at earlier starts.
    pub tips_shown: usize,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// The editor of whoever sits here, with its arguments; empty when they have named none.
    pub editor: Vec<String>,
    /// A keyboard that may be the one here, which is asked about once; its name and its keys.
    pub keyboard: Option<(Preset, Keymap)>,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own that a key turns on and off"
)]
/// Everything that the terminal front-end keeps: cursors, drafts, overlays. No documents.
pub struct Shell {
    setup: Setup,
    screens: Screens,
    at: ScreenId,
    /// The way back: the screens that were left, each once.
    before: Vec<ScreenId>,
    circle: Option<CircleId>,
    overlay: Option<Overlay>,
    capture: Option<Capture>,
    drafts: BTreeMap<String, String>,
    pending: Vec<Key>,
    pending_since: Option<Moment>,
    messages: Messages,
    waiting: BTreeMap<Ticket, Waiting>,
    watch: Watch,
    /// The block and deadline whose zero was closed by Esc.
    zero_closed: Option<(usize, Span)>,
    /// The late end whose question was closed by Esc.
    late_closed: Option<rest::Late>,
    /// What the rows of the open list of the shell do.
    offered: Vec<rest::Offer>,
    cancelled: Option<Moment>,
    /// Questions that wait until whatever has the keyboard is closed.
    questions: VecDeque<Overlay>,
    /// What was typed and submitted, to be given back if it is refused.
    submitted: BTreeMap<Ticket, typed::Typed>,
    /// What is being carried out was typed here.
    typing: Option<typed::Typed>,
    /// How often a key, a click or a paste has come.
    presses: u64,
    room: bool,
    room_view: RoomView,
    blank: bool,
    /// What other screens were told about it.
    told_blank: bool,
    /// What was refused last.
    refused: Option<Ticket>,
    /// A key was pressed in the room view that means nothing there.
    lost_in_room: bool,
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
    /// What the beginning of a path could be, as Tab goes through it.
    paths: Vec<String>,
    /// How many imports were begun.
    imports: u64,
    /// The one that is on its way to its preview.
    importing: Option<u64>,
    /// What is being saved of one that takes a while.
    saving: Option<Ticket>,
    /// Its file, while the bank is asked.
    known: Option<Unsorted>,
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
    /// What the same command does when it is given once more, at once.
    twice: Option<(crate::command::id::CommandId, Vec<Request>)>,
    /// Notes that are in a file for their presenter and may be erased here.
    handed: Vec<crate::domain::id::Key>,
    hid_once: bool,
    /// What was asked about leaving since that was first asked for.
    leaving: Vec<leaving::Leaving>,
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
    asked_rev: u64,
    /// What was asked since the documents changed.
    asked: Vec<Query>,
    bursts: Bursts,
    hand: pointing::Hand,
    rev: u64,
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
            circle: None,
            overlay: None,
            capture: None,
            drafts: BTreeMap::new(),
            pending: Vec::new(),
            pending_since: None,
            messages: Messages::default(),
            waiting: BTreeMap::new(),
            watch: Watch::default(),
            zero_closed: None,
            late_closed: None,
            offered: Vec::new(),
            cancelled: None,
            questions: VecDeque::new(),
            submitted: BTreeMap::new(),
            typing: None,
            presses: 0,
            leaving: Vec::new(),
            room: false,
            room_view: RoomView::default(),
            blank: false,
            told_blank: false,
            refused: None,
            lost_in_room: false,
            masked: false,
            ready: false,
            slept: None,
            interrupted: None,
            recent: Vec::new(),
            erasing: None,
            paths: Vec::new(),
            imports: 0,
            importing: None,
            saving: None,
            known: None,
            packs: packs::Faults::default(),
            problems: Vec::new(),
            course: None,
            roster: None,
            rehearsed: Vec::new(),
            twice: None,
            handed: Vec::new(),
            hid_once: false,
            nameless: false,
            versions: None,
            outside: None,
            floor_moved: false,
            coach,
            made: Vec::new(),
            form: None,
            asked_rev: 0,
            asked: Vec::new(),
            bursts: Bursts::default(),
            hand: pointing::Hand::default(),
            rev: 0,
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
        self.room
    }

    /// Whether anything that was submitted or asked has no outcome yet.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
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
        View {
            state,
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

    /// Which keys mean what now.
    fn place(&self, view: &View<'_>) -> Place {
        let running = view.state.running().is_some();
        match (self.room, self.at, running) {
            (true, ..) => Place::Room,
            (false, ScreenId::Live, true) => Place::Live,
            (false, ScreenId::Live, false) => Place::Ready,
            (false, ..) => Place::Anywhere,
        }
    }
}
