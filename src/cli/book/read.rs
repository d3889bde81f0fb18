//! `circlet book read`, `progress` and `quotes`.

use clap::Args;
use serde_json::{Value, json};

use super::{change, which};
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::{Cx, Listed, name};
use crate::command::book::{BookChange, Entry};
use crate::domain::book::floor::{Floor, along, floor, measure, present, reached};
use crate::domain::book::pace::pace;
use crate::domain::book::reader::Reader;
use crate::domain::book::reading::Measure;
use crate::domain::book::{Book, Place, next};
use crate::domain::document::Document;
use crate::domain::id::{BookId, CircleId, MemberId};
use crate::domain::item::{Audience, Note};
use crate::domain::when;
use crate::engine::query::{MOST_ROWS, Query};

/// How far somebody has read.
#[derive(Clone, Debug, Args)]
pub struct Read {
    /// 6, +12, p82, ch4; nothing says where you are
    place: Option<String>,
    /// For somebody else
    #[arg(long = "for", value_name = "NAME")]
    whose: Option<String>,
    /// Whoever leads may see the name beside it
    #[arg(long, conflicts_with = "private")]
    share: bool,
    /// Nobody sees the name beside it
    #[arg(long)]
    private: bool,
    /// Which book; the one being read when none is named
    #[arg(long, value_name = "BOOK")]
    book: Option<String>,
}

/// Which quotes to list.
#[derive(Clone, Debug, Args)]
pub struct Quotes {
    /// Of one chapter
    #[arg(long, value_name = "N")]
    chapter: Option<u16>,
    /// From which book; the one being read when none is named
    #[arg(long, value_name = "BOOK")]
    book: Option<String>,
    /// Also what lies beyond the place that everybody has reached
    #[arg(long)]
    all: bool,
}

/// What an entry means: a bare number is in the measure of the plan.
fn entry(book: &Book, typed: &str) -> Result<Entry, CliError> {
    let number = |text: &str| text.parse::<u32>().ok();
    if let Some(more) = typed.strip_prefix('+').and_then(number) {
        return Ok(Entry::More(more));
    }
    if let Some(place) = number(typed) {
        return Ok(Entry::At(measure(book), place));
    }
    match Place::read(typed) {
        Some(Place::Page(page) | Place::Both(_, page)) => Ok(Entry::At(Measure::Pages, page)),
        Some(Place::Chapter(chapter)) => Ok(Entry::At(Measure::Chapters, u32::from(chapter))),
        None => Err(CliError::usage(format!(
            "\"{}\" is no place. Write 6, +12, p82 or ch4.",
            echo(typed)
        ))),
    }
}

pub(super) fn read(cx: &mut Cx<'_, '_>, what: &Read) -> Outcome {
    let (circle, book) = which(cx, what.book.as_deref())?;
    let member = match what.whose.as_deref() {
        Some(named) => cx.desk.person(circle, named)?.id,
        None => cx.desk.me_in(circle)?.ok_or_else(name::no_me)?,
    };
    let shared = match (what.share, what.private) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let entry = match &what.place {
        Some(typed) => entry(&book, typed)?,
        None if shared.is_some() => Entry::Same,
        None => return whereabouts(cx, (circle, &book), member),
    };
    let reach = BookChange::Reach {
        book: book.id,
        member,
        entry,
        shared,
    };
    let exit = change(cx, circle, reach)?;
    if !cx.global.json {
        let (line, _) = standing(cx, (circle, &book), member)?;
        cx.out.line(&line);
    }
    Ok(exit)
}

/// Tells where one member is, as they may see it themselves.
fn whereabouts(
    cx: &mut Cx<'_, '_>,
    (circle, book): (CircleId, &Book),
    member: MemberId,
) -> Outcome {
    let (line, row) = standing(cx, (circle, book), member)?;
    cx.show("reading", row, &[line]);
    Ok(Exit::Done)
}

/// Where one member is, at what pace they reach the next meeting, and what is read for it.
fn standing(
    cx: &mut Cx<'_, '_>,
    (circle, book): (CircleId, &Book),
    member: MemberId,
) -> Result<(String, Value), CliError> {
    let readers = readers(cx, circle, book.id)?;
    let reader = readers.iter().find(|reader| reader.member == member);
    let today = cx.desk.view().today();
    let plan = cx.desk.view().plan(circle, book);
    let pace = plan
        .as_ref()
        .map(|reading| pace(book, reading, reader, today).words());
    let now = reader.and_then(Reader::now);
    let words = now.map_or_else(
        || "nothing said so far".to_owned(),
        |now| format!("{} {}", now.measure.short(), now.place),
    );
    let line = match pace.as_ref().filter(|_| now.is_some()) {
        Some(pace) => format!("{words}, {pace}"),
        None => words,
    };
    let view = cx.desk.view();
    let next = plan.as_ref().and_then(|plan| {
        let at = plan.due(today)?;
        Some((plan.instalments.get(at)?, next::words(plan, at)?))
    });
    let line = match &next {
        Some((one, words)) => format!("{line}; {words} for {}", when::short(one.day, today)),
        None => line,
    };
    let empty = Reader::new(book.id, member);
    let mut row = view.reader(circle, reader.unwrap_or(&empty));
    if let Some(fields) = row.as_object_mut() {
        fields.insert("pace".to_owned(), json!(pace));
        let next = next.map(|(one, _)| json!({"until": one.until, "day": one.day}));
        fields.insert("next".to_owned(), json!(next));
    }
    Ok((line, row))
}

