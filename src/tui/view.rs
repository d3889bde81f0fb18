//! What screens read, and what they may ask for. Drawing never changes anything; a key turns into
//! requests, and their outcome comes back as news.

mod tag;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::Command;
pub use crate::command::id::{Arg, CommandId};
use crate::domain::change::Act;
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{ActionId, BlockId, CircleId, Key, MemberId, SessionId};
use crate::domain::search::Hit;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::when::{Order, Seen};
pub use crate::engine::EraseTarget;
use crate::engine::news::Saving;
use crate::engine::query::{Answer, Query};
use crate::theme::Styles;
use crate::tui::keys::Keys;
use crate::tui::overlay::tally::Tally;
pub use crate::tui::view::tag::Tag;

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own that is on or off"
)]
/// Everything a screen may read.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The documents.
    pub state: &'a State,
    /// The keys that are in force.
    pub keys: Keys<'a>,
    /// Who speaks, if a session runs.
    pub floor: Option<&'a Floor>,
    /// The instant of this frame.
    pub now: Moment,
    /// Where people read clocks.
    pub zone: Zone,
    /// In which order day and month are written.
    pub order: Order,
    /// The circle that was chosen; a running session overrules it.
    pub circle: Option<CircleId>,
    /// Who sits here, in that circle.
    pub me: Option<MemberId>,
    /// Whether everything is on disk.
    pub saving: &'a Saving,
    /// Whether the store is open and the state complete.
    pub ready: bool,
    /// Whether this is the throw-away demo.
    pub demo: bool,
    /// Whether names are masked.
    pub masked: bool,
    /// Whether the running session is off the record: nothing is written.
    pub off_record: bool,
}

impl View<'_> {
    /// From where a date that somebody types is seen.
    pub fn seen(&self) -> Seen {
        Seen {
            today: self.now.date(self.zone),
            order: self.order,
        }
    }
}

/// What a screen needs to draw.
#[derive(Clone, Copy)]
pub struct Paint<'a> {
    /// What to show.
    pub view: View<'a>,
    /// How to show it.
    pub styles: &'a Styles,
    /// Whether an overlay or the capture bar has the keyboard, so that no pane here looks focused.
    pub covered: bool,
}

/// What kind of file to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// A page of its own.
    Html,
    /// A table.
    Csv,
    /// JSON.
    Json,
    /// `todo.txt`: of minutes the actions alone.
    Todo,
    /// For calendar programs: of minutes the actions alone.
    Calendar,
}

impl Format {
    /// The format that a command writes.
    pub const fn of(id: CommandId) -> Option<Self> {
        match id {
            CommandId::WriteMarkdown => Some(Self::Markdown),
            CommandId::WriteHtml => Some(Self::Html),
            CommandId::WriteCsv => Some(Self::Csv),
            CommandId::WriteJson => Some(Self::Json),
            CommandId::WriteTodo => Some(Self::Todo),
            CommandId::WriteCalendar => Some(Self::Calendar),
            _ => None,
        }
    }
}

/// A file for the export folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// What it is called, unless that name is taken.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// What is said once it is written, beside where it is: what was left out.
    pub told: Vec<String>,
}

/// Notes that leave for a presenter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedNotes {
    /// The name of the file.
    pub file: String,
    /// What it says.
    pub text: String,
    /// The notes in it.
    pub rows: Vec<Key>,
}

/// Actions to go through one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Which, in order.
    pub rows: Vec<ActionId>,
    /// Whether all of them are of whoever sits here, so that how theirs went may be told at the end.
    pub own: bool,
    /// Circles in which more of theirs are open, with how many.
    pub elsewhere: Vec<(Clean, usize)>,
}

/// Something that only the outside can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Carry a command out.
    Submit(Command),
    /// Move on the floor.
    Floor(FloorMove),
    /// Ask the store; the answer comes to [`Screen::answered`] of the screen that asked.
    Ask(Query),
    /// Write the minutes of a session to a file in the export folder.
    Minutes(CircleId, SessionId, Format),
    /// Write these actions of a circle to a file in the export folder.
    Actions(CircleId, Vec<ActionId>, Format),
    /// Write notes for a presenter to a file, then ask whether to erase them here.
    HandNotes(HandedNotes),
    /// Write a file into the export folder, beside whatever is there.
    WriteFile {
        /// What it is called.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Throw a line away that was typed and not saved: the name of its draft.
    DropDraft(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Say something that is no act.
    Say(String),
    /// Erase for good.
    Erase(EraseTarget),
    /// Ask for the word that erases this, which is called so.
    ConfirmErase(EraseTarget, String),
    /// Ask whether somebody is to be erased, here or in every circle.
    EraseWhom(CircleId, MemberId),
    /// Open the editor of whoever sits here.
    Outside(Outside),
    /// Open the editor of whoever sits here on the plan of a session.
    PlanOutside(CircleId, SessionId),
    /// Choose this circle.
    Choose(CircleId),
    /// What is added from the bank goes into this block.
    Aim(BlockId),
    /// Show another screen.
    Go(ScreenId),
    /// Run another command, as if its key had been pressed.
    Run(CommandId, Arg),
    /// Go off the record, or on it again.
    OffRecord(bool),
    /// Count hands or votes.
    Count(Tally),
    /// Go through these actions one by one.
    Walk(Walk),
    /// Offer a list, as [`Reply::Choose`] does, once what stands before is done.
    List(Choice),
    /// Want a line typed, as [`Reply::Ask`] does, once what stands before is done.
    Line(Ask),
}

/// A line of text that a screen wants typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Tells the screen which of its lines this is.
    pub tag: Tag,
    /// What stands before the field: `New date`.
    pub label: String,
    /// What stands in it.
    pub text: String,
    /// One line below it.
    pub help: String,
}

