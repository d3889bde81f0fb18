//! Whether the next session of a circle can begin as it is planned, and what to see to first if not. Nothing here
//! keeps a session from starting: what lacks is offered, never demanded.

use crate::domain::agenda::Block;
use crate::domain::id::BlockId;
use crate::domain::roster::{Member, Role};
use crate::domain::session::Session;

/// Minutes without a block that are nothing to speak of.
const SPARE: u32 = 10;

/// Something that a session still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It has no agenda.
    Agenda,
    /// Its blocks take so many minutes more than there are.
    Time(u32),
    /// So many minutes of it are in no block: more than a fifth, and more than a few.
    Spare(u32),
    /// So many blocks live from a prompt and have none; the first of them.
    Prompts(BlockId, usize),
    /// Nobody leads it.
    Lead,
}

/// How far a session is prepared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// What it lacks, in the order in which it is seen to.
    pub lacks: Vec<Lack>,
    /// Blocks that take place.
    pub blocks: usize,
    /// Minutes of those blocks.
    pub planned: u32,
    /// Minutes that no block needs; 0 for an agenda that is too long.
    pub slack: u32,
    /// Prompts that were chosen.
    pub prompts: usize,
}

impl Readiness {
    /// Of a session and the people who belong to it.
    pub fn of<'a>(session: &Session, people: impl IntoIterator<Item = &'a Member>) -> Self {
        let blocks = || session.blocks.iter().filter(|block| block.parked.is_none());
        let planned = blocks().map(|block| u32::from(block.minutes)).sum();
        let minutes = u32::from(session.minutes);
        let mut lacking = blocks().filter(|block| lacks_prompt(block));
        let first = lacking.next();
        let lacks = [
            (blocks().count() == 0).then_some(Lack::Agenda),
            (planned > minutes).then(|| Lack::Time(planned - minutes)),
            (planned > 0 && much_spare(planned, minutes)).then(|| Lack::Spare(minutes - planned)),
            first.map(|block| Lack::Prompts(block.id, 1 + lacking.count())),
            (!is_led(session, people)).then_some(Lack::Lead),
        ];
        Self {
            lacks: lacks.into_iter().flatten().collect(),
            blocks: blocks().count(),
            planned,
            slack: minutes.saturating_sub(planned),
            prompts: blocks().map(|block| block.prompts.len()).sum(),
        }
    }

    /// What is seen to first.
    pub fn first(&self) -> Option<Lack> {
        self.lacks.first().copied()
    }
}

/// Whether so little is planned that the session would end long before its time.
pub const fn much_spare(planned: u32, minutes: u32) -> bool {
    let spare = minutes.saturating_sub(planned);
    spare > SPARE && spare * 5 > minutes
}

/// Whether a block lives from a prompt and has none.
const fn lacks_prompt(block: &Block) -> bool {
    block.kind.needs_prompt() && block.prompts.is_empty()
}

