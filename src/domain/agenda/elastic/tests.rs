use proptest::prelude::*;

use super::*;
use crate::domain::fixture;
use crate::domain::id::ParkedId;

fn minutes(n: i64) -> Span {
    Span::from_minutes(n)
}

/// A session of `length` minutes with blocks of these minutes and minimums, that has just begun.
fn session(length: u16, blocks: &[(u16, u16)]) -> (Session, Live, Moment) {
    let all: Vec<u16> = blocks.iter().map(|(minutes, _)| *minutes).collect();
    let (mut session, t0) = fixture::session(&all);
    session.minutes = length;
    for (block, (_, min)) in session.blocks.iter_mut().zip(blocks) {
        block.min = *min;
    }
    let live = Live::start(&session, t0);
    (session, live, t0)
}

fn lengths(elastic: &Elastic, session: &Session) -> Vec<Option<i64>> {
    (0..session.blocks.len())
        .map(|index| elastic.length(index).map(|length| length.millis() / MINUTE))
        .collect()
}

#[test]
fn slack_is_eaten_before_any_block_gives_way() {
    let (session, live, t0) = session(45, &[(10, 5), (20, 10), (10, 5)]);
    let now = t0 + minutes(14);
    let rest = Elastic::of(&live, &session, now);
    assert_eq!(lengths(&rest, &session), [None, Some(20), Some(10)]);
    assert_eq!((rest.late, rest.behind), (minutes(-1), minutes(-1)));
    assert_eq!((rest.shorter, rest.ends), (0, now + minutes(30)));
}

#[test]
fn what_is_missing_is_given_in_proportion_to_what_each_can_give() {
    let (session, live, t0) = session(40, &[(10, 5), (20, 8), (10, 4)]);
    let rest = Elastic::of(&live, &session, t0 + minutes(16));
    assert_eq!(lengths(&rest, &session), [None, Some(16), Some(8)]);
    assert_eq!((rest.shorter, rest.late), (6, Span::ZERO));
    assert_eq!(rest.behind, minutes(6));
    // A second more, and the odd minute comes from where the remainder is largest.
    let rest = Elastic::of(&live, &session, t0 + minutes(16) + Span::from_secs(1));
    assert_eq!(lengths(&rest, &session), [None, Some(15), Some(8)]);
    assert_eq!(rest.late, Span::from_secs(-59));
}

#[test]
fn of_equal_blocks_the_later_gives_the_odd_minute() {
    let (session, live, t0) = session(30, &[(10, 5), (10, 5), (10, 5)]);
    let rest = Elastic::of(&live, &session, t0 + minutes(11));
    assert_eq!(lengths(&rest, &session), [None, Some(10), Some(9)]);
}

#[test]
fn locked_blocks_and_breaks_keep_their_length() {
    let (mut session, live, t0) = session(50, &[(10, 5), (20, 5), (10, 1), (10, 1)]);
    session.blocks[2].kind = BlockKind::Break;
    session.blocks[3].locked = true;
    let rest = Elastic::of(&live, &session, t0 + minutes(19));
    assert_eq!(
        lengths(&rest, &session),
        [None, Some(11), Some(10), Some(10)]
    );
}

#[test]
fn more_minutes_by_hand_shrink_the_rest_at_once() {
    let (session, live, t0) = session(30, &[(10, 5), (20, 5)]);
    let longer = live.extend(minutes(4), 1, t0);
    let rest = Elastic::of(&longer, &session, t0);
    assert_eq!(lengths(&rest, &session), [None, Some(16)]);
    assert_eq!(longer.session_ends(&session, t0), t0 + minutes(30));
}

#[test]
fn a_block_is_entered_with_the_length_it_had_shrunk_to() {
    let (session, live, t0) = session(30, &[(10, 5), (10, 5), (10, 5)]);
    let at = t0 + minutes(14);
    let entered = live.enter(&session, 1, at);
    assert_eq!(
        (entered.length(), entered.left(at)),
        (minutes(8), minutes(8))
    );
    // It keeps that, whatever comes; going back leaves lengths alone.
    let later = at + minutes(3);
    let back = entered.enter(&session, 0, later);
    assert_eq!(back.length(), minutes(10));
    assert_eq!(back.progress[1].length, minutes(8));
    // Jumping over a block leaves its time to the one that is entered.
    assert_eq!(live.enter(&session, 2, at).length(), minutes(10));
}

