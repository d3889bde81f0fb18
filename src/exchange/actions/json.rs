//! Actions as documents that `circlet import` reads, with the circles and the owners that they need. Beside each body
//! stands what it says by ids alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::domain::action_list::{ActionList, ListedAction, Source};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId};
use crate::exchange::archive::{LeftOut, Wish, Writer};

/// The file, and what is not in it. `list` is made from the same sources.
pub fn json(
    list: &ActionList,
    sources: &[Source<'_>],
    (wish, now): (Wish, Moment),
) -> (Value, LeftOut) {
    let members = sources.iter().flat_map(|source| {
        let members = source.members.iter();
        members.map(|member| (source.circle.id, *member))
    });
    let mut writer = Writer::new(wish, members);
    let mut items = Vec::new();
    let rows: BTreeMap<uuid::Uuid, &ListedAction> =
        list.rows.iter().map(|row| (row.uid.0, row)).collect();
    // What is referred to comes first, so that a reader can go row by row.
    for source in sources {
        let circle = source.circle;
        let key = Key::circle(circle.id, Kind::Circle, circle.id.0);
        items.extend(writer.item(&key, &circle.clone().into()));
    }
    for (key, owner) in sources.iter().flat_map(owners) {
        items.extend(writer.item(&key, &owner));
    }
    for source in sources {
        for action in &source.actions {
            let key = Key::circle(source.circle.id, Kind::Action, action.id.0);
            let mut item = writer.item(&key, &Document::from((*action).clone()));
            if let (Some(item), Some(row)) = (&mut item, rows.get(&key.id)) {
                item["id"] = json!(row.short());
                item["circle"] = json!(row.slug());
                item["owner"] = json!(row.owner);
                item["due"] = json!(row.due);
            }
            items.extend(item);
        }
    }
    writer.whole(now, items)
}

/// Those who see to any of the actions, or ask after one.
fn owners(source: &Source<'_>) -> Vec<(Key, Document)> {
    let named: BTreeSet<MemberId> = source
        .actions
        .iter()
        .flat_map(|row| row.owner_id().into_iter().chain(row.partner))
        .collect();
    let owners = source
        .members
        .iter()
        .filter(|member| named.contains(&member.id));
    owners
        .map(|member| {
            let key = Key::circle(source.circle.id, Kind::Member, member.id.0);
            (key, Document::from((*member).clone()))
        })
        .collect()
}
