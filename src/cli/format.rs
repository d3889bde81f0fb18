//! `circlet format` and `circlet template`: what blocks and sessions can be made from, a user's own among
//! them. Needs no store.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::args::Global;
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::out::Out;
use crate::cli::place::Place;
use crate::cli::plan;
use crate::domain::format::{Format, Mode, Needs};
use crate::domain::shelf::Shelf;
use crate::domain::template::{BlockPlan, StepPlan, Template};

/// What can be asked.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All there are
    List,
    /// One, with what happens in it
    Show {
        /// Its id
        id: String,
    },
}

/// Formats and templates without a configuration are those of the program.
fn shelf(global: &Global, out: &mut Out<'_>) -> Shelf {
    Place::find(global).map_or_else(|_no_home| crate::packs::shelf(), |place| place.shelf(out))
}

pub(super) fn formats(global: &Global, verb: &Verb, out: &mut Out<'_>) -> Outcome {
    let shelf = shelf(global, out);
    let all = shelf.formats();
    match verb {
        Verb::List if global.json => {
            let items: Vec<Value> = all.iter().map(format_row).collect();
            out.json(&json!({"schema": "circlet.formats/1", "items": items}));
        }
        Verb::List => {
            let row = |one: &Format| {
                let minutes = format!("{} min", one.minutes);
                vec![
                    one.id.clone(),
                    one.kind.to_string(),
                    minutes,
                    one.about.to_string(),
                ]
            };
            out.table(&all.iter().map(row).collect::<Vec<_>>());
        }
        Verb::Show { id } => {
            let found = shelf
                .format(id.trim())
                .ok_or_else(|| missing("format", id, all.iter().map(|one| one.id.as_str())))?;
            if global.json {
                out.json(&json!({"schema": "circlet.formats/1", "items": [format_row(found)]}));
            } else {
                show_format(found, out);
            }
        }
    }
    Ok(Exit::Done)
}

pub(super) fn templates(global: &Global, verb: &Verb, out: &mut Out<'_>) -> Outcome {
    let shelf = shelf(global, out);
    let all = shelf.templates();
    match verb {
        Verb::List if global.json => {
            let items: Vec<Value> = all.iter().map(template_row).collect();
            out.json(&json!({"schema": "circlet.templates/1", "items": items}));
        }
        Verb::List => {
            let row = |one: &Template| {
                let minutes = format!("{} min", one.minutes);
                let blocks = format!("{} blocks", one.blocks.len());
                vec![one.id.clone(), minutes, blocks, one.about.to_string()]
            };
            out.table(&all.iter().map(row).collect::<Vec<_>>());
        }
        Verb::Show { id } => {
            let found = plan::template(&shelf, id)?;
            if global.json {
                out.json(
                    &json!({"schema": "circlet.templates/1", "items": [template_row(&found)]}),
                );
            } else {
                show_template(&found, out);
            }
        }
    }
    Ok(Exit::Done)
}

pub(super) fn missing<'a>(what: &str, id: &str, all: impl Iterator<Item = &'a str>) -> CliError {
    let all: Vec<&str> = all.collect();
    CliError::usage(format!(
        "There is no {what} \"{}\". There is {}.",
        echo(id),
        all.join(", ")
    ))
}

fn show_format(format: &Format, out: &mut Out<'_>) {
    out.line(&format!(
        "{}, {} min, at least {}",
        format.name, format.minutes, format.min
    ));
    if !format.about.is_empty() {
        out.line(format.about.as_str());
    }
    if let Some(needs) = &format.needs {
        out.line(&format!(
            "For {} or more; with fewer: {}",
            needs.people, needs.fewer
        ));
    }
    out.table(&steps(&format.steps, ""));
}

fn show_template(template: &Template, out: &mut Out<'_>) {
    out.line(&format!(
        "{}, {} min, {} planned",
        template.name,
        template.minutes,
        template.planned()
    ));
    if !template.about.is_empty() {
        out.line(template.about.as_str());
    }
    for block in &template.blocks {
        let lock = if block.locked { ", locked" } else { "" };
        let format = block
            .format
            .as_deref()
            .map_or_else(String::new, |id| format!(", {id}"));
        out.line(&format!(
            "{}: {} min{lock}{format}",
            block.title, block.minutes
        ));
        out.table(&steps(&block.steps, "  "));
    }
}

/// Title, minutes, mode and what to say, of each step.
fn steps(steps: &[StepPlan], indent: &str) -> Vec<Vec<String>> {
    let row = |step: &StepPlan| {
        let mode = if step.mode == Mode::Open {
            String::new()
        } else {
            step.mode.to_string()
        };
        vec![
            format!("{indent}{}", step.title),
            format!("{} min", step.minutes),
            mode,
            step.says.to_string(),
        ]
    };
    steps.iter().map(row).collect()
}

fn needs_row(needs: Option<&Needs>) -> Value {
    needs.map_or(
        Value::Null,
        |needs| json!({"people": needs.people, "fewer": needs.fewer.as_str()}),
    )
}

fn step_row(step: &StepPlan) -> Value {
    json!({
        "title": step.title.as_str(), "minutes": step.minutes, "says": step.says.as_str(),
        "mode": step.mode, "each": step.each, "captures": step.captures,
    })
}

fn format_row(format: &Format) -> Value {
    json!({
        "id": format.id, "name": format.name.as_str(), "version": format.version,
        "about": format.about.as_str(), "kind": format.kind, "minutes": format.minutes,
        "min": format.min, "needs": needs_row(format.needs.as_ref()),
        "steps": format.steps.iter().map(step_row).collect::<Vec<_>>(),
    })
}

fn template_row(template: &Template) -> Value {
    let block = |block: &BlockPlan| {
        json!({
            "title": block.title.as_str(), "kind": block.kind, "minutes": block.minutes,
            "min": block.min, "locked": block.locked, "prompts": block.prompts,
            "format": block.format, "needs": needs_row(block.needs.as_ref()),
            "steps": block.steps.iter().map(step_row).collect::<Vec<_>>(),
        })
    };
    json!({
        "id": template.id, "name": template.name.as_str(), "version": template.version,
        "about": template.about.as_str(), "minutes": template.minutes,
        "blocks": template.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}
