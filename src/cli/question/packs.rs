//! `circlet question packs`: what comes with circlet, the packs of the folder beside the configuration, and
//! taking one into the bank.

use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::Cx;
use crate::cli::args::{Accept, Global};
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::out::Out;
use crate::cli::place::{Place, shown};
use crate::cli::question::add::{in_bank, known, take};
use crate::domain::question::same_words;
use crate::domain::text::Clean;
use crate::exchange::input::InputError;
use crate::exchange::packs::{self as own_packs, PackFile};
use crate::exchange::questions::{Bank, Taken};
use crate::packs as shipped;

/// The pack that comes with circlet.
pub(super) const STARTER: &str = "starter";
/// Most lines about what is wrong in one file.
const MOST_LINES: usize = 20;

/// Packs of questions.
#[derive(Clone, Debug, Args)]
pub struct Packs {
    /// Add this pack to the bank
    #[arg(long, value_name = "NAME")]
    add: Option<String>,
    #[command(flatten)]
    accept: Accept,
}

impl Packs {
    /// Whether it can be answered without a store.
    pub(in crate::cli) const fn only_lists(&self) -> bool {
        self.add.is_none()
    }
}

pub(in crate::cli) fn packs(global: &Global, out: &mut Out<'_>) -> Outcome {
    let own = Own::all(&Place::find(global)?.paths.packs);
    for own in &own {
        own.complain(out);
    }
    let own: Vec<&Own> = own.iter().filter(|own| own.name != STARTER).collect();
    let starter = shipped::questions().len();
    let all = shipped::templates();
    if global.json {
        let templates = all.iter().map(|template| {
            json!({
                "id": template.id, "name": template.name.as_str(), "kind": "template",
                "minutes": template.minutes, "blocks": template.blocks.len(),
                "about": template.about.as_str(),
            })
        });
        let mut items = vec![json!({"id": STARTER, "kind": "questions", "questions": starter})];
        items.extend(own.iter().map(|own| own.row()));
        items.extend(templates);
        out.json(&json!({"schema": "circlet.packs/1", "items": items}));
        return Ok(Exit::Done);
    }
    let pack = |name: &str, count: usize| {
        let s = if count == 1 { "" } else { "s" };
        vec![
            name.to_owned(),
            format!("{count} question{s}"),
            format!("circlet question packs --add {name}"),
        ]
    };
    let mut rows = vec![pack(STARTER, starter)];
    rows.extend(own.iter().map(|own| pack(&own.name, own.count())));
    rows.extend(all.iter().map(|template| {
        vec![
            template.id.clone(),
            format!("template, {} min", template.minutes),
            template.about.to_string(),
        ]
    }));
    out.table(&rows);
    Ok(Exit::Done)
}

/// A pack of the folder, as it is now.
struct Own {
    name: String,
    file: String,
    taken: Result<Taken, InputError>,
}

impl Own {
    /// The packs of the folder.
    fn all(folder: &Path) -> Vec<Self> {
        let read = |file: &PackFile| Self {
            name: Clean::line(&file.name).into_string(),
            file: shown(&file.path),
            taken: file.read(&|_| false),
        };
        own_packs::list(folder).iter().map(read).collect()
    }

    fn count(&self) -> usize {
        self.taken.as_ref().map_or(0, |taken| taken.questions.len())
    }

    /// Says what cannot be used, by file and line.
    fn complain(&self, out: &mut Out<'_>) {
        if self.name == STARTER {
            out.note(&format!(
                "{} has the name of the pack that comes with circlet; give it another to add it.",
                self.file
            ));
        }
        match &self.taken {
            Ok(taken) => {
                for fault in taken.faults.iter().take(MOST_LINES) {
                    out.note(&format!("{}.", fault.told(&self.file)));
                }
                if taken.faults.len() > MOST_LINES {
                    let more = taken.faults.len() - MOST_LINES;
                    out.note(&format!("{}: {more} more like that.", self.file));
                }
            }
            Err(error) => out.note(&error.to_string()),
        }
    }

    fn row(&self) -> Value {
        let faults = self.taken.as_ref().map_or(0, |taken| taken.faults.len());
        json!({
            "id": self.name, "kind": "questions", "questions": self.count(),
            "file": self.file, "unreadable": faults,
        })
    }
}

pub(super) fn add(cx: &mut Cx<'_, '_>, which: &Packs) -> Outcome {
    let Some(name) = which.add.as_deref() else {
        return packs(cx.global, cx.out);
    };
    if name != STARTER {
        let known = known(cx)?;
        return add_own(cx, name, &known, which.accept);
    }
    let known = in_bank(cx)?;
    let mut taken = Taken {
        questions: shipped::questions(),
        ..Taken::default()
    };
    taken
        .questions
        .retain(|question| !known.has(&same_words(&question.text)));
    take(cx, taken, STARTER, which.accept)
}

fn add_own(cx: &mut Cx<'_, '_>, name: &str, known: &Bank, accept: Accept) -> Outcome {
    let folder = &cx.place.paths.packs;
    let files = own_packs::list(folder);
    let Some(file) = files.iter().find(|file| file.name == name) else {
        let mut names = vec![STARTER];
        names.extend(files.iter().map(|file| file.name.as_str()));
        return Err(CliError::usage(format!(
            "There is no pack \"{}\". There are: {}. Your own are files in {}.",
            echo(name),
            names.join(", "),
            shown(folder)
        )));
    };
    let taken = file
        .read(&|words| known.has(words))
        .map_err(|error| CliError::failed(error.to_string()))?;
    take(cx, taken, &format!("{}.toml", file.name), accept)
}
