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
    let rows: BTreeMap<uuid::Uuid, &ListedAction> =
        list.rows.iter().map(|row| (row.uid.0, row)).collect();
    // What is referred to comes first, so that a reader can go row by row.
    for source in sources {
        let circle = source.circle;
        let key = Key::circle(circle.id, Kind::Circle, circle.id.0);
        writer.put(&key, &circle.clone().into());
    }
    for (key, owner) in sources.iter().flat_map(owners) {
        writer.put(&key, &owner);
    }
    for source in sources {
        for (_, action) in &source.actions {
            let key = Key::circle(source.circle.id, Kind::Action, action.id.0);
            let item = writer.put(&key, &Document::from((*action).clone()));
            if let (Some(item), Some(row)) = (item, rows.get(&key.id)) {
                item.insert("id".to_owned(), json!(row.short()));
                item.insert("circle".to_owned(), json!(row.slug()));
                item.insert("owner".to_owned(), json!(row.owner));
                item.insert("due".to_owned(), json!(row.due));
            }
        }
    }
    writer.end(now)
}

/// Those who see to any of the actions, or ask after one.
fn owners(source: &Source<'_>) -> Vec<(Key, Document)> {
    let named: BTreeSet<MemberId> = source
        .actions
        .iter()
        .flat_map(|(_, row)| row.owner_id().into_iter().chain(row.partner))
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
