//! Whose actions are meant, in each circle that is looked at.

use crate::cli::error::CliError;
use crate::cli::{Cx, name};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::Owner;
use crate::domain::text::fold;

/// An owner as somebody wrote it.
pub(super) fn owner(cx: &Cx<'_, '_>, circle: CircleId, typed: &str) -> Result<Owner, CliError> {
    match fold(typed.trim().trim_start_matches('@')).as_str() {
        "all" => Ok(Owner::All),
        "nobody" | "?" | "" => Ok(Owner::Nobody),
        _ => Ok(Owner::Member(cx.desk.person(circle, typed)?.id)),
    }
}

/// The circles that are meant, each with the owner to look for there. A circle in which nobody is meant is left out;
/// somebody who is in none of them is an error.
pub(super) fn each(
    cx: &Cx<'_, '_>,
    typed: Option<&str>,
    mine: bool,
) -> Result<Vec<(CircleId, Option<Owner>)>, CliError> {
    let circles: Vec<CircleId> = name::circles(cx.desk.state(), cx.global.circle.as_deref())?
        .iter()
        .map(|circle| circle.id)
        .collect();
    if typed.is_some_and(|typed| typed.trim().is_empty()) {
        // A variable of a script that is empty means nobody in particular, not those that nobody owns.
        return Err(CliError::usage(
            "Whose? Write a name, \"all\" or \"nobody\".",
        ));
    }
    if mine {
        // Asked before the first circle, so that an empty store says so too.
        cx.desk.me().ok_or_else(name::no_me)?;
    }
    let (mut meant, mut unknown) = (Vec::new(), None);
    for circle in &circles {
        let found = if mine {
            let me: Option<MemberId> = cx.desk.me_in(*circle)?;
            match me {
                Some(me) => Ok(Some(Owner::Member(me))),
                None => continue,
            }
        } else {
            typed.map(|typed| owner(cx, *circle, typed)).transpose()
        };
        match found {
            Ok(owner) => meant.push((*circle, owner)),
            // Somebody of one circle need not be in the others.
            Err(error) if circles.len() > 1 => unknown = Some(error),
            Err(error) => return Err(error),
        }
    }
    match unknown {
        Some(error) if meant.is_empty() => Err(error),
        None if mine && meant.is_empty() && !circles.is_empty() => {
            Err(name::not_here(cx.desk.me().unwrap_or_default()))
        }
        _ => Ok(meant),
    }
}
