//! The command line: one-shot commands over the engine, in words or in JSON.
//!
//! Parses arguments, finds what they name, submits commands and prints receipts and rows. Only this room
//! prints. It decides nothing itself and never touches the store: everything goes through the engine, also
//! where another process owns the store.

mod act;
mod action;
mod args;
mod ask;
mod book;
mod calendar;
mod care;
mod circle;
mod complete;
mod decision;
mod desk;
mod error;
mod export;
mod filter;
mod format;
mod groups;
mod guests;
mod handover;
mod help;
mod import;
mod live;
mod manual;
mod member;
mod name;
mod out;
mod place;
mod plan;
mod programme;
mod question;
mod receipt;
mod refer;
mod rehearse;
mod review;
mod rotation;
mod rows;
mod search;
mod session;
mod status;
mod stream;
mod table;
mod typed;
mod whose;
mod written;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, FromArgMatches};

pub use crate::cli::args::{Color, Command, Global, Names};
pub use crate::cli::error::CliError;
pub use crate::cli::live::ready;
pub use crate::cli::rehearse::{Rehearse, Stage, stage};

use crate::cli::args::Args;
use crate::cli::desk::Desk;
use crate::cli::error::Outcome;
use crate::cli::out::Out;
use crate::cli::place::Place;
use crate::domain::text::Clean;

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// Options that hold whatever was asked for.
    pub global: Global,
    /// Which front-end.
    pub front: Front,
}

/// The front-ends.
#[derive(Clone, Debug)]
pub enum Front {
    /// The app.
    App,
    /// The app, straight at the running or the next session.
    Live,
    /// The view for the room.
    Present,
    /// A throw-away store with a session running.
    Demo {
        /// How fast time runs.
        speed: f64,
        /// Which people.
        names: Names,
    },
    /// The next session gone through in a throw-away copy.
    Rehearse(Rehearse),
    /// A one-shot command, for [`run`].
    Cli(Box<Command>),
}

