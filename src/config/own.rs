//! A user's own formats and templates: `formats.toml` and `templates.toml` beside the configuration. Each
//! mistake is told with its line and costs only the format or template it stands in.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml_edit::{ArrayOfTables, Document};

use crate::config::ConfigProblem;
use crate::config::read::line_of;
use crate::domain::fault::Fault;
use crate::domain::format::Format;
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;

/// The file of formats, beside the configuration.
const FORMATS: &str = "formats.toml";
/// The file of templates, beside the configuration.
const TEMPLATES: &str = "templates.toml";
/// Largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// What a file holds many of.
trait Kept: DeserializeOwned {
    /// The name of its table.
    const TABLE: &'static str;
    /// The name of the tables inside it.
    const PART: &'static str;

    fn id(&self) -> &str;

    /// What is wrong with it, and in which of its parts.
    fn faults(&self, known: &Shelf) -> Vec<(Option<usize>, String)>;

    fn put(self, onto: &mut Shelf);
}

/// A fault with the part of the table that it is about.
fn told(fault: &Fault) -> (Option<usize>, String) {
    (fault.part, fault.to_string())
}

impl Kept for Format {
    const TABLE: &'static str = "format";
    const PART: &'static str = "step";

    fn id(&self) -> &str {
        &self.id
    }

    fn faults(&self, _known: &Shelf) -> Vec<(Option<usize>, String)> {
        let faults = self.check().err().unwrap_or_default();
        faults.iter().map(told).collect()
    }

    fn put(self, onto: &mut Shelf) {
        onto.put_format(self);
    }
}

impl Kept for Template {
    const TABLE: &'static str = "template";
    const PART: &'static str = "block";

    fn id(&self) -> &str {
        &self.id
    }

    fn faults(&self, known: &Shelf) -> Vec<(Option<usize>, String)> {
        let (resolved, mut faults) = known.resolve(self);
        faults.extend(resolved.check().err().unwrap_or_default());
        faults.sort_by_key(|fault| fault.part);
        faults.iter().map(told).collect()
    }

    fn put(self, onto: &mut Shelf) {
        onto.put_template(self);
    }
}

/// Puts a user's own formats and templates on the shelf, which wins them over those of the same id.
/// Returns what could not be used; files that are not there are no problem.
pub fn add_own(shelf: &mut Shelf, config: &Path) -> Vec<ConfigProblem> {
    let mut problems = add_file::<Format>(&config.with_file_name(FORMATS), shelf);
    problems.extend(add_file::<Template>(
        &config.with_file_name(TEMPLATES),
        shelf,
    ));
    problems
}

fn add_file<T: Kept>(file: &Path, shelf: &mut Shelf) -> Vec<ConfigProblem> {
    let found = match text_of(file) {
        Ok(None) => return Vec::new(),
        Ok(Some(text)) => add_text::<T>(&text, shelf),
        Err(what) => vec![(0, what)],
    };
    let told = |(line, what)| ConfigProblem {
        file: file.to_owned(),
        line,
        what,
    };
    found.into_iter().map(told).collect()
}

fn text_of(file: &Path) -> Result<Option<String>, String> {
    const HOLDS: &str = "what comes with circlet holds";
    match std::fs::metadata(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot be read ({error}); {HOLDS}")),
        Ok(meta) if !meta.is_file() => return Err(format!("is no file; {HOLDS}")),
        Ok(meta) if meta.len() > LARGEST => {
            return Err(format!("is larger than 1 MB, so it was not read; {HOLDS}"));
        }
        Ok(_) => {}
    }
    match std::fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(Some(text)),
        Ok(Err(_)) => Err(format!(
            "is not UTF-8 text; {HOLDS} until it is saved as UTF-8"
        )),
        Err(error) => Err(format!("cannot be read ({error}); {HOLDS}")),
    }
}

/// A table of a file, alone.
#[derive(Deserialize)]
struct Alone<T> {
    #[serde(alias = "format", alias = "template")]
    one: Vec<T>,
}

fn add_text<T: Kept>(text: &str, shelf: &mut Shelf) -> Vec<(usize, String)> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let what = format!(
                "this is not TOML ({}); what comes with circlet holds until the line is mended",
                error.message().replace('\n', ", ")
            );
            return vec![(line_of(text, error.span()), what)];
        }
    };
    let mut problems = Vec::new();
    for (name, item) in document.as_table() {
        let key = document.as_table().key(name).and_then(toml_edit::Key::span);
        let line = line_of(text, key.or_else(|| item.span()));
        match item.as_array_of_tables() {
            Some(tables) if name == T::TABLE => {
                problems.extend(add_tables::<T>(text, tables, shelf));
            }
            _ => problems.push((
                line,
                format!(
                    "\"{name}\" is left out; this file is made of [[{}]]",
                    T::TABLE
                ),
            )),
        }
    }
    problems
}

