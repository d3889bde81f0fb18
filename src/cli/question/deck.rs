//! `circlet question draw`, `rate` and `never`: the deck of a circle and its memory.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::question::{lines, tell};
use crate::cli::{Cx, Listed};
use crate::command::Command;
use crate::domain::book::fit::Part;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId};
use crate::domain::question::QuestionKind;
use crate::engine::query::{Answer, Query, QuestionRow};

/// What to draw.
#[derive(Clone, Debug, Args)]
pub struct Draw {
    /// Of which kind
    #[arg(long)]
    kind: Option<QuestionKind>,
    /// How many
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=50))]
    count: u8,
    /// Another one for each person who is there
    #[arg(long, conflicts_with = "count")]
    people: bool,
    /// Draw as this number decides: the same number draws the same
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// The part of a book that the next session of a circle talks about.
fn part(cx: &Cx<'_, '_>, circle: CircleId) -> Option<Part> {
    let view = cx.desk.view();
    let next = view.state.next_session(circle, view.now)?;
    Part::planned(view.state, circle, next, view.zone)
}

pub(super) fn draw(cx: &mut Cx<'_, '_>, draw: &Draw) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let people = if draw.people {
        here(cx, circle)
    } else {
        Vec::new()
    };
    let count = if draw.people {
        people.len()
    } else {
        usize::from(draw.count)
    };
    let query = Query::Draw {
        circle,
        kinds: vec![draw.kind; count],
        without: planned(cx, circle),
        seed: draw.seed.unwrap_or_else(crate::engine::clock::seed),
        part: part(cx, circle),
    };
    let Answer::Questions { rows, .. } = cx.desk.ask(query)? else {
        return Err(unexpected());
    };
    if cx.global.json {
        if draw.people {
            individual(cx, &rows, &people);
        } else {
            tell(cx, &rows);
        }
        return Ok(Exit::Done);
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some(person) = people.get(at) {
            cx.out.line(person);
        }
        for line in lines(&row.question) {
            cx.out.line(&line);
        }
        if !row.why.is_empty() {
            cx.out.line(&format!("  {}", row.why));
        }
    }
    match rows.len() {
        0 => cx
            .out
            .note("There is no question to draw. Add some: circlet question packs --add starter"),
        found if found < count => cx.out.note(&format!("There are only {found} to draw.")),
        _ => {}
    }
    Ok(Exit::Done)
}

/// Who is there: whom the session that runs or comes next expects, without one every member.
fn here(cx: &Cx<'_, '_>, circle: CircleId) -> Vec<String> {
    let state = cx.desk.state();
    let running = state.running().filter(|(at, ..)| *at == circle);
    let session = running.map(|(_, session, _)| session);
    let session = session.or_else(|| state.next_session(circle, cx.desk.now()));
    let members = match session {
        Some(session) => state.expected(circle, session),
        None => state.members(circle),
    };
    let names = members.iter().map(|member| member.name.to_string());
    names.collect()
}

/// What is chosen already for the session that runs or comes next.
fn planned(cx: &Cx<'_, '_>, circle: CircleId) -> Vec<QuestionId> {
    let state = cx.desk.state();
    let running = state.running().filter(|(at, ..)| *at == circle);
    let sessions = running.map(|(_, session, _)| session).into_iter();
    sessions
        .chain(state.next_session(circle, cx.desk.now()))
        .flat_map(|session| &session.blocks)
        .flat_map(|block| &block.prompts)
        .filter_map(|prompt| prompt.question)
        .collect()
}

/// The rows in JSON, each with the person that it is for.
fn individual(cx: &mut Cx<'_, '_>, rows: &[QuestionRow], people: &[String]) {
    let view = cx.desk.view();
    let with_person = |(row, person): (&QuestionRow, &String)| -> Value {
        let mut item = view.question(None, &row.question, Some(row));
        if let Some(fields) = item.as_object_mut() {
            fields.insert("for".to_owned(), json!(person));
        }
        item
    };
    let listed = Listed {
        items: rows.iter().zip(people).map(with_person).collect(),
        cells: Vec::new(),
        empty: "",
    };
    cx.list("questions", &listed);
}

pub(super) fn rate(cx: &mut Cx<'_, '_>, id: &str, points: u8) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let question = named(cx, id)?;
    cx.commit(Command::RateQuestion {
        circle,
        question,
        points,
    })
}

pub(super) fn never(cx: &mut Cx<'_, '_>, id: &str, never: bool) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let question = named(cx, id)?;
    cx.commit(Command::NeverAsk {
        circle,
        questions: vec![question],
        never,
    })
}

fn named(cx: &mut Cx<'_, '_>, id: &str) -> Result<QuestionId, CliError> {
    let (Key { id, .. }, document) = cx.desk.find(cx.global, Kind::Question, id)?;
    match document {
        Document::Question(_) => Ok(QuestionId(id)),
        _ => Err(CliError::failed("That is no question.")),
    }
}
