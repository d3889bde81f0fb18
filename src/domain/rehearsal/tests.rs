use proptest::prelude::*;

use super::*;
use crate::domain::agenda::{Prompt, Step};
use crate::domain::clock::Zone;
use crate::domain::fixture;
use crate::domain::floor::Floor;
use crate::domain::live::Live;
use crate::domain::text::Clean;

fn session(blocks: &[(&str, BlockKind, u16)]) -> Session {
    let minutes: Vec<u16> = blocks.iter().map(|(_, _, minutes)| *minutes).collect();
    let (mut session, _) = fixture::session(&minutes);
    for (block, (title, kind, _)) in session.blocks.iter_mut().zip(blocks) {
        block.title = Clean::line(title);
        block.kind = *kind;
    }
    session
}

fn lines(session: &Session, people: &[MemberId]) -> String {
    let report = rehearse(session, people, 1);
    let name = |member: MemberId| {
        let at = people.iter().position(|id| *id == member);
        format!("person {}", at.unwrap() + 1)
    };
    report.lines(session, Zone::UTC, &name).join("\n")
}

fn step(mode: Mode, minutes: u16, each: Option<u16>) -> Step {
    Step {
        title: Clean::line("Step"),
        minutes,
        mode,
        each,
        ..Step::default()
    }
}

#[test]
fn a_plan_that_fits_has_nothing_to_change() {
    let mut plan = session(&[
        ("Check-in", BlockKind::CheckIn, 10),
        ("Talk", BlockKind::Prompt, 30),
    ]);
    plan.minutes = 60;
    let bare = rehearse(&plan, &fixture::members(), 1);
    assert_eq!(
        (bare.no_prompt.as_slice(), bare.is_fine()),
        ([0, 1].as_slice(), false)
    );
    for block in &mut plan.blocks {
        block.prompts = vec![Prompt::new(Clean::line("What is easy now?"))];
    }
    let report = rehearse(&plan, &fixture::members(), 1);
    assert!(report.is_fine(), "{report:?}");
    assert!(report.late_finish < report.planned);
    assert!(lines(&plan, &fixture::members()).contains("Nothing to change"));
}

#[test]
fn the_same_seed_finds_the_same() {
    let plan = session(&[
        ("Check-in", BlockKind::CheckIn, 10),
        ("Talk", BlockKind::Prompt, 30),
    ]);
    let people = fixture::members();
    assert_eq!(rehearse(&plan, &people, 7), rehearse(&plan, &people, 7));
}

#[test]
fn a_round_that_is_too_long_is_told_with_what_would_fit_and_overruns() {
    let mut plan = session(&[
        ("Check-in", BlockKind::CheckIn, 5),
        ("Talk", BlockKind::Prompt, 30),
    ]);
    plan.blocks[0].steps = vec![step(Mode::Round, 5, Some(180))];
    plan.blocks[0].locked = true;
    let people = fixture::members();
    let report = rehearse(&plan, &people, 1);
    assert_eq!(report.rounds.len(), 1);
    assert_eq!(report.overruns.first().unwrap().0, 0);
    let words = lines(&plan, &people);
    assert!(
        words.contains("Check-in: a turn of 3:00 for each of 4"),
        "{words}"
    );
    assert!(words.contains("Check-in takes about"), "{words}");
}

#[test]
fn a_turn_that_gets_somewhat_shorter_is_told_and_nothing_has_to_be_changed() {
    let mut plan = session(&[
        ("Check-in", BlockKind::CheckIn, 5),
        ("Talk", BlockKind::Open, 30),
    ]);
    plan.minutes = 40;
    plan.blocks[0].prompts = vec![Prompt::new(Clean::line("What is easy now?"))];
    plan.blocks[0].steps = vec![step(Mode::Round, 5, Some(90))];
    let people = fixture::members();
    let report = rehearse(&plan, &people, 1);
    assert!(report.is_fine(), "{report:?}");
    let words = lines(&plan, &people);
    assert!(
        words.contains("Check-in: 1:05 each, so that all 4 have a turn."),
        "{words}"
    );
}

