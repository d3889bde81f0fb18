//! todo.txt: one action a line, with priority, dates, `+project`, `@person` and `key:value`.
//!
//! <https://github.com/todotxt/todo.txt>. Of the keys, `due:`, `uid:`, `id:`, `pri:` and `t:` mean something;
//! what is not known stays a word.

use chrono::NaiveDate;

use crate::domain::clock::Moment;
use crate::domain::id::ActionId;
use crate::domain::intake::Said;
use crate::domain::item::{ActionState, Due};
use crate::domain::text::Clean;
use crate::domain::when;
use crate::exchange::lines::numbered;
use crate::exchange::tasks::words;
use crate::exchange::tasks::{Around, TakenTasks};

/// How many lines are looked at to tell the format.
const GLANCE: usize = 40;

/// Whether a file is called or looks like todo.txt.
pub(super) fn fits(name: &str, text: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.to_lowercase();
    if matches!(file.as_str(), "todo.txt" | "done.txt") || file.ends_with(".todo.txt") {
        return true;
    }
    let (mut marked, mut all) = (0, 0);
    for line in text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(GLANCE)
    {
        all += 1;
        let (head, _) = head(line);
        let keyed = line
            .split_whitespace()
            .any(|word| word.starts_with("due:20") || word.starts_with("uid:"));
        marked += usize::from(head.done || head.priority > 0 || keyed);
    }
    all > 0 && marked * 2 > all
}

pub(super) fn take(text: &str, around: Around, taken: &mut TakenTasks) {
    for (line, raw) in numbered(text) {
        if raw.trim().is_empty() {
            continue;
        }
        if !taken.add(line, read(line, raw.trim(), around)) {
            return;
        }
    }
}

/// What stands before the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Head {
    done: bool,
    priority: u8,
    /// The first date, and the second.
    dates: [Option<NaiveDate>; 2],
}

fn head(line: &str) -> (Head, &str) {
    let mut head = Head::default();
    let mut rest = line.trim_start();
    if let Some(words) = rest.strip_prefix("x ") {
        head.done = true;
        rest = words.trim_start();
    }
    if let Some((mark, words)) = rest.split_once(' ')
        && let Some(letter) = mark
            .strip_prefix('(')
            .and_then(|mark| mark.strip_suffix(')'))
        && matches!(letter.as_bytes(), [b'A'..=b'Z'])
    {
        head.priority = words::priority(letter);
        rest = words.trim_start();
    }
    for slot in &mut head.dates {
        let (word, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let Some(date) = date(word) else { break };
        *slot = Some(date);
        rest = words.trim_start();
    }
    (head, rest)
}

/// Only the one form that todo.txt has.
fn date(word: &str) -> Option<NaiveDate> {
    (word.len() == 10)
        .then(|| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok())
        .flatten()
}

fn read(line: usize, raw: &str, around: Around) -> Result<Said, String> {
    let (head, rest) = head(raw);
    let noon = |day: NaiveDate| {
        let noon = day.and_hms_opt(12, 0, 0)?;
        Some(Moment::from_local(noon, around.zone))
    };
    let mut said = Said::new(line, Clean::default());
    said.priority = head.priority;
    let [first, second] = head.dates;
    if head.done {
        said.state = ActionState::Done;
        said.closed = first.and_then(noon);
        said.created = second.and_then(noon);
    } else {
        said.created = first.and_then(noon);
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (said_first, tokens) = words.split_at(own_tail(&words).unwrap_or(0));
    let mut kept = said_first.to_vec();
    let mut tags = Vec::new();
    for word in tokens {
        if !token(word, around, &mut said, &mut tags)? {
            kept.push(word);
        }
    }
    said.tags = words::tags(tags.into_iter());
    said.text = words::text(&kept.join(" "))?;
    if said.uid.is_some() {
        // The number is circlet's own, and the uid says more.
        said.foreign = None;
    }
    Ok(said)
}

/// Where the words of a line end that circlet wrote: behind them stands, in this order, `+circle @owner #tags due: pri:
/// id: uid:`. What looks like one of these before it is a word of the action. `None` for a line of anybody else.
fn own_tail(words: &[&str]) -> Option<usize> {
    let (last, mut rest) = words.split_last()?;
    last.strip_prefix("uid:")?.parse::<ActionId>().ok()?;
    for key in ["id:", "pri:", "due:"] {
        rest = match rest.split_last() {
            Some((word, before)) if word.starts_with(key) => before,
            _ => rest,
        };
    }
    while let Some((_, before)) = rest.split_last().filter(|(word, _)| word.starts_with('#')) {
        rest = before;
    }
    if let Some((_, before)) = rest.split_last().filter(|(word, _)| word.starts_with('@')) {
        rest = before;
    }
    let (circle, before) = rest.split_last()?;
    circle.starts_with('+').then_some(before.len())
}

/// Takes a word that means something. `false` when it is a word of the text.
fn token<'a>(
    word: &'a str,
    around: Around,
    said: &mut Said,
    tags: &mut Vec<&'a str>,
) -> Result<bool, String> {
    if let Some(tag) = word.strip_prefix('#') {
        let is_tag = tag.starts_with(char::is_alphabetic);
        tags.extend(is_tag.then_some(tag));
        return Ok(is_tag);
    }
    if let Some(name) = word.strip_prefix('@') {
        said.owners.extend(words::optional(&name.replace('_', " ")));
        return Ok(!name.is_empty());
    }
    if let Some(project) = word.strip_prefix('+') {
        if !project.starts_with(char::is_alphabetic) {
            return Ok(false);
        }
        if said.circle.is_none() {
            said.circle = words::optional(project);
        } else {
            tags.push(project);
        }
        return Ok(true);
    }
    let Some((key, value)) = word.split_once(':').filter(|(_, value)| !value.is_empty()) else {
        return Ok(false);
    };
    match key {
        "due" => {
            let day =
                when::read(value, around.seen).ok_or_else(|| when::no_date(value, around.seen))?;
            said.due = Due::On(day);
        }
        "uid" => {
            let id = value.parse::<ActionId>();
            let id = id.map_err(|_no_uid| format!("\"{}\" is no uid", Clean::line(value)));
            said.uid = Some(id?);
        }
        "id" => said.foreign = words::optional(value),
        "pri" => said.priority = words::priority(value),
        "state" => match words::state(value) {
            Some(state) => said.state = state,
            None => return Ok(false),
        },
        _ => return Ok(false),
    }
    Ok(true)
}
