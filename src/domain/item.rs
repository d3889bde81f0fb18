//! What gets written down: actions, decisions, notes, parked items, and where each came from.

mod brief;
mod note;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::agenda::Block;
use crate::domain::clock::{Moment, read_day};
use crate::domain::id::{ActionId, BlockId, DecisionId, MemberId, ParkedId, SessionId};
use crate::domain::look::Looked;
use crate::domain::text::Clean;

pub use brief::Brief;
pub use note::{Audience, KEEP, Note, PRIVATE_FOR};

/// Where and when something was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// When.
    pub at: Moment,
    /// In which session, if in one.
    pub session: Option<SessionId>,
    /// In which block of it.
    pub block: Option<BlockId>,
    /// The prompt that stood in the room then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Clean>,
    /// Who had the floor then. Never exported: being spoken about is not authorship.
    pub speaking: Option<MemberId>,
}

impl Origin {
    /// Written down at this time, in no session.
    pub const fn outside(at: Moment) -> Self {
        Self {
            at,
            session: None,
            block: None,
            prompt: None,
            speaking: None,
        }
    }
}

/// Who sees to an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Nobody yet; listed when the session is wrapped up.
    #[default]
    Nobody,
    /// Everybody, as one shared action.
    All,
    /// This person.
    Member(MemberId),
}

/// Until when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// No date.
    #[default]
    None,
    /// A day.
    #[serde(deserialize_with = "read_day")]
    On(NaiveDate),
    /// The circle's next session, wherever it is moved.
    NextSession,
}

/// What has become of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// To be done.
    #[default]
    Open,
    /// Begun; what is left is in `progress`. Still open.
    Partly,
    /// Given a new date at least once. Still open.
    Moved,
    /// Done.
    Done,
    /// Let go, with or without a reason.
    LetGo,
}

impl ActionState {
    /// Whether somebody still has to see to it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Partly | Self::Moved => true,
            Self::Done | Self::LetGo => false,
        }
    }

    /// The word in lists and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Moved => "moved",
            Self::Done => "done",
            Self::LetGo => "let go",
        }
    }
}

/// Something that somebody took on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Identity.
    pub id: ActionId,
    /// Shown as `A14`; per circle, never used twice.
    pub number: u32,
    /// What is to be done, one line.
    pub text: Clean,
    /// Who sees to it.
    pub owner: Owner,
    /// Until when.
    pub due: Due,
    /// What has become of it.
    pub state: ActionState,
    /// 0 to 3, the number of `!` given.
    #[serde(default)]
    pub priority: u8,
    /// Without the `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// What is left, when it is partly done.
    #[serde(default)]
    pub progress: Option<Clean>,
    /// How often it was given a new date.
    #[serde(default)]
    pub carried: u16,
    /// The session in which it was last given a new date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_in: Option<SessionId>,
    /// Whether its owner has asked the circle for help with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub help: bool,
    /// What it waits for; it is blocked as long as this stands and it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<Clean>,
    /// Who asks after it, beside its owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<MemberId>,
    /// The goal or competency that it helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helps: Option<Clean>,
    /// What somebody wrote beside it, several lines at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Clean>,
    /// Its id in the program that it was taken from, by which it is known when it comes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<Clean>,
    /// Why it was let go.
    #[serde(default)]
    pub reason: Option<Clean>,
    /// The smaller step that took its place when it was let go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smaller: Option<ActionId>,
    /// Minutes it was thought to take.
    #[serde(default)]
    pub estimate: Option<u16>,
    /// Where it came from.
    pub origin: Origin,
    /// When it was done or let go.
    #[serde(default)]
    pub closed: Option<Moment>,
    /// Since when it lies in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Action {
    /// Takes back what was said when it was let go: why, and what smaller step took its place.
    pub fn not_let_go(&mut self) {
        self.reason = None;
        self.smaller = None;
    }

    /// An open action of nobody, with no date.
    pub fn new(id: ActionId, number: u32, text: Clean, origin: Origin) -> Self {
        Self {
            id,
            number,
            text,
            owner: Owner::Nobody,
            due: Due::None,
            state: ActionState::Open,
            priority: 0,
            tags: Vec::new(),
            progress: None,
            carried: 0,
            moved_in: None,
            help: false,
            waits_for: None,
            partner: None,
            helps: None,
            note: None,
            foreign: None,
            reason: None,
            smaller: None,
            estimate: None,
            origin,
            closed: None,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Who sees to it, if it is one person.
    pub const fn owner_id(&self) -> Option<MemberId> {
        match self.owner {
            Owner::Member(id) => Some(id),
            Owner::All | Owner::Nobody => None,
        }
    }
}

/// Something that the circle settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Identity.
    pub id: DecisionId,
    /// Shown as `D3`.
    pub number: u32,
    /// What was settled, one line.
    pub text: Clean,
    /// Without the `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// When the circle wants to look at it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisit: Option<NaiveDate>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Clean>,
    /// The second looks that were taken, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks: Vec<Looked>,
    /// Where it came from.
    pub origin: Origin,
    /// Since when it lies in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Decision {
    /// A decision without tags.
    pub fn new(id: DecisionId, number: u32, text: Clean, origin: Origin) -> Self {
        Self {
            id,
            number,
            text,
            tags: Vec::new(),
            revisit: None,
            outcome: None,
            looks: Vec::new(),
            origin,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }
}

/// A topic kept for another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// Identity.
    pub id: ParkedId,
    /// Shown as `P2`.
    pub number: u32,
    /// The topic, one line.
    pub text: Clean,
    /// Who brought it up.
    #[serde(default)]
    pub raised_by: Option<MemberId>,
    /// Without the `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// Where it came from.
    pub origin: Origin,
    /// The block that it keeps, for a later plan to take up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Box<Block>>,
    /// When it was dealt with.
    #[serde(default)]
    pub settled: Option<Moment>,
    /// Since when it lies in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Parked {
    /// A topic that waits, raised by nobody in particular.
    pub fn new(id: ParkedId, number: u32, text: Clean, origin: Origin) -> Self {
        Self {
            id,
            number,
            text,
            raised_by: None,
            tags: Vec::new(),
            origin,
            block: None,
            settled: None,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }
}
