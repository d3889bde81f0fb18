//! `circlet action list`: which actions, and telling them while they are read.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use clap::Args;
use serde_json::json;

use crate::cli::action::reader::Reader;
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::rows::View;
use crate::cli::stream::Stream;
use crate::cli::typed::due;
use crate::cli::{Cx, filter, name, whose};
use crate::domain::clock::Moment;
use crate::domain::filter::sought::{Is, Sought};
use crate::domain::id::CircleId;
use crate::domain::item::{Action, Due};
use crate::engine::query::ActionFilter;

/// Which actions to list.
#[derive(Clone, Debug, Default, Args)]
pub struct List {
    /// Of one person; "all" for shared ones, "nobody" for those without an owner
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Mine
    #[arg(long, conflicts_with = "owner")]
    mine: bool,
    /// Due by then
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
    /// Past their date
    #[arg(long, conflicts_with = "due")]
    overdue: bool,
    /// With this tag
    #[arg(long)]
    tag: Option<String>,
    /// A filter as in the app, or the name of a saved one: "@maria is:overdue #growth"
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    /// Closed ones too
    #[arg(long)]
    all: bool,
}

pub(super) fn list(cx: &mut Cx<'_, '_>, which: &List) -> Outcome {
    let due = which.due.as_deref();
    let due = due.map(|typed| due_by(cx, typed)).transpose()?;
    let sought = which.filter.as_deref();
    let sought = sought.map(|typed| filter::sought(cx, typed)).transpose()?;
    let place = sought.as_ref().and_then(Sought::place);
    let named = cx.global.circle.as_deref();
    let several = name::circles(cx.desk.state(), named)?.len() > 1;
    let mut readers = Vec::new();
    let mut circles = Vec::new();
    for (circle, owner) in whose::each(cx, which.owner.as_deref(), which.mine)? {
        circles.push(circle);
        if place == Some(Is::Trash) {
            readers.push(Reader::of_trash(circle, filter::trash(cx, circle)?));
            continue;
        }
        let (until, sessions_before) = match due {
            Some(due) => until(cx, circle, due),
            // A session makes nothing late: its date is still open.
            None if which.overdue => (cx.desk.view().today().pred_opt(), None),
            None => (None, None),
        };
        readers.push(Reader::new(ActionFilter {
            circle: Some(circle),
            owner,
            sessions_before,
            open: match place {
                Some(Is::Done) => Some(false),
                _ => (!which.all).then_some(true),
            },
            until,
            tag: which
                .tag
                .as_deref()
                .map(|tag| tag.trim_start_matches('#').to_owned()),
        }));
    }
    let told = tell(cx, readers, sought.as_ref(), several)?;
    let sought = sought.as_ref();
    if let Some(why) = sought.and_then(|sought| sought.misses(&circles, cx.desk.state())) {
        cx.out.note(&why);
    }
    Ok(told)
}

/// The date of `--due`.
fn due_by(cx: &Cx<'_, '_>, typed: &str) -> Result<Due, CliError> {
    match due(cx, typed)? {
        Due::None => Err(CliError::usage(
            "--due needs a date: fri, +1w, 20 mar, 2026-03-20 or ns for the next session.",
        )),
        due @ (Due::On(_) | Due::NextSession) => Ok(due),
    }
}

/// The last day that counts in a circle, and the instant before which its next session has to start.
fn until(cx: &Cx<'_, '_>, circle: CircleId, due: Due) -> (Option<NaiveDate>, Option<Moment>) {
    let view = cx.desk.view();
    // Without a next session there is no end.
    let Some(day) = view.session_day(circle, due) else {
        return (None, None);
    };
    let end = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    (Some(day), Some(Moment::from_local(end, view.zone)))
}

/// Tells what the readers find: of several circles the soonest due first.
fn tell(
    cx: &mut Cx<'_, '_>,
    mut readers: Vec<Reader>,
    sought: Option<&Sought>,
    several: bool,
) -> Outcome {
    let mut stream = if cx.global.json {
        Stream::json(cx.out, &json!({"schema": "circlet.actions/1"}))
    } else {
        Stream::table()
    };
    for reader in &mut readers {
        reader.ask(&mut cx.desk);
    }
    while tell_pages(cx, &mut readers, (sought, several), &mut stream)? {}
    let none = stream.end(cx.out, "No actions.") == 0;
    // One word is the name of a filter or a word of the text; nothing says which was meant.
    let word = sought
        .map(Sought::text)
        .filter(|text| !text.contains([' ', ':', '@', '#', '+']));
    if let Some(word) = word.filter(|_| none) {
        cx.out.note(&format!(
            "\"{}\" is in no action, and no filter is saved under that name.",
            echo(word)
        ));
    }
    Ok(Exit::Done)
}

/// Tells what has been read, until one of the readers has to read on. Whether one has.
fn tell_pages(
    cx: &mut Cx<'_, '_>,
    readers: &mut [Reader],
    (sought, several): (Option<&Sought>, bool),
    stream: &mut Stream,
) -> Result<bool, CliError> {
    for reader in &mut *readers {
        reader.fill(&mut cx.desk)?;
    }
    let view = cx.desk.view();
    let mut tests = BTreeMap::new();
    let mut heads: Vec<_> = readers.iter().map(|reader| reader.place(&view)).collect();
    loop {
        let places = heads.iter().enumerate();
        let places = places.filter_map(|(n, place)| Some((place.as_ref()?, n)));
        // Readers are in the order of the names of circles, which decides among equals.
        let Some((_, first)) = places.min() else {
            return Ok(false);
        };
        let (Some(reader), Some(head)) = (readers.get_mut(first), heads.get_mut(first)) else {
            return Ok(false);
        };
        let Some((circle, action)) = reader.take() else {
            return Ok(false);
        };
        *head = reader.place(&view);
        let read_on = reader.must_read();
        // People and days are looked up once for each circle, not for each row.
        let fits = sought.is_none_or(|sought| {
            let test = tests.entry(circle);
            let test = test.or_insert_with(|| filter::test(&cx.desk, sought, circle));
            test.fits(&action)
        });
        if fits {
            if stream.is_json() {
                stream.item(cx.out, &view.action(circle, &action));
            } else {
                stream.cells(cx.out, cells(&view, (circle, several), &action));
            }
        }
        if read_on {
            return Ok(true);
        }
    }
}

fn cells(view: &View<'_>, (circle, several): (CircleId, bool), action: &Action) -> Vec<String> {
    let mut cells = view.action_cells(circle, action);
    if several {
        let name = view.state.circle(circle).map(|held| held.name.to_string());
        cells.insert(1, name.unwrap_or_default());
    }
    cells
}
