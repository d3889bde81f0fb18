//! `circlet review`: the walk through open actions on a plain terminal, line by line. Every answer is saved at once
//! and is one act, so that `circlet undo` takes the last one back.

mod end;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::action::reader::Reader;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, name, typed, whose};
use crate::command::{Command, ItemEdit, Settle};
use crate::domain::id::{CircleId, Key, Kind};
use crate::domain::item::{Action, Owner};
use crate::domain::review::{Became, is_stuck, stuck_words, summary};
use crate::engine::query::ActionFilter;

/// The exit code of what the store cannot take.
const STORE: u8 = 4;
/// The choices beside every action.
const CHOICES: &str = "1 done  2 partly  3 new date  4 let go  5 another owner  6 a smaller step
7 ask the circle for help  Enter keep it  q stop";

/// Whose actions to go through.
#[derive(Clone, Debug, Args)]
pub struct Review {
    /// Of this person; without, yours, or everybody's where circlet does not know who you are
    person: Option<String>,
    /// Yours
    #[arg(long, conflicts_with = "person")]
    mine: bool,
}

/// What is gone through.
struct Walk {
    rows: Vec<(CircleId, Action)>,
    /// The circles that were looked through.
    circles: Vec<CircleId>,
    /// Whether these are actions of whoever asks.
    own: bool,
}

/// How the question about one action ended.
enum Answer {
    /// This became of it.
    Is(Became),
    /// It is asked once more.
    Again,
    /// No more questions.
    Stop,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, review: &Review) -> Outcome {
    let walk = find(cx, review)?;
    let origins: Vec<_> = walk
        .rows
        .iter()
        .filter_map(|(circle, action)| Some((*circle, action.origin.session?)))
        .collect();
    cx.desk.fetch_sessions(origins)?;
    if cx.global.json {
        let items: Vec<Value> = walk.rows.iter().map(|row| item(cx, row)).collect();
        let mut told = json!({"schema": "circlet.review/1", "items": items});
        if let (Some(fields), true) = (told.as_object_mut(), walk.own) {
            fields.extend(end::json(cx, &walk.circles)?);
        }
        cx.out.json(&told);
        return Ok(Exit::Done);
    }
    if walk.rows.is_empty() {
        cx.out.line("Nothing is open here. A clear table.");
    }
    let mut became = Vec::new();
    let mut stopped = false;
    'rows: for (place, row) in walk.rows.iter().enumerate() {
        show(cx, row, (place + 1, walk.rows.len()));
        loop {
            match ask(cx, row)? {
                Answer::Is(one) => {
                    became.push(one);
                    break;
                }
                Answer::Again => {}
                Answer::Stop => {
                    stopped = true;
                    break 'rows;
                }
            }
        }
    }
    if !became.is_empty() {
        cx.out.line(&format!("{}.", summary(&became)));
        if became.iter().any(|one| *one != Became::Kept) {
            cx.out.note("circlet undo takes back the last.");
        }
    }
    if walk.own {
        end::tell(cx, &walk.circles, stopped)?;
    }
    Ok(Exit::Done)
}

/// The open actions that were asked for, the soonest due first.
fn find(cx: &mut Cx<'_, '_>, review: &Review) -> Result<Walk, CliError> {
    let named = cx.global.circle.as_deref();
    let circles: Vec<CircleId> = name::circles(cx.desk.state(), named)?
        .iter()
        .map(|circle| circle.id)
        .collect();
    let person = match (&review.person, review.mine) {
        (Some(person), _) => Some(person.clone()),
        (None, true) => Some("@me".to_owned()),
        (None, false) => cx.desk.me().map(|_| "@me".to_owned()),
    };
    if person.as_deref() == Some("@me") {
        // Asked before the first circle, so that an empty store says so too.
        cx.desk.me().ok_or_else(name::no_me)?;
    }
    let several = circles.len() > 1;
    let mut walk = Walk {
        rows: Vec::new(),
        circles: Vec::new(),
        own: person.is_some(),
    };
    let mut unknown = None;
    for circle in circles {
        let member = match person.as_deref().map(|who| cx.desk.person(circle, who)) {
            None => None,
            Some(Ok(member)) => Some(member.id),
            // Somebody of one circle need not be in the others.
            Some(Err(error)) if several => {
                unknown = Some(error);
                continue;
            }
            Some(Err(error)) => return Err(error),
        };
        let me = match cx.desk.me() {
            Some(_) => cx.desk.me_in(circle)?,
            None => None,
        };
        walk.own &= member.is_some() && member == me;
        let filter = ActionFilter {
            owner: member.map(Owner::Member),
            open: Some(true),
            ..ActionFilter::default()
        };
        let rows = Reader::new(&cx.desk, circle, filter).all(&mut cx.desk)?;
        walk.rows.extend(rows.into_iter().map(|row| (circle, row)));
        walk.circles.push(circle);
    }
    if let (Some(error), true) = (unknown, walk.circles.is_empty()) {
        return Err(error);
    }
    let view = cx.desk.view();
    walk.rows.sort_by_key(|(circle, action)| {
        let day = view.day(*circle, action.due);
        (day.is_none(), day)
    });
    Ok(walk)
}

/// A row in JSON, and what is asked about it beside how it went.
fn item(cx: &Cx<'_, '_>, (circle, action): &(CircleId, Action)) -> Value {
    let mut row = cx.desk.view().action(*circle, action);
    if let Some(fields) = row.as_object_mut() {
        let asks = is_stuck(action).then(|| stuck_words(action.carried));
        fields.insert("asks".to_owned(), json!(asks));
    }
    row
}