#[test]
fn people_who_stay_in_their_groups_lose_no_time_between_two_steps() {
    let takes = |sizes: [Option<crate::domain::pairing::Size>; 2]| {
        let mut plan = session(&[("Pairs", BlockKind::Pairs, 20)]);
        plan.blocks[0].steps = sizes
            .into_iter()
            .map(|size| Step {
                size,
                ..step(Mode::Groups, 10, None)
            })
            .collect();
        rehearse(&plan, &fixture::members(), 1)
    };
    let same = takes([Some(crate::domain::pairing::Size::Pairs); 2]);
    assert_eq!(same.overruns, []);
    let other = takes([
        Some(crate::domain::pairing::Size::Pairs),
        Some(crate::domain::pairing::Size::Fours),
    ]);
    assert!(other.took[0] > same.took[0]);
}

#[test]
fn a_seat_without_a_person_and_people_without_a_turn_are_named() {
    let mut plan = session(&[
        ("Hot seat", BlockKind::HotSeat, 20),
        ("Talk", BlockKind::Prompt, 20),
    ]);
    let people = fixture::members();
    plan.facilitator = Some(people[3]);
    assert_eq!(rehearse(&plan, &people, 1).no_lead, [0]);
    assert_eq!(rehearse(&plan, &people, 1).no_turn, people[..3]);
    plan.blocks[0].lead = Some(people[0]);
    let report = rehearse(&plan, &people, 1);
    assert!(report.no_lead.is_empty());
    assert_eq!(report.no_turn, people[1..3]);
    assert!(lines(&plan, &people).contains("No planned turn: person 2, person 3."));
    plan.blocks[1].kind = BlockKind::Closing;
    assert!(rehearse(&plan, &people, 1).no_turn.is_empty());
}

#[test]
fn steps_longer_than_their_block_and_blocks_longer_than_the_session_are_told() {
    let mut plan = session(&[
        ("Seat", BlockKind::HotSeat, 15),
        ("Close", BlockKind::Closing, 10),
    ]);
    plan.blocks[0].steps = vec![step(Mode::Seat, 10, None), step(Mode::Questions, 10, None)];
    plan.minutes = 20;
    let people = fixture::members();
    let report = rehearse(&plan, &people, 1);
    assert_eq!(report.long_steps, [(0, 20)]);
    assert_eq!((report.blocks_minutes, report.minutes), (25, 20));
    let words = lines(&plan, &people);
    assert!(
        words.contains("Seat: its steps take 20 min, it has 15."),
        "{words}"
    );
    assert!(
        words.contains("The blocks take 25 min by plan, the session has 20."),
        "{words}"
    );
}

#[test]
fn nobody_there_and_nothing_planned_are_no_trouble() {
    let plan = session(&[("Check-in", BlockKind::CheckIn, 5)]);
    assert!(lines(&plan, &[]).contains("Nobody is expected"));
    let empty = session(&[]);
    let report = rehearse(&empty, &fixture::members(), 1);
    assert_eq!((report.finish, report.took.len()), (empty.start, 0));
}

#[test]
fn a_block_kept_for_another_time_takes_no_time() {
    let mut plan = session(&[
        ("First", BlockKind::HotSeat, 20),
        ("Talk", BlockKind::Prompt, 20),
        ("Last", BlockKind::HotSeat, 20),
    ]);
    for block in [0, 2] {
        let id = crate::domain::id::ParkedId(Ids::new(plan.start, 8).make());
        plan.blocks[block].parked = Some(id);
    }
    let report = rehearse(&plan, &fixture::members(), 1);
    assert!(report.took[0].is_none() && report.took[1].is_some() && report.took[2].is_none());
    assert!(report.no_lead.is_empty());
    assert_eq!(report.blocks_minutes, 20);
}

