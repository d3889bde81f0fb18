//! Whether what comes with circlet can be held: every template, for every usual size of a circle.

use crate::command::plan::Plan;
use crate::domain::agenda::Prompt;
use crate::domain::clock::{Moment, Zone};
use crate::domain::first;
use crate::domain::id::{Ids, MemberId, SessionId};
use crate::domain::rehearsal::{Report, rehearse};
use crate::domain::session::Session;
use crate::domain::template::Template;
use crate::domain::text::Clean;
use crate::packs::{shelf, templates};

/// As it is when the prompts are drawn and the seats are given.
fn planned(template: &Template, people: &[MemberId]) -> Session {
    let start = Moment::from_millis(1_773_327_600_000);
    let mut ids = Ids::new(start, 11);
    let plan = Plan::from_template(template, start);
    let mut session = Session {
        facilitator: people.first().copied(),
        ..Session::new(SessionId(ids.make()), 1, start, plan.minutes)
    };
    for draft in plan.blocks {
        let mut block = draft.into_block(&mut ids);
        block.prompts = vec![Prompt::new(Clean::line("What is easy now?"))];
        block.lead = people.last().copied();
        session.blocks.push(block);
    }
    session
}

/// What a rehearsal finds with so many people.
fn rehearsed(template: &Template, people: usize) -> (Report, Vec<String>) {
    let mut ids = Ids::new(Moment::from_millis(0), 3);
    let people: Vec<MemberId> = (0..people).map(|_| MemberId(ids.make())).collect();
    let session = planned(template, &people);
    let report = rehearse(&session, &people, 5);
    let words = report.lines(&session, Zone::UTC, &|_| String::new());
    (report, words)
}

/// Every size of a circle for which it is not `fine`, with what was found.
fn objections(template: &Template, fine: fn(&Report) -> bool) -> Vec<String> {
    let objection = |people| {
        let (report, words) = rehearsed(template, people);
        let told = || format!("{} with {people}:\n  {}", template.id, words.join("\n  "));
        (!fine(&report)).then(told)
    };
    (4..=12).filter_map(objection).collect()
}

#[test]
fn every_template_can_be_held_with_four_to_twelve_people() {
    let templates = templates().into_iter();
    let found: Vec<String> = templates
        .flat_map(|template| [first::opening(&template).into_owned(), template])
        .filter(|template| !template.blocks.is_empty())
        .flat_map(|template| objections(&template, Report::is_fine))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_format_gives_everyone_a_turn_in_its_own_minutes() {
    let mut found = Vec::new();
    for format in shelf().formats() {
        let mut template = templates().into_iter().next().expect("there are templates");
        let mut block = template.blocks.remove(0);
        block.kind = format.kind;
        block.minutes = format.minutes;
        block.steps = format.steps_for(format.minutes);
        template.id.clone_from(&format.id);
        template.minutes = format.minutes;
        template.blocks = vec![block];
        found.extend(objections(&template, |report| {
            report.rounds.is_empty() && report.overruns.is_empty()
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
