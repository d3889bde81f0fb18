//! What lies over a screen for a moment. The clock stays visible beside it.

pub mod choice;
pub mod continuations;
pub mod finder;
pub mod line;
