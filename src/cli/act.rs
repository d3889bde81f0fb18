//! `circlet add`, `circlet undo`, `circlet redo`.

mod several;

use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, name};
use crate::command::Command;
use crate::domain::capture::{Ask, Choice, Kind, Opening, Problem, Reading, Row, Scene, parse};
use crate::domain::change::{ActKind, Via};
use crate::domain::circle::Circle;
use crate::domain::id::CircleId;
use crate::domain::item::Owner;
use crate::domain::text::Clean;
use crate::domain::when;
use crate::engine::ERASED;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::exchange::input;

/// One line to write down, or several.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// The line: "a Send deck @maria due fri #feedback". The first letter names the kind:
    /// a action, d decision, n note, p parked item, q question, k kudos (a note of thanks).
    /// Several lines that begin with a letter each are one item each; - reads such lines from standard input, with or
    /// without letters. All of them are saved or none
    line: String,
    /// Only show how it is read
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn add(cx: &mut Cx<'_, '_>, add: &Add) -> Outcome {
    if add.line == "-" {
        let input = input::read(Path::new("-"));
        let input = input.map_err(|error| CliError::failed(error.to_string()))?;
        if input.is_guess() && !add.dry_run {
            return Err(CliError::failed(
                "Nothing was saved: the lines are not UTF-8, and how they are meant is a guess. See it with --dry-run, write them as UTF-8.",
            ));
        }
        for note in &input.notes {
            cx.out.note(note);
        }
        return several::add(cx, &input.text, add.dry_run);
    }
    if several::each_says_its_kind(&add.line) {
        return several::add(cx, &add.line, add.dry_run);
    }
    let (first, behind) = several::parted(&add.line);
    let (circle, reading) = read(cx, &first)?;
    let (circle, reading) = match (reading.kind, behind) {
        (_, None) | (Kind::Note | Kind::CircleNote, _) => (circle, reading),
        // The words of everything else are one line.
        (_, Some(_)) => read(cx, &several::joined(&add.line))?,
    };
    if reading.is_empty() {
        return Err(CliError::usage(
            "There are no words to save. Write them after the letter: circlet add \"a Send deck @maria due fri\"",
        ));
    }
    let warnings = warnings(cx, circle, &reading);
    if add.dry_run {
        show(cx, circle, &reading, &warnings);
        return Ok(Exit::Done);
    }
    let drafts = reading
        .drafts(&reading.kept_answers())
        .map_err(|error| CliError::usage(format!("Nothing was saved: {error}.")))?;
    let drafts = several::with_lines(several::signed(cx, circle, drafts), behind)?;
    let speaking = cx.desk.speaking(circle);
    let act = cx.desk.run(Command::Write {
        circle,
        drafts,
        speaking,
    })?;
    let open = reading.leaves_open();
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(if open { Exit::Open } else { Exit::Done })
}

/// What is worth telling about a line, and what it leaves open.
fn warnings(cx: &Cx<'_, '_>, circle: CircleId, reading: &Reading) -> Vec<String> {
    let told = reading.warnings.iter();
    let told = told.map(|warning| sentence(&warning.to_string()));
    let asked = reading.asks.iter().map(|ask| open(cx, circle, ask));
    told.chain(asked).collect()
}

/// Reads the line for the circle it is meant for: the one it names, else that of `--circle`, else the only
/// one. A running session decides when nothing else does.
fn read(cx: &Cx<'_, '_>, line: &str) -> Result<(CircleId, Reading), CliError> {
    let state = cx.desk.state();
    let awake = || state.circles().filter(|circle| circle.archived.is_none());
    let named = match awake().next() {
        // Which circle a line names is the same for whichever circle reads it.
        Some(first) => reading(cx, first, line).circle,
        None => None,
    };
    let circle = match (named, cx.global.circle.as_deref()) {
        (Some(id), _) => id,
        (None, Some(_)) => cx.desk.circle(cx.global)?.id,
        (None, None) => match state.running() {
            Some((id, ..)) => id,
            None => cx.desk.circle(cx.global)?.id,
        },
    };
    let circle = state
        .circle(circle)
        .ok_or_else(|| CliError::failed("That circle is gone."))?;
    Ok((circle.id, reading(cx, circle, line)))
}

fn reading(cx: &Cx<'_, '_>, circle: &Circle, line: &str) -> Reading {
    with_scene(cx, circle, |scene| {
        parse(line, Opening::Letter(Kind::Note), scene)
    })
}

