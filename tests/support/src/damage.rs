//! What happens to files on old disks.

use std::fs;
use std::io;
use std::path::Path;

use crate::seed::Seed;

/// One way in which a file goes bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// One bit is the other way round.
    Bit,
    /// Up to 4 KiB read as zeroes.
    Zeroes,
    /// The file ends early.
    Cut,
    /// Something follows that nobody wrote.
    Tail,
    /// The file is not there.
    Gone,
}

impl Damage {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Bit, Self::Zeroes, Self::Cut, Self::Tail, Self::Gone];

    /// Does it to a file, at a place that the seed chooses, and says whether the file differs now: in an
    /// empty file there is no bit to turn.
    pub fn strike(self, file: &Path, seed: &mut Seed) -> io::Result<bool> {
        let before = fs::read(file)?;
        if self == Self::Gone {
            fs::remove_file(file)?;
            return Ok(true);
        }
        let mut after = before.clone();
        let place = usize::try_from(seed.next()).unwrap_or_default() % before.len().max(1);
        match self {
            Self::Bit => {
                if let Some(byte) = after.get_mut(place) {
                    *byte ^= 1 << (seed.next() % 8);
                }
            }
            Self::Zeroes => after
                .iter_mut()
                .skip(place / 4096 * 4096)
                .take(4096)
                .for_each(|byte| *byte = 0),
            Self::Cut => after.truncate(place),
            Self::Tail => after.extend((0..200).map(|_| seed.next().to_le_bytes()[0])),
            Self::Gone => {}
        }
        fs::write(file, &after)?;
        Ok(after != before)
    }
}