fn show(cx: &mut Cx<'_, '_>, (circle, action): &(CircleId, Action), (place, all): (usize, usize)) {
    let view = cx.desk.view();
    let cells: Vec<String> = view
        .action_cells(*circle, action)
        .into_iter()
        .filter(|cell| !cell.is_empty())
        .collect();
    let session = action.origin.session;
    let session = session.and_then(|id| view.session_of(*circle, id));
    let mut lines = vec![format!("{place} of {all}  {}", cells.join("  "))];
    lines.extend(session.map(|session| format!("  from session #{}", session.number)));
    lines.extend(
        action
            .progress
            .as_ref()
            .map(|left| format!("  left: {left}")),
    );
    if is_stuck(action) {
        let words = stuck_words(action.carried);
        lines.push(format!(
            "  {words} 6 a smaller step, 7 ask the circle, 4 let it go"
        ));
    }
    for line in lines {
        cx.out.line(&line);
    }
}

/// Asks for one line; `None` when nothing more comes.
pub(super) fn line(cx: &mut Cx<'_, '_>, words: &str) -> Result<Option<String>, CliError> {
    let typed = cx
        .out
        .prompt(words)
        .map_err(|error| CliError::failed(format!("The answer could not be read: {error}.")))?;
    Ok((!typed.is_empty()).then(|| typed.trim().to_owned()))
}

fn ask(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Answer, CliError> {
    let Some(choice) = line(cx, &format!("{CHOICES}\n>"))? else {
        cx.out.note("");
        return Ok(Answer::Stop);
    };
    let answer = match choice.as_str() {
        "" | "." => return Ok(Answer::Is(Became::Kept)),
        "q" => return Ok(Answer::Stop),
        "1" | "c" => Some(settle(row, Settle::Done, Became::Done)),
        "7" => Some(settle(row, Settle::Help, Became::Help)),
        "2" | "C" => partly(cx, row)?,
        "3" | "t" => date(cx, row)?,
        "4" | "x" => reason(cx, row)?,
        "5" | "o" => owner(cx, row)?,
        "6" => smaller(cx, row)?,
        _ => {
            cx.out
                .note("Write one of the numbers; Enter keeps it, q stops.");
            None
        }
    };
    let Some((command, became)) = answer else {
        return Ok(Answer::Again);
    };
    match cx.desk.run(command) {
        Ok(act) => {
            Receipt::of(&act, &cx.desk.view(), Vec::new()).tell(cx.out, false);
            Ok(Answer::Is(became))
        }
        Err(error) if error.code == STORE => Err(error),
        Err(error) => {
            cx.out.note(&error.words);
            Ok(Answer::Again)
        }
    }
}

/// What an answer does; nothing when the question is to be asked once more.
type Does = Option<(Command, Became)>;

fn key((circle, action): &(CircleId, Action)) -> Key {
    Key::circle(*circle, Kind::Action, action.id.0)
}

fn settle(row: &(CircleId, Action), how: Settle, became: Became) -> (Command, Became) {
    let actions = vec![key(row)];
    (Command::Settle { actions, how }, became)
}

fn edit(row: &(CircleId, Action), edit: ItemEdit, became: Became) -> (Command, Became) {
    let key = key(row);
    (Command::EditItem { key, edit }, became)
}

/// What was understood. Where nothing was, the reason is told.
fn understood<T>(cx: &mut Cx<'_, '_>, read: Result<T, CliError>) -> Option<T> {
    read.map_err(|error| cx.out.note(&error.words)).ok()
}

fn partly(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Does, CliError> {
    let typed = line(cx, "What is left:")?.filter(|typed| !typed.is_empty());
    let left = typed.and_then(|typed| understood(cx, typed::words(&typed)));
    Ok(left.map(|left| settle(row, Settle::Partly(left), Became::Partly)))
}

fn smaller(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Does, CliError> {
    let words = "What can be done by the next session; it takes the place of this one:";
    let typed = line(cx, words)?.filter(|typed| !typed.is_empty());
    let text = typed.and_then(|typed| understood(cx, typed::words(&typed)));
    Ok(text.map(|text| settle(row, Settle::Smaller(text), Became::Smaller)))
}

fn reason(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Does, CliError> {
    let Some(typed) = line(cx, "Why, if you like:")? else {
        return Ok(None);
    };
    let reason = understood(cx, typed::words(&typed));
    Ok(reason.map(|reason| {
        let reason = Some(reason).filter(|reason| !reason.is_empty());
        settle(row, Settle::LetGo(reason), Became::LetGo)
    }))
}

fn date(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Does, CliError> {
    let words = "New date (fri, +1w, 2026-03-20; Enter is the next session):";
    let Some(typed) = line(cx, words)? else {
        return Ok(None);
    };
    let typed = if typed.is_empty() { "ns" } else { &typed };
    let Some(due) = understood(cx, typed::due(cx, typed)) else {
        return date(cx, row);
    };
    Ok(Some({
        let change = ItemEdit {
            due: Some(due),
            ..ItemEdit::default()
        };
        edit(row, change, Became::Moved)
    }))
}

fn owner(cx: &mut Cx<'_, '_>, row: &(CircleId, Action)) -> Result<Does, CliError> {
    let typed = line(cx, "Who sees to it (a name, all, nobody):")?;
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    let owner = whose::owner(cx, row.0, &typed);
    let owner = understood(cx, owner);
    Ok(owner.map(|owner| {
        let change = ItemEdit {
            owner: Some(owner),
            ..ItemEdit::default()
        };
        edit(row, change, Became::Handed)
    }))
}
