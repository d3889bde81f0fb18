//! People as they are pasted from a mail or typed in one line.

use crate::exchange::lines::numbered;
use crate::exchange::questions::bullet;
use crate::exchange::roster::{RawPerson, TakenRoster, is_mail, split};

pub(super) fn parse(text: &str, taken: &mut TakenRoster) {
    for (line, raw) in numbered(text) {
        let words = raw.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let words = bullet(words).unwrap_or(words);
        if !people(words).iter().all(|person| taken.add(line, person)) {
            return;
        }
    }
}

/// Everyone on one line. A mail belongs to the name before it. In `name, mail, role` the third is a role;
/// after `name <mail>` comes the next person.
fn people(line: &str) -> Vec<RawPerson<'_>> {
    let mut people: Vec<RawPerson<'_>> = Vec::new();
    let parts = parts(line);
    let mails = parts.iter().filter(|part| part.contains('@')).count();
    for (place, part) in parts.iter().enumerate() {
        let next = split(part);
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
