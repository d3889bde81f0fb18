//! Commands: what people can do, as data, and the one place that turns a command into changes.
//!
//! A command never learns which front-end sent it. Deciding is pure: state, command and context in,
//! changes or a refusal in words out.

pub mod book;
pub mod capture;
mod context;
mod decide;
mod draft;
pub mod id;
pub mod key;
pub mod keymap;
#[cfg(test)]
mod laws;
pub mod nearest;
mod people;
pub mod plan;
pub mod series;
pub mod sheet;
pub mod table;
pub mod undo;

use serde::{Deserialize, Serialize};

use crate::command::book::BookChange;
use crate::command::plan::{BlockDraft, Plan};
use crate::command::series::Placed;
use crate::domain::agenda::Prompt;
use crate::domain::change::Body;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActId, BlockId, CircleId, FilterId, Key, MemberId, QuestionId, SessionId};
use crate::domain::intake::Row;
use crate::domain::look::Verdict;
use crate::domain::question::DraftQuestion;
use crate::domain::rhythm::Rhythm;
use crate::domain::rotation::Seat;
use crate::domain::tally::{Figures, Rating, Vote};
use crate::domain::text::Clean;

pub use crate::command::context::{Context, Refusal};
pub(crate) use crate::command::decide::item_name;
pub use crate::command::decide::{Decided, Long, decide, long, needs};
pub(crate) use crate::command::decide::{same_document, travels};
pub use crate::command::draft::{Draft, ItemEdit, Settle};
pub use crate::command::people::{MemberEdit, NewCircle, NewMember};

/// A document of another store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeRow {
    /// Its key, the same in every store.
    pub key: Key,
    /// Its value.
    pub body: Body,
}

/// Direction of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Onwards.
    Next,
    /// Back.
    Previous,
}

