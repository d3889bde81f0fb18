//! What lies over a screen for a moment. The clock stays visible beside it.

pub mod choice;
pub mod continuations;
pub mod finder;
pub mod line;
//! What lies over the screens and has the keyboard while it is there. Plain structs: they draw themselves and
//! answer keys or commands; opening, closing and submitting is the shell's.

pub mod import;
pub mod new_circle;
pub mod welcome;
