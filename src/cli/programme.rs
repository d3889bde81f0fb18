//! `circlet programme`: list, show, apply.

use std::borrow::Cow;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::args::Global;
use crate::cli::error::{CliError, Exit, Outcome, echo, sentence};
use crate::cli::format::missing;
use crate::cli::out::Out;
use crate::cli::plan::{When, from_template, template};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, rows::View};
use crate::command::Command;
use crate::command::plan::Plan;
use crate::command::series::Placed;
use crate::domain::first;
use crate::domain::id::CircleId;
use crate::domain::programme::{Asked, Dated, Dates, FromProgramme, Goal, Programme};
use crate::domain::rhythm::{Meets, Rhythm};
use crate::domain::session::Session;
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;
use crate::domain::when;
use crate::packs;

/// What can be done with programmes.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All there are
    List,
    /// One, with its goals
    Show {
        /// Its id
        id: String,
    },
    /// Plan its sessions over the rhythm of a circle, all at once
    Apply(Apply),
}

/// A programme for a circle.
#[derive(Clone, Debug, Args)]
pub struct Apply {
    /// Its id
    id: String,
    /// The day it begins: 2026-03-12, "12 mar", today
    #[arg(long, value_name = "DATE")]
    from: String,
    /// When the circle meets, from now on: "every 2 weeks thu 15:00 90m"; without it its own rule
    #[arg(long, value_name = "TEXT")]
    meets: Option<String>,
    /// Only this goal, by the beginning of its name; may be repeated
    #[arg(long = "goal", value_name = "NAME")]
    goals: Vec<String>,
    /// Give sessions that are planned on its dates the agenda of the programme
    #[arg(long)]
    replace: bool,
    /// Only show what would be planned
    #[arg(long)]
    dry_run: bool,
}

impl Verb {
    /// Whether it needs no store.
    pub(super) const fn only_lists(&self) -> bool {
        match self {
            Self::List | Self::Show { .. } => true,
            Self::Apply(_) => false,
        }
    }
}

/// List and show.
pub(super) fn look(global: &Global, verb: &Verb, out: &mut Out<'_>) -> Outcome {
    let all = packs::programmes();
    let shown: Vec<&Programme> = match verb {
        Verb::Show { id } => vec![find(&all, id)?],
        Verb::List | Verb::Apply(_) => all.iter().collect(),
    };
    if global.json {
        let items: Vec<Value> = shown.into_iter().map(row).collect();
        out.json(&json!({"schema": "circlet.programmes/1", "items": items}));
    } else if let (Verb::Show { .. }, Some(one)) = (verb, shown.first()) {
        show(one, out);
    } else {
        let cells = |one: &&Programme| {
            vec![
                one.id.clone(),
                format!("{} months", one.months),
                format!("{} goals", one.goals.len()),
                one.about.to_string(),
            ]
        };
        out.table(&shown.iter().map(cells).collect::<Vec<_>>());
    }
    Ok(Exit::Done)
}

fn find<'a>(all: &'a [Programme], id: &str) -> Result<&'a Programme, CliError> {
    all.iter()
        .find(|one| one.id == id.trim())
        .ok_or_else(|| missing("programme", id, all.iter().map(|one| one.id.as_str())))
}

fn row(one: &Programme) -> Value {
    json!({
        "id": one.id, "name": one.name.as_str(), "version": one.version, "about": one.about.as_str(),
        "months": one.months, "first": one.first, "middle": one.middle, "last": one.last,
        "otherwise": one.otherwise,
        "goals": one.goals.iter().map(goal_row).collect::<Vec<_>>(),
    })
}

fn goal_row(goal: &Goal) -> Value {
    json!({"name": goal.name.as_str(), "sessions": goal.sessions, "template": goal.template})
}

fn show(one: &Programme, out: &mut Out<'_>) {
    out.line(&format!("{}, {} months", one.name, one.months));
    out.line(one.about.as_str());
    let meeting = |what: &str, template: &str| vec![what.to_owned(), template.to_owned()];
    let mut rows = vec![meeting("First meeting", &one.first)];
    rows.extend(one.goals.iter().map(|goal| {
        let sessions = if goal.sessions == 1 {
            "1 session".to_owned()
        } else {
            format!("{} sessions", goal.sessions)
        };
        vec![goal.name.to_string(), goal.template.clone(), sessions]
    }));
    rows.push(meeting("In the middle", &one.middle));
    rows.push(meeting("Meetings left over", &one.otherwise));
    rows.push(meeting("Last meeting", &one.last));
    out.table(&rows);
}

