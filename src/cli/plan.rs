//! From what somebody wrote about a session to a plan: when, how long, which agenda, which questions.

mod bank;
mod file;
mod written;

use crate::cli::desk::{Desk, unexpected};
use crate::cli::error::{CliError, echo, sentence};
use crate::command::plan::Plan;
use crate::domain::book::fit::Part;
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Zone};
use crate::domain::first;
use crate::domain::id::{CircleId, QuestionId};
use crate::domain::rhythm::{Meets, Rhythm, Wall};
use crate::domain::series;
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;
use crate::domain::text::fold;
use crate::domain::when::Order;
use crate::engine::build::{draws, plan_from};
use crate::engine::clock::seed;
use crate::engine::query::{Answer, Query};

pub(super) use file::{FromFile, from_file, save};
pub(super) use written::written as plan_text;

/// When a session is, as somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) start: Moment,
    pub(super) minutes: u16,
    /// The rule, when a rule was given.
    pub(super) rhythm: Option<Rhythm>,
}

/// Reads `thu 15:00 60m`, `2026-03-12 15:00`, `every 2 weeks thu 15:00 90m`.
pub(super) fn when(
    text: &str,
    (now, order): (Moment, Order),
    zone: Zone,
) -> Result<When, CliError> {
    read_when(text, now, (Wall::from((now.local(zone), order)), zone))
}

/// The same for a circle: a session of which only the time is said lasts as long as those by its rule.
pub(super) fn when_of(text: &str, desk: &Desk, circle: CircleId) -> Result<When, CliError> {
    let rule = desk.state().circle(circle).and_then(|circle| circle.rhythm);
    let wall = Wall::from(desk.wall()).of_rule(rule);
    read_when(text, desk.now(), (wall, desk.zone()))
}

fn read_when(text: &str, now: Moment, (wall, zone): (Wall, Zone)) -> Result<When, CliError> {
    let read = Meets::parse(text, wall).map_err(|error| {
        CliError::usage(format!(
            "\"{}\" is no time of a session: {}",
            echo(text),
            sentence(&echo(&error))
        ))
    })?;
    Ok(match read {
        Meets::Once { at, minutes } => When {
            start: Moment::from_local(at, zone),
            minutes,
            rhythm: None,
        },
        Meets::Every(rhythm) => When {
            start: rhythm.first(now, zone),
            minutes: rhythm.minutes,
            rhythm: Some(rhythm),
        },
    })
}

/// The template of this name.
pub(super) fn template(shelf: &Shelf, id: &str) -> Result<Template, CliError> {
    let all = shelf.templates();
    let named = |one: &&Template| fold(&one.name) == fold(id.trim());
    let found = shelf.template(id.trim());
    found
        .or_else(|| all.iter().find(named).cloned())
        .ok_or_else(|| {
            let all: Vec<String> = all.into_iter().map(|found| found.id).collect();
            CliError::usage(format!(
                "There is no template \"{}\". There is {}.",
                echo(id),
                all.join(", ")
            ))
        })
}

/// The template that a circle of this kind begins with when nobody chose one.
pub(super) fn usual(shelf: &Shelf, kind: CircleKind) -> Option<Template> {
    shelf.template(kind.template())
}

/// The next session of a circle by its rule.
pub(super) fn by_rule(desk: &Desk, circle: CircleId) -> Option<When> {
    let state = desk.state();
    let rhythm = state.circle(circle)?.rhythm?;
    Some(When {
        start: series::next(&rhythm, state.sessions(circle), desk.now(), desk.zone()),
        minutes: rhythm.minutes,
        rhythm: Some(rhythm),
    })
}

/// The plan of a session of `circle`: from the template that was named, else the circle's own, else the
/// agenda of the session that runs or was the last, else the usual template. Questions are drawn for it.
pub(super) fn plan(
    (desk, shelf): (&mut Desk, &Shelf),
    circle: CircleId,
    when: When,
    named: Option<&str>,
) -> Result<Plan, CliError> {
    let held = desk.state().circle(circle);
    let own = held.and_then(|circle| circle.template.clone());
    let kind = held.map(|circle| circle.kind).unwrap_or_default();
    let from = match (named, own) {
        (Some(id), _) => Some(template(shelf, id)?),
        (None, Some(id)) => shelf.template(&id),
        (None, None) => None,
    };
    if from.is_none()
        && let Some(last) = series::before(desk.state(), circle)
    {
        return Ok(Plan {
            minutes: when.minutes,
            ..Plan::like(last, when.start)
        });
    }
    match from.or_else(|| usual(shelf, kind)) {
        Some(template) => {
            let place = (circle, None);
            let template = first::fitting(&template, desk.state(), place, desk.now()).into_owned();
            from_template(desk, (circle, &[]), &template, when)
        }
        None => Ok(Plan {
            start: when.start,
            minutes: when.minutes,
            blocks: Vec::new(),
            template: None,
            facilitator: None,
        }),
    }
}

/// The agenda of a template, with questions that `circle` was asked least and none of `without`.
pub(super) fn from_template(
    desk: &mut Desk,
    (circle, without): (CircleId, &[QuestionId]),
    template: &Template,
    when: When,
) -> Result<Plan, CliError> {
    let view = desk.view();
    let days = (when.start.date(view.zone), view.today());
    let part = Part::coming(view.state, circle, days, view.zone);
    let mut query = draws(template, circle, (seed(), part));
    if let Query::Draw { without: held, .. } = &mut query {
        held.extend_from_slice(without);
    }
    let Answer::Questions { rows, .. } = desk.ask(query)? else {
        return Err(unexpected());
    };
    Ok(Plan {
        minutes: when.minutes,
        ..plan_from(template, when.start, rows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_and_a_date_are_both_times_of_a_session() {
        let now = Moment::parse("2026-03-12T14:05:00Z").unwrap();
        let once = when("2026-03-20 15:00 60m", (now, Order::default()), Zone::UTC).unwrap();
        assert_eq!(once.start, Moment::parse("2026-03-20T15:00:00Z").unwrap());
        assert_eq!((once.minutes, once.rhythm), (60, None));
        let rule = when(
            "every 2 weeks thu 15:00 90m",
            (now, Order::default()),
            Zone::UTC,
        )
        .unwrap();
        assert_eq!(rule.start, Moment::parse("2026-03-12T15:00:00Z").unwrap());
        assert!(rule.rhythm.is_some());
        let told = when("some\u{1b}day", (now, Order::default()), Zone::UTC).unwrap_err();
        assert_eq!(told.code, 2);
        assert!(!told.words.contains('\u{1b}'), "{told}");
    }
}
