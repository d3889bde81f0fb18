//! What stands beside the words of a row: what an action waits for, who asks after it, what it helps, its note;
//! when a decision is looked at again and what came of it.

use crate::command::decide::Decision;
use crate::command::decide::write::check_owner;
use crate::command::{ItemEdit, Refusal};
use crate::domain::document::Document;
use crate::domain::id::CircleId;
use crate::domain::item::{Action, Decision as Settled, Due, Owner};
use crate::domain::text::{Clean, Limit};

/// Sets the details that an edit names. Those that a row of its kind does not have are refused.
pub(super) fn set(
    d: &Decision<'_>,
    circle: CircleId,
    document: &mut Document,
    edit: &ItemEdit,
) -> Result<(), Refusal> {
    let of_action = edit.waits_for.is_some()
        || edit.partner.is_some()
        || edit.helps.is_some()
        || edit.note.is_some();
    let of_decision = edit.revisit.is_some() || edit.outcome.is_some();
    if of_action && !matches!(document, Document::Action(_)) {
        let words = "only an action waits for something, helps a goal, has a partner or a note";
        return Err(Refusal::new(words));
    }
    if of_decision && !matches!(document, Document::Decision(_)) {
        return Err(Refusal::new("only a decision is looked at again"));
    }
    if let Document::Action(action) = document {
        set_action(d, circle, action, edit)?;
    } else if let Document::Decision(decision) = document {
        set_decision(d, circle, decision, edit)?;
    }
    Ok(())
}

fn set_action(
    d: &Decision<'_>,
    circle: CircleId,
    action: &mut Action,
    edit: &ItemEdit,
) -> Result<(), Refusal> {
    words(&mut action.waits_for, edit.waits_for.as_ref())?;
    words(&mut action.helps, edit.helps.as_ref())?;
    words(&mut action.note, edit.note.as_ref())?;
    match edit.partner {
        None => {}
        Some(Owner::Nobody) => action.partner = None,
        Some(Owner::All) => {
            return Err(Refusal::new(
                "one person asks after an action; name that one",
            ));
        }
        Some(Owner::Member(member)) => {
            check_owner(d, circle, Owner::Member(member))?;
            action.partner = Some(member);
        }
    }
    Ok(())
}

fn set_decision(
    d: &Decision<'_>,
    circle: CircleId,
    decision: &mut Settled,
    edit: &ItemEdit,
) -> Result<(), Refusal> {
    words(&mut decision.outcome, edit.outcome.as_ref())?;
    match edit.revisit {
        None => {}
        Some(Due::None) => decision.revisit = None,
        Some(Due::On(day)) => decision.revisit = Some(day),
        Some(Due::NextSession) => {
            let next = d.state.next_session(circle, d.cx.at);
            let next = next.ok_or_else(|| {
                Refusal::new("no session is planned yet; name the day on which to look again")
            })?;
            decision.revisit = Some(next.start.date(d.cx.zone));
        }
    }
    Ok(())
}

/// Sets a text that may be missing; empty words take it away.
fn words(field: &mut Option<Clean>, value: Option<&Clean>) -> Result<(), Refusal> {
    let Some(value) = value else {
        return Ok(());
    };
    Limit::Note
        .check(value)
        .map_err(|error| Refusal::new(error.to_string()))?;
    *field = Some(value.clone()).filter(|words| !words.trim().is_empty());
    Ok(())
}

/// Which words fit: something came, something else came, nothing is left. `None` where nothing changed.
fn told<T: PartialEq>(
    (before, after): (&Option<T>, &Option<T>),
    [came, other, gone]: [&'static str; 3],
) -> Option<&'static str> {
    match (before, after) {
        (before, after) if before == after => None,
        (_, None) => Some(gone),
        (None, Some(_)) => Some(came),
        (Some(_), Some(_)) => Some(other),
    }
}

