//! Which actions are shown, and in which order: the choices of the filter pane, the typed filter, and how that
//! would be typed.

use crate::domain::filter::sought::{Is, Sought};
use crate::domain::id::{CircleId, FilterId};
use crate::domain::item::Owner;
use crate::domain::text::{fold, slug};
use crate::tui::view::View;

/// What the filter pane begins with.
pub(super) const SHOWS: [Is; 7] = [
    Is::Open,
    Is::Overdue,
    Is::Week,
    Is::Blocked,
    Is::Nobody,
    Is::Help,
    Is::Done,
];

/// How rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Soonest due first.
    #[default]
    Due,
    /// By who sees to them, in groups.
    Owner,
    /// By their first tag, in groups.
    Tag,
    /// Oldest first.
    Age,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::Due, Self::Owner, Self::Tag, Self::Age];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Owner => "owner",
            Self::Tag => "tag",
            Self::Age => "age",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Due => "By date, soonest first",
            Self::Owner => "By owner, in groups",
            Self::Tag => "By tag, in groups",
            Self::Age => "By age, oldest first",
        }
    }
}

/// A row of the filter pane that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilterRow {
    Show(Is),
    Whose(Option<Owner>),
    AllCircles,
    Circle(CircleId),
    /// The place of a tag among those of the list.
    Tag(usize),
    Saved(FilterId),
}

/// What was picked and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picks {
    pub(super) show: Is,
    pub(super) whose: Option<Owner>,
    /// Those of every circle.
    pub(super) all: bool,
    /// Folded.
    pub(super) tag: Option<String>,
    pub(super) typed: Sought,
    pub(super) order: Order,
}

impl Picks {
    /// Where to look: among what is open, closed, or in the trash.
    pub(super) fn place(&self) -> Is {
        match (self.typed.place(), self.show) {
            (Some(place @ (Is::Trash | Is::Done)), _) => place,
            (None, Is::Done) => Is::Done,
            (Some(_) | None, _) => Is::Open,
        }
    }

    /// Whether the whole trash is shown.
    pub(super) fn asks_for_all_trash(&self) -> bool {
        self.whose.is_none() && self.tag.is_none() && self.typed.asks_for_all(Is::Trash)
    }

    /// Whether everything that is open is shown.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.show, Is::Open)
            && self.whose.is_none()
            && self.tag.is_none()
            && self.typed.is_empty()
    }

    /// The circles that are looked through. While a session runs, its circle alone.
    pub(super) fn circles(&self, view: &View<'_>) -> Vec<CircleId> {
        let every = self.all || self.typed.names_circles();
        if every {
            return circles(view);
        }
        view.circle.into_iter().collect()
    }

    /// What would be typed to see the same: `is:overdue @maria-okafor #growth send`.
    pub(super) fn text(&self, view: &View<'_>) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.show != Is::Open {
            parts.push(format!("is:{}", self.show.as_str()));
        }
        match (self.whose, view.circle) {
            (Some(Owner::Member(id)), Some(circle)) => {
                let member = view.state.member(circle, id);
                parts.extend(
                    member.map(|member| format!("@{}", fold(&member.name).replace(' ', "-"))),
                );
            }
            (Some(Owner::All), _) => parts.push("@all".to_owned()),
            (Some(Owner::Nobody), _) => parts.push("is:nobody".to_owned()),
            (Some(Owner::Member(_)) | None, _) => {}
        }
        parts.extend(self.tag.as_ref().map(|tag| format!("#{tag}")));
        if !self.typed.is_empty() {
            parts.push(self.typed.text().to_owned());
        }
        parts.join(" ")
    }

    /// Takes what was typed or saved over; what was picked before goes.
    pub(super) fn take(&mut self, typed: Sought) {
        *self = Self {
            typed,
            all: self.all,
            order: self.order,
            ..Self::default()
        };
    }
}

/// The circles that are not at rest; while a session runs, its circle alone.
pub(super) fn circles(view: &View<'_>) -> Vec<CircleId> {
    if let Some((circle, ..)) = view.state.running() {
        return vec![circle];
    }
    let mut active: Vec<_> = view
        .state
        .circles()
        .filter(|circle| circle.archived.is_none())
        .collect();
    active.sort_by_key(|circle| slug(&circle.name));
    active.into_iter().map(|circle| circle.id).collect()
}

/// What whoever sits here is called.
pub(super) fn my_name<'a>(view: &View<'a>) -> Option<&'a str> {
    let member = view.state.member(view.circle?, view.me?)?;
    Some(member.name.as_str())
}
