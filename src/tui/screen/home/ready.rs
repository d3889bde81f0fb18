//! What the next session has and what it still lacks.

use ratatui::text::{Line, Span};

use crate::domain::agenda::{Block, planned_minutes};
use crate::domain::circle::Circle;
use crate::domain::id::QuestionId;
use crate::domain::session::Session;
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::pane::stage;
use crate::tui::say::{self, Urgency};
use crate::tui::view::{Paint, View};
use crate::tui::widget::text;

/// The next session, and what it lacks.
pub(super) struct Ready<'a> {
    /// Its circle.
    pub(super) circle: &'a Circle,
    /// The session.
    pub(super) session: &'a Session,
    /// Blocks that live from a prompt and have none.
    pub(super) lacking: Vec<&'a Block>,
}

impl<'a> Ready<'a> {
    /// Of the session that comes first.
    pub(super) fn of(view: &View<'a>) -> Option<Self> {
        let (circle, session) = stage::next_session(view)?;
        let lacking = session
            .blocks
            .iter()
            .filter(|block| block.kind.needs_prompt() && block.prompts.is_empty())
            .collect();
        Some(Self {
            circle,
            session,
            lacking,
        })
    }

    /// Questions that were chosen for it.
    pub(super) fn chosen(&self) -> Vec<QuestionId> {
        let prompts = self.session.blocks.iter().flat_map(|block| &block.prompts);
        prompts.filter_map(|prompt| prompt.question).collect()
    }

    /// Minutes that no block needs; negative when the agenda is too long.
    fn slack(&self) -> i64 {
        i64::from(self.session.minutes) - i64::from(planned_minutes(&self.session.blocks))
    }

    /// How many things are not ready.
    pub(super) fn open_things(&self) -> usize {
        usize::from(!self.lacking.is_empty()) + usize::from(!self.agenda_is_ready())
    }

    /// Whether there is an agenda, and it fits.
    pub(super) fn agenda_is_ready(&self) -> bool {
        !self.session.blocks.is_empty() && self.slack() >= 0
    }
}

/// Who was invited to this session alone.
fn guests(view: &View<'_>, ready: &Ready<'_>) -> String {
    let people = view.state.people_of(ready.circle.id, ready.session);
    let names: Vec<String> = people
        .into_iter()
        .filter(|member| ready.session.guests.contains(&member.id))
        .map(|member| say::name(member, view.masked))
        .collect();
    names.join(", ")
}

/// The lines that say what is ready and what is not.
pub(super) fn lines(
    paint: &Paint<'_>,
    ready: &Ready<'_>,
    width: u16,
) -> Vec<(Mark, Line<'static>)> {
    let (view, styles) = (&paint.view, paint.styles);
    let line = |label: &str, words: Span<'static>, more: String| {
        let gap = if more.is_empty() { "" } else { "   " };
        Line::from(vec![
            Span::styled(
                text::pad(label, if width >= 60 { 10 } else { 9 }),
                styles.of(Role::Muted),
            ),
            words,
            Span::styled(format!("{gap}{more}"), styles.of(Role::Muted)),
        ])
    };
    let plain = |words: String| Span::styled(words, styles.of(Role::Text));
    let warn = |words: String| Span::styled(words, styles.bold(Role::Warn));
    let blocks = ready.session.blocks.len();
    let planned = planned_minutes(&ready.session.blocks);
    let words = format!(
        "{}, {planned} of {} min",
        say::count(blocks, "block", "blocks"),
        ready.session.minutes
    );
    let mut lines = vec![match (blocks, ready.slack()) {
        (0, _) => (
            Mark::None,
            line("Agenda", plain("one open block".to_owned()), String::new()),
        ),
        (_, slack) if slack < 0 => {
            let over = format!("{} min too long", -slack);
            (Mark::Blocked, line("Agenda", warn(words), over))
        }
        (_, 0) => (Mark::Done, line("Agenda", plain(words), String::new())),
        (_, slack) => {
            let more = format!("{slack} min slack");
            (Mark::Done, line("Agenda", plain(words), more))
        }
    }];
    let chosen: usize = ready.session.blocks.iter().map(|b| b.prompts.len()).sum();
    lines.push(match ready.lacking.as_slice() {
        [] => (
            Mark::Done,
            line("Prompts", plain(format!("{chosen} chosen")), String::new()),
        ),
        [one] => {
            let words = format!("{} has no prompt", one.title);
            (
                Mark::Blocked,
                line("Prompts", warn(words), format!("{chosen} chosen")),
            )
        }
        many => {
            let words = format!("{} blocks have no prompt", many.len());
            (
                Mark::Blocked,
                line("Prompts", warn(words), format!("{chosen} chosen")),
            )
        }
    });
    let open = view.state.open_actions(ready.circle.id);
    let late = open
        .iter()
        .filter(|a| say::due(view, ready.circle.id, a.due, false).1 == Urgency::Late)
        .count();
    let late = if late == 0 {
        String::new()
    } else {
        format!("{late} late")
    };
    lines.push((
        Mark::Done,
        line("Actions", plain(format!("{} to review", open.len())), late),
    ));
    let leads = ready.session.facilitator;
    if let Some(member) = leads.and_then(|id| view.state.member(ready.circle.id, id)) {
        let words = format!("{} leads", say::name(member, view.masked));
        lines.push((Mark::Done, line("Seats", plain(words), String::new())));
    }
    let guests = guests(view, ready);
    if !guests.is_empty() {
        lines.push((Mark::Done, line("Guests", plain(guests), String::new())));
    }
    let away: Vec<String> = ready
        .session
        .away
        .keys()
        .filter_map(|id| view.state.member(ready.circle.id, *id))
        .map(|member| say::name(member, view.masked))
        .collect();
    if !away.is_empty() {
        lines.push((
            Mark::None,
            line("Absent", plain(away.join(", ")), String::new()),
        ));
    }
    lines
}
