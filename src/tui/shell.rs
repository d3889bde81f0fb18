//! The shell: what all screens have in common. It owns the focus of the keyboard, the row of messages, the
//! overlays and the capture bar, and turns keys into commands through the registry alone.

mod choices;
mod dispatch;
mod draw;
mod forms;
mod news;
mod overlays;
mod replies;
mod screens;
mod words;
mod writing;

use std::collections::{BTreeMap, VecDeque};

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::{Found, Keymap};
use crate::command::table::Place;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActId, CircleId, SessionId};
use crate::domain::live::{Phase, Watch, next_wakeup};
use crate::engine::news::Ticket;
use crate::engine::query::Query;
use crate::theme::Styles;
use crate::tui::capture::Capture;
use crate::tui::coach::Coach;
use crate::tui::messages::{Messages, Note};
use crate::tui::overlay::new_circle::{Created, NewCircleForm};
use crate::tui::port::{Port, Reads};
use crate::tui::screen::room::RoomView;
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::screens::Screens;
use crate::tui::view::{Arg, EraseTarget, Format, ScreenId, View};
use crate::tui::widget::field::Edit;

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
    /// A sound, or a flash, as configured.
    Bell,
    /// Put text on the clipboard.
    Copy(String),
    /// Write the minutes of a session.
    Minutes(CircleId, SessionId, Format),
    /// Leave this store and open the demo.
    Demo,
    /// Read a file to import.
    Read(String),
    /// Remember a setting: key and value.
    Remember(&'static str, String),
    /// Use this theme from now on.
    Theme(String),
}

/// What an outcome is waited for.
#[derive(Clone, Debug)]
enum Waiting {
    /// A command; the words for when it is done.
    Command(words::Done),
    /// An answer for a screen.
    Answer(ScreenId, Query),
    /// Questions for the first session of a circle that is being made.
    FirstPrompts(Box<Created>),
    /// A circle that is being made.
    Circle,
    /// What the bank knows already, for an import.
    Known(Box<forms::Known>),
    /// Nothing in particular: only trouble is told.
    Nothing,
    /// Whether time asleep was left out.
    Slept,
    /// An erase.
    Erase,
    /// How much there is.
    Figures,
}

/// Settings that the shell needs.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The active keys.
    pub keymap: Keymap,
    /// How things look.
    pub styles: Styles,
    /// The name of the person who sits here, if configured.
    pub me: Option<String>,
    /// Names of the themes there are.
    pub themes: Vec<String>,
    /// Whether this is the throw-away demo.
    pub demo: bool,
    /// The screen to begin with.
    pub begin: ScreenId,
    /// Whether to show a tip at the start.
    pub tips: bool,
}

/// Everything that the terminal front-end keeps: cursors, drafts, overlays. No documents.
pub struct Shell {
    setup: Setup,
    screens: Screens,
    at: ScreenId,
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
    cancelled: Option<Moment>,
    /// Questions that wait until whatever has the keyboard is closed.
    questions: VecDeque<Overlay>,
    /// Lines that were submitted, to be put back if they are refused.
    submitted: BTreeMap<Ticket, Capture>,
    room: bool,
    room_view: RoomView,
    blank: bool,
    /// What other screens were told about it.
    told_blank: bool,
    masked: bool,
    ready: bool,
    /// The act that left the time asleep out.
    slept: Option<ActId>,
    /// When a session that was interrupted had last been saved.
    interrupted: Option<Moment>,
    /// What will be erased once that is confirmed.
    erasing: Option<EraseTarget>,
    hid_once: bool,
    /// The last thing done was a move on the floor, which undo does not reach.
    floor_moved: bool,
    coach: Option<Coach>,
    /// The acts of this run, with their time, for a burst of typing to take back.
    made: Vec<(Moment, ActId)>,
    /// A form for a circle that was closed with something in it.
    form: Option<NewCircleForm>,
    asked_rev: u64,
    rev: u64,
    wishes: Vec<Wish>,
}

