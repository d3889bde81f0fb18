//! What a line or a list of a walk is about.

/// What a line or a list of a walk is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: what is left.
    Left,
    /// A line: a new date.
    Due,
    /// A line: why it is let go.
    Reason,
    /// A line: a smaller step.
    Smaller,
    /// A line: the words.
    Text,
    /// A line: the answer to the reflection of the week.
    Answer,
    /// A list: who sees to it.
    Owner,
}