/// Everything people can do to content, plan and session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Make a circle.
    NewCircle(NewCircle),
    /// Change a circle's name, rhythm or template.
    EditCircle {
        /// Which.
        circle: CircleId,
        /// New name.
        name: Option<Clean>,
        /// New rhythm.
        rhythm: Option<Rhythm>,
        /// New template.
        template: Option<String>,
    },
    /// Put a circle to rest, or take it up again.
    ArchiveCircle {
        /// Which.
        circle: CircleId,
        /// To rest?
        archived: bool,
    },
    /// Add people.
    AddMembers {
        /// Where.
        circle: CircleId,
        /// Whom.
        people: Vec<NewMember>,
    },
    /// Change a member.
    EditMember {
        /// Where.
        circle: CircleId,
        /// Whom.
        member: MemberId,
        /// What.
        edit: MemberEdit,
    },
    /// Make two entries of one person in one circle one; one act.
    MergeMembers {
        /// Where.
        circle: CircleId,
        /// The entry that goes.
        from: MemberId,
        /// The entry that stays, with its name.
        into: MemberId,
    },
    /// Say that members of two circles are the same person.
    SamePerson {
        /// One of them.
        one: (CircleId, MemberId),
        /// The other.
        other: (CircleId, MemberId),
    },
    /// Say that a member is a person of their own again.
    PersonApart {
        /// Where.
        circle: CircleId,
        /// Who.
        member: MemberId,
    },
    /// Plan a session.
    PlanSession {
        /// For which circle.
        circle: CircleId,
        /// What.
        plan: Plan,
    },
    /// Give a planned session another time or agenda.
    EditSession {
        /// Where.
        circle: CircleId,
        /// Which.
        session: SessionId,
        /// New time.
        start: Option<Moment>,
        /// New length.
        minutes: Option<u16>,
        /// New agenda.
        blocks: Option<Vec<BlockDraft>>,
    },
    /// Give a planned session another plan. Blocks that keep their title stay the same blocks.
    Replan {
        /// Where.
        circle: CircleId,
        /// Which.
        session: SessionId,
        /// What it is from now on.
        plan: Plan,
    },
    /// Call a planned session off.
    CancelSession {
        /// Where.
        circle: CircleId,
        /// Which.
        session: SessionId,
    },
    /// Call a planned session off and plan it again on the next date of the circle's rule.
    SkipSession {
        /// Where.
        circle: CircleId,
        /// Which.
        session: SessionId,
    },
    /// Plan a series of sessions; one act.
    PlanSeries {
        /// For which circle.
        circle: CircleId,
        /// Which, in order.
        sessions: Vec<Placed>,
        /// When the circle meets from now on.
        #[serde(default)]
        rhythm: Option<Rhythm>,
    },
    /// Invite guests to one session, or take them off it.
    Invite {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Guests that the circle knows.
        guests: Vec<MemberId>,
        /// Guests that it does not know yet.
        new: Vec<NewMember>,
        /// Do they come?
        coming: bool,
    },
    /// Start the clock.
    StartSession {
        /// Where.
        circle: CircleId,
        /// Which.
        session: SessionId,
        /// Who runs it, if known.
        facilitator: Option<MemberId>,
    },
    /// Stop or continue the clock of the running session.
    Pause {
        /// Stop?
        paused: bool,
    },
    /// Go to the next or previous step, past the last or first one to the block.
    Move(Step),
    /// Go to a block.
    GoToBlock(BlockId),
    /// Make the running block longer or shorter by whole minutes.
    Extend {
        /// How many; negative is shorter.
        minutes: i16,
    },
    /// Show the next or previous prompt of the running block.
    MovePrompt(Step),
    /// Add a prompt to the running block and show it.
    AddPrompt(Prompt),
    /// Choose a prompt for a block of a planned session, or take one off.
    SetPrompts {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Which block.
        block: BlockId,
        /// All its prompts from now on.
        prompts: Vec<Prompt>,
    },
    /// The current prompt was put to the room, or not after all.
    MarkAsked {
        /// Was it?
        asked: bool,
    },
    /// Somebody is there or away, in the running or in a past or planned session.
    Attend {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Who.
        member: MemberId,
        /// There?
        here: bool,
    },
    /// Take time out of the running session that the computer slept through.
    LeaveOut {
        /// How long.
        span: Span,
        /// Stand still from now on?
        pause: bool,
    },
    /// End the running session; perhaps the next one is planned in the same act.
    EndSession {
        /// The next session.
        next: Option<Plan>,
        /// How the group talked, if that is to be kept.
        #[serde(default)]
        figures: Option<Figures>,
        /// Blocks that were not reached are left, not kept for another time.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        leave_rest: bool,
    },
    /// Keep a block of the running session, or of a planned one, for another time.
    ParkBlock(BlockId),
    /// Say who leads a block, or sits in it.
    SetLead {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Which block.
        block: BlockId,
        /// Who; nobody takes the name off.
        lead: Option<MemberId>,
        /// Whether whoever was named before, or else proposed, is owed a hot seat from now on.
        #[serde(default)]
        owed: bool,
    },
    /// Say who holds a seat in a session.
    SetSeat {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Which seat.
        seat: Seat,
        /// Who; nobody takes the name off.
        member: Option<MemberId>,
        /// Whether whoever was named before, or else proposed, is owed the seat from now on.
        #[serde(default)]
        owed: bool,
    },
    /// Say whether whoever leads a session takes part in it too.
    TakesPart {
        /// Where.
        circle: CircleId,
        /// Which session.
        session: SessionId,
        /// Whether they take part.
        takes_part: bool,
    },
    /// Send people into groups.
    MakeGroups {
        /// Who with whom.
        groups: Vec<Vec<MemberId>>,
        /// For how many minutes.
        minutes: u16,
    },
    /// Give the groups that are out more or less time, or bring them back with none left.
    GroupTime {
        /// How many minutes; negative is less. `None` brings them back.
        minutes: Option<i16>,
    },
    /// Put somebody who came late into a group that is out.
    JoinGroup {
        /// Who.
        member: MemberId,
        /// Which group, counted from 0.
        group: usize,
    },
    /// Write down what a group brought back.
    GroupReport {
        /// Which break-out.
        groups: Key,
        /// Which group, counted from 0.
        group: usize,
        /// What; empty takes it away.
        report: Clean,
    },
    /// Keep two people of a circle apart in groups, or together, or neither.
    Tie {
        /// Where.
        circle: CircleId,
        /// One of them.
        one: MemberId,
        /// The other.
        other: MemberId,
        /// Together, apart, or as it comes.
        together: Option<bool>,
    },
    /// Keep how the running session, or something in it, was rated.
    Rate(Rating),
    /// Keep what was voted on, and make the options prompts of the running block, most votes first.
    Vote(Vote),
    /// Write rows down.
    Write {
        /// In which circle.
        circle: CircleId,
        /// What.
        drafts: Vec<Draft>,
        /// Who has the floor.
        speaking: Option<MemberId>,
    },
    /// Change a row.
    EditItem {
        /// Which.
        key: Key,
        /// What.
        edit: ItemEdit,
    },
    /// Change several rows alike; one act.
    EditItems {
        /// Which.
        keys: Vec<Key>,
        /// What.
        edit: ItemEdit,
    },
    /// Say what became of actions.
    Settle {
        /// Which.
        actions: Vec<Key>,
        /// What became of them.
        how: Settle,
    },
    /// Take a second look at a decision.
    LookAgain {
        /// Which.
        key: Key,
        /// What it comes to.
        verdict: Verdict,
    },
    /// Keep what a member answered to a reflection of the week, for themselves alone.
    Reflect {
        /// In which circle.
        circle: CircleId,
        /// Who answers.
        member: MemberId,
        /// Which question.
        question: QuestionId,
        /// The answer.
        text: Clean,
    },
    /// Move actions to another circle; one act.
    MoveAction {
        /// Which.
        keys: Vec<Key>,
        /// Where to.
        to: CircleId,
    },
    /// A parked item was dealt with, or not after all.
    SettleParked {
        /// Which.
        key: Key,
        /// Was it?
        settled: bool,
    },
    /// Put rows into the trash, or take them out of it.
    Trash {
        /// Which.
        keys: Vec<Key>,
        /// In?
        trashed: bool,
    },
    /// Keep a filter of the list of actions under a name.
    SaveFilter {
        /// Its name; a filter that has it already is given the new text.
        name: Clean,
        /// What would be typed.
        text: Clean,
    },
    /// Take a filter off the list.
    DropFilter {
        /// Which.
        filter: FilterId,
    },
    /// Add questions to the bank.
    AddQuestions {
        /// Which.
        questions: Vec<DraftQuestion>,
        /// Where they came from, for the log.
        source: Clean,
    },
    /// Star a question, or take the star off.
    StarQuestion {
        /// Which.
        question: QuestionId,
        /// Starred?
        starred: bool,
    },
    /// Say how well a question went in a circle that was asked it.
    RateQuestion {
        /// Where.
        circle: CircleId,
        /// Which.
        question: QuestionId,
        /// From 1, not at all, to 5.
        points: u8,
    },
    /// Leave questions out of what is drawn for a circle, or take them in again.
    NeverAsk {
        /// Where.
        circle: CircleId,
        /// Which.
        questions: Vec<QuestionId>,
        /// Out?
        never: bool,
    },
    /// Something about the books of a circle.
    Book {
        /// Where.
        circle: CircleId,
        /// What.
        change: BookChange,
    },
    /// Take in documents of another store, merged by uid.
    Merge {
        /// Which, in the order of their file.
        rows: Vec<MergeRow>,
        /// Whether what is here already becomes what the file says.
        replace: bool,
        /// Where they came from, for the log.
        source: Clean,
    },
    /// Take in actions from another program or another copy, in one act.
    TakeActions {
        /// Which, in the order of their file.
        rows: Vec<Row>,
        /// What kind of file they came from, for the log.
        source: Clean,
    },
    /// Take an act back: this one, or the newest that its author made.
    Undo {
        /// Which.
        act: Option<ActId>,
    },
    /// Bring back what was taken back last.
    Redo,
}
