//! How a session went, in facts, once it was ended here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span as Words};

use crate::domain::clock::Span;
use crate::domain::minutes::whole_minutes;
use crate::domain::session::{Session, SessionState};
use crate::theme::{Role, Styles};
use crate::tui::pane::written::{self, Item};
use crate::tui::say;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{CommandId, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints;
use crate::tui::widget::text;

/// What means something while the facts are shown.
pub(super) const OFFERS: [(CommandId, &str); 4] = [
    (CommandId::WriteMarkdown, "write the minutes"),
    (CommandId::Undo, "take back"),
    (CommandId::GoHome, "home"),
    (CommandId::Close, "next session"),
];

impl LiveScreen {
    /// The session that was ended here, as long as that was not taken back.
    pub(super) fn facts_of<'a>(&self, view: &View<'a>) -> Option<&'a Session> {
        let (circle, session) = self.ended?;
        view.state
            .session(circle, session)
            .filter(|session| session.state == SessionState::Ended)
    }
}

/// How it went in one line each: time, what was written down, what was not reached.
pub(super) fn facts(session: &Session, view: &View<'_>) -> Vec<String> {
    let mut facts = vec![on_time(session)];
    let circle = view
        .state
        .circles()
        .find(|circle| view.state.session(circle.id, session.id).is_some());
    let items = circle.map_or_else(Vec::new, |circle| {
        written::items(view, circle.id, session.id)
    });
    let actions = items.iter().filter(|item| matches!(item, Item::Action(_)));
    facts.push(say::count(actions.count(), "action", "actions"));
    let decisions = items
        .iter()
        .filter(|item| matches!(item, Item::Decision(_)));
    match decisions.count() {
        0 => {}
        n => facts.push(say::count(n, "decision", "decisions")),
    }
    let kept = session.blocks.iter().filter(|block| block.parked.is_some());
    let kept = kept.count();
    let missed = session
        .blocks
        .iter()
        .filter(|block| block.took.is_none() && block.parked.is_none());
    match (missed.count(), kept) {
        (0, 0) => facts.push("every block reached".to_owned()),
        (0, _) => {}
        (n, _) => facts.push(format!("{} not reached", say::count(n, "block", "blocks"))),
    }
    if kept > 0 {
        let blocks = say::count(kept, "block", "blocks");
        facts.push(format!("{blocks} kept for next time"));
    }
    facts
}

fn on_time(session: &Session) -> String {
    let (Some(started), Some(ended)) = (session.started, session.ended) else {
        return "ended".to_owned();
    };
    let over = (ended - started) - session.length();
    let minutes = over.millis() / 60_000;
    match minutes {
        0 => "ended on time".to_owned(),
        over if over > 0 => format!("ended {over} min after plan"),
        early => format!("ended {} min before plan", -early),
    }
}

/// Draws the facts, one below the other, with the time each block took.
pub(super) fn draw(
    session: &Session,
    view: &View<'_>,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let title = format!("Session #{} is over", session.number);
    let small = area.width < 40 || area.height < 6;
    let content = if small {
        area
    } else {
        Pane::new(&title).draw(area, buf, styles)
    };
    let mut lines: Vec<Line<'static>> = facts(session, view)
        .into_iter()
        .map(|fact| Line::from(Words::styled(fact, styles.bold(Role::Text))))
        .collect();
    lines.push(Line::default());
    for block in &session.blocks {
        let took = block
            .took
            .map(|took: Span| format!("took {} of {} min", say::passed(took), block.minutes));
        let begun = block.took.is_some_and(|took| whole_minutes(took) > 0);
        let took = match (took, block.parked) {
            (Some(took), None) => took,
            (Some(took), Some(_)) if begun => format!("{took}, kept for next time"),
            (_, Some(_)) => "kept for next time".to_owned(),
            (None, None) => "not reached".to_owned(),
        };
        lines.push(Line::from(vec![
            Words::styled(text::pad(block.title.as_str(), 24), styles.of(Role::Text)),
            Words::styled(format!("  {took}"), styles.of(Role::Muted)),
        ]));
    }
    let room = content.height.saturating_sub(u16::from(!small) * 2);
    for (index, line) in (0u16..).zip(lines.iter().take(room.into())) {
        text::put_line(line, text::row(content, index), buf);
    }
    if !small {
        let keys = view.keys.hints(&[
            (CommandId::WriteMarkdown, "write the minutes"),
            (CommandId::Undo, "takes the end back"),
            (CommandId::GoHome, "home"),
        ]);
        let last = text::row(content, content.height.saturating_sub(1));
        hints::draw_quiet(&keys, last, buf, styles);
    }
}
