//! A new date, a new time or both, in words.

use chrono::NaiveDateTime;

use crate::command::Command;
use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::rhythm::{joined_lengths, read_minutes, read_time};
use crate::domain::session::Session;
use crate::domain::when::{self, Seen};
use crate::tui::view::{Reply, View};

/// Reads where a session that stands at `old` is moved to, and its new length if one is given. What is not
/// said stays as it was.
///
/// # Errors
/// A sentence that names what could not be read.
pub(in crate::tui::screen) fn read(
    text: &str,
    old: NaiveDateTime,
    seen: Seen,
) -> Result<(NaiveDateTime, Option<u16>), String> {
    let (mut time, mut minutes, mut rest) = (None, None, Vec::new());
    let lower = joined_lengths(&text.to_lowercase());
    for word in lower.split_whitespace() {
        if let Some(read) = read_time(word) {
            time = Some(read);
        } else if let Some(read) = read_minutes(word) {
            minutes = Some(read);
        } else if word != "at" {
            rest.push(word);
        }
    }
    if time.is_none() && minutes.is_none() && rest.is_empty() {
        return Err("a date or a time is needed; try fri, 16:30 or 20 mar 15:00".to_owned());
    }
    if minutes.is_some_and(|minutes| minutes == 0 || minutes > 24 * 60) {
        return Err("a session lasts between 1 minute and 24 hours".to_owned());
    }
    let date = if rest.is_empty() {
        old.date()
    } else {
        let words = rest.join(" ");
        when::read(&words, seen).ok_or_else(|| {
            let why = when::no_date(&words, seen);
            format!("{why}; try fri, 16:30 or 20 mar 15:00")
        })?
    };
    Ok((date.and_time(time.unwrap_or_else(|| old.time())), minutes))
}

/// Moves a session to what was typed.
pub(in crate::tui::screen) fn moved(
    circle: CircleId,
    session: &Session,
    text: &str,
    view: &View<'_>,
) -> Reply {
    match read(text, session.start.local(view.zone), view.seen()) {
        Err(why) => Reply::Refuse(why),
        Ok((at, minutes)) => Reply::submit(Command::EditSession {
            circle,
            session: session.id,
            start: Some(Moment::from_local(at, view.zone)),
            minutes,
            blocks: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[rstest::rstest]
    #[case("fri", "2026-03-13 15:00", None)]
    #[case("16:30", "2026-03-26 16:30", None)]
    #[case("20 mar at 9:30 60m", "2026-03-20 09:30", Some(60))]
    #[case("45m", "2026-03-26 15:00", Some(45))]
    #[case("fri 1 hour 15 min", "2026-03-13 15:00", Some(75))]
    fn what_is_not_said_stays(#[case] text: &str, #[case] at: &str, #[case] minutes: Option<u16>) {
        let parse = |text| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        let read = read(text, parse("2026-03-26 15:00"), today.into());
        assert_eq!(read, Ok((parse(at), minutes)), "{text}");
    }

    #[rstest::rstest]
    #[case("")]
    #[case("someday")]
    #[case("fri 0m")]
    fn what_cannot_be_read_is_said(#[case] text: &str) {
        let today = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        assert!(read(text, today.and_hms_opt(1, 0, 0).unwrap(), today.into()).is_err());
    }
}
