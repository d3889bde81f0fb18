//! `circlet session start` and `circlet session end`.

use crate::cli::Cx;
use crate::cli::error::{CliError, Outcome};
use crate::cli::plan::{by_rule, plan, when_of};
use crate::cli::session::one;
use crate::command::Command;
use crate::domain::session::SessionState;
use crate::domain::when::short;

/// Starts a session; one that is planned for quite another time only when that is meant.
pub(super) fn start(cx: &mut Cx<'_, '_>, id: Option<&str>, force: bool) -> Outcome {
    let (circle, session) = one(cx, id)?;
    let (now, zone) = (cx.desk.now(), cx.desk.zone());
    if session.state == SessionState::Planned && session.is_far(now) && !force {
        let day = short(session.start.date(zone), now.date(zone));
        let time = session.start.local(zone).format("%H:%M");
        return Err(CliError::failed(format!(
            "#{} is planned for {day} {time}; nothing was changed. Start it now: add --force",
            session.number
        )));
    }
    cx.commit(Command::StartSession {
        circle,
        session: session.id,
        facilitator: None,
    })
}

pub(super) fn end(
    cx: &mut Cx<'_, '_>,
    next: Option<&str>,
    no_next: bool,
    leave_rest: bool,
) -> Outcome {
    let Some((circle, ..)) = cx.desk.state().running() else {
        return Err(CliError::failed(
            "No session is running; nothing was changed.",
        ));
    };
    let planned = cx
        .desk
        .state()
        .next_session(circle, cx.desk.now())
        .is_some();
    let when = match next {
        Some(text) => Some(when_of(text, &cx.desk, circle)?),
        None if no_next || planned => None,
        None => by_rule(&cx.desk, circle),
    };
    let next = match when {
        Some(when) => {
            let shelf = cx.place.shelf(cx.out);
            Some(plan((&mut cx.desk, &shelf), circle, when, None)?)
        }
        None => None,
    };
    cx.commit(Command::EndSession {
        next,
        figures: None,
        leave_rest,
    })
}
