use proptest::prelude::*;

use super::*;
use crate::domain::format::{Captures, Mode};
use crate::domain::pairing::Size;

fn clean(text: &str) -> Clean {
    Clean::line(text)
}

fn named(line: usize, name: &str) -> Named {
    let name = clean(name);
    Named { line, name }
}

const WRITTEN: &str = "\
# Ladder Up
<!-- for the second spring meeting -->

- when: 2026-03-26 15:00
- length: 1h30
- leads: Sam Ortiz

## Welcome (check-in, 5 min)

> What went better than expected? {Q12}
> - Who made that possible?
> And what did not?

## Hot seat (hot-seat, 20 min, at least 12, locked, at 15:20, by hot-seat)
- lead: Jun Tanaka
1. Tell (3 min, seat)
   The person in the seat tells
   the situation.
2. Offers (4 min, round, each 0:30, action)
";

#[test]
fn a_plan_written_by_hand_is_read() {
    let plan = read(WRITTEN).unwrap();
    assert_eq!(plan.title, clean("Ladder Up"));
    assert_eq!(plan.start.unwrap().to_string(), "2026-03-26 15:00:00");
    assert_eq!(
        (plan.minutes, plan.leads),
        (Some(90), Some(named(6, "Sam Ortiz")))
    );
    let [welcome, seat] = plan.blocks.as_slice() else {
        panic!("two blocks: {:?}", plan.blocks);
    };
    assert_eq!(
        (welcome.kind, welcome.minutes, welcome.min),
        (Some(BlockKind::CheckIn), 5, 3)
    );
    assert_eq!(welcome.prompts.len(), 2);
    assert_eq!(welcome.prompts[0].number, Some(12));
    assert_eq!(
        welcome.prompts[0].follow_ups,
        [clean("Who made that possible?")]
    );
    assert_eq!((seat.min, seat.locked), (12, true));
    assert_eq!(seat.at.unwrap().to_string(), "15:20:00");
    assert_eq!(seat.lead, Some(named(15, "Jun Tanaka")));
    assert_eq!(welcome.prompts[1].line, 12);
    assert_eq!(
        seat.steps[0].says,
        Some(clean("The person in the seat tells the situation."))
    );
    assert_eq!(
        (
            seat.steps[1].mode,
            seat.steps[1].each,
            seat.steps[1].captures
        ),
        (Mode::Round, Some(30), Some(Captures::Action))
    );
}

#[test]
fn a_length_in_words_is_told_as_one() {
    let faults = read("# Ladder Up\n\n## Talk (prompt, fifteen min)\n").unwrap_err();
    assert_eq!(
        faults[0].told("plan.md"),
        "plan.md:3: \"fifteen min\" is no length; write it in figures: 15 min"
    );
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "\
## Early (3 min)
# Late title
- colour: green
Some words of an article.

## Long (nonsense, 5 min, at least 9)
> - a follow-up without a question
1. Tell
2. Tell more (3 parts)
";
    let faults = read(text).unwrap_err();
    let told: Vec<String> = faults.iter().map(|fault| fault.told("plan.md")).collect();
    for part in [
        "plan.md:3: a block has no \"colour\"; it has lead and needs",
        "plan.md:4: \"Some words of an article.\" is not understood",
        "plan.md:6: \"nonsense\" is no kind of block",
        "plan.md:7: a follow-up comes after its question",
        "plan.md:8: Tell needs its minutes: (3 min)",
        "plan.md:9: \"3 parts\" is no number of minutes",
    ] {
        assert!(
            told.iter().any(|line| line.starts_with(part)),
            "{part}\n{told:#?}"
        );
    }
    assert_eq!(read("").unwrap_err().len(), 1);
}

#[test]
fn a_number_alone_stands_for_a_question_of_the_bank() {
    let plan = read("# A\n\n## Talk (5 min)\n> {Q12}\n").unwrap();
    let prompt = &plan.blocks[0].prompts[0];
    assert_eq!((prompt.number, prompt.text.as_str()), (Some(12), ""));
    assert_eq!(
        read(&write(&plan)).map(without_lines),
        Ok(without_lines(plan))
    );
}

#[test]
fn what_a_block_needs_is_read_and_a_wrong_need_is_told() {
    let text = "# A\n\n## Talk (5 min)\n- needs: 5 people, else do it as a pair\n";
    let needs = read(text).unwrap().blocks[0].needs.clone().unwrap();
    assert_eq!((needs.people, needs.fewer.as_str()), (5, "do it as a pair"));
    for wrong in ["many", "1 people, else go", "5 people, go", "5, else go"] {
        let text = format!("# A\n\n## Talk (5 min)\n- needs: {wrong}\n");
        assert_eq!(read(&text).unwrap_err()[0].line, 4, "{wrong}");
    }
}

