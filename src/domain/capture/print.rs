//! Writing an action back as the line that would make it, so that it can be corrected where it was typed.

use std::fmt::Write;

use crate::domain::capture::lex::{Shape, token_like, value, words};
use crate::domain::capture::who::{Who, look_up};
use crate::domain::capture::{Kind, Opening, Reading, Scene, parse};
use crate::domain::id::MemberId;
use crate::domain::item::{Action, Due, Owner};

/// The line of an action, without the letter of its kind: read with [`Opening::Is`] it gives the same
/// words, owner, date, importance, estimate and tags. Words are escaped only where they would be read as
/// something else. An owner who has left and a tag that cannot be typed are left out.
pub fn print(action: &Action, scene: &Scene<'_>) -> String {
    let tail = tail(action, scene);
    let (text, safe) = (&action.text, escaped(&action.text));
    // A quote that the text leaves open would reach into what follows: then the tokens stand first.
    let first = format!("{} {safe}", tail.trim_start());
    [format!("{text}{tail}"), format!("{safe}{tail}")]
        .into_iter()
        .find(|line| same(&parse(line, Opening::Is(Kind::Action), scene), action))
        .unwrap_or(first)
}

/// Whether reading gave back what the action says; people and tags are at the end in any case.
fn same(reading: &Reading, action: &Action) -> bool {
    reading.text == action.text
        && reading.owners.as_slice() == [action.owner]
        && reading.asks.is_empty()
        && reading.due == action.due
        && reading.priority == action.priority
        && reading.estimate == action.estimate
        && reading.tags == action.tags
        && reading.circle.is_none()
}

fn tail(action: &Action, scene: &Scene<'_>) -> String {
    let mut tail = match action.owner {
        Owner::Nobody => " @?".to_owned(),
        Owner::All => " @all".to_owned(),
        Owner::Member(id) => handle(id, scene).map_or_else(String::new, |name| format!(" @{name}")),
    };
    let due = match action.due {
        Due::None => "none".to_owned(),
        Due::NextSession => "next session".to_owned(),
        Due::On(day) => day.format("%Y-%m-%d").to_string(),
    };
    // Writing to a String cannot fail.
    let _ = write!(tail, " due {due}");
    for tag in &action.tags {
        let typed = if tag.contains(char::is_whitespace) || value(tag) != tag.as_str() {
            format!("\"{tag}\"")
        } else {
            tag.to_string()
        };
        if value(&typed) == tag.as_str() && !tag.contains(['"', '\u{201C}', '\u{201D}']) {
            let _ = write!(tail, " #{typed}");
        }
    }
    if action.priority > 0 {
        let _ = write!(tail, " {}", "!".repeat(usize::from(action.priority.min(3))));
    }
    if let Some(minutes) = action.estimate.filter(|minutes| *minutes > 0) {
        let _ = write!(tail, " est {minutes}m");
    }
    tail
}

/// The shortest way to type a person behind `@` that means nobody else; `None` when there is none.
pub fn handle(id: MemberId, scene: &Scene<'_>) -> Option<String> {
    let member = scene.members.iter().find(|member| member.id == id)?;
    let name = member.name.to_lowercase();
    let first = name.split_whitespace().next().map(str::to_owned);
    let whole = Some(name.split_whitespace().collect::<Vec<_>>().join("-"));
    let quoted = Some(format!("\"{}\"", member.name));
    let label = Some(member.label.to_string());
    [first, whole, quoted, label]
        .into_iter()
        .flatten()
        .find(|typed| {
            let line = format!("@{typed}");
            let one_word = matches!(words(&line).as_slice(), [word] if word.raw == line);
            one_word && look_up(value(typed), scene) == Who::Is(Owner::Member(id))
        })
}

/// The text with a backslash before each word that could be a token.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut end = 0;
    for word in words(text) {
        out.push_str(text.get(end..word.range.start).unwrap_or_default());
        if word.shape != Shape::Quoted && token_like(word.raw) {
            out.push('\\');
        }
        out.push_str(word.raw);
        end = word.range.end;
    }
    out
}
