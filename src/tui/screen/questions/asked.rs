//! What a line or a list of the question bank is about.

/// What a line or a list of the question bank is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: a new question.
    New,
    /// A line: other words for a question.
    Text,
    /// A list: the block that questions are added to.
    Block,
    /// A list: how questions are put away.
    Away,
    /// A list: a question for each person.
    Each,
}
