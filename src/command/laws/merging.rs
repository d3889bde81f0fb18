//! Two entries of one person become one, whatever was done with them before.

use proptest::prelude::*;

use crate::command::Command;
use crate::command::laws::world::{World, rolls};
use crate::command::laws::{differing, documents};
use crate::domain::change::ActKind;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::merging::mentions;

proptest! {
    #[test]
    fn nothing_names_the_entry_that_went_and_undo_brings_all_of_it_back(
        rolls in rolls(), a in 0usize..8, b in 0usize..8,
    ) {
        let mut world = World::new();
        for roll in &rolls {
            let _ = world.roll(roll);
        }
        let circle = world.circles[a % 2];
        let people: Vec<_> = world.state.everyone(circle).map(|member| member.id).collect();
        let (from, into) = (people[a % people.len()], people[b % people.len()]);
        let before = documents(&world.state);
        let merge = Command::MergeMembers { circle, from, into };
        if world.send(&merge).is_err() {
            prop_assert_eq!(differing(&world.state, &before), "");
            return Ok(());
        }
        for (key, document) in world.state.documents() {
            let body = match document {
                // The one that stays knows which entries it was, so that an erase reaches their past.
                Document::Member(member) if member.id == into => {
                    prop_assert!(member.also.contains(&from));
                    continue;
                }
                other => other.to_body(),
            };
            prop_assert!(!mentions(&body, from), "{} still names them", key);
        }
        let ids = |kind| world.state.scan(Space::Circle(circle), kind).count();
        prop_assert_eq!(ids(Kind::Member) + 1, people.len());
        let act = world.acts.last().unwrap().clone();
        world.take_back(&act, ActKind::Undo(act.id)).unwrap();
        prop_assert_eq!(differing(&world.state, &before), "");
    }
}