fn add_tables<T: Kept>(
    text: &str,
    tables: &ArrayOfTables,
    shelf: &mut Shelf,
) -> Vec<(usize, String)> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let start = |table: &toml_edit::Table| table.span().map_or(0, |span| span.start);
    let starts: Vec<usize> = tables.iter().map(start).collect();
    for (at, table) in tables.iter().enumerate() {
        let from = start(table);
        let until = starts.get(at + 1).copied().unwrap_or(text.len());
        let here = line_of(text, Some(from..from));
        let own: T = match alone(text, from..until) {
            Ok(own) => own,
            Err((line, what)) => {
                problems.push((line, format!("{what}; this {} is left out", T::TABLE)));
                continue;
            }
        };
        let mut faults = own.faults(shelf);
        if !seen.insert(own.id().to_owned()) {
            faults.push((None, format!("{} {} stands here twice", T::TABLE, own.id())));
        }
        let parts = table
            .get(T::PART)
            .and_then(toml_edit::Item::as_array_of_tables);
        let line = |part: Option<usize>| {
            let part = part.and_then(|part| parts?.get(part)).map(start);
            part.map_or(here, |from| line_of(text, Some(from..from)))
        };
        if faults.is_empty() {
            own.put(shelf);
            continue;
        }
        problems.extend(faults.into_iter().map(|(part, what)| {
            (
                line(part),
                format!("{what}; it is left out until that is mended"),
            )
        }));
    }
    problems
}

/// Reads the table that stands in this part of the text.
fn alone<T: Kept>(text: &str, place: Range<usize>) -> Result<T, (usize, String)> {
    let from = place.start;
    let part = text.get(place).unwrap_or_default();
    let wrong = |span: Option<Range<usize>>, what: &str| {
        let at = span.map_or(from, |span| from + span.start);
        (line_of(text, Some(at..at)), what.replace('\n', ", "))
    };
    let read: Alone<T> =
        toml::from_str(part).map_err(|error| wrong(error.span(), error.message()))?;
    let mut all = read.one.into_iter();
    all.next().ok_or_else(|| wrong(None, "it is empty"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[format]]
id = "walk"
name = "Walk and talk"
version = 1
kind = "pairs"
minutes = 10
needs = { people = 2, fewer = "walk alone" }

[[format.step]]
title = "Out"
minutes = 5
mode = "groups"

[[format.step]]
title = "Back"
minutes = 5
mode = "groups"
"#;

    fn formats(text: &str) -> (Shelf, Vec<(usize, String)>) {
        let mut shelf = Shelf::default();
        let problems = add_text::<Format>(text, &mut shelf);
        (shelf, problems)
    }

    #[test]
    fn a_format_of_a_user_is_put_on_the_shelf() {
        let (shelf, problems) = formats(GOOD);
        assert_eq!(problems, []);
        assert_eq!(shelf.format("walk").unwrap().steps.len(), 2);
    }

    #[test]
    fn each_mistake_is_told_with_its_line_and_costs_only_its_format() {
        let text = format!(
            "color = 3\n{GOOD}\n[[format]]\nid = \"talk\"\nname = \"Talk\"\nversion = 1\nkind = \"open\"\nminuts = 3\n\
             \n[[format]]\nid = \"sit\"\nname = \"Sit\"\nversion = 1\nkind = \"open\"\nminutes = 3\n\
             [[format.step]]\ntitle = \"Down\"\nminutes = 1\neach = 4\n"
        );
        let (shelf, problems) = formats(&text);
        let line_with =
            |words: &str| 1 + text.lines().position(|line| line.contains(words)).unwrap();
        let lines: Vec<usize> = problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(
            lines,
            [
                1,
                line_with("minuts"),
                line_with("id = \"sit\"") - 1,
                line_with("title = \"Down\"") - 1
            ],
            "{problems:#?}"
        );
        assert!(problems[1].1.contains("minuts"), "{problems:#?}");
        assert!(problems[3].1.contains("step 1 (Down) has a time for each"));
        assert!(shelf.format("walk").is_some() && shelf.format("sit").is_none());
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line_and_what_holds() {
        let (shelf, problems) = formats("[[format]]\nid = = 2\n");
        assert_eq!(problems[0].0, 2);
        assert!(problems[0].1.contains("what comes with circlet holds"));
        assert_eq!(shelf.formats(), []);
    }

    #[test]
    fn a_template_of_a_user_may_follow_formats_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        std::fs::write(folder.path().join(FORMATS), GOOD).unwrap();
        let template = |id: &str, format: &str| {
            format!(
                "[[template]]\nid = \"{id}\"\nname = \"Ours\"\nversion = 1\nminutes = 30\n\
                 [[template.block]]\ntitle = \"Walk\"\nkind = \"pairs\"\nminutes = 20\nformat = \"{format}\"\n"
            )
        };
        let text = template("ours", "walk") + &template("theirs", "run");
        std::fs::write(folder.path().join(TEMPLATES), text).unwrap();
        let mut shelf = Shelf::default();
        let problems = add_own(&mut shelf, &config);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(
            told[0].contains("templates.toml:16: template theirs: block 1 (Walk) follows"),
            "{told:#?}"
        );
        let ours = shelf.template("ours").unwrap();
        assert_eq!(ours.blocks[0].steps[0].minutes, 10);
        assert_eq!(shelf.template("theirs"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "\\PC{0,200}|(\\[\\[format(.step)?\\]\\]\n([a-z_]{1,9} = [a-z0-9\"]{0,9}\n){0,3}){0,4}") {
            let (_, problems) = formats(&text);
            let lines = text.lines().count().max(1);
            for (line, what) in problems {
                proptest::prop_assert!(line <= lines + 1 && !what.is_empty());
            }
        }
    }
}
