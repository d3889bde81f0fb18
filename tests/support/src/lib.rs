//! Drives a real program from outside, as a person and a shell would: a terminal with a screen, keys
//! in words, folders of its own, files that are searched and damaged.
//!
//! Nothing here sleeps to wait for something: whoever waits names what for and until when, and is told
//! what stood on the screen when it did not come. Only programs that were started here are ever ended.

mod circle;
mod damage;
mod files;
mod keys;
mod place;
mod seed;
mod terminal;

pub use circle::PEOPLE;
pub use damage::Damage;
pub use files::{copy, holding, loose, tree};
pub use keys::bytes;
pub use place::{Place, Ran};
pub use seed::Seed;
pub use terminal::{Missed, Signal, Size, Start, Terminal};

use std::time::Instant;

/// The time, for deadlines.
#[expect(
    clippy::disallowed_methods,
    reason = "a deadline outside the program needs the machine's clock"
)]
pub fn now() -> Instant {
    Instant::now()
}
