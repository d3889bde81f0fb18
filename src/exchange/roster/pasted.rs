//! People as they are pasted from a mail or typed in one line.

use crate::exchange::Fault;
use crate::exchange::lines::{ROWS, glimpse, numbered};
use crate::exchange::questions::bullet;
use crate::exchange::roster::prose::is_sentence;
use crate::exchange::roster::{RawPerson, TakenRoster, is_mail, split};

pub(super) fn parse(text: &str, taken: &mut TakenRoster) {
    let mail = numbered(text).any(|(_, line)| header(line.trim()).is_some());
    for (line, raw) in numbered(text) {
        let words = raw.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let words = bullet(words).unwrap_or(words);
        let words = match header(words) {
            Some((_, people)) => people,
            None if mail && is_header(words) => continue,
            None => words,
        };
        let people = people(words);
        // A line of which one part is a sentence names nobody: its other parts are the rest of it.
        if let Some(prose) = people.iter().find(|person| is_sentence(person.name)) {
            let what = format!(
                "\"{}\" reads like a sentence; a name as long as this goes in quotes",
                glimpse(prose.name)
            );
            taken.faults.push(Fault::new(line, what));
            if taken.faults.len() >= ROWS {
                return;
            }
            continue;
        }
        if !people.iter().all(|person| taken.add(line, person)) {
            return;
        }
    }
}

/// `From:` and other lines of a mail that name people, with what stands behind the colon.
fn header(line: &str) -> Option<(&str, &str)> {
    let (name, people) = line.split_once(':')?;
    let known = ["from", "to", "cc", "bcc", "reply-to", "sender"];
    known
        .iter()
        .any(|known| name.trim().eq_ignore_ascii_case(known))
        .then_some((name, people.trim()))
}

/// `Subject:` and other lines of a mail that name nobody.
fn is_header(line: &str) -> bool {
    let known = [
        "subject",
        "date",
        "sent",
        "message-id",
        "mime-version",
        "content-type",
    ];
    let name = line.split(':').next().unwrap_or_default().trim();
    line.contains(':') && known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// `Eva Lind - Berlin`: what stands behind a dash is no part of the name, and is told as what it is not, a role.
fn without_remark(person: RawPerson<'_>) -> RawPerson<'_> {
    match person.name.split_once(" - ") {
        Some((name, remark)) if person.role.is_empty() && !name.trim().is_empty() => RawPerson {
            name,
            role: remark.trim(),
            ..person
        },
        _ => person,
    }
}

/// Everyone on one line. A mail belongs to the name before it. In `name, mail, role` the third is a role;
/// after `name <mail>` comes the next person.
fn people(line: &str) -> Vec<RawPerson<'_>> {
    let mut people: Vec<RawPerson<'_>> = Vec::new();
    let parts = parts(line);
    let mails = parts.iter().filter(|part| part.contains('@')).count();
    for (place, part) in parts.iter().enumerate() {
        let next = without_remark(split(part));
        let row = mails == 1 && people.len() == 1 && !line.contains('<');
        match people.last_mut() {
            Some(last) if next.name.is_empty() && last.mail.is_empty() && is_mail(next.mail) => {
                last.mail = next.mail;
            }
            Some(last) if row && place + 1 == parts.len() && !last.mail.is_empty() => {
                last.role = part;
            }
            _ => people.push(next),
        }
    }
    people
}

/// The parts between commas, semicolons and tabs, but not within quotes or angle brackets; the last
/// comma of a spoken list may be an "and".
fn parts(line: &str) -> Vec<&str> {
    let (mut quoted, mut mail) = (false, false);
    let parts: Vec<&str> = line
        .split(|c: char| {
            match c {
                '"' => quoted = !quoted,
                '<' => mail = true,
                '>' => mail = false,
                _ => {}
            }
            !quoted && !mail && matches!(c, ',' | ';' | '\t' | '、' | '，' | '；' | '،')
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let [first @ .., last] = parts.as_slice() else {
        return parts;
    };
    if first.is_empty() {
        return parts;
    }
    let mut all = first.to_vec();
    let last = last.strip_prefix("and ").unwrap_or(last);
    match last.split_once(" and ") {
        Some((one, other)) => all.extend([one.trim(), other.trim()]),
        None => all.push(last),
    }
    all
}
