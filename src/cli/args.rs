//! The tree of commands and options, as clap reads it. Each noun keeps its own branch beside the code that
//! carries it out.

use std::path::PathBuf;

use clap::{Args as Options, Parser, Subcommand, ValueEnum};

use crate::cli::written;
use crate::cli::{
    act, action, book, care, circle, complete, decision, export, filter, format, groups, handover,
    help, import, manual, member, programme, question, refer, rehearse, review, rotation, search,
    session, status,
};
use crate::domain::clock::Moment;

/// Run mentorship circles from the terminal.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "circlet",
    version,
    about = "Run mentorship circles from the terminal",
    long_about = "Run mentorship circles from the terminal: agenda, clock, questions, floor, actions.\n\
                  Without a command the app opens.",
    after_help = "Exit codes: 0 done, 1 could not, 2 wrong usage, 3 saved with open questions,\n\
                  4 the store cannot be used, 10 something of mine is due (status --check).\n\n\
                  circlet help COMMAND says more of one command, circlet help options what\n\
                  every command takes.",
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The heading of the options that every command takes.
pub(super) const EVERY: &str = "Options for every command";

/// Options that every command takes.
#[derive(Clone, Debug, Default, Options)]
#[command(next_help_heading = EVERY)]
pub struct Global {
    /// Folder of the store; without it what `CIRCLET_STORE` says, else the usual one
    #[arg(long, global = true, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// Configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Which circle, by the beginning of its name
    #[arg(long, global = true, value_name = "NAME")]
    pub circle: Option<String>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Colours of the app
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Color,
    /// Theme of the app
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Change nothing: read snapshot and journal, take no lock
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Let the clock start at this time and run on
    #[arg(long, global = true, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<Moment>,
}

/// When the app uses colours. What commands print never has any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the terminal can and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text).ok_or_else(|| "write it like 2026-03-12T15:00:00Z".to_owned())
}

/// What can be asked for by name.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Open the running or the next session
    Live,
    /// The view for the room: follows the running session
    Present,
    /// A session to try things out in; nothing of it is kept
    Demo {
        /// How fast time runs
        #[arg(long, value_name = "N", default_value_t = 1.0)]
        speed: f64,
        /// Which names the people have
        #[arg(long, value_enum, default_value_t)]
        names: Names,
    },
    /// Circles: new, list, show, archive
    #[command(subcommand)]
    Circle(circle::Verb),
    /// People: add, import, list, edit, leave, merge, same, apart, me
    #[command(subcommand)]
    Member(member::Verb),
    /// Sessions: plan, list, show, start, end, move, cancel, skip, away, invite
    #[command(subcommand)]
    Session(session::Verb),
    /// Go through the plan of the next session and say what does not fit
    Rehearse(rehearse::Rehearse),
    /// Groups for those who are there: pairs, threes, fours, history, back, apart, together, untie
    Groups(groups::Ask),
    /// Who leads, keeps time, writes, sits in the hot seat, speaks first: show, set, lead, skip, swap
    Rotation(rotation::Rotation),
    /// Where the running session is, for whoever takes it over
    Handover,
    /// Go through open actions one by one, and say how each went
    Review(review::Review),
    /// Write lines down: actions, decisions, notes, parked items, questions
    Add(act::Add),
    /// Take back what was saved last from the command line
    Undo,
    /// Bring back what was taken back last
    Redo,
    /// Actions: list, show, done, partly, renew, edit, drop, help, move
    #[command(subcommand)]
    Action(action::Verb),
    /// Filters of the list of actions: list, save, drop
    #[command(subcommand)]
    Filter(filter::Verb),
    /// Decisions: list, edit, keep, change, reverse
    #[command(subcommand)]
    Decision(decision::Verb),
    /// Notes: list, hand-over
    #[command(subcommand)]
    Note(handover::NoteVerb),
    /// Parked items: list
    #[command(subcommand)]
    Parked(written::Verb),
    /// The question bank: list, show, add, import, draw, rate, never, packs
    #[command(subcommand)]
    Question(question::Verb),
    /// Books: add, list, show, vote, begin, read, quotes, and what else a book club does
    #[command(subcommand)]
    Book(book::Verb),
    /// Formats, the ways a block can run: list, show
    #[command(subcommand)]
    Format(format::Verb),
    /// Templates, what a session can start from: list, show
    #[command(subcommand)]
    Template(format::Verb),
    /// Programmes, what a circle does over months: list, show, apply
    #[command(subcommand)]
    Programme(programme::Verb),
    /// Write minutes, actions, a calendar or everything out
    #[command(subcommand)]
    Export(export::What),
    /// Take in what circlet wrote with "export all", or actions from other programs
    Import(import::Import),
    /// Search everything: sessions, actions, decisions, notes, parked items, people, books, questions
    Search(search::Search),
    /// One line on what is due and when the circle meets
    Status(status::Status),
    /// Remove something for good, with its past
    Erase(care::Erase),
    /// Copy the whole store into one file
    Backup(care::Backup),
    /// Make a new store from a backup
    Restore(care::Restore),
    /// Check the store
    Doctor(care::Doctor),
    /// Where circlet keeps its files
    Paths,
    /// All keys of the app
    Keys,
    /// Themes of the app
    Themes,
    /// Completions for a shell
    Completions(refer::Completions),
    /// The manual: the page of circlet, of one command, or all into a folder
    Man(manual::Manual),
    /// What a command does and takes
    Help(help::Help),
    /// What could stand where Tab is pressed
    #[command(hide = true)]
    Complete(complete::Complete),
}

/// The people of the demo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Names {
    /// Easy to read.
    #[default]
    Friendly,
    /// Wide, combining, right to left, long.
    Hard,
}

/// How an import is accepted.
#[derive(Clone, Copy, Debug, Default, Options)]
pub struct Accept {
    /// Take it without asking
    #[arg(long)]
    pub(super) yes: bool,
    /// Only show what would be taken
    #[arg(long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
}
