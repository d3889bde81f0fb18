//! `circlet book begin`, `plan`, `move`, `skip`.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{change, day, which, words};
use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::rows::View;
use crate::command::book::BookChange;
use crate::domain::book::Book;
use crate::domain::book::reading::{Measure, Reading};
use crate::domain::book::schedule::{self, Choice, Give, Unfit};
use crate::domain::book::usual::{self, Wish};
use crate::domain::id::CircleId;
use crate::domain::when;

/// What a book is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// By chapters.
    Chapters,
    /// By pages.
    Pages,
    /// By parts that the circle made up.
    Parts,
}

impl From<By> for Measure {
    fn from(by: By) -> Self {
        match by {
            By::Chapters => Self::Chapters,
            By::Pages => Self::Pages,
            By::Parts => Self::Parts,
        }
    }
}

/// A book to read.
#[derive(Clone, Debug, Args)]
pub struct Begin {
    /// Which
    id: String,
    /// What it is divided by; chapters where they are known
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Over so many meetings; without it over as few as an easy pace allows
    #[arg(long, value_name = "N")]
    over: Option<usize>,
    /// Read up to this chapter, page or part
    #[arg(long, value_name = "N")]
    until: Option<u32>,
    /// The day on which reading begins; today when none is named
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Warn above so many pages a day; 20 when nothing is said
    #[arg(long, value_name = "PAGES")]
    pace: Option<u16>,
    /// Only show the plan
    #[arg(long)]
    dry_run: bool,
}

/// What to change about the plan.
#[derive(Clone, Debug, Args)]
pub struct Plan {
    /// Add so many meetings at the end
    #[arg(long, value_name = "N", default_value_t = 0)]
    more: usize,
    /// Read up to this chapter, page or part only
    #[arg(long, value_name = "N")]
    until: Option<u32>,
    /// Lay what is left afresh
    #[arg(long)]
    bend: bool,
}

/// A meeting to leave out.
#[derive(Clone, Debug, Args)]
pub struct Skip {
    /// Which meeting, counted from 1
    meeting: usize,
    /// Why, in a word
    #[arg(long, default_value = "")]
    why: String,
    /// Everything moves by one meeting; without it the others take more and the end stays
    #[arg(long)]
    later: bool,
}

pub(super) fn begin(cx: &mut Cx<'_, '_>, begin: &Begin) -> Outcome {
    let (circle, book) = which(cx, Some(&begin.id))?;
    let today = cx.desk.view().today();
    let from = begin.from.as_deref().map(|typed| day(cx, typed));
    let from = from.transpose()?.unwrap_or(today);
    let reading = lay(cx, (circle, &book), begin, from)?;
    let planned = Book {
        reading: Some(reading.clone()),
        ..book.clone()
    };
    let lines = lines(&cx.desk.view(), circle, &planned);
    if begin.dry_run {
        let row = cx.desk.view().book(circle, &planned);
        cx.show("book", row, &lines);
        cx.out.note("Nothing was saved: this was a dry run.");
        return Ok(Exit::Done);
    }
    let exit = change(cx, circle, BookChange::Begin(book.id, reading))?;
    if !cx.global.json {
        for line in lines {
            cx.out.line(&line);
        }
    }
    Ok(exit)
}

/// The plan that is asked for.
fn lay(
    cx: &Cx<'_, '_>,
    (circle, book): (CircleId, &Book),
    begin: &Begin,
    from: NaiveDate,
) -> Result<Reading, CliError> {
    let unknown = book.chapters.is_empty() && book.pages.is_none();
    let wish = Wish {
        // What nobody knows the length of is read in parts of one's own.
        measure: begin
            .by
            .map(Measure::from)
            .or(unknown.then_some(Measure::Parts)),
        until: begin.until,
        over: begin.over,
        from,
        pace: begin.pace.or(Some(usual::USUAL_PACE)),
        full_pace: begin.pace.is_some(),
    };
    let view = cx.desk.view();
    usual::lay(view.state, circle, book, (&wish, view.zone)).map_err(|unfit| match unfit {
        Unfit::NoUnits(Measure::Parts) => CliError::usage(format!(
            "Nobody has said how long it is. Say it: circlet book edit B{0} --pages N, or --chapters N. Or read it in \
             parts of your own: circlet book begin B{0} --by parts --until N",
            book.number,
        )),
        Unfit::NoUnits(measure) => CliError::usage(format!(
            "Nobody has said how many {0} it has. Say it: --until N, or circlet book edit B{1} --{0} N",
            measure.many(),
            book.number,
        )),
        unfit @ (Unfit::NothingLeft | Unfit::NoMeetings | Unfit::TooMany | Unfit::TooLong(_)) => CliError::failed(sentence(&unfit.to_string())),
    })
}

