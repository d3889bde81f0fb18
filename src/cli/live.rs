//! `circlet live`: whether there is a session to open it with.

use crate::cli::args::Global;
use crate::cli::desk::Desk;
use crate::cli::error::CliError;
use crate::cli::place::Place;
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
        let found = has_session(desk.state());
        desk.close();
        if found {
            return Ok(());
        }
    }
    Err(CliError::failed(
        "No session runs or is planned. Plan one: circlet session plan --on \"thu 15:00 90m\"",
    ))
}

fn has_session(state: &State) -> bool {
    let planned = state.circles().any(|circle| {
        circle.archived.is_none()
            && state
                .sessions(circle.id)
                .any(|session| session.state == SessionState::Planned)
    });
    planned || state.running().is_some()
}
