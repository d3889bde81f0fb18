//! The order of the rows, and the groups that they stand in.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::domain::clock::Moment;
use crate::domain::filter::sought::Is;
use crate::domain::id::{CircleId, Key};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::fold;
use crate::tui::screen::actions::pick::{Order, Picks};
use crate::tui::screen::words;
use crate::tui::view::View;

/// A row before it is put in order.
pub(super) struct Found<'a> {
    pub(super) key: Key,
    pub(super) action: &'a Action,
    pub(super) due: Option<Moment>,
    /// The group that it stands in, and its title.
    pub(super) group: (u32, String),
}

/// Puts rows in the order that was picked.
pub(super) fn sort(main: &mut [Found<'_>], picks: &Picks) {
    let by_due = |found: &Found<'_>| {
        (
            found.due.is_none(),
            found.due,
            // What is due at a session that is not planned yet has a date sooner than what has none.
            found.action.due == Due::None,
            found.key.space,
            found.action.number,
        )
    };
    match (picks.place(), picks.order) {
        (Is::Done | Is::Trash, Order::Due) => {
            main.sort_by_key(|found| {
                let at = found.action.trashed.or(found.action.closed);
                (Reverse(at), found.action.number)
            });
        }
        (_, Order::Due) => main.sort_by_key(by_due),
        (_, Order::Owner | Order::Tag) => {
            main.sort_by(|one, other| {
                let groups = one.group.cmp(&other.group);
                groups.then_with(|| by_due(one).cmp(&by_due(other)))
            });
        }
        (_, Order::Age) => main.sort_by_key(|found| (found.action.origin.at, found.action.number)),
    }
}

/// The groups that rows stand in.
pub(super) struct Groups<'v> {
    order: Order,
    view: &'v View<'v>,
    owners: HashMap<(CircleId, Owner), (u32, String)>,
}

impl<'v> Groups<'v> {
    pub(super) fn new(order: Order, view: &'v View<'_>) -> Self {
        Self {
            order,
            view,
            owners: HashMap::new(),
        }
    }

    pub(super) fn of(&mut self, circle: CircleId, action: &Action) -> (u32, String) {
        match self.order {
            Order::Due | Order::Age => (0, String::new()),
            Order::Tag => match action.tags.first() {
                Some(tag) => (0, format!("#{}", fold(tag))),
                None => (1, "no tag".to_owned()),
            },
            Order::Owner => {
                let view = self.view;
                let group = self
                    .owners
                    .entry((circle, action.owner))
                    .or_insert_with(|| {
                        let place = match action.owner {
                            Owner::Member(id) => {
                                let member = view.state.member(circle, id);
                                member.map_or(u32::MAX - 2, |member| u32::from(member.label.0))
                            }
                            Owner::All => u32::MAX - 1,
                            Owner::Nobody => u32::MAX,
                        };
                        (place, words::owner(view, circle, action.owner, false))
                    });
                group.clone()
            }
        }
    }
}
