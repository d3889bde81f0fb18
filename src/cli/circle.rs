//! `circlet circle`: new, list, show, archive.

use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::plan::{from_template, template, usual, when};
use crate::cli::rows::View;
use crate::cli::{Cx, Listed, name, receipt};
use crate::command::plan::Plan;
use crate::command::{Command, NewCircle};
use crate::domain::change::Act;
use crate::domain::circle::{Circle, CircleKind};
use crate::domain::first;
use crate::domain::health::{Figures, Health};
use crate::domain::id::{CircleId, Space};
use crate::domain::session::is_over;
use crate::domain::text::{Clean, looks_like};
use crate::engine::query::{Answer, Query};

/// What can be done with circles.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Make a circle
    New {
        /// Its name
        name: String,
        /// When it meets: "every 2 weeks thu 15:00 90m", or one date and time
        #[arg(long, value_name = "TEXT")]
        meets: Option<String>,
        /// What its sessions start from
        #[arg(long, value_name = "NAME")]
        template: Option<String>,
        /// What it meets for
        #[arg(long, value_enum, default_value_t)]
        kind: For,
        /// Leave the question bank of a new store empty; it begins with the questions that come with circlet
        #[arg(long)]
        no_questions: bool,
    },
    /// All circles and how they do, in counts
    List {
        /// Those at rest too
        #[arg(long)]
        all: bool,
    },
    /// Show one circle with its people
    Show {
        /// Which
        name: Option<String>,
    },
    /// Put a circle to rest; it is kept and not shown
    Archive {
        /// Which
        name: Option<String>,
        /// Take it up again
        #[arg(long)]
        back: bool,
    },
}

/// What a circle meets for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum For {
    /// People help each other grow.
    #[default]
    Mentoring,
    /// People read the same book.
    BookClub,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::New {
            name,
            meets,
            template,
            kind,
            no_questions,
        } => {
            let kind = match kind {
                For::Mentoring => CircleKind::Mentoring,
                For::BookClub => CircleKind::BookClub,
            };
            let bank = !no_questions;
            new(cx, &name, meets.as_deref(), (kind, template), bank)
        }
        Verb::List { all } => list(cx, all),
        Verb::Show { name } => show(cx, name.as_deref()),
        Verb::Archive { name, back } => {
            let circle = named(cx, name.as_deref())?.id;
            cx.commit(Command::ArchiveCircle {
                circle,
                archived: !back,
            })
        }
    }
}

fn named<'a>(cx: &'a Cx<'_, '_>, name: Option<&str>) -> Result<&'a Circle, CliError> {
    name::circle(cx.desk.state(), name.or(cx.global.circle.as_deref()))
}

fn new(
    cx: &mut Cx<'_, '_>,
    name: &str,
    meets: Option<&str>,
    (kind, wanted): (CircleKind, Option<String>),
    bank: bool,
) -> Outcome {
    let name = Clean::name(name).map_err(|error| {
        CliError::usage(format!(
            "That is no name for a circle: {error}. Nothing was saved."
        ))
    })?;
    let shelf = cx.place.shelf(cx.out);
    let chosen = wanted
        .as_deref()
        .map(|id| template(&shelf, id))
        .transpose()?;
    let (now, zone) = (cx.desk.asked_at(), cx.desk.zone());
    let when = meets.map(|text| when(text, now, zone)).transpose()?;
    if bank {
        cx.begin_bank()?;
    }
    let first: Option<Plan> = match (when, chosen.clone().or_else(|| usual(&shelf, kind))) {
        // A circle that does not exist yet was asked nothing yet.
        (Some(when), Some(from)) => {
            let nobody = CircleId(uuid::Uuid::nil());
            let from = first::opening(&from);
            Some(from_template(&mut cx.desk, (nobody, &[]), &from, when)?)
        }
        _ => None,
    };
    if when.is_some_and(|when| is_over(when.start, when.minutes, cx.desk.now())) {
        cx.out.note("That time is in the past.");
    }
    let alike = looks_like(
        &name,
        cx.desk.state().circles().map(|circle| circle.name.as_str()),
    );
    if let Some(other) = alike {
        cx.out
            .note(&format!("{name} looks like {other}, which exists already."));
    }
    let new = NewCircle {
        name,
        kind,
        people: Vec::new(),
        rhythm: when.and_then(|when| when.rhythm),
        template: chosen.map(|template| template.id),
        first,
    };
    let act = cx.desk.run(Command::NewCircle(new))?;
    let done = receipt::done(cx.out, &act, &cx.desk.view(), cx.global.json);
    tell_first(cx, &act);
    Ok(done)
}

