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

/// Whoever leads still, where they can: nobody who has left or is away meanwhile.
pub(super) fn of(chosen: Option<MemberId>, stage: &Stage<'_>) -> Option<MemberId> {
    let chosen = chosen?;
    let mut row = row(stage).into_iter();
    row.any(|(member, _)| member.id == chosen).then_some(chosen)
}

/// Who comes after somebody: from nobody to whoever is next, after the last to nobody again.
pub(super) fn after(chosen: Option<MemberId>, stage: &Stage<'_>) -> Option<MemberId> {
    let row = row(stage);
    let at = of(chosen, stage).and_then(|id| row.iter().position(|(member, _)| member.id == id));
    let next = at.map_or(0, |at| at + 1);
    row.get(next).map(|(member, _)| member.id)
}

/// What the row says; `None` in a circle where nobody can lead.
pub(super) fn words(chosen: Option<MemberId>, stage: &Stage<'_>) -> Option<String> {
    let row = row(stage);
    let chosen = of(chosen, stage);
    let shown = row
        .iter()
        .find(|(member, _)| chosen.is_none_or(|id| member.id == id));
    let (member, held) = shown?;
    let name = say::name(member, stage.view.masked);
    let why = held.why(stage.view.now.date(stage.view.zone), stage.view.zone);
    Some(match chosen {
        Some(_) => format!("Next time {name} leads ({why})"),
        None => format!("Nobody leads it yet; next is {name} ({why})"),
    })
}
