//! Rehearsing: what does not fit in the next session as a list over any screen, and a made-up roster that takes
//! turns while the plan is gone through in a throw-away copy.

use crate::command::id::CommandId;
use crate::domain::circle::Circle;
use crate::domain::id::MemberId;
use crate::domain::rehearsal::{self, Report, Roster};
use crate::domain::session::Session;
use crate::tui::messages::Note;
use crate::tui::pane::stage::next_session;
use crate::tui::port::{Port, Reads};
use crate::tui::say;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::view::{Arg, ScreenId, View};

impl Shell {
    /// Goes through the plan of the next session and shows what was found.
    pub(super) fn rehearse(&mut self, port: &dyn Reads) {
        let view = self.view(port);
        let Some((circle, session)) = next_session(&view) else {
            self.messages.say(Note::error(
                "No session is planned; plan one and rehearse it then",
            ));
            return;
        };
        let (name, number) = (&circle.name, session.number);
        let report = report(&view, circle, session);
        let title = format!("Rehearsal of {name} #{number}, {} expected", report.people);
        let (blocks, rows): (Vec<_>, Vec<_>) =
            told(&report, &view, circle, session).into_iter().unzip();
        let id = |place: usize| Some(session.blocks.get(place)?.id);
        self.rehearsed = blocks.into_iter().map(|block| block.and_then(id)).collect();
        self.overlay = Some(Overlay::shell_choice(Which::Rehearsal, title, rows));
    }

    /// A line of what was found was picked: its block is marked in the plan.
    pub(super) fn found_picked(&mut self, row: usize, port: &mut dyn Port) {
        let Some(block) = self.rehearsed.get(row).copied().flatten() else {
            return;
        };
        self.go(ScreenId::Plan, port);
        self.screens.plan_mut().mark(block);
    }

    /// Starts the session of a throw-away copy.
    pub(super) fn begin_rehearsal(&mut self, port: &mut dyn Port) {
        if self.setup.rehearsal && self.roster.is_none() {
            let now = port.now();
            let seed = now.millis().unsigned_abs();
            self.roster = Some(Roster::new(now, seed));
            self.run(CommandId::StartPause, &Arg::None, port);
        }
    }

    /// The roster of a rehearsal takes its turns; whoever sits here leads.
    pub(super) fn act_out(&mut self, port: &mut dyn Port) {
        let Some(roster) = &mut self.roster else {
            return;
        };
        let state = port.state();
        let (Some((circle, session, live)), Some(floor)) = (state.running(), port.floor()) else {
            return;
        };
        let members = state.people_of(circle, session);
        let here: Vec<MemberId> = rehearsal::expected(session, &members)
            .into_iter()
            .filter(|member| session.facilitator != Some(*member))
            .collect();
        let change = roster.next(session, live, floor, (&here, port.now()));
        if let Some(change) = change {
            port.floor_move(change);
        }
    }

    /// The session of a rehearsal is over: how it went, and what would not have fitted.
    pub(super) fn end_rehearsal(&mut self, port: &dyn Reads) {
        if self.roster.take().is_none() {
            return;
        }
        let view = self.view(port);
        let ended = view.circle.and_then(|id| {
            let circle = view.state.circle(id)?;
            Some((circle, view.state.last_session(id)?))
        });
        let Some((circle, session)) = ended else {
            return;
        };
        let report = report(&view, circle, session).went(session);
        let told = told(&report, &view, circle, session).into_iter();
        let rows = told.map(|(_, line)| line).collect();
        self.rehearsed.clear();
        let title = "How the rehearsal went; q q leaves it";
        self.overlay = Some(Overlay::shell_choice(Which::Rehearsal, title, rows));
    }
}

fn report(view: &View<'_>, circle: &Circle, session: &Session) -> Report {
    let members = view.state.people_of(circle.id, session);
    let expected = rehearsal::expected(session, &members);
    rehearsal::rehearse(session, &expected, session.seed())
}

/// What was found, with the place of the block that each line is about.
fn told(
    report: &Report,
    view: &View<'_>,
    circle: &Circle,
    session: &Session,
) -> Vec<(Option<usize>, String)> {
    let members = view.state.members(circle.id);
    let name = |id: MemberId| {
        let member = members.iter().find(|member| member.id == id);
        member.map_or_else(String::new, |member| say::name(member, view.masked))
    };
    report.told(session, view.zone, &name)
}
