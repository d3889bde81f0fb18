//! `circlet member merge`, `circlet member same`, `circlet member apart`: which entries are the same person.

use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, name};
use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::Member;
use crate::domain::text::fold;

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

/// Makes two entries of one person one. Whoever is the person that this command line knows by the other name is
/// told how to be known again.
pub(super) fn merge(cx: &mut Cx<'_, '_>, stays: &str, other: &str) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let (into, from) = (
        entry(cx, circle, stays)?.clone(),
        entry(cx, circle, other)?.clone(),
    );
    let me = cx.desk.me().map(fold);
    let act = cx.desk.run(Command::MergeMembers {
        circle,
        from: from.id,
        into: into.id,
    })?;
    let mut warnings = Vec::new();
    if me.is_some_and(|me| me == fold(&from.name) && me != fold(&into.name)) {
        warnings.push(format!(
            "You were {} here. Say who you are: circlet member me \"{}\"",
            from.name, into.name
        ));
    }
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(Exit::Done)
}

/// Somebody of a circle, also one who has left.
fn entry<'a>(cx: &'a Cx<'_, '_>, circle: CircleId, typed: &str) -> Result<&'a Member, CliError> {
    let state = cx.desk.state();
    let whole = |member: &&Member| fold(&member.name) == fold(typed.trim());
    let mut gone = state
        .everyone(circle)
        .filter(|member| member.left.is_some())
        .filter(whole);
    match cx.desk.person(circle, typed) {
        Err(error) => match (gone.next(), gone.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(error),
        },
        found => found,
    }
}

pub(super) fn same(cx: &mut Cx<'_, '_>, one: &str, other: &str) -> Outcome {
    let (one, other) = (who(cx, one)?, who(cx, other)?);
    if one == other {
        return Err(CliError::usage(
            "That is one entry of one circle; name the other one too, like readers/maria.",
        ));
    }
    let act = cx.desk.run(Command::SamePerson { one, other })?;
    let view = cx.desk.view();
    let told = |(circle, id)| {
        let name = view.state.member(circle, id).map(|member| &member.name);
        let circle = view.state.circle(circle).map(|circle| &circle.name);
        Some(format!("{} of {}", name?, circle?))
    };
    match (told(one), told(other)) {
        // The title names nobody, since it stays; what is said here does not.
        (Some(one), Some(other)) if !cx.global.json => {
            cx.out
                .line(&format!("saved {one} and {other} are the same person"));
        }
        _ => Receipt::of(&act, &view, Vec::new()).tell(cx.out, cx.global.json),
    }
    Ok(Exit::Done)
}

pub(super) fn apart(cx: &mut Cx<'_, '_>, one: &str) -> Outcome {
    let (circle, member) = who(cx, one)?;
    cx.commit(Command::PersonApart { circle, member })
}
