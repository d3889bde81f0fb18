//! What commands say about a row: what it is to say, what to change about it, what becomes of it.

use serde::{Deserialize, Serialize};

use crate::domain::book::{Mark, Place};
use crate::domain::id::{MemberId, QuestionId};
use crate::domain::item::{Audience, Due, Owner};
use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;

/// A row to be written down. What was unclear has been settled before it gets here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
// The word beside the tag must be no field of a row: a question has a kind of its own.
#[serde(rename_all = "snake_case", tag = "draft")]
pub enum Draft {
    /// Something somebody takes on.
    Action {
        /// What.
        text: Clean,
        /// Who.
        owner: Owner,
        /// Until when.
        due: Due,
        /// 0 to 3.
        #[serde(default)]
        priority: u8,
        /// Minutes.
        #[serde(default)]
        estimate: Option<u16>,
        /// Without `#`.
        #[serde(default)]
        tags: Vec<Clean>,
    },
    /// Something settled.
    Decision {
        /// What.
        text: Clean,
        /// Without `#`.
        #[serde(default)]
        tags: Vec<Clean>,
    },
    /// Something worth keeping.
    Note {
        /// The words.
        text: Clean,
        /// For whom.
        audience: Audience,
        /// Without `#`.
        #[serde(default)]
        tags: Vec<Clean>,
    },
    /// Words from the book that the circle reads, or about a place in it.
    Quote {
        /// The words.
        text: Clean,
        /// Where.
        place: Place,
        /// For whom.
        audience: Audience,
        /// Who raised it; whoever has the floor when nobody is named.
        raised_by: Option<MemberId>,
        /// Without `#`.
        #[serde(default)]
        tags: Vec<Clean>,
    },
    /// What was said to a question about a book; for the circle.
    Answer {
        /// The words.
        text: Clean,
        /// Which question.
        question: QuestionId,
        /// The place in the book that it is about.
        about: Mark,
    },
    /// A topic for another time.
    Parked {
        /// The topic.
        text: Clean,
        /// Who brought it up.
        raised_by: Option<MemberId>,
        /// Without `#`.
        #[serde(default)]
        tags: Vec<Clean>,
    },
    /// A question for the bank.
    Question(DraftQuestion),
    /// A question about a place in the book that the circle reads.
    BookQuestion {
        /// What is asked.
        text: Clean,
        /// Where.
        place: Place,
        /// What it is about; may be empty.
        #[serde(default)]
        theme: Clean,
        /// Who wrote it.
        #[serde(default)]
        author: Option<MemberId>,
    },
}

/// What to change about a row that was written down; `None` leaves it as it is. Fields that a row does
/// not have are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemEdit {
    /// New words.
    pub text: Option<Clean>,
    /// New owner of an action; who brought a parked item up.
    pub owner: Option<Owner>,
    /// New date of an action. Counts as carried when it is later than the one before.
    pub due: Option<Due>,
    /// New importance of an action.
    pub priority: Option<u8>,
    /// New tags.
    pub tags: Option<Vec<Clean>>,
    /// For whom a note is.
    pub audience: Option<Audience>,
    /// What an action waits for; without words it waits for nothing any more.
    pub waits_for: Option<Clean>,
    /// Who asks after an action, beside its owner; `Nobody` takes the name off.
    pub partner: Option<Owner>,
    /// The goal or competency that an action helps; without words none.
    pub helps: Option<Clean>,
    /// What stands beside an action; without words nothing.
    pub note: Option<Clean>,
    /// When the circle looks at a decision again; `None` takes the date away.
    pub revisit: Option<Due>,
    /// What came of a decision; without words nothing is known.
    pub outcome: Option<Clean>,
}

/// What becomes of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settle {
    /// Done.
    Done,
    /// Partly done, with one line on what is left.
    Partly(Clean),
    /// Let go, with a reason or without.
    LetGo(Option<Clean>),
    /// The circle is asked for help: a parked item makes it a topic, and it is due at the next session.
    Help,
    /// A smaller step in these words takes the place of the one action that is named: it has the same owner and
    /// comes from the same place, and the old one is let go for it.
    Smaller(Clean),
    /// Open again.
    Reopen,
}
