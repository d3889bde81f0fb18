//! What a line or a list of the roster is about.

/// What a line or a list of the roster is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: people who join.
    Add,
    /// A line: a detail of a person.
    Detail(Detail),
    /// A line: the name of the circle.
    CircleName,
    /// A line: when the circle meets.
    Meets,
    /// A list: what can be changed about a person.
    Change,
    /// A list: what sessions start from.
    Template,
    /// A list: people of other circles.
    Same,
    /// A list: the other entries of this circle.
    Merge,
}

/// A detail of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The name.
    Name,
    /// The number by which they are picked.
    Number,
    /// The mail address.
    Mail,
}
