//! Actions as documents that `circlet import` reads, with the circle and the owners that they need. Beside each body
//! stands what it says by ids alone.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::action_list::{ActionList, ListedAction};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::exchange::archive::{LeftOut, Writer};

/// The file, and what is not in it. `documents` are circles first, then owners, then the actions of `list`.
pub fn json(
    list: &ActionList,
    documents: impl IntoIterator<Item = (Key, Document)>,
    mut writer: Writer,
    now: Moment,
) -> (Value, LeftOut) {
    let rows: BTreeMap<uuid::Uuid, &ListedAction> =
        list.rows.iter().map(|row| (row.uid.0, row)).collect();
    for (key, document) in documents {
        let item = writer.put(&key, &document);
        if let (Some(item), Kind::Action, Some(row)) = (item, key.kind, rows.get(&key.id)) {
            item.insert("id".to_owned(), json!(row.short()));
            item.insert("circle".to_owned(), json!(row.slug()));
            item.insert("owner".to_owned(), json!(row.owner));
            item.insert("due".to_owned(), json!(row.due));
        }
    }
    writer.end(now)
}
