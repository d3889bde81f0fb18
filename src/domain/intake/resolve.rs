//! From what a file says to a row: its circle, its people, and what stays in the words.

use crate::domain::id::{CircleId, MemberId};
use crate::domain::intake::{Row, Said, Setting};
use crate::domain::item::Owner;
use crate::domain::roster::called;
use crate::domain::text::{Clean, fold, slug};

/// The row, and the names in it that mean nobody for sure.
pub(super) fn resolve(said: &Said, setting: Setting<'_>) -> (Row, Vec<Clean>) {
    let named = said.circle.as_ref();
    let found = named.and_then(|name| circle(name, setting));
    let circle = found.unwrap_or(setting.circle);
    let mut tags = said.tags.clone();
    // The project of another program is a tag here, unless a circle is called that.
    if let (Some(project), None) = (named, found)
        && !tags.contains(project)
    {
        tags.push(project.clone());
    }
    let (owner, strangers) = owner(said, circle, setting);
    let row = Row {
        uid: said.uid,
        foreign: said.foreign.clone(),
        owner,
        due: said.due,
        state: said.state,
        progress: said.progress.clone(),
        note: said.note.clone(),
        priority: said.priority.min(3),
        tags,
        created: said.created,
        closed: said.closed,
        changed: said.changed,
        ..Row::new(circle, with_names(&said.text, &strangers))
    };
    (row, strangers)
}

fn circle(name: &str, setting: Setting<'_>) -> Option<CircleId> {
    let mut circles = setting.state.circles();
    circles
        .find(|circle| fold(&circle.name) == fold(name) || slug(&circle.name) == slug(name))
        .map(|circle| circle.id)
}

fn owner(said: &Said, circle: CircleId, setting: Setting<'_>) -> (Owner, Vec<Clean>) {
    let state = setting.state;
    let is_here = |id: &MemberId| state.member(circle, *id).is_some();
    if let Some(id) = said.owner_id.filter(is_here) {
        return (Owner::Member(id), Vec::new());
    }
    if said.owners.is_empty() {
        let own = setting.owner.filter(is_here);
        return (own.map_or(Owner::Nobody, Owner::Member), Vec::new());
    }
    let members = state.members(circle);
    let mut owner = Owner::Nobody;
    let mut strangers = Vec::new();
    for name in &said.owners {
        let found = match fold(name).as_str() {
            "all" | "everyone" | "everybody" => Some(Owner::All),
            "nobody" | "?" => Some(Owner::Nobody),
            "me" => setting.me.filter(is_here).map(Owner::Member),
            _ => called(members.iter().copied(), name).map(Owner::Member),
        };
        match found {
            // Somebody else who is named too stays in the words.
            Some(also) if owner != Owner::Nobody && also != owner => strangers.push(name.clone()),
            Some(found) => owner = found,
            None => strangers.push(name.clone()),
        }
    }
    (owner, strangers)
}

/// The words with the names that stay in them.
fn with_names(text: &Clean, names: &[Clean]) -> Clean {
    let mut words = text.to_string();
    for name in names {
        words.push_str(" @");
        words.push_str(&name.split_whitespace().collect::<Vec<_>>().join("_"));
    }
    Clean::line(&words)
}