/// A plan in lines, a meeting each, and what can be done where it asks too much.
pub(super) fn lines(view: &View<'_>, circle: CircleId, book: &Book) -> Vec<String> {
    let Some(reading) = view.plan(circle, book) else {
        return Vec::new();
    };
    let today = view.today();
    let fast = schedule::too_fast(book, &reading);
    let loads = schedule::loads(book, &reading);
    let mut lines: Vec<String> = loads
        .iter()
        .zip(&reading.instalments)
        .enumerate()
        .map(|(at, (load, one))| {
            let range = match reading.range(at) {
                Some((first, last)) if first < last => format!("{first}-{last}"),
                _ => one.until.to_string(),
            };
            let above = if fast.contains(&at) {
                "  above the pace"
            } else {
                ""
            };
            format!(
                "{:>3}  {}  {} {range}  {}{above}",
                at + 1,
                when::short(one.day, today),
                reading.measure.short(),
                load.words(reading.measure)
            )
        })
        .collect();
    for skipped in &reading.skipped {
        let why = skipped.why.as_str();
        let gap = if why.is_empty() { "" } else { ": " };
        lines.push(format!(
            "     {}  no reading{gap}{why}",
            when::short(skipped.day, today)
        ));
    }
    for choice in schedule::choices(book, &reading, reading.ahead(today)) {
        lines.push(match choice {
            Choice::MoreMeetings(n) => {
                format!("To stay within the pace: circlet book plan --more {n}")
            }
            Choice::ReadUpTo(n) => format!("Or read less: circlet book plan --until {n}"),
            Choice::Keep => "Or keep it as it is.".to_owned(),
        });
    }
    lines
}

pub(super) fn plan(cx: &mut Cx<'_, '_>, plan: &Plan) -> Outcome {
    let (circle, book) = which(cx, None)?;
    if !plan.bend && plan.more == 0 && plan.until.is_none() {
        let lines = lines(&cx.desk.view(), circle, &book);
        let row = cx.desk.view().book(circle, &book);
        cx.show("book", row, &lines);
        return Ok(Exit::Done);
    }
    let view = cx.desk.view();
    let reading = view.plan(circle, &book);
    let from = reading.map_or(0, |reading| reading.ahead(view.today()));
    let bend = BookChange::Bend {
        book: book.id,
        from,
        more: plan.more,
        until: plan.until,
    };
    change(cx, circle, bend)
}

/// A meeting as people count them, from 1.
fn meeting(typed: usize) -> Result<usize, CliError> {
    typed
        .checked_sub(1)
        .ok_or_else(|| CliError::usage("Meetings are counted from 1: circlet book plan"))
}

pub(super) fn move_to(cx: &mut Cx<'_, '_>, which_one: usize, typed: &str) -> Outcome {
    let at = meeting(which_one)?;
    let day = day(cx, typed)?;
    let (circle, book) = which(cx, None)?;
    let book = book.id;
    change(cx, circle, BookChange::Move { book, at, day })
}

pub(super) fn skip(cx: &mut Cx<'_, '_>, skip: &Skip) -> Outcome {
    let at = meeting(skip.meeting)?;
    let why = words(&skip.why)?;
    let (circle, book) = which(cx, None)?;
    let give = if skip.later {
        Give::Later
    } else {
        Give::Denser
    };
    let book = book.id;
    change(
        cx,
        circle,
        BookChange::Skip {
            book,
            at,
            why,
            give,
        },
    )
}
