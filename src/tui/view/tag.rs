//! What a line or a list is about, on its way through the shell and back to the screen that asked.

use crate::tui::screen::{
    actions, books, home, live, log, plan, questions, review, roster, sessions,
};

/// What a line or a list is about. Each screen names its own in an enum of its own, so that none is taken for that
/// of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Something of the shell, which knows by itself what it has asked.
    Shell,
    /// What filters the list of a screen.
    Filter,
    /// Something of Home.
    Home(home::Asked),
    /// Something of the planner.
    Plan(plan::Asked),
    /// Something of the running session.
    Live(live::Asked),
    /// Something about actions.
    Actions(actions::Asked),
    /// Something about the question bank.
    Questions(questions::Asked),
    /// Something about books.
    Books(books::Asked),
    /// Something about people.
    Roster(roster::Asked),
    /// Something about sessions.
    Sessions(sessions::Asked),
    /// Something about the log or the trash.
    Log(log::Asked),
    /// Something of a walk through actions.
    Review(review::Asked),
}

macro_rules! of_screen {
    ($($screen:ident: $module:ident),*) => {$(
        impl From<$module::Asked> for Tag {
            fn from(asked: $module::Asked) -> Self {
                Self::$screen(asked)
            }
        }
    )*};
}

of_screen!(
    Home: home,
    Plan: plan,
    Live: live,
    Actions: actions,
    Questions: questions,
    Books: books,
    Roster: roster,
    Sessions: sessions,
    Log: log,
    Review: review
);
