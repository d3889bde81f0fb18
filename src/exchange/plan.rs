//! A plan of a session as a small Markdown file: written by hand or by circlet, reviewed, kept in version
//! control, and read back the same. Names are as people write them; whoever reads a plan says whom they mean.
//!
//! ```text
//! # Ladder Up
//!
//! - when: 2026-03-26 15:00
//! - length: 90 min
//! - leads: Sam Ortiz
//!
//! ## Hot seat (hot-seat, 20 min, at least 12, at 15:20)
//!
//! - lead: Jun Tanaka
//! - needs: 5 people, else do it as a pair
//!
//! > What would you do if nobody had to agree? {Q12}
//! > - Who would notice first?
//!
//! 1. Tell (3 min, seat)
//!    The person in the seat tells the situation.
//! 2. Offers (4 min, round, each 0:30, action)
//! ```

mod read;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use chrono::{NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::domain::agenda::{BlockKind, Step};
use crate::domain::format::Needs;
use crate::domain::session::FromTemplate;
use crate::domain::text::Clean;

pub use read::{Faults, read, read_at};

/// A plan as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFile {
    /// What the file is about: the name of the circle, or any title.
    pub title: Clean,
    /// When it starts, as clocks show it where the circle meets.
    pub start: Option<NaiveDateTime>,
    /// Minutes of the whole session; without it those of the blocks.
    pub minutes: Option<u16>,
    /// The template it came from.
    pub template: Option<FromTemplate>,
    /// Who leads.
    pub leads: Option<Named>,
    /// The agenda.
    pub blocks: Vec<PlanBlock>,
}

/// Somebody as a file names them; whoever reads the plan says who that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The line of the name, from 1; 0 when it was not read from a file.
    pub line: usize,
    /// The name.
    pub name: Clean,
}

/// A block as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanBlock {
    /// The line of its heading, from 1; 0 when it was not read from a file.
    pub line: usize,
    /// Its name.
    pub title: Clean,
    /// What happens in it; where the file does not say, its format does.
    pub kind: Option<BlockKind>,
    /// Planned minutes.
    pub minutes: u16,
    /// Minutes below which it makes no sense.
    pub min: u16,
    /// Whether its length must not be touched.
    pub locked: bool,
    /// The time of day it is pinned to.
    pub at: Option<NaiveTime>,
    /// The format it follows, by id.
    pub format: Option<String>,
    /// Who leads it.
    pub lead: Option<Named>,
    /// How many people it takes.
    pub needs: Option<Needs>,
    /// Its questions.
    pub prompts: Vec<PlanPrompt>,
    /// Its parts.
    pub steps: Vec<Step>,
}

/// A question as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPrompt {
    /// Its line, from 1; 0 when it was not read from a file.
    pub line: usize,
    /// Its number in the bank, if it came from there.
    pub number: Option<u32>,
    /// The question; empty when the file gives its number alone.
    pub text: Clean,
    /// What to ask next.
    pub follow_ups: Vec<Clean>,
}

/// The word of a value in files: that of its JSON.
fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// `90` as `1:30`.
fn minutes_and_seconds(secs: u16) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// Whether a file is meant as a plan, even one with mistakes in it: it has a title and blocks with their minutes, and
/// either says when or how long, or has nothing but such blocks.
pub fn is_plan(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    let is_timed = |heading: &str| {
        let facts = heading.strip_suffix(')').and_then(|it| it.rsplit_once('('));
        facts.is_some_and(|(_, facts)| facts.split(',').any(|fact| fact.trim().ends_with(" min")))
    };
    let is_fact = |line: &str| {
        let names = ["- when:", "- length:", "- template:", "- leads:"];
        names.iter().any(|name| line.starts_with(name))
    };
    let timed = |all: bool| {
        let mut headings = lines().filter_map(|line| line.strip_prefix("## "));
        if all {
            headings.all(is_timed)
        } else {
            headings.any(is_timed)
        }
    };
    lines().any(|line| line.starts_with("# "))
        && lines().any(|line| line.starts_with("## "))
        && timed(!lines().any(is_fact))
}

/// Writes a plan. [`read()`] gives the same plan back, and writing that gives the same text.
pub fn write(plan: &PlanFile) -> String {
    let mut out = format!("# {}\n", plan.title);
    let mut facts = Vec::new();
    if let Some(start) = plan.start {
        facts.push(format!("- when: {}", start.format("%Y-%m-%d %H:%M")));
    }
    if let Some(minutes) = plan.minutes {
        facts.push(format!("- length: {minutes} min"));
    }
    if let Some(template) = &plan.template {
        facts.push(format!("- template: {} {}", template.id, template.version));
    }
    if let Some(leads) = &plan.leads {
        facts.push(format!("- leads: {}", leads.name));
    }
    section(&mut out, &facts);
    for block in &plan.blocks {
        out.push('\n');
        write_block(&mut out, block);
    }
    out
}

/// Lines with a blank one before them.
fn section(out: &mut String, lines: &[String]) {
    if !lines.is_empty() {
        out.push('\n');
    }
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
}

fn write_block(out: &mut String, block: &PlanBlock) {
    let kind = block.kind.map(|kind| kind.as_str().to_owned());
    let mut facts: Vec<String> = kind.into_iter().collect();
    facts.push(format!("{} min", block.minutes));
    facts.push(format!("at least {}", block.min));
    if block.locked {
        facts.push("locked".to_owned());
    }
    if let Some(at) = block.at {
        facts.push(format!("at {}", at.format("%H:%M")));
    }
    if let Some(format) = &block.format {
        facts.push(format!("by {format}"));
    }
    let _ = writeln!(out, "## {} ({})", block.title, facts.join(", "));
    let lead = block.lead.as_ref();
    let mut more: Vec<String> = lead
        .map(|lead| format!("- lead: {}", lead.name))
        .into_iter()
        .collect();
    if let Some(needs) = &block.needs {
        more.push(format!(
            "- needs: {} people, else {}",
            needs.people, needs.fewer
        ));
    }
    section(out, &more);
    for prompt in &block.prompts {
        let asked = format!("{}{}", shielded(&prompt.text), number(prompt));
        let mut lines = vec![format!("> {}", asked.trim_start())];
        let more = prompt.follow_ups.iter();
        lines.extend(more.map(|question| format!("> - {question}")));
        section(out, &lines);
    }
    let mut steps = Vec::new();
    for (step, place) in block.steps.iter().zip(1..) {
        steps.push(step_line(step, place));
        steps.extend(step.says.iter().map(|says| format!("   {says}")));
    }
    section(out, &steps);
}

/// A question that begins like a follow-up is told apart by a backslash.
fn shielded(text: &Clean) -> String {
    if text.starts_with(['-', '\\']) {
        format!("\\{text}")
    } else {
        text.to_string()
    }
}

/// ` {Q12}`; an empty pair of braces where the words themselves end in one.
fn number(prompt: &PlanPrompt) -> String {
    match prompt.number {
        Some(number) => format!(" {{Q{number}}}"),
        None if prompt.text.ends_with('}') => " {}".to_owned(),
        None => String::new(),
    }
}

fn step_line(step: &Step, place: usize) -> String {
    let mut facts = vec![format!("{} min", step.minutes)];
    if !step.mode.is_default() {
        facts.push(word(step.mode));
    }
    if let Some(each) = step.each {
        facts.push(format!("each {}", minutes_and_seconds(each)));
    }
    if let Some(size) = step.size {
        facts.push(size.word().to_owned());
    }
    if let Some(captures) = step.captures {
        facts.push(word(captures));
    }
    format!("{place}. {} ({})", step.title, facts.join(", "))
}