impl Shell {
    /// A shell that waits for the store to open.
    pub fn new(setup: Setup) -> Self {
        let coach = setup.demo.then(Coach::default);
        Self {
            at: setup.begin,
            setup,
            screens: Screens::default(),
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
            cancelled: None,
            questions: VecDeque::new(),
            submitted: BTreeMap::new(),
            room: false,
            room_view: RoomView::default(),
            blank: false,
            told_blank: false,
            masked: false,
            ready: false,
            slept: None,
            interrupted: None,
            erasing: None,
            hid_once: false,
            floor_moved: false,
            coach,
            made: Vec::new(),
            form: None,
            asked_rev: 0,
            rev: 0,
            wishes: Vec::new(),
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
            circle,
            me,
            saving: port.saving(),
            ready: self.ready,
            demo: self.setup.demo,
            masked: self.masked,
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

    /// A key was pressed.
    pub fn key(&mut self, key: Key, port: &mut dyn Port) {
        self.press(key, port);
        self.ask_waiting();
        if self.blank != self.told_blank {
            self.told_blank = self.blank;
            port.blank(self.blank);
        }
    }

    /// Opens the next question that waits, once nothing else has the keyboard.
    fn ask_waiting(&mut self) {
        if !self.has_field()
            && let Some(question) = self.questions.pop_front()
        {
            self.show_room(false);
            self.overlay = Some(question);
        }
    }

    /// Asks something that must not be missed: at once, or when whatever has the keyboard is closed.
    fn ask_surely(&mut self, question: Overlay) {
        self.questions.push_back(question);
        self.ask_waiting();
    }

    fn press(&mut self, key: Key, port: &mut dyn Port) {
        self.rev += 1;
        if key != Key::Ctrl('c') && self.cancelled.take().is_some() {
            self.messages.clear();
        }
        if self.overlay.is_some() {
            return self.overlay_key(key, port);
        }
        if self.capture.is_some() {
            return self.capture_key(key, port);
        }
        if key == Key::Esc && !self.pending.is_empty() {
            self.forget_pending();
            return;
        }
        self.pending.push(key);
        let place = self.place(&self.view(port));
        match self.setup.keymap.find(place, &self.pending) {
            Found::Run(id, arg) => {
                self.forget_pending();
                self.run(id, &arg, port);
            }
            Found::Wait(_) => self.pending_since = Some(port.now()),
            Found::Nothing => self.forget_pending(),
        }
    }

    fn forget_pending(&mut self) {
        self.pending.clear();
        self.pending_since = None;
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str, port: &mut dyn Port) {
        self.rev += 1;
        if self.overlay.is_some() {
            return self.overlay_paste(text, port);
        }
        if self.capture.is_none() {
            self.run(CommandId::Capture, &Arg::None, port);
        }
        if let Some(capture) = &mut self.capture {
            let outcome = capture.paste(text);
            self.captured(outcome, port);
        }
    }

    /// Letters that were typed in a burst outside a field: what the first of them did is taken back, and all
    /// of them are a draft.
    pub fn burst(&mut self, text: &str, since: Moment, port: &mut dyn Port) {
        self.forget_pending();
        for (_, act) in self
            .made
            .split_off(self.made.partition_point(|(at, _)| *at < since))
        {
            let ticket = port.submit(crate::command::Command::Undo { act: Some(act) });
            self.waiting.insert(ticket, Waiting::Nothing);
        }
        self.overlay = None;
        self.paste(text, port);
        self.say(Note::asks(
            "That looked like typed text: it is here, and nothing was done with it",
        ));
    }

    /// Whether a field has the keyboard.
    pub const fn has_field(&self) -> bool {
        self.capture.is_some() || self.overlay.is_some()
    }

    /// Whether a key has begun a sequence.
    pub const fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Whether a key moves a mark, so that it may be held down.
    pub fn moves(&self, key: Key, port: &dyn Reads) -> bool {
        match self.setup.keymap.find(self.place(&self.view(port)), &[key]) {
            Found::Run(id, _) => crate::tui::input::is_movement(id),
            Found::Wait(_) | Found::Nothing => false,
        }
    }

    /// A deadline has come, or the loop turned for another reason.
    pub fn woke(&mut self, port: &mut dyn Port) {
        let now = port.now();
        let effects = match port.state().running() {
            Some((_, _, live)) => self
                .watch
                .update(live, now, crate::domain::live::Input::Woke),
            None => Vec::new(),
        };
        if !effects.is_empty() {
            self.rev += 1;
            self.wishes.push(Wish::Bell);
        }
        self.refresh(port);
    }

    /// Asks again what the open screen shows.
    fn ask_again(&mut self, port: &mut dyn Port) {
        self.asked_rev = u64::MAX;
        self.refresh(port);
    }

    /// Asks again what the open screen shows, when the documents have changed.
    fn refresh(&mut self, port: &mut dyn Port) {
        let rev = port.state().rev();
        if !self.ready || self.asked_rev == rev {
            return;
        }
        self.asked_rev = rev;
        let at = self.at;
        let wants = {
            let view = self.view(port);
            self.screens.get(at).wants(&view)
        };
        for query in wants {
            let ticket = port.ask(query.clone());
            self.waiting.insert(ticket, Waiting::Answer(at, query));
        }
    }

    /// When something shown changes next without a key.
    pub fn next_wakeup(&self, port: &dyn Reads) -> Option<Moment> {
        let now = port.now();
        let clock = port
            .state()
            .running()
            .and_then(|(_, _, live)| next_wakeup(live, now));
        let panel = self
            .pending_since
            .map(|since| since + PANEL_AFTER)
            .filter(|at| *at > now);
        let minute = self.next_minute(now);
        [clock, panel, minute].into_iter().flatten().min()
    }

    /// The wall clock in the header shows minutes.
    fn next_minute(&self, now: Moment) -> Option<Moment> {
        self.ready.then(|| {
            let into = now.millis().rem_euclid(60_000);
            now + Span::from_millis(60_000 - into)
        })
    }

    /// Whether the panel of continuations is shown.
    pub(super) fn panel_is_due(&self, now: Moment) -> bool {
        self.pending_since
            .is_some_and(|since| now - since >= PANEL_AFTER)
    }

    /// Whether the block is over and nobody has closed the question about it.
    fn zero(&self, view: &View<'_>) -> Option<(usize, Span)> {
        let (_, _, live) = view.state.running()?;
        let over = matches!(live.phase(view.now), Phase::Over)
            || (live.left(view.now) <= Span::ZERO && !live.clock.is_paused());
        let this = (live.block, live.ends());
        (over && self.zero_closed != Some(this)).then_some(this)
    }
}

/// What a key does to a line of text.
pub(crate) fn edit_of(key: Key) -> Option<Edit> {
    Some(match key {
        Key::Char(c) => Edit::Insert(c),
        Key::Backspace => Edit::DeleteBack,
        Key::Delete | Key::Ctrl('d') => Edit::DeleteForward,
        Key::Left | Key::Ctrl('b') => Edit::Left,
        Key::Right | Key::Ctrl('f') => Edit::Right,
        Key::Home | Key::Ctrl('a') => Edit::Start,
        Key::End | Key::Ctrl('e') => Edit::End,
        Key::Ctrl('w') => Edit::DeleteWordBack,
        Key::Ctrl('u') => Edit::DeleteToStart,
        Key::Ctrl('k') => Edit::DeleteToEnd,
        Key::Ctrl('y') => Edit::Yank,
        Key::Ctrl('_') => Edit::Undo,
        Key::Ctrl(_)
        | Key::Enter
        | Key::Esc
        | Key::Tab
        | Key::BackTab
        | Key::Up
        | Key::Down
        | Key::PageUp
        | Key::PageDown
        | Key::F(_) => return None,
    })
}
