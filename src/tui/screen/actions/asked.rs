//! What a line or a list about actions is for.

/// What a line or a list about actions is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: what is left.
    Partly,
    /// A line: a new date.
    Due,
    /// A line: the words.
    Text,
    /// A line: why it is let go.
    LetGo,
    /// A line: what it waits for.
    Waits,
    /// A line: the goal that it helps.
    Goal,
    /// A line: the note.
    Note,
    /// A text from the editor: words and note.
    Whole,
    /// A line: the name of a filter.
    Name,
    /// A list: a person for it.
    Person(Part),
    /// A list: the order of the rows.
    Sort,
    /// A list: what may become of two versions.
    Clash,
    /// A list: circles to move it to.
    Circle,
}

/// What somebody has to do with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sees to it.
    Owner,
    /// Asks after it.
    Partner,
}
