//! Showing first and asking then: what every import and every erase does before it changes anything.

use std::io::{self, IsTerminal};

use crate::cli::args::Accept;
use crate::cli::error::CliError;
use crate::cli::out::Out;

/// Whether to go on after the preview has been shown. `verb` is what would happen: `Add 12 questions`.
///
/// # Errors
/// Exit code 2 when there is neither an answer on the command line nor a terminal to ask on.
pub(super) fn accepted(out: &mut Out<'_>, accept: Accept, verb: &str) -> Result<bool, CliError> {
    if accept.dry_run {
        out.note("Nothing was changed: this was a dry run.");
        return Ok(false);
    }
    if accept.yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(CliError::usage(
            "Nothing was changed: there is no terminal to ask on. Add --yes to accept, --dry-run to only look.",
        ));
    }
    let answer = out
        .prompt(&format!("{verb}? [y/N]"))
        .map_err(|error| CliError::failed(format!("The answer could not be read: {error}.")))?;
    let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    if !yes {
        out.note("Nothing was changed.");
    }
    Ok(yes)
}
