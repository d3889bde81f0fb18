//! What a line or a list of the planner is about.

/// What a line or a list of the planner is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: a new block.
    Add,
    /// A line: what a decision says from now on.
    Look,
    /// A line about the block that is asked about.
    Block(OfBlock),
    /// A list: people for a block.
    Lead,
    /// A list: what can be put on the agenda.
    Insert,
    /// A list: what can be done about the prompts of a block.
    Prompts,
    /// A list: questions of the bank.
    Questions,
    /// A list: ways to make an agenda fit that is too long.
    Fit,
    /// A list: a question for each person.
    Each,
}

/// What is typed about a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfBlock {
    /// Its name.
    Title,
    /// Its times.
    Time,
    /// A prompt that is written here.
    Prompt,
}