/// Says when the first session is: whoever plans it too would have it twice.
fn tell_first(cx: &mut Cx<'_, '_>, made: &Act) {
    let view = cx.desk.view();
    let circle = made
        .changes
        .iter()
        .find_map(|change| match change.key.space {
            Space::Circle(id) => Some(id),
            Space::Org => None,
        });
    let first = circle.and_then(|id| view.state.next_session(id, view.now));
    if let Some(first) = first.filter(|_| !cx.global.json) {
        let (number, start) = (first.number, view.time(first.start));
        cx.out.line(&format!("#{number} is planned for {start}"));
    }
}

/// Circles with how each of them does, in counts; nothing that anybody wrote is in it.
fn list(cx: &mut Cx<'_, '_>, all: bool) -> Outcome {
    let today = cx.desk.view().today();
    let Answer::Overview(figures) = cx.desk.ask(Query::Overview { today })? else {
        return Err(unexpected());
    };
    let view = cx.desk.view();
    let circles = view.state.circles();
    let shown = name::in_order(circles.filter(|circle| all || circle.archived.is_none()));
    let figures_of = |circle: &Circle| {
        let found = figures.iter().find(|other| other.id == circle.id);
        found.map_or_else(|| Figures::new(circle.created), |found| found.figures)
    };
    let listed = Listed {
        items: shown
            .iter()
            .map(|circle| row(&view, circle, &figures_of(circle)))
            .collect(),
        cells: shown
            .iter()
            .map(|circle| cells(&view, circle, &figures_of(circle)))
            .collect(),
        empty: "There is no circle yet. Make one: circlet circle new NAME",
    };
    cx.list("circles", &listed);
    Ok(Exit::Done)
}

fn runs(view: &View<'_>, circle: &Circle) -> bool {
    let running = view.state.running();
    running.is_some_and(|(running, ..)| running == circle.id)
}

fn cells(view: &View<'_>, circle: &Circle, figures: &Figures) -> Vec<String> {
    let count = |many: usize, one: &str| match many {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let next = match figures.next {
        _ if runs(view, circle) => "running now".to_owned(),
        Some(next) => format!("next {}", view.time(next)),
        None => String::new(),
    };
    let open = match (figures.open, figures.late) {
        (open, 0) => format!("{open} open"),
        (open, late) => format!("{open} open, {late} late"),
    };
    let percent = |share: Option<u32>, word: &str| match share {
        Some(share) => format!("{share}% {word}"),
        None => String::new(),
    };
    let state = match (circle.archived, figures.health(view.now)) {
        (Some(_), _) => "at rest".to_owned(),
        (None, health @ (Health::Apart(_) | Health::NeverMet(_))) => health.words(),
        // What is late is told with what is open.
        (None, Health::Late(_) | Health::OnTrack) => String::new(),
    };
    vec![
        circle.name.to_string(),
        count(view.state.members(circle.id).len(), "member"),
        circle
            .rhythm
            .map(|rhythm| rhythm.words())
            .unwrap_or_default(),
        next,
        percent(figures.attendance.percent(), "came"),
        open,
        percent(figures.kept(), "done"),
        state,
    ]
}

fn row(view: &View<'_>, circle: &Circle, figures: &Figures) -> Value {
    let mut row = view.circle(circle);
    let attendance = figures.attendance;
    let more = json!({
        "open_actions": figures.open,
        "late_actions": figures.late,
        "running": runs(view, circle),
        "last_session": figures.last,
        "attendance": {
            "sessions": attendance.sessions,
            "expected": attendance.expected,
            "came": attendance.came,
            "percent": attendance.percent(),
        },
        "done_percent": figures.kept(),
        "health": figures.health(view.now).word(),
    });
    if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
        row.extend(more);
    }
    row
}

fn show(cx: &mut Cx<'_, '_>, name: Option<&str>) -> Outcome {
    let view = cx.desk.view();
    let circle = named(cx, name)?;
    let row = view.circle(circle);
    let mut lines = vec![format!("{}  {}", circle.name, circle.kind.word())];
    lines.extend(
        circle
            .rhythm
            .map(|rhythm| format!("meets {}", rhythm.words())),
    );
    if let Some(next) = view.state.next_session(circle.id, view.now) {
        lines.push(format!("next  #{} {}", next.number, view.time(next.start)));
    }
    for member in view.state.members(circle.id) {
        lines.push(format!(
            "{:>3}  {}  {}",
            member.label,
            member.name,
            member.role.word()
        ));
    }
    let open = view.state.open_actions(circle.id, view.now).len();
    lines.push(format!(
        "{open} open {}",
        if open == 1 { "action" } else { "actions" }
    ));
    cx.show("circle", row, &lines);
    Ok(Exit::Done)
}