fn readers(cx: &mut Cx<'_, '_>, circle: CircleId, book: BookId) -> Result<Vec<Reader>, CliError> {
    let rows = cx.desk.documents(Query::Readers { circle, book })?;
    let readers = rows.into_iter().filter_map(|(_, document)| match document {
        Document::Reader(reader) => Some(reader),
        _ => None,
    });
    Ok(readers.collect())
}

fn together(cx: &Cx<'_, '_>, (circle, book): (CircleId, &Book), readers: &[Reader]) -> Floor {
    let view = cx.desk.view();
    let plan = view.plan(circle, book);
    let people = present(view.state, circle);
    floor((book, plan.as_ref()), readers, &people, view.today())
}

pub(super) fn progress(cx: &mut Cx<'_, '_>) -> Outcome {
    let (circle, book) = which(cx, None)?;
    let readers = readers(cx, circle, book.id)?;
    let floor = together(cx, (circle, &book), &readers);
    let mut lines = vec![floor.words()];
    let view = cx.desk.view();
    let (today, people) = (view.today(), along(view.state, circle));
    let plan = view.plan(circle, &book);
    let reading = plan.as_ref();
    let due = reading.and_then(|reading| {
        let at = reading.due(today)?;
        reading.instalments.get(at)
    });
    let mut next = None;
    if let Some(due) = due {
        let count = reached(&book, &readers, &people, due.until);
        let unit = measure(&book).short();
        lines.push(format!(
            "{count} of {} have reached {unit} {}, which is for the next meeting",
            people.len(),
            due.until
        ));
        next = Some(json!({"until": due.until, "day": due.day, "reached": count}));
    }
    let mut shared = Vec::new();
    let here = |reader: &&Reader| reader.shared && people.contains(&reader.member);
    for reader in readers.iter().filter(here) {
        let (Some(member), Some(reading)) = (view.state.member(circle, reader.member), reading)
        else {
            continue;
        };
        let words = pace(&book, reading, Some(reader), today).words();
        lines.push(format!("{}: {words}", member.name));
        shared.push(json!({"name": member.name.as_str(), "pace": words}));
    }
    let row = json!({
        "book": format!("B{}", book.number),
        "measure": floor.measure,
        "everyone": floor.place,
        "people": floor.people,
        "said": floor.said,
        "next": next,
        "shared": shared,
    });
    cx.show("progress", row, &lines);
    Ok(Exit::Done)
}

pub(super) fn quotes(cx: &mut Cx<'_, '_>, what: &Quotes) -> Outcome {
    let (circle, book) = which(cx, what.book.as_deref())?;
    let mut notes = noted(cx, circle, book.id)?;
    notes.retain(|note| {
        let chapter = note.mark.and_then(|mark| mark.chapter);
        what.chapter.is_none() || chapter == what.chapter
    });
    let readers = readers(cx, circle, book.id)?;
    let floor = together(cx, (circle, &book), &readers);
    let before = notes.len();
    if !what.all {
        notes.retain(|note| note.mark.is_none_or(|mark| !floor.hides(&book, &mark)));
    }
    let hidden = before - notes.len();
    let view = cx.desk.view();
    let cells = |note: &Note| {
        let mark = note.mark;
        let place = match mark.map(|mark| (mark.chapter, mark.page)) {
            Some((Some(chapter), Some(page))) => format!("ch. {chapter}, p. {page}"),
            Some((Some(chapter), None)) => format!("ch. {chapter}"),
            Some((None, Some(page))) => format!("p. {page}"),
            Some((None, None)) | None => String::new(),
        };
        let by = note.raised_by.and_then(|id| view.state.member(circle, id));
        let by = by.map_or_else(String::new, |member| member.name.to_string());
        vec![
            format!("N{}", note.number),
            place,
            note.text.to_string(),
            by,
        ]
    };
    let listed = Listed {
        items: notes.iter().map(|note| view.note(circle, note)).collect(),
        cells: notes.iter().map(cells).collect(),
        empty: if hidden > 0 {
            "Nothing is noted up to where everyone is."
        } else {
            "Nothing is noted from it so far. Write: circlet add \"n p82 The words\""
        },
    };
    cx.list("quotes", &listed);
    if hidden > 0 {
        cx.out.note(&format!(
            "{hidden} beyond the place that everyone has reached; --all shows them."
        ));
    }
    Ok(Exit::Done)
}

/// What was noted from a book, in its order, without notes that are for their writer alone.
fn noted(cx: &mut Cx<'_, '_>, circle: CircleId, book: BookId) -> Result<Vec<Note>, CliError> {
    let mut notes = Vec::new();
    let mut skip = 0;
    loop {
        let rows = cx.desk.documents(Query::Quotes {
            circle,
            book,
            skip,
            limit: MOST_ROWS,
        })?;
        let found = rows.len();
        notes.extend(rows.into_iter().filter_map(|(_, document)| match document {
            Document::Note(note) if note.audience != Audience::Me => Some(note),
            _ => None,
        }));
        if found < MOST_ROWS {
            return Ok(notes);
        }
        skip += found;
    }
}
