//! `circlet member same`, `circlet member apart`: who of several circles is the same person.

use crate::cli::error::{CliError, Outcome, echo};
use crate::cli::{Cx, name};
use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};

/// Reads `ladder/maria`; without a circle the one of `--circle`, else the only one.
fn who(cx: &Cx<'_, '_>, typed: &str) -> Result<(CircleId, MemberId), CliError> {
    let (circle, person) = match typed.rsplit_once('/') {
        Some((circle, person)) => (name::circle(cx.desk.state(), Some(circle))?.id, person),
        None if cx.global.circle.is_some() => (cx.desk.circle(cx.global)?.id, typed),
        None => {
            return Err(CliError::usage(format!(
                "\"{}\" names no circle. Write it like ladder/maria.",
                echo(typed)
            )));
        }
    };
    Ok((circle, cx.desk.person(circle, person)?.id))
}

pub(super) fn same(cx: &mut Cx<'_, '_>, one: &str, other: &str) -> Outcome {
    let (one, other) = (who(cx, one)?, who(cx, other)?);
    cx.commit(Command::SamePerson { one, other })
}

pub(super) fn apart(cx: &mut Cx<'_, '_>, one: &str) -> Outcome {
    let (circle, member) = who(cx, one)?;
    cx.commit(Command::PersonApart { circle, member })
}