#[test]
fn a_look_ahead_is_not_paid_for_twice() {
    let (session, live, t0) = session(30, &[(10, 5), (10, 5), (10, 5)]);
    let looked = live
        .enter(&session, 1, t0 + minutes(2))
        .enter(&session, 0, t0 + minutes(4));
    // Eight minutes are left of the first, eight of the second, ten of the third, in twenty-six.
    let rest = Elastic::of(&looked, &session, t0 + minutes(4));
    assert_eq!(lengths(&rest, &session), [None, Some(10), Some(10)]);
    assert_eq!(rest.late, Span::ZERO);
}

#[test]
fn the_block_that_must_go_frees_enough_and_costs_least() {
    let (session, live, t0) = session(60, &[(10, 5), (20, 6), (12, 7), (12, 7), (5, 2)]);
    let at = |n| Elastic::of(&live, &session, t0 + minutes(n));
    assert_eq!(at(30).must_go(&session), None);
    // Twenty-two minutes are the least of all four.
    let late = at(43);
    assert_eq!(late.late_minutes(), 5);
    let must = late.must_go(&session).unwrap();
    assert_eq!((must.index, must.enough), (3, true));
    let hopeless = at(55);
    let must = hopeless.must_go(&session).unwrap();
    assert_eq!((must.index, must.enough), (3, false));
}

#[test]
fn a_break_a_locked_block_and_a_closing_do_not_have_to_go() {
    let (mut session, live, t0) = session(20, &[(10, 5), (5, 5), (5, 5), (5, 5)]);
    session.blocks[1].kind = BlockKind::Break;
    session.blocks[2].locked = true;
    session.blocks[3].kind = BlockKind::Closing;
    let rest = Elastic::of(&live, &session, t0 + minutes(12));
    assert_eq!((rest.late_minutes(), rest.must_go(&session)), (7, None));
}

#[test]
fn a_parked_block_takes_nothing_and_the_others_get_their_time_back() {
    let (mut session, live, t0) = session(30, &[(10, 5), (10, 5), (10, 5)]);
    let now = t0 + minutes(18);
    assert_eq!(
        lengths(&Elastic::of(&live, &session, now), &session),
        [None, Some(6), Some(6)]
    );
    session.blocks[1].parked = Some(ParkedId(uuid::Uuid::nil()));
    let rest = Elastic::of(&live, &session, now);
    assert_eq!(lengths(&rest, &session), [None, None, Some(10)]);
    assert_eq!(live.block_after(&session.blocks), Some(2));
    assert_eq!(
        live.go_to(2, now).back(&session.blocks),
        crate::domain::live::Move::Block(0)
    );
}

#[derive(Clone, Debug)]
struct Plan {
    blocks: Vec<(u16, u16, bool, bool, bool)>,
    slack: i64,
    moves: Vec<(i64, u8, i64)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let block = (
        1u16..45,
        0u16..45,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
    );
    let blocks = prop::collection::vec(block, 1..21);
    let moves = prop::collection::vec((0i64..2_000, 0u8..6, -5i64..9), 0..8);
    (blocks, -30i64..30, moves).prop_map(|(blocks, slack, moves)| Plan {
        blocks,
        slack,
        moves,
    })
}

