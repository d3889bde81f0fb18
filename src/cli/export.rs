//! `circlet export`: minutes, plans, questions, a calendar and everything.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::calendar::{self, Calendar};
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::out::json_text;
use crate::cli::place::{absolute, shown};
use crate::cli::plan::plan_text;
use crate::cli::{Cx, session};
use crate::command::travels;
use crate::domain::change::Body;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, Space};
use crate::domain::item::{Action, Decision, Note, Parked};
use crate::domain::minutes::{Minutes, Sources};
use crate::domain::names::Naming;
use crate::domain::pairing::Groups;
use crate::domain::question::{Question, QuestionKind};
use crate::domain::text::fold;
use crate::exchange::{self, archive, minutes, out, questions};

/// What to write out.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// The minutes of a session
    Minutes {
        /// Number or uid; without it the running session, else the last one
        session: Option<String>,
        #[command(flatten)]
        to: To,
        /// How
        #[arg(long, value_enum, default_value_t = Format::Md)]
        format: Format,
    },
    /// The plan of a session, in Markdown that "circlet session plan --from" reads
    Plan {
        /// Number or uid; without it the running session, else the next one
        session: Option<String>,
        #[command(flatten)]
        to: To,
    },
    /// Questions of the bank, in a format that "circlet question import" reads
    Questions {
        /// How; JSON, CSV and TOML keep every field
        #[arg(long, value_enum)]
        format: Option<Layout>,
        /// About this
        #[arg(long)]
        theme: Option<String>,
        /// Of this kind
        #[arg(long)]
        kind: Option<QuestionKind>,
        /// With a star
        #[arg(long)]
        starred: bool,
        #[command(flatten)]
        to: To,
    },
    /// The meetings of a circle for calendar programs; written again, it updates them
    Calendar(Calendar),
    /// Everything, in JSON that "circlet import" reads
    All {
        #[command(flatten)]
        to: To,
        /// How
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
        /// Your own notes and the trash too
        #[arg(long)]
        private: bool,
    },
}

/// Where to write to.
#[derive(Clone, Debug, Args)]
pub struct To {
    /// Into this file instead of to the terminal; readable by you alone
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    force: bool,
}

/// How questions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// Markdown.
    Md,
    /// A table.
    Csv,
    /// JSON.
    Json,
    /// A pack.
    Toml,
    /// One question a line.
    Txt,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Markdown.
    Md,
    /// JSON.
    Json,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, what: What) -> Outcome {
    match what {
        What::Minutes {
            session,
            to,
            format,
        } => write_minutes(cx, session.as_deref(), &to, format),
        What::Plan { session, to } => {
            let text = plan_text(cx, session.as_deref())?;
            put(cx, &to, &text)?;
            Ok(Exit::Done)
        }
        What::Questions {
            format,
            theme,
            kind,
            starred,
            to,
        } => {
            let wanted = Wanted {
                theme: theme.as_deref().map(fold),
                kind,
                starred,
            };
            write_questions(cx, &wanted, format, &to)
        }
        What::Calendar(asked) => calendar::write(cx, &asked),
        What::All {
            to,
            format: Format::Json,
            private,
        } => all(cx, &to, private),
        What::All {
            format: Format::Md, ..
        } => Err(CliError::usage(
            "Everything is written as JSON only. For reading: circlet export minutes --format md",
        )),
    }
}

fn write_minutes(cx: &mut Cx<'_, '_>, id: Option<&str>, to: &To, format: Format) -> Outcome {
    let (circle, session) = session::recorded(cx, id)?;
    let record = session::record(cx, circle, &session)?;
    let view = cx.desk.view();
    let held = view
        .state
        .circle(circle)
        .ok_or_else(|| CliError::failed("That circle is gone."))?;
    let mut rows = Rows::default();
    for (_, document) in &record {
        rows.take(document);
    }
    let sources = Sources {
        circle: held,
        session: &session,
        members: view.state.everyone(circle).collect(),
        actions: rows.actions,
        decisions: rows.decisions,
        notes: rows.notes,
        parked: rows.parked,
        groups: rows.groups,
        next: view.state.next_session(circle).map(|next| next.start),
        live: view.state.live(circle, session.id),
        now: Some(cx.desk.now()),
    };
    let taken = Minutes::new(&sources, Naming::Full);
    let text = match format {
        Format::Md if !cx.global.json => minutes::markdown(&taken, view.zone),
        Format::Md | Format::Json => json_text(&minutes::to_json(&taken, view.zone)) + "\n",
    };
    let left = taken.left_out.words();
    put(cx, to, &text)?;
    if let Some(words) = left {
        cx.out.note(&words);
    }
    Ok(Exit::Done)
}

/// Which questions are written.
struct Wanted {
    /// Folded.
    theme: Option<String>,
    kind: Option<QuestionKind>,
    starred: bool,
}

impl Wanted {
    fn has(&self, question: &Question) -> bool {
        let theme = self.theme.as_ref();
        question.trashed.is_none()
            && (question.starred || !self.starred)
            && self.kind.is_none_or(|kind| kind == question.kind)
            && theme.is_none_or(|theme| fold(&question.theme) == *theme)
    }
}

