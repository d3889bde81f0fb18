//! Who leads the next session, as the wrap-up offers it: whom the rotation proposes, the next, and so on.

use crate::domain::id::MemberId;
use crate::domain::roster::Member;
use crate::domain::rotation::Held;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::seats::turns;

fn row<'a>(stage: &Stage<'a>) -> Vec<(&'a Member, Held)> {
    turns(stage).lead_next()
}

/// The person at this place of the rotation.
pub(super) fn of(at: usize, stage: &Stage<'_>) -> Option<MemberId> {
    row(stage).get(at).map(|(member, _)| member.id)
}

/// The place after this one: from nobody to whoever is next, after the last to nobody again.
pub(super) fn after(at: Option<usize>, stage: &Stage<'_>) -> Option<usize> {
    let next = at.map_or(0, |at| at + 1);
    (next < row(stage).len()).then_some(next)
}

/// What the row says; `None` in a circle where nobody can lead.
pub(super) fn words(at: Option<usize>, stage: &Stage<'_>) -> Option<String> {
    let row = row(stage);
    let (member, held) = row.get(at.unwrap_or(0))?;
    let name = say::name(member, stage.view.masked);
    let why = held.why(stage.view.now.date(stage.view.zone), stage.view.zone);
    Some(match at {
        Some(_) => format!("Next time {name} leads ({why})"),
        None => format!("Nobody leads it yet; next is {name} ({why})"),
    })
}