pub(super) fn apply(cx: &mut Cx<'_, '_>, asked: &Apply) -> Outcome {
    let all = packs::programmes();
    let programme = find(&all, &asked.id)?;
    let circle = cx.desk.circle(cx.global)?;
    let (id, own) = (circle.id, circle.rhythm);
    let rhythm = rhythm(cx, asked, own)?;
    let goals = programme.choose(&asked.goals).map_err(|unknown| {
        CliError::usage(format!(
            "No goal of {} begins with \"{}\". See: circlet programme show {}",
            programme.name,
            echo(&unknown),
            programme.id
        ))
    })?;
    let from = when::read(asked.from.trim(), cx.desk.seen()).ok_or_else(|| {
        CliError::usage(format!(
            "{}. Write it like 2026-03-12, 12 mar, today.",
            when::no_date(echo(&asked.from).as_str(), cx.desk.seen())
        ))
    })?;
    let mut warnings = Vec::new();
    let wanted = Asked {
        rhythm,
        own,
        from,
        months: programme.months,
        replace: asked.replace,
    };
    let free = free(cx, id, &wanted, &mut warnings)?;
    let laid = programme.lay(free.free.len(), &goals);
    warnings.extend(laid.warnings());
    let dated = laid.on(free);
    let shelf = cx.place.shelf(cx.out);
    let templates = templates(&shelf, &dated)?;
    warnings.extend(too_long(&templates, rhythm));
    if asked.dry_run {
        told(cx, programme, &dated, (rhythm, &warnings));
        return Ok(Exit::Done);
    }
    let sessions = plans(cx, programme, (&dated, &templates), (id, rhythm))?;
    let act = cx.desk.run(Command::PlanSeries {
        circle: id,
        sessions,
        rhythm: asked.meets.as_ref().map(|_| rhythm),
    })?;
    if !cx.global.json {
        cx.out.table(&cells(&dated, &cx.desk.view()));
    }
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(Exit::Done)
}

/// The rule that the sessions follow: the one that was written, else the circle's own.
fn rhythm(cx: &Cx<'_, '_>, asked: &Apply, own: Option<Rhythm>) -> Result<Rhythm, CliError> {
    let Some(text) = &asked.meets else {
        return own.ok_or_else(|| {
            CliError::usage(
                "The circle meets by no rule. Add --meets \"every 2 weeks thu 15:00 90m\".",
            )
        });
    };
    match Meets::parse(text, cx.desk.wall()) {
        Ok(Meets::Every(rhythm)) => Ok(rhythm),
        Ok(Meets::Once { .. }) => Err(CliError::usage(format!(
            "\"{}\" is one date, and a programme needs a rule such as \"every 2 weeks thu 15:00 90m\".",
            echo(text)
        ))),
        Err(why) => Err(CliError::usage(format!(
            "\"{}\" is no rule: {}",
            echo(text),
            sentence(&echo(&why))
        ))),
    }
}

/// The dates of the programme, each with the session that it gets if one is planned on it. Without `replace`
/// the programme goes around dates that have a session.
fn free(
    cx: &Cx<'_, '_>,
    circle: CircleId,
    asked: &Asked,
    warnings: &mut Vec<String>,
) -> Result<Dates, CliError> {
    let view = cx.desk.view();
    let sessions: Vec<&Session> = view.state.sessions(circle).collect();
    let found = Dates::of(&sessions, asked, cx.desk.zone());
    if found.free.is_empty() {
        return Err(CliError::failed(format!(
            "No date is free for it: {}. Nothing was planned.",
            if found.around.is_empty() {
                "the rule gives none in that time".to_owned()
            } else {
                found.around()
            }
        )));
    }
    if !found.around.is_empty() {
        warnings.push(format!(
            "The programme goes around sessions that are there: {}. --replace gives planned ones its agenda.",
            found.around()
        ));
    }
    if found.free.iter().any(|(at, _)| *at < view.now) {
        warnings.push(format!(
            "It begins on {}, and some of its dates are over.",
            asked.from
        ));
    }
    Ok(found)
}

