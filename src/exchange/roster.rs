//! Reading people: pasted names, `Name <mail>` lines, tables, JSON.
//!
//! Pure over text. Two people of one name stay two and are told; nothing is saved here.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::roster::Role;
use crate::domain::text::{Clean, Limit, confusable, fold};
use crate::exchange::input::Input;
use crate::exchange::lines::{ROWS, controls, glimpse, without_long_lines};
use crate::exchange::{Fault, Format, json, table};

mod pasted;
mod prose;

pub use prose::in_quotes;

/// A person who is not a member yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMember {
    /// The line, from 1; 0 when it comes from none.
    #[serde(skip)]
    pub line: usize,
    /// The name, never empty.
    pub name: Clean,
    /// The mail address, as written.
    pub mail: Option<Clean>,
    /// The role, as written.
    pub role: Option<Clean>,
}

/// What a roster holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenRoster {
    /// Who would be added, in order.
    pub people: Vec<DraftMember>,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
    /// What a person should know: names that are there twice or look alike.
    pub notes: Vec<String>,
}

const NAME: [&str; 6] = [
    "name",
    "full name",
    "display name",
    "member",
    "person",
    "people",
];
const FIRST: [&str; 3] = ["first name", "given name", "first"];
const LAST: [&str; 4] = ["last name", "family name", "surname", "last"];
const MAIL: [&str; 5] = ["mail", "email", "e mail", "email address", "mail address"];
const ROLE: [&str; 3] = ["role", "title", "function"];

/// Takes the people out of what was read.
pub fn take(input: &Input) -> TakenRoster {
    let mut taken = parse(&input.text, input.format);
    taken.notes.splice(0..0, input.notes.iter().cloned());
    taken
}

/// Takes the people out of `text`, laid out as `format` says or, without one, as it looks.
pub fn parse(text: &str, format: Option<Format>) -> TakenRoster {
    let mut taken = TakenRoster::default();
    let begins = text.trim_start().chars().next();
    if format == Some(Format::Json) || (format.is_none() && matches!(begins, Some('[' | '{'))) {
        list(text, &mut taken);
    } else {
        let shorter = without_long_lines(text, &mut taken.faults);
        let text = shorter.as_deref().unwrap_or(text);
        if !rows(text, &mut taken) {
            pasted::parse(text, &mut taken);
        }
    }
    if taken.people.is_empty() && taken.faults.is_empty() {
        taken.notes.push("There is nobody in it.".to_owned());
    }
    taken.notes.extend(controls(text));
    taken.faults.sort_by_key(|fault| fault.line);
    tell_twins(&mut taken);
    taken
}

/// A name with what stands beside it, as written.
#[derive(Default)]
struct RawPerson<'a> {
    name: &'a str,
    mail: &'a str,
    role: &'a str,
}

impl TakenRoster {
    /// Adds one person. `false` when there are more rows than are read.
    fn add(&mut self, line: usize, raw: &RawPerson<'_>) -> bool {
        if self.people.len() + self.faults.len() >= ROWS {
            let what = format!("more than {ROWS} people; from here on nothing was read");
            self.faults.push(Fault::new(line, what));
            return false;
        }
        match person(line, raw) {
            Ok(person) => {
                if let Some(role) = person
                    .role
                    .as_ref()
                    .filter(|role| Role::named(role).is_none())
                {
                    let role = glimpse(role);
                    self.notes.push(format!(
                        "Line {line}: the role \"{role}\" is not one of member, facilitator, guest; {} comes in as a member.",
                        person.name
                    ));
                }
                self.people.push(person);
            }
            Err(what) => self.faults.push(Fault::new(line, what)),
        }
        true
    }
}

fn person(line: usize, raw: &RawPerson<'_>) -> Result<DraftMember, String> {
    let unquoted = |text: &str| text.trim().trim_matches(['"', '\'']).trim().to_owned();
    let optional = |text: &str, what: &str| -> Result<Option<Clean>, String> {
        let text = Clean::line_within(&unquoted(text), Limit::Name)
            .map_err(|error| format!("the {what} is too long: {error}"))?;
        Ok((!text.is_empty()).then_some(text))
    };
    let mail = optional(raw.mail, "mail")?;
    if let Some(mail) = mail.as_ref().filter(|mail| !is_mail(mail)) {
        return Err(format!("\"{}\" is no mail address", glimpse(mail)));
    }
    let mut name = unquoted(raw.name);
    if name.is_empty() {
        name = mail.as_deref().map(name_of_mail).unwrap_or_default();
    }
    let name = Clean::name(&first_then_last(&name)).map_err(|error| error.to_string())?;
    Ok(DraftMember {
        line,
        name,
        mail,
        role: optional(raw.role, "role")?,
    })
}

