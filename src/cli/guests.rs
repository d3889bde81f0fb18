//! `circlet session invite`: guests for one session.

use crate::cli::Cx;
use crate::cli::error::{CliError, Outcome, echo};
use crate::cli::session::one;
use crate::command::{Command, NewMember};
use crate::domain::roster::{Role, exactly};
use crate::domain::text::Clean;

/// Guests are found by their whole name or their number; whoever is not known yet is a new guest of the circle.
pub(super) fn invite(cx: &mut Cx<'_, '_>, id: &str, names: &[String], off: bool) -> Outcome {
    let (circle, session) = one(cx, Some(id))?;
    let (mut guests, mut new) = (Vec::new(), Vec::new());
    for typed in names {
        let known = exactly(cx.desk.state().members(circle), typed);
        match known {
            Some(member) => guests.push(member),
            None if off => {
                guests.push(cx.desk.person(circle, typed)?.id);
            }
            None => new.push(NewMember {
                name: Clean::name(typed).map_err(|error| {
                    CliError::usage(format!(
                        "\"{}\" is no name: {error}. Nobody was invited.",
                        echo(typed)
                    ))
                })?,
                mail: None,
                role: Role::Guest,
            }),
        }
    }
    cx.commit(Command::Invite {
        circle,
        session: session.id,
        guests,
        new,
        coming: !off,
    })
}
