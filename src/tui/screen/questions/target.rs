//! Which block takes the questions that are added: the one that was chosen, else the one that suits best.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::id::CircleId;
use crate::domain::session::Session;
use crate::tui::screen::questions::Questions;
use crate::tui::view::View;

/// A block of the running or next session.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) circle: CircleId,
    pub(super) session: &'a Session,
    /// Counted from 0.
    pub(super) place: usize,
    pub(super) block: &'a Block,
}

impl Target<'_> {
    /// `Ladder Up #7, block 3 Hot seat`.
    pub(super) fn words(&self, view: &View<'_>) -> String {
        let name = view.state.circle(self.circle);
        let name = name.map_or("", |circle| circle.name.as_str());
        format!(
            "{name} #{}, block {} {}",
            self.session.number,
            self.place + 1,
            self.block.title
        )
    }
}

/// The running session of the circle, else the next one.
pub(super) fn session<'a>(view: &View<'a>) -> Option<(CircleId, &'a Session, Option<usize>)> {
    let circle = view.circle?;
    match view.state.running() {
        Some((_, session, live)) => Some((circle, session, Some(live.block))),
        None => Some((circle, view.state.next_session(circle, view.now)?, None)),
    }
}

impl Questions {
    /// Where Enter adds what is marked.
    pub(super) fn target<'a>(&self, view: &View<'a>) -> Option<Target<'a>> {
        let (circle, session, running) = session(view)?;
        let blocks = &session.blocks;
        let chosen = blocks.iter().position(|block| Some(block.id) == self.block);
        let kind = self.targets().first().map(|row| row.question.kind);
        let suits = |block: &&Block| kind.is_some() && block.kind.question_kind() == kind;
        let first = |fits: &dyn Fn(&&Block) -> bool| blocks.iter().position(|block| fits(&block));
        let place = chosen
            .or(running)
            .or_else(|| first(&|block| suits(block) && block.prompts.is_empty()))
            .or_else(|| first(&suits))
            .or_else(|| first(&|block| takes_questions(block.kind)))
            .unwrap_or(0);
        Some(Target {
            circle,
            session,
            place,
            block: blocks.get(place)?,
        })
    }
}

/// Whether questions are talked about in such a block.
const fn takes_questions(kind: BlockKind) -> bool {
    match kind {
        BlockKind::Review | BlockKind::Break => false,
        BlockKind::CheckIn
        | BlockKind::HotSeat
        | BlockKind::Prompt
        | BlockKind::Pairs
        | BlockKind::Round
        | BlockKind::Closing
        | BlockKind::Open => true,
    }
}