/// Whether it is known who leads: somebody was put down for it, or somebody of the circle usually does and is not away.
fn is_led<'a>(session: &Session, people: impl IntoIterator<Item = &'a Member>) -> bool {
    let here = |member: &Member| !session.away.contains_key(&member.id);
    let mut people = people.into_iter();
    match session.facilitator {
        Some(leads) => !session.away.contains_key(&leads),
        None => people.any(|member| member.role == Role::Facilitator && here(member)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::domain::agenda::{BlockKind, Prompt};
    use crate::domain::clock::Moment;
    use crate::domain::id::{Ids, MemberId, ParkedId, SessionId};
    use crate::domain::roster::Label;
    use crate::domain::text::Clean;

    fn ids() -> Ids {
        Ids::new(Moment::from_millis(0), 1)
    }

    fn block(ids: &mut Ids, kind: BlockKind, minutes: u16, prompts: usize) -> Block {
        let prompt = Prompt::new(Clean::line("What is easy now?"));
        Block {
            prompts: vec![prompt; prompts],
            ..Block::new(BlockId(ids.make()), Clean::line("Talk"), kind, minutes)
        }
    }

    fn session(ids: &mut Ids, blocks: Vec<Block>) -> Session {
        Session {
            blocks,
            facilitator: Some(MemberId(ids.make())),
            ..Session::new(SessionId(ids.make()), 7, Moment::from_millis(0), 60)
        }
    }

    #[rstest]
    #[case(&[], "Agenda")]
    #[case(&[(BlockKind::Prompt, 40, 1), (BlockKind::Closing, 10, 0)], "")]
    #[case(&[(BlockKind::Prompt, 30, 1), (BlockKind::Closing, 10, 0)], "Spare 20")]
    #[case(&[(BlockKind::Prompt, 30, 0), (BlockKind::Round, 20, 0)], "Prompts 2")]
    #[case(&[(BlockKind::HotSeat, 50, 0), (BlockKind::Review, 20, 0)], "Time 10, Prompts 1")]
    fn what_lacks_is_told_in_the_order_in_which_it_is_seen_to(
        #[case] blocks: &[(BlockKind, u16, usize)],
        #[case] expected: &str,
    ) {
        let mut ids = ids();
        let blocks = blocks.iter().copied();
        let blocks = blocks.map(|(kind, minutes, n)| block(&mut ids, kind, minutes, n));
        let blocks = blocks.collect();
        let ready = Readiness::of(&session(&mut ids, blocks), []);
        let words = ready.lacks.iter().map(|lack| match lack {
            Lack::Agenda => "Agenda".to_owned(),
            Lack::Time(over) => format!("Time {over}"),
            Lack::Spare(spare) => format!("Spare {spare}"),
            Lack::Prompts(_, many) => format!("Prompts {many}"),
            Lack::Lead => "Lead".to_owned(),
        });
        assert_eq!(words.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn a_block_that_is_parked_needs_neither_time_nor_a_prompt() {
        let mut ids = ids();
        let mut blocks = vec![
            block(&mut ids, BlockKind::Prompt, 50, 1),
            block(&mut ids, BlockKind::HotSeat, 30, 0),
        ];
        blocks[1].parked = Some(ParkedId(ids.make()));
        let ready = Readiness::of(&session(&mut ids, blocks), []);
        assert_eq!((ready.lacks.len(), ready.blocks, ready.slack), (0, 1, 10));
    }

    #[test]
    fn whoever_usually_leads_leads_unless_they_are_away() {
        let mut ids = ids();
        let talk = block(&mut ids, BlockKind::Open, 60, 0);
        let mut session = session(&mut ids, vec![talk]);
        session.facilitator = None;
        let mut mei = Member::new(
            MemberId(ids.make()),
            Clean::line("Mei"),
            Label(1),
            Moment::from_millis(0),
        );
        let lack = |session: &Session, mei: &Member| Readiness::of(session, [mei]).first();
        assert_eq!(lack(&session, &mei), Some(Lack::Lead));
        mei.role = Role::Facilitator;
        assert_eq!(lack(&session, &mei), None);
        session.away.insert(mei.id, None);
        assert_eq!(lack(&session, &mei), Some(Lack::Lead));
        session.facilitator = Some(mei.id);
        assert_eq!(lack(&session, &mei), Some(Lack::Lead));
    }

    proptest! {
        #[test]
        fn time_is_either_left_or_lacking(
            lengths in proptest::collection::vec(0u16..200, 0..8),
            minutes in 0u16..400,
        ) {
            let mut ids = ids();
            let blocks = lengths.iter().map(|n| block(&mut ids, BlockKind::Open, *n, 0));
            let blocks = blocks.collect();
            let mut session = session(&mut ids, blocks);
            session.minutes = minutes;
            let ready = Readiness::of(&session, []);
            let over = ready.lacks.iter().find_map(|lack| match lack {
                Lack::Time(over) => Some(*over),
                Lack::Agenda | Lack::Spare(_) | Lack::Prompts(..) | Lack::Lead => None,
            });
            let over = over.unwrap_or(0);
            prop_assert!(over == 0 || ready.slack == 0);
            prop_assert_eq!(ready.planned + ready.slack, u32::from(minutes) + over);
        }
    }
}
