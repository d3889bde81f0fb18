//! `circlet action list`: which actions, and telling them while they are read.

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BTreeMap, BinaryHeap};

use chrono::{NaiveDate, NaiveTime};
use clap::Args;
use serde_json::json;

use crate::cli::action::reader::{Listed, Reader};
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::stream::Stream;
use crate::cli::typed::due;
use crate::cli::{Cx, filter, name, whose};
use crate::domain::clock::Moment;
use crate::domain::filter::sought::{Is, Sought, Test};
use crate::domain::id::CircleId;
use crate::domain::item::{Action, Brief, Due};
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
    let mut found = Vec::new();
    for (circle, owner) in whose::each(cx, which.owner.as_deref(), which.mine)? {
        if place == Some(Is::Trash) {
            found.push((circle, Found::Trash(filter::trash(cx, circle)?)));
            continue;
        }
        let (until, sessions_before) = match due {
            Some(due) => until(cx, circle, due),
            // A session makes nothing late: its date is still open.
            None if which.overdue => (cx.desk.view().today().pred_opt(), None),
            None => (None, None),
        };
        let filter = ActionFilter {
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
            ..ActionFilter::default()
        };
        found.push((circle, Found::Fitting(filter)));
    }
    // A line of a table says little of an action, and the rest need not be read.
    let Some(sought) = sought else {
        return if cx.global.json {
            tell::<Action>(cx, found, None, several)
        } else {
            tell::<Brief>(cx, found, None, several)
        };
    };
    let circles: Vec<CircleId> = found.iter().map(|(circle, _)| *circle).collect();
    let told = tell::<Action>(cx, found, Some(&sought), several)?;
    if let Some(why) = sought.misses(&circles, cx.desk.state()) {
        cx.out.note(&why);
    }
    Ok(told)
}

/// What to list of a circle.
enum Found {
    /// What is still to be read.
    Fitting(ActionFilter),
    /// What was read from its trash.
    Trash(Vec<Action>),
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

/// Tells what is found: of several circles the soonest due first.
fn tell<T: Listed>(
    cx: &mut Cx<'_, '_>,
    found: Vec<(CircleId, Found)>,
    sought: Option<&Sought>,
    several: bool,
) -> Outcome {
    let mut stream = if cx.global.json {
        Stream::json(cx.out, &json!({"schema": "circlet.actions/1"}))
    } else {
        Stream::table()
    };
    let reader = |(circle, found)| match found {
        Found::Fitting(filter) => Reader::new(&cx.desk, circle, filter),
        Found::Trash(rows) => Reader::of_trash(&cx.desk, circle, rows),
    };
    let mut readers: Vec<Reader<T>> = found.into_iter().map(reader).collect();
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
fn tell_pages<T: Listed>(
    cx: &mut Cx<'_, '_>,
    readers: &mut [Reader<T>],
    (sought, several): (Option<&Sought>, bool),
    stream: &mut Stream,
) -> Result<bool, CliError> {
    for reader in &mut *readers {
        reader.fill(&mut cx.desk)?;
    }
    let view = cx.desk.view();
    // People and days are looked up once for each circle, not for each row.
    let mut circles = BTreeMap::new();
    // Readers are in the order of the names of circles, which decides among equals.
    let places = readers.iter().enumerate();
    let mut heads: BinaryHeap<_> = places
        .filter_map(|(n, reader)| Some(Reverse((reader.place()?, n))))
        .collect();
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((place, first)) = &mut *head;
        let Some(reader) = readers.get_mut(*first) else {
            return Ok(false);
        };
        let Some(row) = reader.take() else {
            return Ok(false);
        };
        let (test, within) = circles.entry(*first).or_insert_with(|| {
            let circle = reader.circle();
            let test = sought.map(|sought| filter::test(&cx.desk, sought, circle));
            (test, view.within(circle))
        });
        let whole = row.whole();
        let fits = |test: &Test<'_>| whole.is_some_and(|action| test.fits(action));
        if test.as_ref().is_none_or(fits) {
            match whole.filter(|_| stream.is_json()) {
                Some(action) => stream.item(cx.out, &within.row(action)),
                None => stream.row(cx.out, |table| within.cells(table, &row.into(), several)),
            }
        }
        if reader.must_read() {
            return Ok(true);
        }
        match reader.place() {
            Some(next) => *place = next,
            None => drop(PeekMut::pop(head)),
        }
    }
    Ok(false)
}
