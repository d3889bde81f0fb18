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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::command::{Command, Context, Settle, decide};
    use crate::domain::change::{Author, Via};
    use crate::domain::circle::Circle;
    use crate::domain::clock::{Moment, Span};
    use crate::domain::id::{ActionId, CircleId, Ids, Key, Kind, RunId, SessionId};
    use crate::domain::item::{Action, Origin};
    use crate::domain::state::State;
    use crate::domain::text::Clean;

    const HERE: CircleId = CircleId(Uuid::from_u128(1));
    const OLD: ActionId = ActionId(Uuid::from_u128(31));

    fn taken_on() -> Moment {
        Moment::parse("2026-03-12T15:00:00Z").unwrap()
    }

    fn settle(state: &mut State, action: ActionId, how: Settle) {
        let at = taken_on() + Span::from_minutes(7 * 24 * 60);
        let mut cx = Context {
            at,
            by: Author {
                via: Via::Cli,
                run: RunId(Uuid::from_u128(9)),
            },
            ids: Ids::new(at, 1),
            zone: chrono_tz::UTC,
        };
        let actions = vec![Key::circle(HERE, Kind::Action, action.0)];
        let decided = decide(state, &Command::Settle { actions, how }, &mut cx).unwrap();
        state.apply_changes(&decided.changes).unwrap();
    }

    #[test]
    fn a_smaller_step_was_agreed_now_and_an_action_that_is_open_again_has_none() {
        let mut state = State::default();
        let circle = Circle::new(HERE, Clean::line("Ladder Up"), taken_on());
        state.load(Key::circle(HERE, Kind::Circle, HERE.0), circle.into());
        let origin = Origin {
            session: Some(SessionId(Uuid::from_u128(5))),
            ..Origin::outside(taken_on())
        };
        let old = Action::new(OLD, 14, Clean::line("Write the report"), origin);
        state.load(Key::circle(HERE, Kind::Action, OLD.0), old.into());
        let smaller = Settle::Smaller(Clean::line("Write its first page"));
        settle(&mut state, OLD, smaller);
        let old = state.action(HERE, OLD).unwrap();
        let step = state.action(HERE, old.smaller.unwrap()).unwrap();
        assert_eq!(step.origin.session, None);
        assert!(step.origin.at > old.origin.at);
        settle(&mut state, OLD, Settle::Reopen);
        let old = state.action(HERE, OLD).unwrap();
        assert_eq!((&old.smaller, &old.reason), (&None, &None));
    }
}
