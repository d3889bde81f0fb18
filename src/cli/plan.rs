//! From what somebody wrote about a session to a plan: when, how long, which agenda, which questions.

mod bank;
mod file;
mod written;

use chrono::NaiveDateTime;

use crate::cli::desk::{Desk, unexpected};
use crate::cli::error::{CliError, echo, sentence};
use crate::command::plan::Plan;
use crate::domain::book::fit::Part;
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Zone};
use crate::domain::first;
use crate::domain::id::{CircleId, QuestionId};
use crate::domain::rhythm::{Meets, Rhythm, Wall};
use crate::domain::series::{self, Basis};
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;
use crate::domain::text::{fold, slug};
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
    /// The time that was asked for, where clocks skip it on that day.
    skipped: Option<NaiveDateTime>,
}

impl When {
    /// A date of a rule.
    pub(super) const fn of(rhythm: Rhythm, start: Moment) -> Self {
        Self {
            start,
            minutes: rhythm.minutes,
            rhythm: Some(rhythm),
            skipped: None,
        }
    }

    /// That it starts at another time than was asked for, because clocks go forward then.
    pub(super) fn told(&self, zone: Zone) -> Option<String> {
        let skipped = self.skipped?;
        Some(format!(
            "Clocks go forward on {} and skip {}; it starts at {}.",
            skipped.format("%-d %b"),
            skipped.format("%H:%M"),
            self.start.local(zone).format("%H:%M")
        ))
    }
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
        Meets::Once { at, minutes } => {
            let start = Moment::from_local(at, zone);
            When {
                start,
                minutes,
                rhythm: None,
                skipped: Some(at).filter(|at| start.local(zone) != *at),
            }
        }
        Meets::Every(rhythm) => When::of(rhythm, rhythm.first(now, zone)),
    })
}

/// The template of this name, or the only one that begins so.
pub(super) fn template(shelf: &Shelf, id: &str) -> Result<Template, CliError> {
    let all = shelf.templates();
    let typed = fold(id.trim());
    let named = |one: &&Template| fold(&one.name) == typed || slug(&one.name) == typed;
    let exact = shelf.template(id.trim());
    if let Some(found) = exact.or_else(|| all.iter().find(named).cloned()) {
        return Ok(found);
    }
    let begins = |one: &&Template| {
        !typed.is_empty()
            && (fold(&one.id).starts_with(&typed) || fold(&one.name).starts_with(&typed))
    };
    let ids = |templates: &[&Template]| {
        let ids: Vec<&str> = templates.iter().map(|one| one.id.as_str()).collect();
        ids.join(", ")
    };
    match *all.iter().filter(begins).collect::<Vec<_>>() {
        [one] => Ok(one.clone()),
        [] => Err(CliError::usage(format!(
            "There is no template \"{}\". There is {}.",
            echo(id),
            ids(&all.iter().collect::<Vec<_>>())
        ))),
        ref several => Err(CliError::usage(format!(
            "\"{}\" could be {}. Write more of its name.",
            echo(id),
            ids(several)
        ))),
    }
}

/// The template that a circle of this kind begins with when nobody chose one.
pub(super) fn usual(shelf: &Shelf, kind: CircleKind) -> Option<Template> {
    shelf.template(kind.template())
}

/// The next session of a circle by its rule.
pub(super) fn by_rule(desk: &Desk, circle: CircleId) -> Option<When> {
    let state = desk.state();
    let rhythm = state.circle(circle)?.rhythm?;
    let start = series::next(&rhythm, state.sessions(circle), desk.now(), desk.zone());
    Some(When::of(rhythm, start))
}

/// The plan of a session of `circle`: from the template that was named, else from what such a session
/// [starts from](series::basis). Questions are drawn for a template.
pub(super) fn plan(
    (desk, shelf): (&mut Desk, &Shelf),
    circle: CircleId,
    when: When,
    named: Option<&str>,
) -> Result<Plan, CliError> {
    let from = match (named, series::basis(desk.state(), circle)) {
        (Some(id), _) => Some(template(shelf, id)?),
        (None, Basis::Like(last)) => {
            return Ok(Plan {
                minutes: when.minutes,
                ..Plan::like(last, when.start)
            });
        }
        (None, Basis::Template(id)) => shelf.template(id).or_else(|| {
            let kind = desk.state().circle(circle).map(|circle| circle.kind);
            usual(shelf, kind.unwrap_or_default())
        }),
    };
    match from {
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

    #[test]
    fn a_time_that_clocks_skip_is_told_with_the_one_in_its_place() {
        let now = Moment::parse("2027-03-12T14:05:00Z").unwrap();
        let berlin = chrono_tz::Europe::Berlin;
        let at = |text: &str| when(text, (now, Order::default()), berlin).unwrap();
        assert_eq!(
            at("2027-03-28 02:30 60m").told(berlin).unwrap(),
            "Clocks go forward on 28 Mar and skip 02:30; it starts at 03:00."
        );
        assert_eq!(at("2027-03-28 03:00 60m").told(berlin), None);
        // Shown twice in autumn: the first of the two.
        assert_eq!(at("2027-10-31 02:30 60m").told(berlin), None);
    }
}
