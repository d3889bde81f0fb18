//! Without unix sockets no other process takes part: there is nobody to tell.

use crate::domain::change::Act;
use crate::engine::Engine;
use crate::engine::jobs::Origin;
use crate::engine::query::Answer;

#[expect(
    clippy::unused_self,
    clippy::needless_pass_by_ref_mut,
    clippy::needless_pass_by_value,
    reason = "the same surface as with sockets"
)]
impl Engine {
    pub(super) fn serve(&mut self) {}

    pub(super) fn tell_everything(&mut self) {}

    pub(super) fn tell_others(&mut self, _origin: Origin, _act: &Act) {}

    pub(super) fn tell_done(&mut self, _conn: u64, _n: u64, _act: &Act) {}

    pub(super) fn tell_answer(&mut self, _conn: u64, _n: u64, _answer: Box<Answer>) {}

    pub(super) fn tell_failed(&mut self, _conn: u64, _n: u64, _words: String) {}

    pub(super) fn tell_client_erased(&mut self, _conn: u64, _n: u64, _words: String) {}

    pub(super) fn tell_floor(&mut self) {}

    pub(super) fn tell_stage(&mut self) {}

    pub(super) fn tell_unsaved(&mut self, _waiting: usize) {}

    pub(super) fn show_room(&mut self) {}
}
