//! `circlet export calendar`: the meetings of a circle for any calendar program.

use clap::Args;

use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::export::{To, put};
use crate::domain::book::Book;
use crate::domain::names::{Names, Naming};
use crate::exchange::calendar::reading::reading;
use crate::exchange::calendar::{ALARMS, Wish, calendar};

/// Longest time before a meeting at which a reminder may come: two weeks.
const EARLIEST: i64 = 14 * 24 * 60;

/// What the file holds.
#[derive(Clone, Debug, Args)]
pub struct Calendar {
    #[command(flatten)]
    to: To,
    /// Say who leads, who has which block and who comes as a guest
    #[arg(long, visible_alias = "owner")]
    names: bool,
    /// A reminder so many minutes before each meeting, in place of one a day and one 15 minutes before
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u16).range(0..=EARLIEST))]
    alarm: Option<u16>,
    /// No reminders
    #[arg(long, conflicts_with = "alarm")]
    no_alarms: bool,
}

pub(super) fn write(cx: &mut Cx<'_, '_>, asked: &Calendar) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.clone();
    let mut sessions = cx.desk.sessions(circle.id)?;
    let gone = cx.desk.sessions_gone(circle.id)?;
    if sessions.is_empty() && gone.is_empty() {
        return Err(CliError::failed(format!(
            "{} has no session yet, so there is nothing for a calendar. Plan one: circlet session plan",
            circle.name
        )));
    }
    sessions.sort_by_key(|session| (session.start, session.number));
    let names = Names::new(cx.desk.state().everyone(circle.id), Naming::Full);
    let alarms = match asked.alarm {
        _ if asked.no_alarms => Vec::new(),
        Some(minutes) => vec![minutes],
        None => ALARMS.to_vec(),
    };
    let wish = Wish {
        circle: &circle.name,
        now: cx.desk.now(),
        names: Some(&names).filter(|_| asked.names),
        alarms: &alarms,
    };
    put(cx, &asked.to, &calendar(&sessions, &gone, &wish))?;
    Ok(Exit::Done)
}

/// Writes what the circle reads until when.
pub(super) fn write_reading(cx: &mut Cx<'_, '_>, to: &To) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.clone();
    let view = cx.desk.view();
    let book = view.state.reading(circle.id).cloned();
    let book = book.ok_or_else(|| {
        CliError::failed(format!(
            "{} reads no book now. Begin one: circlet book begin B1",
            circle.name
        ))
    })?;
    let book = Book {
        reading: view.plan(circle.id, &book),
        ..book
    };
    let wish = Wish {
        circle: &circle.name,
        now: cx.desk.now(),
        names: None,
        alarms: &[],
    };
    put(cx, to, &reading(&book, &wish))?;
    Ok(Exit::Done)
}
