//! What a line or a list about sessions is for.

/// What a line or a list about sessions is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: another time for a session.
    Move,
    /// A line: the time of a new session.
    Plan,
    /// A line: the words of a row of the minutes.
    Text,
    /// A line: when a decision is looked at again.
    Revisit,
    /// A list: what a new session starts from.
    Source,
}