fn with_scene<T>(cx: &Cx<'_, '_>, circle: &Circle, read: impl FnOnce(&Scene<'_>) -> T) -> T {
    let view = cx.desk.view();
    let members = view.state.members(circle.id);
    let circles: Vec<(CircleId, &str)> = view
        .state
        .circles()
        .filter(|circle| circle.archived.is_none())
        .map(|circle| (circle.id, circle.name.as_str()))
        .collect();
    let me = cx
        .desk
        .me()
        .and_then(|me| name::me_in(view.state, circle.id, me));
    read(&Scene {
        members: &members,
        me: me.map(|member| member.id),
        floor: cx.desk.speaking(circle.id),
        presenter: view
            .state
            .running()
            .filter(|(running, ..)| *running == circle.id)
            .and_then(|(_, session, live)| session.blocks.get(live.block)?.lead),
        today: view.today(),
        order: cx.desk.seen().order,
        next_session: view
            .state
            .next_session(circle.id, view.now)
            .map(|session| session.start.date(view.zone)),
        circles: &circles,
        tags: &[],
        reads: view.state.reading(circle.id).is_some(),
    })
}

/// An open question in words, with how to settle it.
fn open(cx: &Cx<'_, '_>, circle: CircleId, ask: &Ask) -> String {
    let state = cx.desk.state();
    let people: Vec<String> = ask
        .choices
        .iter()
        .filter_map(|choice| match choice {
            Choice::Member(id) => state.member(circle, *id),
            Choice::Add(_) | Choice::Words | Choice::Nobody => None,
        })
        .map(|member| format!("{} (@{})", member.name, member.label))
        .collect();
    match ask.problem {
        Problem::Several => {
            let count = people.len();
            format!(
                "Who is @{}: {}? It has no owner until then; the name stays in its words.",
                ask.typed,
                name::listed(people, count)
            )
        }
        Problem::Nobody => format!(
            "Nobody is called @{}; it has no owner and keeps the name in its words. Add them: circlet member add NAME",
            ask.typed
        ),
        Problem::NoMe => "Who is @me? Say it once: circlet member me NAME".to_owned(),
    }
}

/// How the line is read, saving nothing.
fn show(cx: &mut Cx<'_, '_>, circle: CircleId, reading: &Reading, warnings: &[String]) {
    let view = cx.desk.view();
    let Some(held) = view.state.circle(circle) else {
        return;
    };
    if cx.global.json {
        let mut fields = json!({"schema": "circlet.reading/1"});
        merge(&mut fields, as_json(cx, held, reading, warnings));
        cx.out.json(&fields);
        return;
    }
    let rows = with_scene(cx, held, |scene| reading.rows(scene));
    let cells = |row: &Row| vec![row.label.to_owned(), row.value.clone()];
    cx.out.table(&rows.iter().map(cells).collect::<Vec<_>>());
    for warning in warnings {
        cx.out.note(warning);
    }
    cx.out.note("Nothing was saved: this was a dry run.");
}

fn merge(fields: &mut Value, more: Value) {
    if let (Value::Object(fields), Value::Object(more)) = (fields, more) {
        fields.extend(more);
    }
}

/// A reading as JSON.
fn as_json(cx: &Cx<'_, '_>, held: &Circle, reading: &Reading, warnings: &[String]) -> Value {
    let view = cx.desk.view();
    let circle = held.id;
    let owners: Vec<Value> = reading
        .owners
        .iter()
        .filter(|owner| **owner != Owner::Nobody)
        .map(|owner| Value::from(view.owner(circle, *owner)))
        .collect();
    let day = view.day(circle, reading.due);
    json!({
        "type": reading.kind.word(),
        "text": reading.text.as_str(),
        "owners": owners,
        "due": day,
        "due_words": day.map(|day| when::words(day, view.today())),
        "priority": reading.priority,
        "estimate": reading.estimate,
        "tags": reading.tags.iter().map(Clean::as_str).collect::<Vec<_>>(),
        "circle": held.name.as_str(),
        "audience": reading.audience.word(),
        "warnings": warnings,
    })
}

pub(super) fn undo(cx: &mut Cx<'_, '_>) -> Outcome {
    let circle = match cx.global.circle {
        Some(_) => Some(cx.desk.circle(cx.global)?.id),
        None => None,
    };
    let mut before = u64::MAX;
    loop {
        let query = Query::Log {
            circle,
            before,
            limit: MOST_ROWS,
        };
        let Answer::Log { rows, more } = cx.desk.ask(query)? else {
            return Err(crate::cli::desk::unexpected());
        };
        let mine = rows
            .iter()
            .find(|row| row.by.via == Via::Cli && row.kind == ActKind::Do && row.in_force);
        if let Some(row) = mine {
            let act = Some(row.id);
            // An erase is an act that stays; whoever takes something back behind it may have meant that.
            let newest = rows.iter().find(|row| row.by.via == Via::Cli);
            if newest.is_some_and(|act| act.id != row.id && act.title == ERASED) {
                cx.out
                    .note("What was erased stays erased; this is what was saved before it.");
            }
            return cx.commit(Command::Undo { act });
        }
        match rows.last() {
            Some(last) if more => before = last.seq,
            _ => {
                return Err(CliError::failed(
                    "There is nothing from the command line to take back. The app takes back its own with u.",
                ));
            }
        }
    }
}

pub(super) fn redo(cx: &mut Cx<'_, '_>) -> Outcome {
    cx.commit(Command::Redo)
}
