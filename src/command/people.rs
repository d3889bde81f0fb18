//! What commands say about a circle and the people in it.

use serde::{Deserialize, Serialize};

use crate::command::plan::Plan;
use crate::domain::circle::CircleKind;
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Label, Role};
use crate::domain::text::Clean;

/// A person to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMember {
    /// As they write it.
    pub name: Clean,
    /// Address, if given.
    #[serde(default)]
    pub mail: Option<Clean>,
    /// What they will be.
    #[serde(default)]
    pub role: Role,
}

/// A new circle with its people and, if it is known, its first session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCircle {
    /// Its name.
    pub name: Clean,
    /// What it meets for.
    #[serde(default)]
    pub kind: CircleKind,
    /// Who is in it, in the order of their labels.
    #[serde(default)]
    pub people: Vec<NewMember>,
    /// When it meets.
    #[serde(default)]
    pub rhythm: Option<Rhythm>,
    /// The template its sessions start from.
    #[serde(default)]
    pub template: Option<String>,
    /// Its first session.
    #[serde(default)]
    pub first: Option<Plan>,
}

/// What to change about a member; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberEdit {
    /// New name.
    pub name: Option<Clean>,
    /// New address; an empty one takes it away.
    pub mail: Option<Clean>,
    /// New role.
    pub role: Option<Role>,
    /// New label; whoever has it gets the old one.
    pub label: Option<Label>,
    /// By phone or video.
    pub phone: Option<bool>,
    /// Not to be called on.
    pub no_calls: Option<bool>,
    /// Has left (`true`) or come back.
    pub left: Option<bool>,
}
