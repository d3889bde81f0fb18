//! `circlet help`, and what `-h` and `--help` say: the options that every command takes stand in one place, not under
//! each command again.

use clap::error::ErrorKind;
use clap::{Args, Command};

use crate::cli::args::EVERY;
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::out::Out;
use crate::command::nearest::nearest;

/// The word after `help` that stands for the options of every command.
const OPTIONS: &str = "options";
/// Where the options of every command are found.
const POINTER: &str = "What every command takes: circlet help options";

/// On what to help.
#[derive(Clone, Debug, Args)]
pub struct Help {
    /// A command, such as: action renew; "options" is what every command takes
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
}

/// The commands as help tells them.
pub(super) fn tree() -> Command {
    let mut tree = crate::cli::tree();
    tree.build();
    tree.mut_args(|arg| {
        let every = arg.get_help_heading() == Some(EVERY);
        arg.hide_short_help(every)
    })
    .mut_subcommands(quiet)
}

fn quiet(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let hidden = arg.is_hide_set() || arg.get_help_heading() == Some(EVERY);
        arg.hide(hidden)
    });
    let command = if command.get_after_help().is_none() {
        command.after_help(POINTER)
    } else {
        command
    };
    command.mut_subcommands(quiet)
}

/// Whether clap wants to show help, which is then made from [`tree`].
pub(super) fn is_wanted(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

pub(super) fn help(asked: &Help, out: &mut Out<'_>) -> Outcome {
    if asked.words == [OPTIONS] {
        out.line(options().trim_end());
        return Ok(Exit::Done);
    }
    let mut found = find(&asked.words)?;
    out.line(found.render_long_help().to_string().trim_end());
    Ok(Exit::Done)
}

/// The command of these words.
pub(super) fn find(words: &[String]) -> Result<Command, CliError> {
    let mut at = tree();
    for word in words {
        let Some(next) = at.find_subcommand(word) else {
            let names = at.get_subcommands().filter(|one| !one.is_hide_set());
            let near = nearest(word, names.map(Command::get_name));
            let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            let all = at
                .get_bin_name()
                .unwrap_or("circlet")
                .replacen(' ', " help ", 1);
            let all = if words.len() == 1 {
                "circlet help"
            } else {
                &all
            };
            return Err(CliError::usage(format!(
                "There is no command \"{}\".{near} {all} lists what there is.",
                echo(&words.join(" "))
            )));
        };
        at = next.clone();
    }
    Ok(at)
}

/// What every command takes, in words.
fn options() -> String {
    let root = crate::cli::tree();
    let every = root.get_arguments();
    let every = every.filter(|arg| arg.get_help_heading() == Some(EVERY));
    Command::new("circlet")
        .disable_help_flag(true)
        .help_template("{all-args}")
        .max_term_width(100)
        .args(every.cloned())
        .render_help()
        .to_string()
}
