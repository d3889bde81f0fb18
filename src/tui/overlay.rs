//! What lies over a screen for a moment. The clock stays visible beside it.

pub mod choice;
pub mod continuations;
pub mod finder;
pub mod import;
pub mod line;
pub mod new_circle;
pub mod search;
pub mod tally;
pub mod welcome;