#[test]
fn steps_that_do_not_fit_their_block_are_told() {
    let faults = read("# A\n\n## Seat (5 min)\n1. One (3 min)\n2. Two (4 min)\n").unwrap_err();
    assert_eq!(
        faults[0].told("plan.md"),
        "plan.md:3: Seat has steps of 7 minutes together, more than its 5"
    );
}

fn line() -> impl Strategy<Value = Clean> {
    r"[-\\>#(){}a-zA-Z0-9.,: ]{0,30}[a-z](\{Q7\}|\}|\))?".prop_map(|text| clean(&text))
}

fn name() -> impl Strategy<Value = Clean> {
    "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?".prop_map(|text| clean(&text))
}

prop_compose! {
    fn prompt()(number in prop::option::of(1u32..500), text in line(), follow_ups in prop::collection::vec(line(), 0..3)) -> PlanPrompt {
        PlanPrompt { line: 0, number, text, follow_ups }
    }
}

prop_compose! {
    fn step()(title in line(), says in prop::option::of(line()), mode in prop::sample::select(Mode::ALL.to_vec()),
              each in prop::option::of(1u16..600), size in prop::option::of(prop::sample::select(Size::ALL.to_vec())),
              captures in prop::option::of(prop::sample::select(vec![Captures::Action, Captures::ActionEach, Captures::Topics]))) -> Step {
        Step { title, minutes: 1, says, mode, each, captures, size }
    }
}

prop_compose! {
    fn block()(title in line(), kind in prop::option::of(prop::sample::select(BlockKind::ALL.to_vec())), minutes in 5u16..60, min in 1u16..5,
               locked in any::<bool>(), at in prop::option::of(0u32..1440), format in prop::option::of("[a-z-]{1,9}"),
               lead in prop::option::of(name()), needs in prop::option::of((2u16..20, line())), prompts in prop::collection::vec(prompt(), 0..3), steps in prop::collection::vec(step(), 0..4)) -> PlanBlock {
        PlanBlock {
            line: 0, title, kind, minutes, min, locked,
            at: at.and_then(|at| NaiveTime::from_hms_opt(at / 60, at % 60, 0)),
            format, lead: lead.map(|name| Named { line: 0, name }), prompts, steps,
            needs: needs.map(|(people, fewer)| Needs { people, fewer }),
        }
    }
}

prop_compose! {
    fn plan()(title in name(), when in prop::option::of(0i64..1_000_000), minutes in prop::option::of(1u16..600),
              leads in prop::option::of(name()), template in prop::option::of(("[a-z-]{1,9}", 1u32..9)),
              blocks in prop::collection::vec(block(), 0..5)) -> PlanFile {
        let start = when.and_then(|minutes| chrono::DateTime::from_timestamp(minutes * 6_000, 0));
        PlanFile {
            title, minutes, blocks,
            leads: leads.map(|name| Named { line: 0, name }),
            start: start.map(|at| chrono::Timelike::with_second(&at.naive_utc(), 0).unwrap()),
            template: template.map(|(id, version)| FromTemplate {
                id,
                version,
                programme: None,
            }),
        }
    }
}

/// Where things stood in their file is not part of the plan.
fn without_lines(mut plan: PlanFile) -> PlanFile {
    plan.leads.iter_mut().for_each(|named| named.line = 0);
    for block in &mut plan.blocks {
        block.line = 0;
        block.lead.iter_mut().for_each(|named| named.line = 0);
        block.prompts.iter_mut().for_each(|prompt| prompt.line = 0);
    }
    plan
}

proptest! {
    #[test]
    fn a_plan_reads_back_as_it_was_written(plan in plan()) {
        let text = write(&plan);
        let back = match read(&text) {
            Ok(back) => back,
            Err(faults) => return Err(TestCaseError::fail(format!("{faults:?}\n{text}"))),
        };
        prop_assert_eq!(&write(&back), &text);
        prop_assert_eq!(without_lines(back), plan);
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "[-#>0-9a-z(){}.,: \\n\\t<!]{0,300}") {
        if let Ok(plan) = read(&text) {
            prop_assert_eq!(read(&write(&plan)).map(without_lines), Ok(without_lines(plan)));
        }
    }
}