/// A name with one comma in it is written family name first: `Tanaka, Jun` is Jun Tanaka.
fn first_then_last(name: &str) -> String {
    match name.split_once([',', '，', '、']) {
        Some((last, first)) if !first.contains([',', '，', '、']) => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.to_owned(),
    }
}

/// Enough to tell an address from a name; whether it works only a letter can tell.
pub fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(before, after)| {
        !before.is_empty() && !after.is_empty() && !after.contains('@')
    }) && !text.contains(char::is_whitespace)
}

/// `jun.tanaka@mail.example` is Jun Tanaka until somebody says otherwise.
fn name_of_mail(mail: &str) -> String {
    let local = mail.split('@').next().unwrap_or_default();
    let words = local
        .split(['.', '_', '-', '+'])
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect();
    words.join(" ")
}

/// A table with a header that names a column of names. `false` when there is none.
fn rows(text: &str, taken: &mut TakenRoster) -> bool {
    let all: Vec<&str> = [&NAME[..], &FIRST, &LAST, &MAIL].concat();
    let head = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let first = table::read(head, &all);
    let named = first.column(&NAME).or_else(|| first.column(&FIRST));
    if named.is_none() && first.column(&MAIL).is_none() {
        return false;
    }
    let table = table::read(text, &all);
    taken.faults.extend(table.faults.iter().cloned());
    let columns = [&NAME[..], &FIRST, &LAST, &MAIL, &ROLE].map(|names| table.column(names));
    for row in &table.rows {
        let [name, first, last, mail, role] = columns.map(|column| {
            column
                .and_then(|column| row.cells.get(column))
                .unwrap_or_default()
        });
        let joined = format!("{first} {last}");
        let name = if name.is_empty() { joined.trim() } else { name };
        if named.is_some() && name.is_empty() {
            let what = "there is no name in it".to_owned();
            taken.faults.push(Fault::new(row.line, what));
            continue;
        }
        let raw = RawPerson { name, mail, role };
        if !taken.add(row.line, &raw) {
            break;
        }
    }
    true
}

/// Names or objects in a list, alone or under `items`, `members` or `people`.
fn list(text: &str, taken: &mut TakenRoster) {
    let found = json::rows(text, &["items", "members", "people"]);
    taken.faults.extend(found.faults);
    for row in found.rows {
        let value = serde_json::from_str::<Value>(row.text);
        let field = |name: &str| match &value {
            Ok(Value::Object(fields)) => fields.get(name).and_then(Value::as_str),
            _ => None,
        };
        let more = match &value {
            Ok(Value::String(name)) => taken.add(row.line, &split(name)),
            Ok(Value::Object(_)) => taken.add(
                row.line,
                &RawPerson {
                    name: field("name").unwrap_or_default(),
                    mail: field("mail").or_else(|| field("email")).unwrap_or_default(),
                    role: field("role").unwrap_or_default(),
                },
            ),
            _ => {
                let what = "a person is a name or an object with \"name\"";
                taken.faults.push(Fault::new(row.line, what));
                taken.faults.len() < ROWS
            }
        };
        if !more {
            return;
        }
    }
}

/// `Name <mail>` in its parts; a mail alone is a mail.
fn split(text: &str) -> RawPerson<'_> {
    let text = text.trim();
    if let Some((name, mail)) = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        return RawPerson {
            name,
            mail: mail.trim_start_matches("mailto:"),
            role: "",
        };
    }
    if is_mail(text) {
        return RawPerson {
            mail: text,
            ..RawPerson::default()
        };
    }
    RawPerson {
        name: text,
        ..RawPerson::default()
    }
}

/// Names that are there twice or that a reader could take for each other.
fn tell_twins(taken: &mut TakenRoster) {
    let mut seen: HashMap<String, &DraftMember> = HashMap::new();
    let mut looks: HashMap<String, &DraftMember> = HashMap::new();
    let mut notes = Vec::new();
    for person in &taken.people {
        let look = crate::domain::text::skeleton(&person.name);
        if let Some(first) = seen.get(fold(&person.name).as_str()) {
            notes.push(format!(
                "Two people are called {}: lines {} and {}. Both are kept; give one another name to tell them apart.",
                person.name, first.line, person.line
            ));
        } else if let Some(first) = looks
            .get(&look)
            .filter(|other| confusable(&person.name, &other.name))
        {
            notes.push(format!(
                "{} on line {} looks like {} on line {}. Both are kept.",
                person.name, person.line, first.name, first.line
            ));
        }
        seen.entry(fold(&person.name)).or_insert(person);
        looks.entry(look).or_insert(person);
    }
    taken.notes.extend(notes);
}

#[cfg(test)]
mod tests;
