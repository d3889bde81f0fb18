//! What somebody typed as a value of an option or a place: words, notes, dates.

use chrono::NaiveDate;

use crate::cli::Cx;
use crate::cli::error::{CliError, echo, sentence};
use crate::domain::item::Due;
use crate::domain::text::{Clean, Limit, TextError, fold};
use crate::domain::when;

/// One line of words, as long as any value may be.
pub(super) fn words(typed: &str) -> Result<Clean, CliError> {
    Clean::line_within(typed, Limit::Value).map_err(|error| too_long(&error))
}

/// One line of words, as long as a note may be.
pub(super) fn line(typed: &str) -> Result<Clean, CliError> {
    Clean::line_within(typed, Limit::Note).map_err(|error| too_long(&error))
}

/// A note, whose lines stay lines.
pub(super) fn note(typed: &str) -> Result<Clean, CliError> {
    Clean::text_within(typed, Limit::Note).map_err(|error| too_long(&error))
}

fn too_long(error: &TextError) -> CliError {
    CliError::usage(format!("That is too long: {error}. Nothing was changed."))
}

/// When something is due: a day, the next session, or never.
pub(super) fn due(cx: &Cx<'_, '_>, typed: &str) -> Result<Due, CliError> {
    match fold(typed.trim()).as_str() {
        "ns" | "next session" => return Ok(Due::NextSession),
        "none" | "-" => return Ok(Due::None),
        _ => {}
    }
    if let Some((day, time)) = when::with_time(typed, cx.desk.seen()) {
        return Err(CliError::usage(format!(
            "A date is a whole day: write {day}, and \"{}\" into the words.",
            echo(time)
        )));
    }
    when::read(typed, cx.desk.seen())
        .map(Due::On)
        .ok_or_else(|| {
            CliError::usage(format!(
                "{}. Write fri, +1w, 20 mar, 2026-03-20 or ns for the next session.",
                when::no_date(echo(typed).as_str(), cx.desk.seen())
            ))
        })
}

/// Reads a day as people say it: `fri`, `20 mar`, `2026-03-20`.
pub(super) fn day(cx: &Cx<'_, '_>, typed: &str) -> Result<NaiveDate, CliError> {
    let seen = cx.desk.seen();
    when::read(typed, seen)
        .ok_or_else(|| CliError::usage(sentence(&when::no_date(echo(typed).as_str(), seen))))
}