/// What changed of the details, in words that name nobody and quote nothing.
pub(super) fn changed(before: &Document, after: &Document) -> Vec<String> {
    let what = match (before, after) {
        (Document::Action(before), Document::Action(after)) => [
            told(
                (&before.waits_for, &after.waits_for),
                [
                    "waits for something",
                    "waits for something else",
                    "waits no longer",
                ],
            ),
            told(
                (&before.partner, &after.partner),
                ["has a partner", "has another partner", "has no partner"],
            ),
            told(
                (&before.helps, &after.helps),
                ["helps a goal", "helps another goal", "helps no goal"],
            ),
            told(
                (&before.note, &after.note),
                ["has a note", "has another note", "has no note"],
            ),
        ],
        (Document::Decision(before), Document::Decision(after)) => [
            told(
                (&before.revisit, &after.revisit),
                [
                    "is looked at again",
                    "is looked at again",
                    "is not looked at again",
                ],
            ),
            told(
                (&before.outcome, &after.outcome),
                ["has an outcome", "has another outcome", "has no outcome"],
            ),
            None,
            None,
        ],
        _ => [None; 4],
    };
    what.into_iter().flatten().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Context, decide};
    use crate::domain::change::{Author, Via};
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActionId, DecisionId, Ids, Key, Kind, MemberId, RunId};
    use crate::domain::item::Origin;
    use crate::domain::roster::{Label, Member};
    use crate::domain::state::State;

    const NOON: Moment = Moment::from_millis(1_773_327_600_000);

    struct World {
        state: State,
        circle: CircleId,
        action: Key,
        decision: Key,
        member: MemberId,
    }

    fn world() -> World {
        let mut ids = Ids::new(NOON, 7);
        let circle = CircleId(ids.make());
        let member = MemberId(ids.make());
        let (action, decision) = (ActionId(ids.make()), DecisionId(ids.make()));
        let mut state = State::default();
        let put = |state: &mut State, kind, id, document: Document| {
            let key = Key::circle(circle, kind, id);
            state.load(key, document);
            key
        };
        let held = crate::domain::circle::Circle::new(circle, Clean::line("Ladder Up"), NOON);
        put(&mut state, Kind::Circle, circle.0, held.into());
        let person = Member::new(member, Clean::line("Jun"), Label(1), NOON);
        put(&mut state, Kind::Member, member.0, person.into());
        let origin = || Origin::outside(NOON);
        let row = Action::new(action, 14, Clean::line("Send deck"), origin());
        let action = put(&mut state, Kind::Action, action.0, row.into());
        let row = Settled::new(decision, 3, Clean::line("We start on time"), origin());
        let decision = put(&mut state, Kind::Decision, decision.0, row.into());
        World {
            state,
            circle,
            action,
            decision,
            member,
        }
    }

    fn edited(world: &mut World, key: Key, edit: ItemEdit) -> Result<String, Refusal> {
        let run = RunId(world.circle.0);
        let mut cx = Context {
            at: NOON,
            by: Author { via: Via::App, run },
            ids: Ids::new(NOON, 1),
            zone: chrono_tz::UTC,
        };
        let decided = decide(&world.state, &Command::EditItem { key, edit }, &mut cx)?;
        world.state.apply_changes(&decided.changes).unwrap();
        Ok(decided.title)
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "stands for a field that may be missing"
    )]
    fn line(text: &str) -> Option<Clean> {
        Some(Clean::line(text))
    }

    #[test]
    fn details_are_set_and_empty_words_take_them_away() {
        let mut world = world();
        let key = world.action;
        let edit = ItemEdit {
            waits_for: line("an answer from Ana"),
            partner: Some(Owner::Member(world.member)),
            helps: line("Asking for support"),
            note: Some(Clean::text("small\nand soon")),
            ..ItemEdit::default()
        };
        let title = edited(&mut world, key, edit).unwrap();
        assert_eq!(
            title,
            "A14 \"Send deck\" waits for something, has a partner, helps a goal, has a note"
        );
        let held = |world: &World| match world.state.get(&key) {
            Some(Document::Action(action)) => action.clone(),
            other => panic!("{other:?}"),
        };
        let action = held(&world);
        assert_eq!(action.waits_for, line("an answer from Ana"));
        assert_eq!(action.partner, Some(world.member));
        assert_eq!(action.note.as_deref(), Some("small\nand soon"));
        let edit = ItemEdit {
            waits_for: line(" "),
            partner: Some(Owner::Nobody),
            helps: line(""),
            note: line(""),
            ..ItemEdit::default()
        };
        edited(&mut world, key, edit).unwrap();
        let action = held(&world);
        assert_eq!(
            (action.waits_for, action.partner, action.helps, action.note),
            (None, None, None, None)
        );
    }

    #[test]
    fn a_decision_is_looked_at_again_and_an_action_is_not() {
        let mut world = world();
        let (action, decision) = (world.action, world.decision);
        let edit = ItemEdit {
            revisit: Some(Due::On("2026-06-01".parse().unwrap())),
            outcome: line("It holds"),
            ..ItemEdit::default()
        };
        let title = edited(&mut world, decision, edit.clone()).unwrap();
        assert!(
            title.ends_with("is looked at again, has an outcome"),
            "{title}"
        );
        let said = edited(&mut world, action, edit).unwrap_err();
        assert_eq!(said.reason, "only a decision is looked at again");
        let next = ItemEdit {
            revisit: Some(Due::NextSession),
            ..ItemEdit::default()
        };
        let said = edited(&mut world, decision, next).unwrap_err();
        assert!(said.reason.starts_with("no session is planned"), "{said}");
        let edit = ItemEdit {
            note: line("x"),
            ..ItemEdit::default()
        };
        let said = edited(&mut world, decision, edit).unwrap_err();
        assert!(said.reason.starts_with("only an action"), "{said}");
    }

    #[test]
    fn a_partner_is_one_person_of_the_circle() {
        let mut world = world();
        let key = world.action;
        for partner in [Owner::All, Owner::Member(MemberId(world.circle.0))] {
            let edit = ItemEdit {
                partner: Some(partner),
                ..ItemEdit::default()
            };
            assert!(edited(&mut world, key, edit).is_err(), "{partner:?}");
        }
    }
}
