//! Moving actions to another circle.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::items::name;
use crate::domain::circle::Circle;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::item::{Action, Origin, Owner};
use crate::domain::person::{Twin, twin};
use crate::domain::text::{Clean, Limit};

/// What became of the owner of an action on the way, in words that name nobody.
const fn owner_words(before: Owner, twin: Option<Twin>) -> &'static str {
    match (before, twin) {
        (Owner::Nobody | Owner::All, _) | (Owner::Member(_), Some(Twin::Known(_))) => "",
        (Owner::Member(_), Some(Twin::Named(_))) => {
            ", its owner is whoever has the same name there"
        }
        (Owner::Member(_), None) => ", without an owner: nobody of that name is there",
    }
}

/// What a move looks at: the actions, and whether the other circle has them already.
pub(super) fn keys(keys: &[Key], to: CircleId) -> Vec<Key> {
    let there = |key: &Key| Key::circle(to, Kind::Action, key.id);
    keys.iter().flat_map(|key| [*key, there(key)]).collect()
}

/// Moves actions: each leaves its circle and appears in the other under a new number, with the same identity.
pub(super) fn actions(d: &mut Decision<'_>, keys: &[Key], to: CircleId) -> Result<String, Refusal> {
    let target = d.circle(to)?.clone();
    if target.archived.is_some() {
        return Err(Refusal::new(format!(
            "{} is at rest; take it up again first, then move the action",
            target.name
        )));
    }
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    let mut titles = Vec::new();
    let mut unowned = 0_usize;
    for key in &keys {
        let (title, owned) = action(d, key, &target)?;
        titles.push(title);
        unowned += usize::from(!owned);
    }
    match titles.as_slice() {
        [] => Err(Refusal::new("no action is marked")),
        [one] => Ok(one.clone()),
        many => {
            let left = match unowned {
                0 => String::new(),
                count => format!(", {count} of them without an owner"),
            };
            Ok(format!(
                "{} actions moved to {}{left}",
                many.len(),
                target.name
            ))
        }
    }
}

/// The action, where it may go there, and the circle that it is in.
fn movable(d: &Decision<'_>, key: &Key, to: &Circle) -> Result<(Action, CircleId), Refusal> {
    let Some(Document::Action(held)) = d.state.get(key).cloned() else {
        return Err(Refusal::new("that action is gone; look again"));
    };
    let Space::Circle(from) = key.space else {
        return Err(Refusal::new("only an action of a circle can be moved"));
    };
    let (number, circle) = (held.number, &to.name);
    if from == to.id {
        return Err(Refusal::new(format!("A{number} is in {circle} already")));
    }
    if held.trashed.is_some() {
        return Err(Refusal::new(format!(
            "A{number} is in the trash; take it out first"
        )));
    }
    if d.state
        .get(&Key::circle(to.id, Kind::Action, key.id))
        .is_some()
    {
        let words = format!("A{number} is in {circle} already, from an import");
        return Err(Refusal::new(words));
    }
    Ok((held, from))
}

/// Moves one. Its title, and whether whoever owned it owns it there.
fn action(d: &mut Decision<'_>, key: &Key, to: &Circle) -> Result<(String, bool), Refusal> {
    let (held, from) = movable(d, key, to)?;
    let place = Key::circle(to.id, Kind::Action, key.id);
    let before = name(&Document::Action(held.clone()));
    let source = d.circle(from)?.name.clone();
    let found = held
        .owner_id()
        .and_then(|id| twin(d.state, (from, id), to.id));
    let words = owner_words(held.owner, found);
    let mut action = Action {
        owner: match (held.owner, found) {
            (Owner::Member(_), found) => {
                found.map_or(Owner::Nobody, |twin| Owner::Member(twin.id()))
            }
            (owner @ (Owner::Nobody | Owner::All), _) => owner,
        },
        partner: held
            .partner
            .and_then(|id| twin(d.state, (from, id), to.id))
            .map(Twin::id),
        note: Some(noted(d, &held, &source)?),
        // A session, a block and whoever spoke belong to the circle that it leaves.
        origin: Origin {
            prompt: held.origin.prompt.clone(),
            ..Origin::outside(held.origin.at)
        },
        moved_in: None,
        // The circle that it comes to was not asked.
        help: false,
        ..held.clone()
    };
    if held.smaller.is_some() {
        // The step stays behind, and its number means another action here.
        action.not_let_go();
    }
    action.number = d.number(Space::Circle(to.id), |counter| &mut counter.action);
    let title = format!("{before} moved to {} as A{}{words}", to.name, action.number);
    let owned = held.owner_id().is_none() || found.is_some();
    d.remove(*key);
    d.add(place, action);
    Ok((title, owned))
}

/// The words beside an action, and behind them where it was: the session stays behind, so the circle and the day
/// stand for it.
fn noted(d: &Decision<'_>, action: &Action, from: &Clean) -> Result<Clean, Refusal> {
    let day = action.origin.at.date(d.cx.zone).format("%-d %b %Y");
    let came = format!("From {from}, where it was A{} of {day}", action.number);
    let text = match &action.note {
        Some(note) => format!("{note}\n{came}"),
        None => came,
    };
    Clean::text_within(&text, Limit::Note).map_err(|_too_long| {
        Refusal::new(format!(
            "the words beside A{} leave no room for where it came from; shorten them first",
            action.number
        ))
    })
}

#[cfg(test)]
mod tests;