/// A text for the editor of whoever sits here. What comes of it is told as a line that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Tells the screen which of its lines this is.
    pub tag: Tag,
    /// What stands in the file.
    pub text: String,
    /// The line that is asked for instead, where no editor can be opened.
    pub instead: Ask,
}

/// A list from which a screen wants one row picked by number or Enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Tells the screen which of its lists this is.
    pub tag: Tag,
    /// Its title.
    pub title: String,
    /// Its rows.
    pub rows: Vec<String>,
    /// The row that is marked first.
    pub selected: usize,
}

/// What a screen did with a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reply {
    /// Not its business; the shell looks further.
    #[default]
    Ignored,
    /// Done, nothing else is needed.
    Handled,
    /// These things are needed from outside, in this order.
    Do(Vec<Request>),
    /// Not possible now, for this reason (shown behind `!`).
    Refuse(String),
    /// Something to say (shown behind `ok`).
    Say(String),
    /// The same command again does it; any other leaves everything as it is.
    Twice {
        /// Why it is asked, shown behind `?`.
        words: String,
        /// What the key does: `again leaves them as they are`.
        verb: String,
        /// What it does.
        then: Vec<Request>,
    },
    /// A line must be typed first.
    Ask(Ask),
    /// A row must be picked first.
    Choose(Choice),
}

impl Reply {
    /// Submits one command.
    pub fn submit(command: Command) -> Self {
        Self::Do(vec![Request::Submit(command)])
    }
}

/// The screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScreenId {
    /// Next session, what needs attention, circles.
    Home,
    /// The agenda of the next session.
    Plan,
    /// The running or next session.
    Live,
    /// Action items.
    Actions,
    /// The question bank.
    Questions,
    /// What the circle reads.
    Books,
    /// The people of a circle.
    Roster,
    /// Past sessions and their minutes.
    Sessions,
    /// What was done, and the trash.
    Log,
    /// Actions gone through one by one; reached from their list, without a tab of its own.
    Review,
}

/// One screen: draws from the view, keeps nothing but cursors, and answers commands.
pub trait Screen {
    /// Draws the body (header, message row and hints are the shell's). Returns where the caret is, if
    /// the screen has one.
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position>;

    /// Does what a command means here.
    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply;

    /// The commands that mean something here now, most useful first: footer hints and the first group
    /// of help. The verb is what the footer says.
    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)>;

    /// The commands whose keys the hint of an offered command names together, itself among them; empty where
    /// a hint names its own key alone. With room the keys stand apart (`a d n p`), else together (`adnp`).
    fn named_with(&self, _id: CommandId) -> &'static [CommandId] {
        &[]
    }

    /// What an offered command is called in the help of this screen, where the registry has words for another one.
    fn called(&self, _id: CommandId) -> Option<&'static str> {
        None
    }

    /// What the hint of an offered command says in place of its verb, where that is somebody's name.
    fn whom(&self, _id: CommandId, _view: &View<'_>) -> Option<String> {
        None
    }

    /// What to ask the store when the screen opens or the state has changed.
    fn wants(&self, _view: &View<'_>) -> Vec<Query> {
        Vec::new()
    }

    /// An answer to something it asked.
    fn answered(&mut self, _query: &Query, _answer: &Answer, _view: &View<'_>) {}

    /// Something that it asked cannot be answered; the shell has said why.
    fn failed(&mut self, _query: &Query) {}

    /// Something that was asked for while it was shown is saved.
    fn saved(&mut self, _act: &Act, _view: &View<'_>) {}

    /// What is needed from outside now that this answer has come and was taken in.
    fn after(&mut self, _query: &Query, _answer: &Answer, _view: &View<'_>) -> Vec<Request> {
        Vec::new()
    }

    /// A line that it asked for was typed. `Reply::Refuse` keeps the field open.
    fn entered(&mut self, _tag: Tag, _text: &str, _view: &View<'_>) -> Reply {
        Reply::Ignored
    }

    /// How a line that it asked for may go on, for Tab; those that begin like what is typed are offered.
    fn completions(&self, _tag: Tag, _view: &View<'_>) -> Vec<String> {
        Vec::new()
    }

    /// An edit that it asked for was not made, since somebody else had changed the same row; the newer row is in
    /// the view.
    fn overtaken(&mut self, _command: &Command, _view: &View<'_>) -> Reply {
        Reply::Ignored
    }

    /// A row that it asked for was picked.
    fn chosen(&mut self, _tag: Tag, _row: usize, _view: &View<'_>) -> Reply {
        Reply::Ignored
    }

    /// What a filter may hold, in one line.
    fn filter_help(&self) -> &'static str {
        "words, @person, #tag; empty shows all again"
    }

    /// Something of this screen was found by a search: puts the cursor on its row.
    fn aim(&mut self, _found: &Hit, _view: &View<'_>) {}

    /// Whether the marked row can be carried to another place.
    fn can_carry(&self, _view: &View<'_>) -> bool {
        false
    }

    /// The marked row was carried so many rows down; up if less than zero.
    fn carried(&mut self, _by: isize, _view: &View<'_>) -> Reply {
        Reply::Ignored
    }

    /// A filter was typed; empty takes it away.
    fn filter(&mut self, _text: &str, _view: &View<'_>) -> Reply {
        Reply::Ignored
    }
}
