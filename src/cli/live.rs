//! `circlet live`: whether there is a session to open it with.

use crate::cli::args::Global;
use crate::cli::desk::Desk;
use crate::cli::error::CliError;
use crate::cli::place::Place;
use crate::domain::id::CircleId;
use crate::domain::session::SessionState;
use crate::domain::state::State;

/// Whether a session runs or is planned, looked up before the terminal is taken. The store is only read, without its
/// lock. A store that cannot be read is left to the app, which says what is wrong and mends it.
///
/// # Errors
/// When there is none, or the home folder is unknown.
pub fn ready(global: &Global) -> Result<(), CliError> {
    let only_reads = Global {
        read_only: true,
        ..global.clone()
    };
    let place = Place::find(&only_reads)?;
    if place.paths.store.exists() {
        let Ok(desk) = Desk::open(&only_reads, &place, false) else {
            return Ok(());
        };
        let named = global.circle.is_some();
        let circle = named.then(|| desk.circle(global).map(|circle| circle.id));
        let found = match &circle {
            Some(Ok(circle)) => has_session(desk.state(), Some(*circle)),
            Some(Err(_)) => false,
            None => has_session(desk.state(), None),
        };
        desk.close();
        if let Some(Err(unknown)) = circle {
            return Err(unknown);
        }
        if found {
            return Ok(());
        }
    }
    Err(CliError::failed(
        "No session runs or is planned. Plan one: circlet session plan --on \"thu 15:00 90m\"",
    ))
}

/// Whether a session runs, which is shown whatever was asked for, or is planned in this circle, else in any that meets.
fn has_session(state: &State, named: Option<CircleId>) -> bool {
    let planned = state.circles().any(|circle| {
        named.map_or(circle.archived.is_none(), |named| named == circle.id)
            && state
                .sessions(circle.id)
                .any(|session| session.state == SessionState::Planned)
    });
    planned || state.running().is_some()
}
