//! The history of a row in words: `12 Mar 15:26  written down`.

use chrono::Datelike as _;

use crate::domain::change::{ActKind, Via};
use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::item::{Action, Due, Owner};
use crate::domain::past::Step;
use crate::domain::text::Clean;
use crate::domain::when;
use crate::engine::query::PastRow;
use crate::tui::screen::actions::told::Past;
use crate::tui::screen::words;
use crate::tui::view::View;

/// The history of a row, the oldest first, one line an act.
pub(super) fn lines(
    past: &Past,
    (action, circle): (&Action, CircleId),
    view: &View<'_>,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if !past.whole {
        lines.push("what came before is no longer kept".to_owned());
    }
    let acts = past.rows.iter().rev();
    lines.extend(acts.map(|row| line(row, (action, circle), view)));
    lines
}

fn line(row: &PastRow, (action, circle): (&Action, CircleId), view: &View<'_>) -> String {
    if row.kind == ActKind::Do && row.steps == [Step::Gone] {
        return format!("{}  moved to another circle", at(view, row.at));
    }
    // What came with an import was written down before it came.
    let when = if row.steps == [Step::Created] {
        action.origin.at.min(row.at)
    } else {
        row.at
    };
    let steps: Vec<String> = row
        .steps
        .iter()
        .map(|step| told(step, circle, view))
        .collect();
    let kind = match row.kind {
        ActKind::Do => "",
        ActKind::Undo(_) => "taken back: ",
        ActKind::Redo(_) => "brought back: ",
    };
    let door = match row.by.via {
        Via::App => "",
        Via::Cli => ", from the command line",
    };
    format!("{}  {kind}{}{door}", at(view, when), steps.join(", "))
}

/// A time, and its day unless that is today.
fn at(view: &View<'_>, at: Moment) -> String {
    let time = words::time(view, at);
    if at.date(view.zone) == words::today(view) {
        return time;
    }
    let day = at.date(view.zone);
    let day = if day.year() == words::today(view).year() {
        day.format("%-d %b")
    } else {
        day.format("%-d %b %Y")
    };
    format!("{day} {time}")
}

fn told(step: &Step, circle: CircleId, view: &View<'_>) -> String {
    let person = |owner| words::owner(view, circle, owner, false);
    match step {
        Step::Created => "written down".to_owned(),
        Step::Words => "other words".to_owned(),
        Step::Owner(Owner::Nobody) => "nobody sees to it".to_owned(),
        Step::Owner(owner) => format!("owner {}", person(*owner)),
        Step::Due(Due::None) => "no date any more".to_owned(),
        Step::Due(Due::NextSession) => "due next session".to_owned(),
        Step::Due(Due::On(day)) => format!("due {}", when::short(*day, words::today(view))),
        Step::Partly(left) => with("partly done", left.as_ref()),
        Step::Done => "done".to_owned(),
        Step::LetGo(why) => with("let go", why.as_ref()),
        Step::Reopened => "open again".to_owned(),
        Step::WaitsFor(Some(what)) => format!("waits for {what}"),
        Step::WaitsFor(None) => "waits no longer".to_owned(),
        Step::Help(true) => "the circle was asked for help".to_owned(),
        Step::Help(false) => "help is no longer asked for".to_owned(),
        Step::Partner(Some(id)) => format!("partner {}", person(Owner::Member(*id))),
        Step::Partner(None) => "no partner any more".to_owned(),
        Step::Helps(Some(goal)) => format!("helps {goal}"),
        Step::Helps(None) => "helps no goal any more".to_owned(),
        Step::Note => "other note".to_owned(),
        Step::Tags => "other tags".to_owned(),
        Step::Priority => "other priority".to_owned(),
        Step::Trashed => "into the trash".to_owned(),
        Step::Restored => "out of the trash".to_owned(),
        Step::Gone => "gone".to_owned(),
    }
}

fn with(what: &str, more: Option<&Clean>) -> String {
    more.map_or_else(|| what.to_owned(), |more| format!("{what}, {more}"))
}
