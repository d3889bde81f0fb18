//! `circlet filter`: list, save, drop; and what filters mean for a list of actions.

use clap::Subcommand;

use crate::cli::desk::{Desk, documents};
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::{Cx, Listed, name, rows, typed};
use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::filter::Filter;
use crate::domain::filter::sought::{Calendar, Sought, Test};
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::item::Action;
use crate::domain::text::fold;

/// What can be done with filters of the list of actions.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All that are kept, with what they ask for
    List,
    /// Keep a filter under a name
    Save {
        /// Its name
        name: String,
        /// What it asks for, as after / in the app
        #[arg(required = true)]
        filter: Vec<String>,
    },
    /// Take a filter off the list
    Drop {
        /// Its name
        name: String,
    },
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: &Verb) -> Outcome {
    match verb {
        Verb::List => {
            list(cx);
            Ok(Exit::Done)
        }
        Verb::Save { name, filter } => {
            let name = typed::words(name)?;
            let text = typed::words(&filter.join(" "))?;
            cx.commit(Command::SaveFilter { name, text })
        }
        Verb::Drop { name } => {
            let filter = named(cx, name).ok_or_else(|| unknown(cx, name))?.id;
            cx.commit(Command::DropFilter { filter })
        }
    }
}

fn list(cx: &mut Cx<'_, '_>) {
    let filters = cx.desk.state().filters();
    let cells = |filter: &&Filter| vec![filter.name.to_string(), filter.text.to_string()];
    let listed = Listed {
        items: filters.iter().map(|filter| rows::filter(filter)).collect(),
        cells: filters.iter().map(cells).collect(),
        empty: "No filters.",
    };
    cx.list("filters", &listed);
}

fn named<'a>(cx: &'a Cx<'_, '_>, name: &str) -> Option<&'a Filter> {
    let mut filters = cx.desk.state().filters().into_iter();
    filters.find(|filter| fold(&filter.name) == fold(name))
}

fn unknown(cx: &Cx<'_, '_>, name: &str) -> CliError {
    let known: Vec<String> = cx
        .desk
        .state()
        .filters()
        .iter()
        .map(|filter| filter.name.to_string())
        .collect();
    let known = match known.as_slice() {
        [] => "None is saved yet".to_owned(),
        some => format!("There are: {}", some.join(", ")),
    };
    CliError::failed(format!("There is no filter \"{}\". {known}.", echo(name)))
}

/// A filter: the one saved under this name, else what was typed.
pub(super) fn sought(cx: &Cx<'_, '_>, typed: &str) -> Result<Sought, CliError> {
    let text = named(cx, typed).map_or_else(|| typed.to_owned(), |filter| filter.text.to_string());
    let sought = Sought::read(&text, cx.desk.seen()).map_err(CliError::usage)?;
    if sought.asks_for_me() {
        let me = cx.desk.me().ok_or_else(name::no_me)?;
        let state = cx.desk.state();
        let mut circles = state.circles().peekable();
        if circles.peek().is_some()
            && !circles.any(|circle| name::me_in(state, circle.id, me).is_some())
        {
            return Err(name::not_here(me));
        }
    }
    Ok(sought)
}

/// What tells whether an action of a circle is what was sought.
pub(super) fn test<'s>(desk: &Desk, sought: &'s Sought, circle: CircleId) -> Test<'s> {
    let state = desk.state();
    let days = Calendar::new(state, circle, (desk.now(), desk.zone()));
    sought.in_circle(circle, state, (days, desk.me()))
}

/// The actions of a circle that lie in the trash.
pub(super) fn trash(cx: &mut Cx<'_, '_>, circle: CircleId) -> Result<Vec<Action>, CliError> {
    let mut gone = Vec::new();
    cx.desk
        .pages(Space::Circle(circle), Kind::Action, &mut |_, rows| {
            for row in &rows {
                if let (_, Document::Action(action)) = documents::read(row)?
                    && action.trashed.is_some()
                {
                    gone.push(action);
                }
            }
            Ok(())
        })?;
    // Newest first, as in the app.
    gone.sort_by_key(|action| (std::cmp::Reverse(action.trashed), action.number));
    Ok(gone)
}
