//! How the rest of the session fits into its time, and what each person gets of a round.

use crate::domain::agenda::elastic::Elastic;
use crate::domain::agenda::{Block, BlockKind, planned_minutes};
use crate::domain::clock::{Moment, Span};
use crate::domain::share::{self, Share};
use crate::tui::pane::stage::{Pace, Stage};

impl Stage<'_> {
    /// The rest of the session as it stands; `None` before the start.
    pub fn elastic(&self) -> Option<Elastic> {
        let live = self.live?;
        Some(Elastic::of(live, self.session, self.view.now))
    }

    /// Time of the whole session that no block needs, as planned.
    pub fn planned_slack(&self) -> Span {
        let planned = i64::from(planned_minutes(&self.session.blocks));
        Span::from_minutes(i64::from(self.session.minutes) - planned)
    }

    /// The same as things stand now, after the blocks ahead gave way; negative when the session will overrun.
    pub fn slack(&self) -> Span {
        self.elastic()
            .map_or_else(|| self.planned_slack(), |elastic| -elastic.late)
    }

    /// How far the session is from its plan, in whole minutes: what the blocks ahead give is no time won.
    pub fn pace(&self) -> Pace {
        let Some(elastic) = self.elastic() else {
            return Pace::OnPlan;
        };
        let late = (self.planned_slack() + elastic.behind).millis() / 60_000;
        match late {
            0 => Pace::OnPlan,
            late if late > 0 => Pace::Behind(late),
            early => Pace::Ahead(-early),
        }
    }

    /// When the session ends: as planned while there is slack, else as things stand.
    pub fn ends(&self) -> Moment {
        let planned = self.start() + self.session.length();
        self.elastic()
            .map_or(planned, |elastic| elastic.ends.max(planned))
    }

    /// The length that a block has now: as it was entered, else as far as it has given way.
    pub fn length_now(&self, index: usize, elastic: Option<&Elastic>) -> Span {
        let shrunk = elastic.and_then(|elastic| elastic.length(index));
        let own = || {
            let progress = self.live.and_then(|live| live.progress.get(index));
            progress.map(|progress| progress.length)
        };
        let planned = || self.session.blocks.get(index).map(Block::planned);
        shrunk.or_else(own).or_else(planned).unwrap_or_default()
    }

    /// What each of those who are here gets of a block in which everybody has a turn. Of a hot seat nothing is
    /// said: whoever sits in it has no turn in its round.
    pub fn share(&self, index: usize, elastic: Option<&Elastic>) -> Option<Share> {
        let block = self.session.blocks.get(index)?;
        let here = share::here(self.session, &self.members);
        Share::of_block(block, here, self.length_now(index, elastic))
            .filter(|_| block.parked.is_none() && here > 0)
            .filter(|_| block.kind != BlockKind::HotSeat)
    }
}
