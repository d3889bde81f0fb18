//! `circlet man`: pages in troff, one for circlet with the keys of the app and one for each command.

use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::help;
use crate::cli::out::Out;
use crate::cli::place::shown;
use crate::command::keymap::Keymap;
use crate::command::table::{Place, SPECS};

/// Which page.
#[derive(Clone, Debug, Args)]
pub struct Manual {
    /// The page of a command, such as: action
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
    /// All pages, into this folder: circlet.1, circlet-action.1 and so on
    #[arg(long, value_name = "DIR", conflicts_with = "words")]
    to: Option<PathBuf>,
}

pub(super) fn man(asked: &Manual, out: &mut Out<'_>) -> Outcome {
    if let Some(folder) = &asked.to {
        return all(folder, out);
    }
    out.text(&page(&help::find(&asked.words)?)?);
    Ok(Exit::Done)
}

fn all(folder: &Path, out: &mut Out<'_>) -> Outcome {
    let root = help::tree();
    let nouns = root.get_subcommands().filter(|noun| !noun.is_hide_set());
    let mut pages = vec![("circlet.1".to_owned(), page(&root)?)];
    for noun in nouns {
        pages.push((format!("circlet-{}.1", noun.get_name()), page(noun)?));
    }
    let failed = |error: std::io::Error| {
        CliError::failed(format!("{} cannot be written ({error}).", shown(folder)))
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in &pages {
        std::fs::write(folder.join(name), text).map_err(failed)?;
    }
    out.line(&format!("{} pages in {}", pages.len(), shown(folder)));
    Ok(Exit::Done)
}

/// A page names no other page, since nobody knows which ones are installed.
fn page(command: &Command) -> Result<String, CliError> {
    let is_root = command.get_name() == "circlet";
    let name = command.get_bin_name().unwrap_or("circlet");
    let man = Man::new(command.clone())
        .title(name.replace(' ', "-"))
        .source("circlet");
    let mut text = Vec::new();
    man.render_title(&mut text)
        .and_then(|()| man.render_name_section(&mut text))
        .and_then(|()| man.render_synopsis_section(&mut text))
        .and_then(|()| man.render_description_section(&mut text))
        .and_then(|()| man.render_options_section(&mut text))
        .map_err(|error| CliError::failed(format!("The page could not be made: {error}.")))?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    let verbs: Vec<&Command> = command
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set())
        .collect();
    if !verbs.is_empty() {
        text.push_str(".SH COMMANDS\n");
        for verb in verbs {
            text.push_str(&if is_root { told(verb) } else { whole(verb) });
        }
    }
    if is_root {
        text.push_str(".SH EXIT CODES\n");
        let codes = command.get_after_help();
        let codes = codes.map(ToString::to_string).unwrap_or_default();
        text.extend([roff(&codes), "\n".to_owned()]);
        text.push_str(&keys());
    } else {
        text.push_str(".SH MORE\nThe page of circlet itself has the options that every command takes: circlet man\n");
    }
    Ok(text)
}

fn entry(head: &str, words: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}\n", roff(head), roff(words))
}

fn about(command: &Command) -> String {
    let about = command.get_about();
    about.map(ToString::to_string).unwrap_or_default()
}

/// A command in one line.
fn told(command: &Command) -> String {
    entry(command.get_bin_name().unwrap_or_default(), &about(command))
}

/// A command with all it takes.
fn whole(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let mut text = format!(".SS {}\n{}\n", roff(usage), roff(&about(command)));
    for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
        // Help of help says nothing.
        let words = arg.get_help().map(ToString::to_string);
        if let Some(words) = words.filter(|_| arg.get_id() != "help") {
            text.push_str(&entry(&arg.to_string(), &words));
        }
    }
    text
}

fn keys() -> String {
    let keymap = Keymap::default();
    let mut text = ".SH KEYS\n".to_owned();
    for spec in SPECS {
        let keys = keymap
            .keys_of(Place::Live, spec.id)
            .or_else(|| keymap.keys_of(Place::Anywhere, spec.id))
            .unwrap_or_else(|| format!(":{}", spec.id.as_str()));
        text.push_str(&entry(&keys, spec.help));
    }
    text
}

/// Text that troff takes as text.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let plain = |line: &str| {
        if line.starts_with(['.', '\'']) {
            format!("\\&{line}")
        } else {
            line.to_owned()
        }
    };
    let lines: Vec<String> = text.lines().map(plain).collect();
    lines.join("\n")
}
