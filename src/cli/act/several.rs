//! `circlet add -`: several lines, read by the grammar of one, saved together or not at all.

use serde_json::{Value, json};

use crate::cli::Cx;
use crate::cli::act::{as_json, read, warnings, with_scene};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::receipt::Receipt;
use crate::cli::typed::note;
use crate::command::{Command, Draft};
use crate::domain::capture::{self, Reading};
use crate::domain::id::CircleId;
use crate::domain::text::Clean;

/// Most lines that are saved at once.
const MOST: usize = 500;
/// Most faults that are listed.
const MOST_FAULTS: usize = 20;

/// A line as it was understood.
struct Line {
    number: usize,
    circle: CircleId,
    reading: Reading,
    warnings: Vec<String>,
}

impl Line {
    /// A sentence about it.
    fn told(&self, what: &str) -> String {
        format!("line {}: {what}", self.number)
    }
}

/// Writes every line of a text down, in one act, or only shows how they are read.
///
/// # Errors
/// Exit code 2, with every fault by its line, when one of them cannot be saved: then none is.
pub(super) fn add(cx: &mut Cx<'_, '_>, text: &str, dry_run: bool) -> Outcome {
    // Each line by itself: a text that is cleaned as a whole is cut where one value ends.
    let clean: Vec<String> = text
        .lines()
        .map(|line| Clean::line(line).into_string())
        .collect();
    let clean = clean.join("\n");
    let typed: Vec<(usize, String)> = capture::lines(&clean).take(MOST + 1).collect();
    if typed.is_empty() {
        return Err(CliError::usage("There are no lines to save."));
    }
    if typed.len() > MOST {
        return Err(CliError::usage(format!(
            "At most {MOST} lines are saved at once. Nothing was saved."
        )));
    }
    let lines = typed
        .into_iter()
        .map(|(number, line)| {
            let (circle, reading) = read(cx, &line)?;
            let warnings = warnings(cx, circle, &reading);
            Ok(Line {
                number,
                circle,
                reading,
                warnings,
            })
        })
        .collect::<Result<Vec<Line>, CliError>>()?;
    let (circle, drafts) = drafts(cx, &lines)?;
    if dry_run {
        show(cx, &lines);
        return Ok(Exit::Done);
    }
    let speaking = cx.desk.speaking(circle);
    let act = cx.desk.run(Command::Write {
        circle,
        drafts,
        speaking,
    })?;
    let told = lines.iter();
    let told = told.flat_map(|line| line.warnings.iter().map(|what| line.told(what)));
    Receipt::of(&act, &cx.desk.view(), told.collect()).tell(cx.out, cx.global.json);
    let open = lines.iter().any(|line| line.reading.leaves_open());
    Ok(if open { Exit::Open } else { Exit::Done })
}

/// What the lines become, and the circle that all of them are for.
fn drafts(cx: &mut Cx<'_, '_>, lines: &[Line]) -> Result<(CircleId, Vec<Draft>), CliError> {
    let mut faults = Vec::new();
    let mut drafts = Vec::new();
    let here = lines.first().map(|line| line.circle);
    for line in lines {
        if Some(line.circle) != here {
            faults.push(line.told(
                "it goes to another circle than the first line; save each circle's lines by themselves",
            ));
        }
        match line.reading.drafts(&line.reading.kept_answers()) {
            Ok(rows) => drafts.extend(signed(cx, line.circle, rows)),
            Err(error) => faults.push(line.told(&error.to_string())),
        }
    }
    for fault in faults.iter().take(MOST_FAULTS) {
        cx.out.note(&format!("{fault}."));
    }
    let count = faults.len();
    match here {
        Some(here) if count == 0 => Ok((here, drafts)),
        _ => Err(CliError::usage(format!(
            "Nothing was saved: {count} of {} lines cannot be.",
            lines.len()
        ))),
    }
}

/// What somebody asks about the book in their own shell is theirs.
pub(super) fn signed(cx: &Cx<'_, '_>, circle: CircleId, mut drafts: Vec<Draft>) -> Vec<Draft> {
    for draft in &mut drafts {
        if let Draft::BookQuestion { author, .. } = draft {
            *author = cx.desk.me_in(circle).ok().flatten();
        }
    }
    drafts
}

/// Whether a text has several lines with words, each of which begins with the letter of a kind.
pub(super) fn each_says_its_kind(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    let first = lines.next();
    lines.peek().is_some()
        && first.into_iter().chain(lines).all(|line| {
            let line = capture::lines(line).next();
            let letter =
                line.and_then(|(_, line)| line.split_whitespace().next().map(str::to_owned));
            letter.is_some_and(|letter| capture::Kind::from_letter(&letter).is_some())
        })
}

/// The first line of a text, and the lines behind it, if there are any with words.
pub(super) fn parted(text: &str) -> (String, Option<&str>) {
    let text = text.trim_matches(['\n', '\r']);
    match text.split_once(['\n', '\r']) {
        Some((first, behind)) => (first.to_owned(), Some(behind.trim_end())),
        None => (text.to_owned(), None),
    }
}

/// A text of several lines as one.
pub(super) fn joined(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// A note with the lines that stood behind its first one.
pub(super) fn with_lines(
    mut drafts: Vec<Draft>,
    behind: Option<&str>,
) -> Result<Vec<Draft>, CliError> {
    for draft in &mut drafts {
        if let (Draft::Note { text, .. }, Some(behind)) = (draft, behind) {
            *text = note(&format!("{text}\n{behind}"))?;
        }
    }
    Ok(drafts)
}

fn show(cx: &mut Cx<'_, '_>, lines: &[Line]) {
    let state = cx.desk.state();
    let held = lines
        .iter()
        .filter_map(|line| Some((line, state.circle(line.circle)?)));
    if cx.global.json {
        let items: Vec<Value> = held
            .map(|(line, held)| {
                let mut item = as_json(cx, held, &line.reading, &line.warnings);
                item["line"] = line.number.into();
                item
            })
            .collect();
        cx.out
            .json(&json!({"schema": "circlet.readings/1", "items": items}));
        return;
    }
    let cells: Vec<Vec<String>> = held
        .map(|(line, held)| {
            let rows = with_scene(cx, held, |scene| line.reading.rows(scene));
            let kind = line.reading.kind.word().to_owned();
            let values = rows.into_iter().map(|row| row.value);
            let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
            vec![line.number.to_string(), kind, values.join("  ")]
        })
        .collect();
    cx.out.table(&cells);
    for line in lines {
        for warning in &line.warnings {
            cx.out.note(&line.told(warning));
        }
    }
    cx.out.note("Nothing was saved: this was a dry run.");
}
