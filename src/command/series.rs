//! What commands say about a series of sessions.

use serde::{Deserialize, Serialize};

use crate::command::plan::Plan;
use crate::domain::id::SessionId;

/// A session of a series: a new one, or the agenda of one that is planned already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The planned session that gets this agenda; nothing for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// When, how long, which agenda.
    pub plan: Plan,
}
