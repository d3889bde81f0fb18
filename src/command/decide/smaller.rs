//! A smaller step: an action that was too much is let go for one that can be done.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::items::name;
use crate::command::decide::write::{needs_words, origin};
use crate::domain::document::Document;
use crate::domain::id::{ActionId, Key, Kind, Space};
use crate::domain::item::{Action, ActionState, Due};
use crate::domain::text::{Clean, same_words};

/// Why several at once are refused.
pub(super) fn one() -> Refusal {
    Refusal::new("a smaller step takes the place of one action; mark only that one")
}

/// Lets an action go for a smaller step. The new action keeps owner and tags, and is due at the next session. It
/// was agreed now: it belongs to the session that runs, where somebody is going to look for it.
pub(super) fn step(d: &mut Decision<'_>, keys: &[Key], text: &Clean) -> Result<String, Refusal> {
    let [key] = keys else { return Err(one()) };
    let (Space::Circle(circle), Some(document)) = (key.space, d.state.get(key)) else {
        return Err(Refusal::new("that row is gone"));
    };
    let Document::Action(action) = document else {
        return Err(Refusal::new("only an action can be made smaller"));
    };
    if !action.state.is_open() {
        return Err(Refusal::new("that action is closed; open it again first"));
    }
    needs_words(text)?;
    if same_words(text) == same_words(&action.text) {
        return Err(Refusal::new(
            "these are the same words; a smaller step needs others",
        ));
    }
    let mut old = action.clone();
    let number = d.number(key.space, |counter| &mut counter.action);
    let id = ActionId(d.cx.ids.make());
    let new = Action {
        owner: old.owner,
        due: Due::NextSession,
        priority: old.priority,
        tags: old.tags.clone(),
        partner: old.partner,
        helps: old.helps.clone(),
        ..Action::new(id, number, text.clone(), origin(d, circle, None))
    };
    (old.state, old.closed) = (ActionState::LetGo, Some(d.cx.at));
    old.reason = Some(Clean::line(&format!("a smaller step: A{number}")));
    old.smaller = Some(id);
    let title = format!("A{} let go for a smaller step", old.number);
    d.put(*key, Document::Action(old));
    let new = Document::Action(new);
    let title = format!("{title}, {}", name(&new));
    d.add(Key::circle(circle, Kind::Action, id.0), new);
    Ok(title)
}
