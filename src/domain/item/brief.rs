//! What one line of a list says of an action.

use serde::Deserialize;

use crate::domain::clock::Moment;
use crate::domain::item::{Action, ActionState, Due, Owner};
use crate::domain::text::Clean;

/// What a list says of an action and sorts it by: some fields of the [`Action`], each read as there. Whoever lists
/// very many reads these alone, past all the others.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Brief {
    /// Shown as `A14`.
    pub number: u32,
    /// What is to be done.
    pub text: Clean,
    /// Who sees to it.
    pub owner: Owner,
    /// Until when.
    pub due: Due,
    /// What has become of it.
    pub state: ActionState,
    /// 0 to 3.
    #[serde(default)]
    pub priority: u8,
    /// Without the `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// What is left, when it is partly done.
    #[serde(default)]
    pub progress: Option<Clean>,
    /// When it was done or let go.
    #[serde(default)]
    pub closed: Option<Moment>,
}

impl From<Action> for Brief {
    fn from(action: Action) -> Self {
        Self {
            number: action.number,
            text: action.text,
            owner: action.owner,
            due: action.due,
            state: action.state,
            priority: action.priority,
            tags: action.tags,
            progress: action.progress,
            closed: action.closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::body::{BodyText, Readable as _};
    use crate::domain::id::{ActionId, MemberId};
    use crate::domain::item::Origin;

    fn stored() -> Value {
        let id = ActionId(uuid::Uuid::from_u128(1));
        let origin = Origin::outside(Moment::from_millis(0));
        let action = Action::new(id, 14, Clean::line("Call Mei"), origin);
        serde_json::to_value(action).unwrap()
    }

    /// A value for one of the fields, and sometimes one that is none.
    fn field() -> impl Strategy<Value = (&'static str, Value)> {
        let member = MemberId(uuid::Uuid::from_u128(7));
        let text = any::<String>();
        prop_oneof![
            any::<u64>().prop_map(|n| ("number", json!(n))),
            text.prop_map(|text| ("text", json!(text))),
            Just(("owner", json!({"member": member}))),
            Just(("owner", json!("all"))),
            Just(("owner", json!("somebody"))),
            Just(("due", json!({"on": "2026-03-12"}))),
            Just(("due", json!({"on": "+2026-3-12"}))),
            Just(("due", json!({"on": "2026-02-30"}))),
            Just(("due", json!("next_session"))),
            Just(("state", json!("let_go"))),
            Just(("state", json!("lost"))),
            any::<u16>().prop_map(|n| ("priority", json!(n))),
            prop::collection::vec(text, 0..3).prop_map(|tags| ("tags", json!(tags))),
            text.prop_map(|text| ("progress", json!(text))),
            Just(("closed", json!("2026-03-12T15:31:00.000Z"))),
            Just(("closed", json!("2026-03-12T16:31:00+01:00"))),
            text.prop_map(|text| ("of_a_newer_program", json!({"text": text}))),
        ]
    }

    proptest! {
        #[test]
        fn a_line_reads_what_the_action_reads(
            set in prop::collection::vec(field(), 0..6),
            without in prop::option::of(prop::sample::select(vec![
                "number", "text", "owner", "due", "state", "priority", "tags", "progress", "closed",
            ])),
        ) {
            let mut body = stored();
            for (name, value) in set {
                body[name] = value;
            }
            if let Some(name) = without {
                body.as_object_mut().unwrap().remove(name);
            }
            let body = BodyText::from(&body);
            let whole = body.read::<Action>().ok().map(Brief::from);
            prop_assert_eq!(body.read::<Brief>().ok(), whole);
        }
    }
}
