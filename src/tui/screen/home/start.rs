//! Where no session is planned: the next one from the last agenda with one key, or from a template.

use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::circle::Circle;
use crate::domain::when;
use crate::tui::say;
use crate::tui::screen::home::model::Model;
use crate::tui::view::{Arg, CommandId, Reply, Request, View};

/// The circle for which a session can be planned.
fn circle<'a>(model: &Model, view: &View<'a>) -> Option<&'a Circle> {
    view.state.circle(model.shown?)
}

/// The next session as the last one was, where the circle meets by a rule and has met.
fn again(circle: &Circle, view: &View<'_>) -> Option<(Plan, String)> {
    let (plan, last) = Plan::following(view.state, circle.id, (view.now, view.zone))?;
    let day = when::short(plan.start.date(view.zone), view.now.date(view.zone));
    let time = say::wall(plan.start, view.zone);
    let words = format!("Plan {day} {time} like #{}", last.number);
    Some((plan, words))
}

/// What can be done, in words, and the command that does it.
pub(super) type Offer = (String, (CommandId, Arg));

/// What is said, and what can be done about it with which key.
pub(super) fn offers(model: &Model, view: &View<'_>) -> (String, Vec<Offer>) {
    let Some(circle) = circle(model, view) else {
        let make = ("Make a circle".to_owned(), (CommandId::Open, Arg::None));
        return ("There is no circle yet.".to_owned(), vec![make]);
    };
    let sentence = format!("No session of {} is planned.", circle.name);
    let offers = match again(circle, view) {
        Some((_, words)) => vec![
            (words, (CommandId::Open, Arg::None)),
            (
                "Plan one from a template".to_owned(),
                (CommandId::Pick, Arg::Number(2)),
            ),
        ],
        None => vec![("Plan a session".to_owned(), (CommandId::Open, Arg::None))],
    };
    (sentence, offers)
}

/// Enter: plans the next session like the last one, or asks when and from what.
pub(super) fn open(model: &Model, view: &View<'_>) -> Reply {
    let Some(circle) = circle(model, view) else {
        return Reply::Do(vec![Request::Run(CommandId::NewCircle, Arg::None)]);
    };
    match again(circle, view) {
        Some((plan, _)) => Reply::submit(Command::PlanSession {
            circle: circle.id,
            plan,
        }),
        None => from_template(model, view),
    }
}

/// `2`: asks when, then from what.
pub(super) fn from_template(model: &Model, view: &View<'_>) -> Reply {
    let Some(circle) = circle(model, view) else {
        return Reply::Ignored;
    };
    Reply::Do(vec![
        Request::Choose(circle.id),
        Request::Run(CommandId::PlanSession, Arg::None),
    ])
}