/// Who takes the floor in the first block within its length, move by move.
fn acted(plan: &Session, people: &[MemberId]) -> Vec<Option<MemberId>> {
    let live = Live::start(plan, plan.start);
    let mut floor = Floor::new(plan.id);
    let mut roster = Roster::new(plan.start, 3);
    let mut moves = Vec::new();
    for second in 0..live.length().whole_secs() {
        let now = plan.start + Span::from_secs(second);
        if let Some(change) = roster.next(plan, &live, &floor, (people, now)) {
            floor.make(change, Span::from_secs(second), live.block);
            moves.push(floor.speaker);
        }
    }
    moves
}

#[test]
fn in_a_round_the_roster_speaks_once_each_and_then_nobody() {
    let plan = session(&[("Check-in", BlockKind::CheckIn, 20)]);
    let people = fixture::members();
    let mut wanted: Vec<Option<MemberId>> = people.iter().copied().map(Some).collect();
    let moves = acted(&plan, &people);
    assert_eq!(moves[..4], wanted);
    wanted.push(None);
    assert!(moves.len() <= wanted.len() && moves.iter().zip(&wanted).all(|(a, b)| a == b));
    assert_eq!(acted(&plan, &[]), []);
}

#[test]
fn the_roster_follows_the_format_and_stands_still_in_a_pause() {
    let people = fixture::members();
    let mut plan = session(&[("Seat", BlockKind::HotSeat, 10)]);
    plan.blocks[0].lead = Some(people[2]);
    assert_eq!(acted(&plan, &people), [Some(people[2])]);
    let quiet = session(&[("Break", BlockKind::Break, 10)]);
    assert_eq!(acted(&quiet, &people), []);
    let talk = session(&[("Talk", BlockKind::Prompt, 20)]);
    let moves = acted(&talk, &people);
    assert!(moves.len() > 5 && moves.windows(2).all(|pair| pair[0] != pair[1]));
    let mut live = Live::start(&talk, talk.start);
    live.clock = live.clock.pause(talk.start);
    let (floor, mut roster) = (Floor::new(talk.id), Roster::new(talk.start, 3));
    let later = talk.start + Span::from_minutes(3);
    assert_eq!(roster.next(&talk, &live, &floor, (&people, later)), None);
}

#[test]
fn a_session_that_was_gone_through_tells_what_it_took() {
    let mut plan = session(&[
        ("Talk", BlockKind::Prompt, 20),
        ("Close", BlockKind::Closing, 10),
    ]);
    let people = fixture::members();
    plan.blocks[0].took = Some(Span::from_minutes(26));
    plan.blocks[1].took = Some(Span::from_minutes(10));
    plan.started = Some(plan.start);
    plan.ended = Some(plan.start + Span::from_minutes(36));
    let report = rehearse(&plan, &people, 1).went(&plan);
    assert_eq!(report.overruns, [(0, Span::from_minutes(6))]);
    let words = report
        .lines(&plan, Zone::UTC, &|_| String::new())
        .join("\n");
    assert!(
        words.contains("Ended ") && words.contains("6 min earlier"),
        "{words}"
    );
    assert!(words.contains("Talk took 26 min, it has 20."), "{words}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_run_ends_after_it_began_and_blocks_fill_the_time(
        minutes in prop::collection::vec(1u16..40, 1..12),
        kinds in prop::collection::vec(0usize..5, 12),
        count in 0usize..4,
        seed in any::<u64>(),
    ) {
        let all = [
            BlockKind::CheckIn,
            BlockKind::HotSeat,
            BlockKind::Break,
            BlockKind::Pairs,
            BlockKind::Open,
        ];
        let blocks: Vec<(&str, BlockKind, u16)> = minutes
            .iter()
            .zip(&kinds)
            .map(|(minutes, kind)| ("Block", all[*kind], *minutes))
            .collect();
        let plan = session(&blocks);
        let people = fixture::members();
        let mut ids = Ids::new(plan.start, seed);
        let run = run::run(&plan, count, &mut ids);
        let sum: Span = run.took.iter().flatten().copied().sum();
        prop_assert_eq!(plan.start + sum, run.ended);
        let report = rehearse(&plan, &people[..count], seed);
        prop_assert!(report.finish >= plan.start && report.late_finish >= report.finish);
    }
}