/// The templates of all meetings, each once.
fn templates(shelf: &Shelf, dated: &[Dated<'_>]) -> Result<Vec<Template>, CliError> {
    let mut found: Vec<Template> = Vec::new();
    for one in dated {
        if !found.iter().any(|held| held.id == one.meeting.template) {
            found.push(template(shelf, one.meeting.template)?);
        }
    }
    Ok(found)
}

/// Templates that take longer than the circle meets.
fn too_long(templates: &[Template], rhythm: Rhythm) -> Vec<String> {
    let minutes = u32::from(rhythm.minutes);
    let long: Vec<String> = templates
        .iter()
        .filter(|template| template.planned() > minutes)
        .map(|template| format!("{} ({} min)", template.name, template.planned()))
        .collect();
    if long.is_empty() {
        return long;
    }
    vec![format!(
        "The circle meets for {minutes} min, which is too short for {}. Shorten their blocks, or meet longer: circlet session move.",
        long.join(", ")
    )]
}

/// The sessions with their questions; none is asked twice in the series while there are others.
fn plans(
    cx: &mut Cx<'_, '_>,
    programme: &Programme,
    (dated, templates): (&[Dated<'_>], &[Template]),
    (circle, rhythm): (CircleId, Rhythm),
) -> Result<Vec<Placed>, CliError> {
    let mut drawn = Vec::new();
    let mut placed = Vec::new();
    for one in dated {
        let Some(template) = templates.iter().find(|t| t.id == one.meeting.template) else {
            continue;
        };
        let when = When {
            start: one.at,
            minutes: rhythm.minutes,
            rhythm: Some(rhythm),
        };
        let mine = one.session.map(|(id, _)| id);
        let opens =
            placed.is_empty() && first::is_first(cx.desk.state(), (circle, mine), cx.desk.now());
        let template = if opens {
            first::opening(template)
        } else {
            Cow::Borrowed(template)
        };
        let mut plan: Plan = from_template(&mut cx.desk, (circle, &drawn), &template, when)?;
        let prompts = plan.blocks.iter().flat_map(|block| &block.prompts);
        drawn.extend(prompts.filter_map(|prompt| prompt.question));
        if let Some(from) = &mut plan.template {
            from.programme = Some(FromProgramme {
                id: programme.id.clone(),
                version: programme.version,
                goal: one.meeting.goal.map(|goal| goal.name.clone()),
            });
        }
        placed.push(Placed {
            session: one.session.map(|(id, _)| id),
            plan,
        });
    }
    Ok(placed)
}

/// One row for each meeting: when, which template, what for, which session it changes.
fn cells(dated: &[Dated<'_>], view: &View<'_>) -> Vec<Vec<String>> {
    let row = |one: &Dated<'_>| {
        vec![
            view.time(one.at),
            one.meeting.template.to_owned(),
            one.meeting
                .goal
                .map(|goal| goal.name.to_string())
                .unwrap_or_default(),
            one.session
                .map(|(_, number)| format!("instead of the agenda of #{number}"))
                .unwrap_or_default(),
        ]
    };
    dated.iter().map(row).collect()
}

/// What would be planned, saving nothing.
fn told(
    cx: &mut Cx<'_, '_>,
    programme: &Programme,
    dated: &[Dated<'_>],
    (rhythm, warnings): (Rhythm, &[String]),
) {
    if cx.global.json {
        let items: Vec<Value> = dated
            .iter()
            .map(|one| {
                json!({
                    "start": one.at, "minutes": rhythm.minutes, "template": one.meeting.template,
                    "goal": one.meeting.goal.map(|goal| goal.name.as_str()),
                    "session": one.session.map(|(_, number)| number),
                })
            })
            .collect();
        cx.out.json(&json!({
            "schema": "circlet.series/1", "programme": programme.id, "version": programme.version,
            "rhythm": rhythm.words(), "items": items, "warnings": warnings,
        }));
        return;
    }
    cx.out.table(&cells(dated, &cx.desk.view()));
    for warning in warnings {
        cx.out.note(warning);
    }
    cx.out.note("Nothing was saved: this was a dry run.");
}
