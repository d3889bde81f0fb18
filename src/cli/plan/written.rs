//! A session as a plan file.

use crate::cli::Cx;
use crate::cli::error::CliError;
use crate::cli::plan::bank::numbers;
use crate::cli::session;
use crate::engine::plan_file;

/// The plan of a session: the one named, else the running one, else the next one.
pub(in crate::cli) fn written(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Result<String, CliError> {
    let (circle, session) = session::one(cx, id)?;
    let numbers = numbers(&mut cx.desk, &plan_file::prompts(&session))?;
    let here = (cx.desk.state(), cx.desk.zone());
    Ok(plan_file::text(here, (circle, &session), &numbers))
}
