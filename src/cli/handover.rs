//! `circlet handover`, and `circlet note`: list, hand-over.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::cli::args::Accept;
use crate::cli::ask::goes_on;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::place::{absolute, shown};
use crate::cli::{Cx, written};
use crate::domain::handover::{Card, Notes, Seen, by_presenter, session_of};
use crate::domain::id::{Key, Kind, MemberId};
use crate::domain::names::FORMER;
use crate::engine::EraseTarget;
use crate::exchange::{notes, out};

/// What can be done with notes.
#[derive(Clone, Debug, Subcommand)]
pub enum NoteVerb {
    /// All notes, the newest first
    List,
    /// Write the notes for a presenter into a file to give them
    HandOver {
        /// The presenter: a name or the number
        #[arg(value_name = "PERSON")]
        who: String,
        /// Into this file instead of one in the export folder
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Erase them here for good once they are in the file
        #[arg(long)]
        erase: bool,
        #[command(flatten)]
        accept: Accept,
    },
}

pub(super) fn notes(cx: &mut Cx<'_, '_>, verb: &NoteVerb) -> Outcome {
    match verb {
        NoteVerb::List => written::notes(cx),
        NoteVerb::HandOver {
            who,
            output,
            erase,
            accept,
        } => hand_over(cx, who, output.as_ref(), erase.then_some(*accept)),
    }
}

/// The card of the running session, as the app shows it.
pub(super) fn card(cx: &mut Cx<'_, '_>) -> Outcome {
    let state = cx.desk.state();
    let Some((circle, ..)) = state.running() else {
        return Err(CliError::failed(
            "No session is running, so there is nothing to hand over.",
        ));
    };
    let name = |id: MemberId| {
        let member = state.member(circle, id);
        member.map_or_else(|| FORMER.to_owned(), |member| member.name.to_string())
    };
    let card = Card::of(&Seen {
        state,
        floor: cx.desk.floor(),
        now: cx.desk.now(),
        name: &name,
    })
    .ok_or_else(|| CliError::failed("That session has just ended."))?;
    let zone = cx.desk.zone();
    let mut lines = vec![format!("{} #{}", card.circle, card.number)];
    let rows = card.rows(zone, false);
    lines.extend(
        rows.iter()
            .map(|(label, words)| format!("{label:<6}{words}")),
    );
    let row = json!({
        "circle": card.circle,
        "session": card.number,
        "leads": card.leads,
        "block": card.block,
        "block_number": card.place.0,
        "blocks": card.place.1,
        "lead": card.lead,
        "step": card.step,
        "next": card.next,
        "left_seconds": card.left.whole_secs(),
        "paused": card.paused,
        "behind_minutes": card.behind,
        "ends": card.ends,
        "speaks": card.speaks,
        "waits": card.waits,
        "keep": card.keep,
    });
    cx.show("handover", row, &lines);
    Ok(Exit::Done)
}

/// Writes the notes for somebody into a file. `erase` is how it was accepted that they go here then.
fn hand_over(
    cx: &mut Cx<'_, '_>,
    who: &str,
    output: Option<&PathBuf>,
    erase: Option<Accept>,
) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let member = cx.desk.person(circle, who)?;
    let (id, name) = (member.id, member.name.to_string());
    let state = cx.desk.state();
    let (Some(held), Some(session)) = (state.circle(circle), session_of(state, circle)) else {
        return Err(CliError::failed("There has been no session yet."));
    };
    let mut all = by_presenter(state, circle, session).into_iter();
    let Some((_, theirs)) = all.find(|(lead, _)| *lead == Some(id)) else {
        return Err(CliError::failed(format!(
            "There are no notes for {name} in session #{}; nothing was written.",
            session.number
        )));
    };
    let keys: Vec<Key> = theirs
        .iter()
        .map(|note| Key::circle(circle, Kind::Note, note.id.0))
        .collect();
    let zone = cx.desk.zone();
    let day = session.begins().date(zone).to_string();
    let number = format!("{:02}", session.number);
    let parts = [held.name.as_str(), &number, &day, "notes for", &name];
    let file = out::file_name(&parts, "md");
    let text = notes::markdown(
        &Notes {
            circle: held.name.as_str(),
            session,
            name: name.clone(),
            notes: theirs,
        },
        zone,
    );
    if let Some(accept) = erase {
        cx.out.note(&format!(
            "The notes for {name} go for good once they are in the file: {}. It cannot be taken back.",
            keys.len()
        ));
        if !goes_on(cx, accept, "Write and erase them")? {
            return Ok(Exit::Done);
        }
    }
    let path = shown(&write(cx, output, &file, &text)?);
    let count = keys.len();
    let erased = if erase.is_some() {
        Some(cx.desk.erase(EraseTarget::Rows(keys))?)
    } else {
        None
    };
    if cx.global.json {
        cx.out.json(&json!({
            "schema": "circlet.written/1",
            "file": path,
            "notes": count,
            "erased": erased.is_some(),
        }));
        return Ok(Exit::Done);
    }
    cx.out.line(&format!("wrote {path}"));
    if let Some(words) = erased {
        cx.out.line(&sentence(&words));
    }
    Ok(Exit::Done)
}

/// Writes to where it was said, else under this name beside what is in the export folder. Returns where it is.
fn write(
    cx: &Cx<'_, '_>,
    output: Option<&PathBuf>,
    name: &str,
    text: &str,
) -> Result<PathBuf, CliError> {
    let Some(path) = output else {
        return out::write_beside(&cx.place.paths.export, name, text.as_bytes())
            .map_err(|words| CliError::failed(sentence(&words)));
    };
    let path = absolute(path);
    out::write_new(&path, text.as_bytes(), false)
        .map_err(|error| CliError::failed(error.to_string()))?;
    Ok(path)
}
