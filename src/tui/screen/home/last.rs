//! How the last session went, in facts.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::Block;
use crate::domain::id::CircleId;
use crate::domain::item::{Action, ActionState};
use crate::domain::minutes::whole_minutes;
use crate::domain::session::Session;
use crate::theme::Role;
use crate::tui::say;
use crate::tui::screen::home::model::Model;
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints;
use crate::tui::widget::text;

/// The session that ended last, of the circle that is shown.
pub(super) fn of<'a>(model: &Model, view: &View<'a>) -> Option<(CircleId, &'a Session)> {
    let circle = model.shown?;
    Some((circle, view.state.last_session(circle)?))
}

/// Draws the pane.
pub(super) fn draw(
    paint: &Paint<'_>,
    area: Rect,
    (focused, (circle, session)): (bool, (CircleId, &Session)),
    buf: &mut Buffer,
) {
    let (view, styles) = (&paint.view, paint.styles);
    let name = view.state.circle(circle).map_or("", |c| c.name.as_str());
    let day = session.begins().date(view.zone).format("%-d %b");
    let meta = format!("{name} #{}, {day}", session.number);
    let content = Pane::new("Last session")
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let keys = u16::from(content.height >= 4);
    let room = content.height - keys;
    let air = u16::from(content.height >= 6);
    for (row, line) in (air..room).zip(facts(view, circle, session)) {
        let line = Line::from(Span::styled(line, styles.of(Role::Text)));
        text::put_line(&line, text::row(content, row), buf);
    }
    if keys > 0 {
        let last = text::row(content, content.height - 1);
        let hints = view.keys.hints(&[
            (CommandId::Open, "minutes"),
            (CommandId::WriteMarkdown, "write out"),
        ]);
        hints::draw_quiet(&hints, last, buf, styles);
    }
}

/// Who came, what was taken on, how long it took, and what is left.
pub(super) fn facts(view: &View<'_>, circle: CircleId, session: &Session) -> Vec<String> {
    let (came, all) = session.attendance(view.state.everyone(circle));
    let actions = view.state.actions(circle);
    let here = |action: &&Action| action.origin.session == Some(session.id);
    let (mut taken, mut done) = (0, 0);
    for action in actions.filter(|action| here(action) && action.trashed.is_none()) {
        taken += 1;
        done += usize::from(action.state == ActionState::Done);
    }
    let actions = match (taken, done) {
        (0, _) => "no actions".to_owned(),
        (taken, done) => format!("{}, {done} done", say::count(taken, "action", "actions")),
    };
    let came = format!("{came} of {all} came");
    let mut facts = vec![format!("{came}     {actions}"), length(session)];
    let parked = view
        .state
        .parked(circle)
        .filter(|parked| parked.settled.is_none() && parked.trashed.is_none())
        .count();
    if parked > 0 {
        facts.push(format!(
            "Parked: {} not planned yet",
            say::count(parked, "topic", "topics")
        ));
    }
    facts
}

fn length(session: &Session) -> String {
    let over = match (session.started, session.ended) {
        (Some(from), Some(to)) => ((to - from) - session.length()).millis() / 60_000,
        _ => 0,
    };
    let mut words = match over {
        0 => "Ended on time".to_owned(),
        over if over > 0 => format!("Ran {over} min longer than planned"),
        under => format!("Ended {} min early", -under),
    };
    let longer = |block: &&Block| {
        let took = block.took.unwrap_or_default();
        (took - block.planned()).millis() / 60_000
    };
    let most = session.blocks.iter().max_by_key(longer);
    if let Some(block) = most.filter(|block| longer(block) > 0) {
        let took = whole_minutes(block.took.unwrap_or_default());
        words = format!(
            "{words}; {} took {took} of {} min",
            block.title, block.minutes
        );
    }
    words
}
