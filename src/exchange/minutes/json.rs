//! Minutes for programs: `circlet.minutes/1`.

use serde_json::{Value, json};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::NoteId;
use crate::domain::minutes::{ActionRow, Held, Minutes, Report, Row, whole_minutes};
use crate::domain::tally::{Rating, Vote};
use crate::exchange::minutes::{CLOSING, day_of};

/// Minutes as `circlet.minutes/1`. Times are RFC 3339, dates `YYYY-MM-DD`, what is absent is `null`.
pub fn to_json(minutes: &Minutes, zone: Zone) -> Value {
    let mut value = json!({
        "schema": "circlet.minutes/1",
        "circle": minutes.circle,
        "session": {
            "uid": minutes.session,
            "number": minutes.number,
            "start": minutes.start,
            "ended": minutes.ended,
            "running": minutes.running,
            "minutes": minutes.planned,
        },
        "present": minutes.present,
        "away": minutes.away,
        "blocks": minutes.agenda.iter().map(block_json).collect::<Vec<_>>(),
        "prompts": minutes.prompts,
        "ratings": minutes.ratings.iter().map(rating_json).collect::<Vec<_>>(),
        "votes": minutes.votes.iter().map(vote_json).collect::<Vec<_>>(),
        "decisions": rows(&minutes.decisions, 'D'),
        "decided_since": rows(&minutes.since, 'D'),
        "actions": minutes.actions.iter().map(|action| action_json(action, (minutes.next, zone))).collect::<Vec<_>>(),
        "parked": minutes.parked.iter().map(|row| {
            let mut value = row_json(row, 'P');
            value["raised_by"] = json!(row.raised_by);
            value
        }).collect::<Vec<_>>(),
        "notes": minutes.notes.iter().map(note_json).collect::<Vec<_>>(),
        "says": CLOSING,
    });
    if let Some(read) = &minutes.reading {
        let begun = read.begun.as_ref();
        value["reading"] = json!({
            "title": read.title,
            "author": read.author,
            "read": read.what,
            "next": read.next,
            "next_book": begun.map(|(title, pace)| json!({"title": title, "pace": pace})),
        });
    }
    value
}

/// A note; its place in a book stands in it only where it quotes one.
fn note_json(row: &Row<NoteId>) -> Value {
    let mut value = row_json(row, 'N');
    if let Some(place) = &row.place {
        value["place"] = json!(place);
        value["raised_by"] = json!(row.raised_by);
    }
    value
}

/// A block; what groups brought back stands in it only where some did.
fn block_json(block: &Held) -> Value {
    let mut value = json!({
        "title": block.title,
        "kind": block.kind,
        "planned": block.planned,
        "took": block.took.map(whole_minutes),
    });
    if !block.reports.is_empty() {
        let report = |report: &Report| json!({"people": report.people, "text": report.text});
        value["reports"] = block.reports.iter().map(report).collect();
    }
    value
}

fn rows<Id: serde::Serialize>(rows: &[Row<Id>], letter: char) -> Vec<Value> {
    rows.iter().map(|row| row_json(row, letter)).collect()
}

fn row_json<Id: serde::Serialize>(row: &Row<Id>, letter: char) -> Value {
    json!({
        "id": format!("{letter}{}", row.number),
        "uid": row.uid,
        "text": row.text,
        "tags": row.tags,
    })
}

/// A rating in counts; average and spread are `null` below five answers.
pub fn rating_json(rating: &Rating) -> Value {
    let spread = rating.spread();
    json!({
        "of": rating.of,
        "at": rating.at,
        "answers": rating.answers(),
        "counts": rating.values().map(|(value, count)| json!({"value": value, "count": count})).collect::<Vec<_>>(),
        "average": spread.map(|spread| f64::from(spread.tenths) / 10.0),
        "lowest": spread.map(|spread| spread.lowest),
        "highest": spread.map(|spread| spread.highest),
    })
}

/// A vote in counts, most votes first.
pub fn vote_json(vote: &Vote) -> Value {
    json!({
        "at": vote.at,
        "options": vote.options.iter().map(|count| json!({
            "option": count.option,
            "votes": count.votes,
        })).collect::<Vec<_>>(),
    })
}

fn action_json(action: &ActionRow, (next, zone): (Option<Moment>, Zone)) -> Value {
    json!({
        "id": format!("A{}", action.number),
        "uid": action.uid,
        "text": action.text,
        "owner": action.owner,
        "due": day_of(action.due, next, zone),
        "state": action.state.word(),
        "tags": action.tags,
    })
}
