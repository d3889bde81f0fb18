//! What the session on the stage says about talk: who may, whose turn it is, how sure that is.

use crate::domain::clock::Span;
use crate::domain::floor::quiet;
use crate::domain::floor::round::Round;
use crate::domain::floor::scene;
use crate::domain::floor::time::{NoTalk, Talk};
use crate::domain::id::MemberId;
use crate::domain::roster::Member;
use crate::tui::pane::stage::Stage;

/// Silence this long is worth a kind word to whoever runs the session.
const LONG_SILENCE: Span = Span::from_secs(20);
/// For how long that word stands.
const SAID_FOR: Span = Span::from_secs(20);

impl<'a> Stage<'a> {
    fn step_index(&self) -> usize {
        self.live.map_or(0, |live| live.step)
    }

    /// Whether anybody may speak, so that it makes sense to ask who was not heard yet.
    pub fn is_open_to_all(&self) -> bool {
        quiet::is_open_to_all(self.block(), self.step_index(), self.floor())
    }

    /// The round that is going on.
    pub fn round(&self) -> Option<&'a Round> {
        self.floor()?.open_round()
    }

    /// Whether nobody knows if it is still the same person who speaks.
    pub fn is_doubtful(&self) -> bool {
        self.floor()
            .is_some_and(|floor| floor.is_doubtful(self.elapsed()))
    }

    /// Whoever has the floor, as they are called where there is room for little; with a question mark while that
    /// is in doubt.
    pub fn speaker_words(&self) -> Option<String> {
        let mut name = self.short(self.speaker()?);
        if self.is_doubtful() {
            name.push('?');
        }
        Some(name)
    }

    /// Who would pass.
    pub fn called(&self) -> Option<&'a Member> {
        self.person(self.floor()?.called()?)
    }

    /// How long it has been silent on purpose.
    pub fn silence(&self) -> Option<Span> {
        Some(self.elapsed() - self.floor()?.silent?)
    }

    /// Whether it has just become a long silence.
    pub fn is_long_silence(&self) -> bool {
        self.silence()
            .is_some_and(|silence| silence >= LONG_SILENCE && silence < LONG_SILENCE + SAID_FOR)
    }

    /// Speaking time of everyone, or why it is not shown.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn talk(&self) -> Result<Talk, NoTalk> {
        let here = self.members.iter().filter(|m| self.is_here(m.id)).count();
        let seat = scene::is_seat(self.block(), self.step_index());
        self.floor().map_or(Err(NoTalk::Gaps), |floor| {
            floor.comparable(self.elapsed(), here, seat)
        })
    }

    /// Who takes part in a round, in order.
    pub fn order(&self) -> Vec<MemberId> {
        scene::order(self.view.state, self.circle.id, self.session, self.block())
    }

    /// People who have not spoken in the running block, may be called on, and are there.
    pub fn quiet(&self) -> Vec<&'a Member> {
        let going = self.live.zip(self.floor());
        going.map_or_else(Vec::new, |(live, floor)| {
            quiet::quiet(&self.members, self.session, live, floor)
        })
    }

    /// The same once somebody has spoken in the block.
    pub fn not_heard(&self) -> Vec<&'a Member> {
        let going = self.live.zip(self.floor());
        going.map_or_else(Vec::new, |(live, floor)| {
            quiet::not_heard(&self.members, self.session, live, floor)
        })
    }
}