fn write_questions(
    cx: &mut Cx<'_, '_>,
    wanted: &Wanted,
    layout: Option<Layout>,
    to: &To,
) -> Outcome {
    let bank = cx.desk.scan(Space::Org, Kind::Question)?;
    let mut found: Vec<Question> = bank
        .into_iter()
        .filter_map(|(_, document)| match document {
            Document::Question(question) if wanted.has(&question) => Some(question),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        cx.out
            .note("No question of the bank fits; nothing was written.");
        return Ok(Exit::Done);
    }
    found.sort_by_key(|question| question.number);
    let format = match layout {
        None if cx.global.json => exchange::Format::Json,
        None | Some(Layout::Md) => exchange::Format::Markdown,
        Some(Layout::Csv) => exchange::Format::Csv,
        Some(Layout::Json) => exchange::Format::Json,
        Some(Layout::Toml) => exchange::Format::Toml,
        Some(Layout::Txt) => exchange::Format::Text,
    };
    let text = questions::write(&found, format).map_err(|why| {
        CliError::failed(format!(
            "The questions cannot be written as {}: {why}.",
            format.as_str()
        ))
    })?;
    put(cx, to, &text)?;
    if questions::is_short(format) {
        cx.out.note(&format!(
            "{} has words, themes and follow-ups alone; --format json keeps every field.",
            sentence(format.as_str()).trim_end_matches('.')
        ));
    }
    if questions::is_too_large(format, &text) {
        cx.out.note(&format!(
            "circlet reads {} up to 6 MB; to take this in again, use --format json or csv.",
            format.as_str()
        ));
    }
    Ok(Exit::Done)
}

/// The rows of a record by their kind.
#[derive(Default)]
struct Rows<'a> {
    actions: Vec<&'a Action>,
    decisions: Vec<&'a Decision>,
    notes: Vec<&'a Note>,
    parked: Vec<&'a Parked>,
    groups: Vec<&'a Groups>,
}

impl<'a> Rows<'a> {
    fn take(&mut self, document: &'a Document) {
        match document {
            Document::Action(row) => self.actions.push(row),
            Document::Decision(row) => self.decisions.push(row),
            Document::Note(row) => self.notes.push(row),
            Document::Parked(row) => self.parked.push(row),
            Document::Groups(row) => self.groups.push(row),
            Document::Asked(_)
            | Document::Book(_)
            | Document::Filter(_)
            | Document::Person(_)
            | Document::Poll(_)
            | Document::Reader(_)
            | Document::Circle(_)
            | Document::Counter(_)
            | Document::Live(_)
            | Document::Rotation(_)
            | Document::Member(_)
            | Document::Question(_)
            | Document::Session(_) => {}
        }
    }
}

fn all(cx: &mut Cx<'_, '_>, to: &To, private: bool) -> Outcome {
    let mut spaces: Vec<Space> = match cx.global.circle {
        Some(_) => vec![Space::Circle(cx.desk.circle(cx.global)?.id)],
        None => cx
            .desk
            .state()
            .circles()
            .map(|circle| Space::Circle(circle.id))
            .collect(),
    };
    if cx.global.circle.is_none() {
        spaces.insert(0, Space::Org);
    }
    let mut items = Vec::new();
    let mut left = Left::default();
    for space in spaces {
        // The circle comes before what is in it, so that a reader can go row by row.
        let rest = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Circle);
        for kind in std::iter::once(Kind::Circle)
            .chain(rest)
            .filter(|kind| travels(*kind))
        {
            for (key, document) in cx.desk.scan(space, kind)? {
                if private || left.lets(&document) {
                    items.push(written(&key, &document, private));
                }
            }
        }
    }
    let count = items.len();
    let document = json!({
        "schema": archive::SCHEMA,
        "written": cx.desk.now(),
        "private": private,
        "left_out": {"notes": left.notes, "trash": left.trash},
        "items": items,
    });
    put(cx, to, &(json_text(&document) + "\n"))?;
    if left.notes + left.trash > 0 {
        cx.out.note(&format!(
            "{count} documents. Left out: {} of your own notes, {} in the trash; --private takes them too.",
            left.notes, left.trash
        ));
    }
    Ok(Exit::Done)
}

/// What stays out of an export that others may see.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    notes: usize,
    trash: usize,
}

impl Left {
    fn lets(&mut self, document: &Document) -> bool {
        if matches!(document, Document::Note(note) if !note.audience.in_minutes()) {
            self.notes += 1;
            return false;
        }
        let trashed = document.trashed().is_some();
        self.trash += usize::from(trashed);
        !trashed
    }
}

/// A document as it is written out. Who had the floor when something was said leaves the store only in a
/// private export, and so does why somebody was away.
fn written(key: &Key, document: &Document, private: bool) -> Value {
    let mut body: Body = document.to_body();
    if !private {
        if let Some(Value::Object(origin)) = body.get_mut("origin") {
            origin.insert("speaking".to_owned(), Value::Null);
        }
        if let Some(Value::Object(away)) = body.get_mut("away") {
            away.values_mut().for_each(|why| *why = Value::Null);
        }
    }
    archive::item(key, &body)
}

/// Writes into the file that was named, else to stdout.
pub(super) fn put(cx: &mut Cx<'_, '_>, to: &To, text: &str) -> Result<(), CliError> {
    let Some(path) = &to.output else {
        cx.out.text(text);
        return Ok(());
    };
    out::write_new(path, text.as_bytes(), to.force)
        .map_err(|error| CliError::failed(error.to_string()))?;
    let path = shown(&absolute(path));
    if cx.global.json {
        cx.out
            .json(&json!({"schema": "circlet.written/1", "file": path}));
    } else {
        cx.out.line(&format!("wrote {path}"));
    }
    Ok(())
}