/// Reads the arguments, the first of which is the name of the program.
///
/// # Errors
/// The exit code, when help or the version was asked for (0) or something is wrong (2); it has been told.
pub fn parse(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Invocation, u8> {
    let words: Vec<OsString> = args.into_iter().collect();
    let mut tree = Args::command();
    let args = tree.try_get_matches_from_mut(&words).and_then(|mut found| {
        let read = Args::from_arg_matches_mut(&mut found);
        read.map_err(|error| error.format(&mut tree))
    });
    // Taking a tree of some hundred commands and options apart takes as long as reading the arguments did.
    std::mem::forget(tree);
    let mut args = match args {
        Ok(args) => args,
        Err(error) if help::is_wanted(error.kind()) => {
            let told = help::tree().try_get_matches_from(&words).err();
            return Err(misread(&told.unwrap_or(error), out, err));
        }
        Err(error) => return Err(misread(&error, out, err)),
    };
    // Not by clap, which would write the option into each usage.
    let store = std::env::var_os("CIRCLET_STORE").filter(|folder| !folder.is_empty());
    args.global.store = args.global.store.or_else(|| store.map(Into::into));
    let front = match args.command {
        None => Front::App,
        Some(Command::Live) => Front::Live,
        Some(Command::Present) => Front::Present,
        Some(Command::Demo { speed, names }) => Front::Demo { speed, names },
        Some(Command::Rehearse(rehearse)) if rehearse.run => Front::Rehearse(rehearse),
        Some(command) => Front::Cli(Box::new(command)),
    };
    Ok(Invocation {
        global: args.global,
        front,
    })
}

/// Help goes to stdout, what is wrong to stderr. What was typed is repeated without what could drive a
/// terminal.
fn misread(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let told = Clean::text(&error.render().to_string());
    let mut out = Out::new(out, err);
    if error.use_stderr() {
        out.note(told.as_str().trim_end());
        return 2;
    }
    out.line(told.as_str().trim_end());
    ended(&mut out, Ok(error::Exit::Done))
}

/// The whole command as clap knows it, for completions and the manual page.
fn tree() -> clap::Command {
    Args::command()
}

/// Carries a one-shot command out and returns the exit code of the command line contract.
pub fn run(global: &Global, command: Command, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let mut out = Out::new(out, err);
    let outcome = dispatch(global, command, &mut out);
    ended(&mut out, outcome)
}

fn ended(out: &mut Out<'_>, outcome: Outcome) -> u8 {
    let finished = out.finish();
    match outcome.and_then(|exit| finished.map(|()| exit)) {
        Ok(exit) => exit.code(),
        Err(CliError { code, words }) => {
            out.note(Clean::text(&words).as_str());
            code
        }
    }
}

/// What a command that uses the store is given.
struct Cx<'c, 'o> {
    desk: Desk,
    out: &'c mut Out<'o>,
    global: &'c Global,
    place: &'c Place,
}

fn dispatch(global: &Global, command: Command, out: &mut Out<'_>) -> Outcome {
    match command {
        Command::Keys => return Ok(refer::keys(global, out)),
        Command::Themes => return Ok(refer::themes(global, out)),
        Command::Completions(shell) => return Ok(refer::completions(shell, out)),
        Command::Man(asked) => return manual::man(&asked, out),
        Command::Help(asked) => return help::help(&asked, out),
        Command::Complete(line) => {
            return match line.asked() {
                Some(asked) => completed(global, &asked, out),
                None => Ok(error::Exit::Done),
            };
        }
        Command::Paths => return care::paths(global, out),
        Command::Restore(restore) => return care::restore(global, &restore, out),
        Command::Doctor(doctor) => return care::doctor(global, doctor, out),
        Command::Backup(backup) => return care::backup(global, &backup, out),
        Command::Format(verb) => return format::formats(global, &verb, out),
        Command::Template(verb) => return format::templates(global, &verb, out),
        Command::Status(status) => return status::run(global, status, out),
        Command::Programme(verb) if verb.only_lists() => {
            return programme::look(global, &verb, out);
        }
        Command::Question(question::Verb::Packs(packs)) if packs.only_lists() => {
            return question::packs(global, out);
        }
        _ => {}
    }
    let place = Place::find(global)?;
    for problem in &place.problems {
        out.note(Clean::line(problem).as_str());
    }
    let desk = Desk::open(global, &place, needs_rows(&command))?;
    let mut cx = Cx {
        desk,
        out,
        global,
        place: &place,
    };
    let outcome = with_store(&mut cx, command);
    if let (Some(why), Ok(_)) = (cx.desk.only_reads(), &outcome) {
        cx.out.note(&format!("Read only: {why}."));
    }
    cx.desk.close();
    if outcome.is_ok() {
        place.tell_absent(global, out);
    }
    outcome
}

/// What could stand where Tab was pressed. A script asks, so nothing is told beside it.
fn completed(global: &Global, asked: &complete::Asked, out: &mut Out<'_>) -> Outcome {
    let global = asked.global(global);
    let place = Place::find(&global)?;
    let desk = Desk::open(&global, &place, true)?;
    let mut cx = Cx {
        desk,
        out,
        global: &global,
        place: &place,
    };
    complete::complete(&mut cx, asked);
    cx.desk.close();
    Ok(error::Exit::Done)
}

/// Whether a command has to know the rows of the circles before it asks for any.
const fn needs_rows(command: &Command) -> bool {
    !matches!(
        command,
        Command::Search(_)
            | Command::Add(_)
            | Command::Action(action::Verb::List(_))
            | Command::Question(question::Verb::List(_))
            | Command::Export(export::What::All { .. } | export::What::Questions { .. })
    )
}

fn with_store(cx: &mut Cx<'_, '_>, command: Command) -> Outcome {
    match command {
        Command::Circle(verb) => circle::run(cx, verb),
        Command::Member(verb) => member::run(cx, verb),
        Command::Session(verb) => session::run(cx, verb),
        Command::Programme(programme::Verb::Apply(apply)) => programme::apply(cx, &apply),
        Command::Rehearse(rehearse) => rehearse::run(cx, &rehearse),
        Command::Review(review) => review::run(cx, &review),
        Command::Groups(ask) => groups::run(cx, &ask),
        Command::Add(add) => act::add(cx, &add),
        Command::Undo => act::undo(cx),
        Command::Redo => act::redo(cx),
        Command::Action(verb) => action::run(cx, verb),
        Command::Filter(verb) => filter::run(cx, &verb),
        Command::Decision(verb) => decision::run(cx, &verb),
        Command::Note(verb) => handover::notes(cx, &verb),
        Command::Rotation(rotation) => rotation::run(cx, &rotation),
        Command::Handover => handover::card(cx),
        Command::Parked(verb) => written::parked(cx, &verb),
        Command::Question(verb) => question::run(cx, verb),
        Command::Book(verb) => book::run(cx, verb),
        Command::Export(what) => export::run(cx, what),
        Command::Import(import) => import::run(cx, &import),
        Command::Search(search) => search::run(cx, &search),
        Command::Erase(erase) => care::erase(cx, &erase),
        Command::Live
        | Command::Present
        | Command::Demo { .. }
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Doctor(_)
        | Command::Paths
        | Command::Format(_)
        | Command::Template(_)
        | Command::Programme(programme::Verb::List | programme::Verb::Show { .. })
        | Command::Status(_)
        | Command::Keys
        | Command::Themes
        | Command::Completions(_)
        | Command::Help(_)
        | Command::Complete(_)
        | Command::Man(_) => Err(CliError::usage(
            "That opens the app; call circlet on a terminal.",
        )),
    }
}

impl Cx<'_, '_> {
    /// Does something and tells the receipt.
    fn commit(&mut self, command: crate::command::Command) -> Outcome {
        let act = self.desk.run(command)?;
        let json = self.global.json;
        Ok(receipt::done(self.out, &act, &self.desk.view(), json))
    }

    /// A bank that never had a question gets those that come with circlet first, and that is said.
    fn begin_bank(&mut self) -> Result<(), CliError> {
        if self.desk.fill_bank()?.is_some() {
            self.out.note(&format!(
                "The question bank begins with the {} questions that come with circlet.",
                crate::packs::questions().len()
            ));
        }
        Ok(())
    }

    /// Tells a list: JSON rows under a schema, or a table, or the words for an empty one.
    fn list(&mut self, schema: &str, list: &Listed) {
        if self.global.json {
            self.out.json(&serde_json::json!({
                "schema": format!("circlet.{schema}/1"),
                "items": list.items,
            }));
        } else if list.cells.is_empty() {
            self.out.note(list.empty);
        } else {
            self.out.table(&list.cells);
        }
    }

    /// Tells one thing: its JSON under a schema, or lines.
    fn show(&mut self, schema: &str, row: serde_json::Value, lines: &[String]) {
        if !self.global.json {
            for line in lines {
                self.out.line(line);
            }
            return;
        }
        let mut fields = serde_json::Map::new();
        fields.insert("schema".to_owned(), format!("circlet.{schema}/1").into());
        if let serde_json::Value::Object(row) = row {
            fields.extend(row);
        }
        self.out.json(&fields.into());
    }
}

/// A list that is ready to be told.
struct Listed {
    items: Vec<serde_json::Value>,
    cells: Vec<Vec<String>>,
    /// Said when there is nothing.
    empty: &'static str,
}
