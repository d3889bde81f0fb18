//! What the shell needs of the engine: to read, to submit, to ask.

use crate::command::Command;
use crate::command::keymap::Keymap;
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::room::RoomClock;
use crate::domain::state::State;
use crate::engine::EraseTarget;
use crate::engine::news::{Saving, Ticket};
use crate::engine::query::Query;

/// What can be read, with one instant for everything.
pub trait Reads {
    /// The keys that are in force.
    fn keymap(&self) -> &Keymap;
    /// The documents.
    fn state(&self) -> &State;
    /// Who speaks.
    fn floor(&self) -> Option<&Floor>;
    /// The instant of this turn of the loop.
    fn now(&self) -> Moment;
    /// Where people read clocks.
    fn zone(&self) -> Zone;
    /// Whether everything is on disk.
    fn saving(&self) -> &Saving;
    /// Whether this process has the store; where several windows look on, it is the one that asks.
    fn is_owner(&self) -> bool;
    /// What the clock of the room view shows.
    fn room_clock(&self) -> RoomClock;
    /// Whether the running session is off the record: nothing is written.
    fn is_off_record(&self) -> bool;
    /// Texts that were typed and not saved, by the name of their field.
    fn drafts(&self) -> Vec<(String, String)>;
}

/// What can be asked for.
pub trait Port: Reads {
    /// Submits a command.
    fn submit(&mut self, command: Command) -> Ticket;
    /// Puts the questions that come with circlet into an empty bank.
    fn fill_bank(&mut self) -> Option<Ticket>;
    /// Asks the store.
    fn ask(&mut self, query: Query) -> Ticket;
    /// Moves on the floor.
    fn floor_move(&mut self, change: FloorMove);
    /// Erases for good.
    fn erase(&mut self, target: EraseTarget) -> Ticket;
    /// Keeps a text that is being typed, so that it survives a crash; empty forgets it.
    fn keep_draft(&mut self, name: &str, text: &str);
    /// The question about an interrupted session was answered.
    fn resumed(&mut self);
    /// Blanks the room view on other screens, or shows it again.
    fn blank(&mut self, blanked: bool);
    /// Changes what the clock of the room view shows, here and on other screens.
    fn set_room_clock(&mut self, clock: RoomClock);
    /// Shows initials in place of names in the room view on other screens, or the names.
    fn mask_room(&mut self, masked: bool);
    /// Goes off the record, or on it again.
    fn off_record(&mut self, on: bool);
    /// Takes other keys into use.
    fn set_keymap(&mut self, keymap: Keymap);
}