/// The session as planned, and its clock after everything that happened to it.
fn happened(plan: &Plan) -> (Session, Live, Moment) {
    let blocks: Vec<(u16, u16)> = plan.blocks.iter().map(|b| (b.0, b.1.min(b.0))).collect();
    let all: i64 = plan.blocks.iter().map(|b| i64::from(b.0)).sum();
    let length = u16::try_from((all + plan.slack).max(1)).unwrap();
    let (mut session, mut live, mut now) = session(length, &blocks);
    for (block, (_, _, locked, rest, _)) in session.blocks.iter_mut().zip(&plan.blocks) {
        block.locked = *locked;
        if *rest {
            block.kind = BlockKind::Break;
        }
    }
    for (block, (.., parked)) in session.blocks.iter_mut().zip(&plan.blocks).skip(1) {
        block.parked = parked.then(|| ParkedId(uuid::Uuid::nil()));
    }
    for (secs, what, by) in &plan.moves {
        now = now + Span::from_secs(*secs);
        live = match what {
            0 | 1 => match live.block_after(&session.blocks) {
                Some(to) => live.enter(&session, to, now),
                None => live,
            },
            2 => live.extend(minutes(*by), 1, now),
            3 => live.enter(&session, live.block.saturating_sub(1), now),
            4 => Live {
                clock: live.clock.pause(now),
                ..live
            },
            _ => Live {
                clock: live.clock.resume(now),
                ..live
            },
        };
    }
    (session, live, now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_plan_gives_way_as_far_as_it_can_and_no_further(plan in plan()) {
        let (session, live, now) = happened(&plan);
        let rest = Elastic::of(&live, &session, now);
        let end = live.clock.started + session.length();
        let left = live.left(now).max(Span::ZERO);
        let mut sum = left;
        for (index, block) in session.blocks.iter().enumerate() {
            let progress = live.progress[index];
            let Some(length) = rest.length(index) else {
                prop_assert!(index <= live.block || block.parked.is_some());
                continue;
            };
            prop_assert!(index > live.block && block.parked.is_none());
            prop_assert_eq!(length.millis() % MINUTE, 0, "whole minutes");
            prop_assert!(length <= progress.length, "nobody gets more than was wanted");
            if is_fixed(block) {
                prop_assert_eq!(length, progress.length, "locked blocks never change");
            }
            let least = minutes(i64::from(block.min.max(1))).min(progress.length);
            prop_assert!(length >= least, "nobody goes below the minimum");
            let took = progress.took.unwrap_or_default();
            let above = !is_fixed(block) && length > least && length - took >= minutes(1);
            prop_assert!(!above || rest.ends <= end, "above its minimum, and yet late");
            sum = sum + (length - took).max(Span::ZERO);
        }
        prop_assert_eq!(rest.ends, now + sum, "the end is the sum of what is left");
        prop_assert!(rest.late <= rest.behind);
        prop_assert!(rest.shorter == 0 || rest.late > Span::from_minutes(-1), "no more than needed");
        prop_assert_eq!(&rest, &Elastic::of(&live, &session, now));
    }

    #[test]
    fn without_the_block_that_must_go_the_rest_fits_if_that_was_said(plan in plan()) {
        let (mut session, live, now) = happened(&plan);
        let rest = Elastic::of(&live, &session, now);
        if let Some(must) = rest.must_go(&session) {
            prop_assert!(!is_fixed(&session.blocks[must.index]));
            session.blocks[must.index].parked = Some(ParkedId(uuid::Uuid::nil()));
            let without = Elastic::of(&live, &session, now);
            prop_assert_eq!(must.enough, without.late <= Span::ZERO);
        } else if rest.late_minutes() > 0 {
            prop_assert_eq!(rest.may_go(&session).count(), 0);
        }
    }
}

#[test]
fn a_later_end_is_the_next_full_five_minutes_and_is_not_late_again() {
    // 15:00 to 15:30, and nothing can give way.
    let (session, live, t0) = session(30, &[(20, 20), (10, 10)]);
    let end = |minutes| t0 + Span::from_minutes(minutes);
    let rest = Elastic::of(&live, &session, t0 + minutes(23));
    assert_eq!(rest.ends, end(33));
    assert_eq!(rest.later_end(30, Zone::UTC), (end(35), 35));
    let rest = Elastic::of(&live, &session, t0 + minutes(25));
    assert_eq!(rest.later_end(30, Zone::UTC), (end(40), 40));
    let rest = Elastic::of(&live, &session, t0 + minutes(23) + Span::from_secs(20));
    assert_eq!(rest.later_end(30, Zone::UTC), (end(35), 35));
}
