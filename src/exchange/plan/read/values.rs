//! What stands in the lines of a plan: kinds, lengths, times, people.

use chrono::{NaiveDateTime, NaiveTime};
use serde::de::DeserializeOwned;

use crate::domain::agenda::{BlockKind, Step};
use crate::domain::format::{Captures, Mode, Needs};
use crate::domain::pairing::Size;
use crate::domain::rhythm::{Meets, Wall, read_minutes, read_time};
use crate::domain::session::FromTemplate;
use crate::domain::template::MOST_MINUTES;
use crate::domain::text::{Clean, Limit};
use crate::exchange::plan::read::Read;
use crate::exchange::plan::{Named, PlanBlock};

pub(super) fn block_word(block: &mut PlanBlock, word: &str) -> Read {
    if word == "locked" {
        block.locked = true;
    } else if let Some(rest) = word.strip_prefix("at least ") {
        block.min = minutes(rest)?;
    } else if let Some(rest) = word.strip_prefix("at ") {
        block.at = Some(time(rest)?);
    } else if let Some(rest) = word.strip_prefix("by ") {
        block.format = Some(Clean::line(rest).into_string());
    } else if let Some(kind) = BlockKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
    {
        block.kind = Some(kind);
    } else if begins_with_digit(word) {
        block.minutes = minutes(word)?;
    } else {
        if word.ends_with(" min") || word.ends_with(" minutes") {
            return Err(format!(
                "\"{}\" is no length; write it in figures: 15 min",
                glimpse(word)
            ));
        }
        let kinds: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.as_str()).collect();
        return Err(format!(
            "\"{}\" is no kind of block; there is {}",
            glimpse(word),
            kinds.join(", ")
        ));
    }
    Ok(())
}

pub(super) fn step_word(step: &mut Step, word: &str) -> Read {
    if let Some(rest) = word.strip_prefix("each ") {
        step.each = Some(seconds(rest)?);
    } else if let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.as_str() == word) {
        step.mode = mode;
    } else if let Some(size) = Size::ALL.into_iter().find(|size| size.word() == word) {
        step.size = Some(size);
    } else if let Some(captures) = named::<Captures>(word) {
        step.captures = Some(captures);
    } else if begins_with_digit(word) {
        step.minutes = minutes(word)?;
    } else {
        return Err(format!("\"{}\" is no way to run a step", glimpse(word)));
    }
    Ok(())
}

/// A value by its word in files.
fn named<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn begins_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// `20 min`, `20`, `1h30`.
pub(super) fn minutes(text: &str) -> Read<u16> {
    let word: String = text.split_whitespace().collect();
    read_minutes(&word)
        .or_else(|| word.parse().ok())
        .filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
        .ok_or_else(|| {
            format!(
                "\"{}\" is no number of minutes from 1 to {MOST_MINUTES}",
                glimpse(text)
            )
        })
}

/// `1:30` or `40` seconds.
fn seconds(text: &str) -> Read<u16> {
    let secs = match text.trim().split_once(':') {
        Some((minutes, secs)) => {
            let (minutes, secs) = (minutes.parse::<u16>().ok(), secs.parse::<u16>().ok());
            minutes
                .zip(secs.filter(|secs| *secs < 60))
                .and_then(|(minutes, secs)| minutes.checked_mul(60)?.checked_add(secs))
        }
        None => text.trim().trim_end_matches('s').trim_end().parse().ok(),
    };
    secs.filter(|secs| *secs > 0)
        .ok_or_else(|| format!("\"{}\" is no time such as 1:30", glimpse(text)))
}

fn time(text: &str) -> Read<NaiveTime> {
    read_time(text.trim()).ok_or_else(|| format!("\"{}\" is no time such as 15:30", glimpse(text)))
}

pub(super) fn start(text: &str, wall: Option<Wall>) -> Read<NaiveDateTime> {
    let written = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M");
    match (written, wall.map(|wall| Meets::parse(text, wall))) {
        (Ok(at), _) | (Err(_), Some(Ok(Meets::Once { at, .. }))) => Ok(at),
        (Err(_), Some(Err(why))) => Err(why),
        (Err(_), Some(Ok(Meets::Every(_))) | None) => Err(format!(
            "\"{}\" is no date and time such as 2026-03-26 15:00",
            glimpse(text)
        )),
    }
}

pub(super) fn template(text: &str) -> Read<FromTemplate> {
    let (id, version) = text.rsplit_once(' ').unwrap_or((text, "1"));
    let version = version
        .parse()
        .map_err(|_wrong| format!("\"{}\" is no template and version", glimpse(text)))?;
    Ok(FromTemplate {
        id: Clean::line(id).into_string(),
        version,
        programme: None,
    })
}

pub(super) fn person(text: &str, line: usize) -> Read<Named> {
    let name = Clean::name(text).map_err(|error| error.to_string())?;
    Ok(Named { line, name })
}

/// `5 people, else do it as a pair`.
pub(super) fn needs(text: &str) -> Read<Needs> {
    let wrong = || {
        format!(
            "\"{}\" does not say whom it takes, such as: 5 people, else do it as a pair",
            glimpse(text)
        )
    };
    let (people, fewer) = text.split_once(',').ok_or_else(wrong)?;
    let people = people.trim().strip_suffix("people").ok_or_else(wrong)?;
    let people = people.trim().parse().ok().filter(|people| *people >= 2);
    let fewer = fewer.trim().strip_prefix("else ").ok_or_else(wrong)?;
    Ok(Needs {
        people: people.ok_or_else(wrong)?,
        fewer: question(fewer)?,
    })
}

pub(super) fn question(text: &str) -> Read<Clean> {
    let text = Clean::line_within(text, Limit::Note).map_err(|error| error.to_string())?;
    if text.is_empty() {
        return Err("words are missing".to_owned());
    }
    Ok(text)
}

/// The beginning of something that was written, clean and short enough for a message.
pub(super) fn glimpse(text: &str) -> String {
    let clean = Clean::line(text);
    crate::domain::text::cut_graphemes(&clean, 40).to_owned()
}
