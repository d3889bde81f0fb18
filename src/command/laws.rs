//! Laws of commands.

mod found;
mod world;
