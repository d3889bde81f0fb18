//! `circlet rehearse`: what would not fit in the next session.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::Cx;
use crate::cli::args::Global;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::out::Out;
use crate::cli::place::Place;
use crate::cli::session::coming;
use crate::domain::change::Change;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::rehearsal::{self, Report, Tight};
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::engine::rehearsal::copy as rehearsal_copy;

/// What to rehearse, and how.
#[derive(Clone, Debug, Args)]
pub struct Rehearse {
    /// Number or uid of a session; without it the next one
    pub(super) id: Option<String>,
    /// Open the app on a throw-away copy, with a made-up roster that takes turns
    #[arg(long)]
    pub(super) run: bool,
    /// How fast time runs in that copy
    #[arg(long, value_name = "N", default_value_t = 20.0, requires = "run")]
    pub(super) speed: f64,
}

/// The session that is meant, which has not begun.
fn planned(cx: &mut Cx<'_, '_>, rehearse: &Rehearse) -> Result<(CircleId, Session), CliError> {
    let (circle, session) = coming(cx, rehearse.id.as_deref())?;
    if session.state == SessionState::Planned {
        return Ok((circle, session));
    }
    Err(CliError::failed(format!(
        "Session #{} is {}; only a planned one can be rehearsed.",
        session.number,
        session.state.word()
    )))
}

pub(super) fn run(cx: &mut Cx<'_, '_>, rehearse: &Rehearse) -> Outcome {
    let (circle, session) = planned(cx, rehearse)?;
    let view = cx.desk.view();
    let members = view.state.people_of(circle, &session);
    let expected = rehearsal::expected(&session, &members);
    let report = rehearsal::rehearse(&session, &expected, session.seed());
    let name = |id: MemberId| name_of(&members, id);
    let circle = view.state.circle(circle);
    let circle = circle.map_or("", |circle| circle.name.as_str());
    let mut lines = vec![format!(
        "{circle} #{}, {} min, {} expected",
        session.number,
        session.minutes,
        expected.len()
    )];
    lines.extend(
        report
            .lines(&session, view.zone, &name)
            .into_iter()
            .map(|line| format!("  {line}")),
    );
    let row = json_row(circle, (&session, expected.len()), &report, &name);
    cx.show("rehearsal", row, &lines);
    Ok(Exit::Done)
}

/// The report for programs.
fn json_row(
    circle: &str,
    (session, expected): (&Session, usize),
    report: &Report,
    name: &dyn Fn(MemberId) -> String,
) -> Value {
    let title = |block: usize| session.blocks.get(block).map(|block| block.title.as_str());
    let rounds = |tight: &[Tight]| {
        let row =
            |tight: &Tight| json!({"block": title(tight.block), "says": tight.share.to_string()});
        tight.iter().map(row).collect::<Vec<_>>()
    };
    let titles = |blocks: &[usize]| blocks.iter().map(|block| title(*block)).collect::<Vec<_>>();
    let blocks = session
        .blocks
        .iter()
        .zip(&report.took)
        .map(|(block, took)| {
            json!({
                "title": block.title.as_str(),
                "minutes": block.minutes,
                "took_seconds": took.map(Span::whole_secs),
            })
        });
    json!({
        "circle": circle,
        "session": session.number,
        "fine": report.is_fine(),
        "starts": report.starts,
        "planned_end": report.planned,
        "finish": report.finish,
        "late_finish": report.late_finish,
        "expected": expected,
        "blocks": blocks.collect::<Vec<_>>(),
        "rounds": rounds(&report.rounds),
        "shorter": rounds(&report.shorter),
        "long_steps": report
            .long_steps
            .iter()
            .map(|(block, minutes)| json!({"block": title(*block), "steps_minutes": minutes}))
            .collect::<Vec<_>>(),
        "no_prompt": titles(&report.no_prompt),
        "no_lead": titles(&report.no_lead),
        "no_turn": report.no_turn.iter().map(|id| name(*id)).collect::<Vec<_>>(),
    })
}

fn name_of(members: &[&Member], id: MemberId) -> String {
    let member = members.iter().find(|member| member.id == id);
    member.map_or_else(String::new, |member| member.name.to_string())
}

/// What a rehearsal on screen begins with.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The documents of the copy.
    pub copy: Vec<Change>,
    /// When the session is meant to start.
    pub start: Moment,
}

impl Rehearse {
    /// How fast time runs.
    pub const fn speed(&self) -> f64 {
        self.speed
    }
}

/// Reads what a rehearsal on screen needs. The store is only read, without its lock.
///
/// # Errors
/// When there is no such session, or the store cannot be read.
pub fn stage(global: &Global, rehearse: &Rehearse) -> Result<Stage, CliError> {
    let only_reads = Global {
        read_only: true,
        ..global.clone()
    };
    let place = Place::find(&only_reads)?;
    let desk = Desk::open(&only_reads, &place, true)?;
    let (mut out, mut err) = (std::io::sink(), std::io::sink());
    let mut cx = Cx {
        desk,
        out: &mut Out::new(&mut out, &mut err),
        global: &only_reads,
        place: &place,
    };
    let staged = planned(&mut cx, rehearse).map(|(circle, session)| Stage {
        copy: rehearsal_copy(cx.desk.state(), circle, session.id),
        start: session.start,
    });
    cx.desk.close();
    staged
}
