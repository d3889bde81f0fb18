//! Planning a session and moving one: the lines and the list that are asked for, and the commands they end in.

use crate::command::plan::Plan;
use crate::domain::clock::Moment;
use crate::domain::first;
use crate::domain::rhythm::{Meets, Wall};
use crate::domain::series::{self, Basis};
use crate::domain::session::is_over;
use crate::tui::screen::sessions::{Asked, Sessions, time};
use crate::tui::view::{Arg, Ask, Choice, Reply, View};

impl Sessions {
    /// What was typed behind the command, else the date that comes next by the rhythm, else nothing.
    pub(super) fn ask_plan(arg: &Arg, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle.and_then(|id| view.state.circle(id)) else {
            return Reply::Ignored;
        };
        let text = circle.rhythm.map(|rule| {
            let at = series::next(&rule, view.state.sessions(circle.id), view.now, view.zone);
            let local = at.local(view.zone).format("%Y-%m-%d %H:%M");
            format!("{local} {}m", rule.minutes)
        });
        Reply::Ask(Ask {
            tag: Asked::Plan.into(),
            label: "Next session".to_owned(),
            text: typed(arg).or(text).unwrap_or_default(),
            help: "A date and a time: thu 15:00, 20 mar 15:00 90m".to_owned(),
        })
    }

    /// What a new session may start from: as last time, the templates, nothing.
    fn sources(&self, start: Moment, minutes: u16, view: &View<'_>) -> Vec<(String, Plan)> {
        let last = view
            .circle
            .and_then(|circle| view.state.last_session(circle));
        let last = last.map(|last| {
            let plan = Plan {
                minutes,
                ..Plan::like(last, start)
            };
            (format!("as last time (#{})", last.number), plan)
        });
        let templates = self.templates.iter().map(|template| {
            let fitting = view
                .circle
                .map(|circle| first::fitting(template, view.state, (circle, None), view.now));
            let plan = Plan {
                minutes,
                ..Plan::from_template(fitting.as_deref().unwrap_or(template), start)
            };
            let row = format!("{}, {} min", template.name, template.minutes);
            (row, plan)
        });
        let empty = Plan {
            start,
            minutes,
            blocks: Vec::new(),
            template: None,
            facilitator: None,
        };
        let empty = [("an empty agenda".to_owned(), empty)];
        last.into_iter().chain(templates).chain(empty).collect()
    }

    pub(super) fn entered_plan(&mut self, text: &str, view: &View<'_>) -> Reply {
        let circle = view.circle.and_then(|id| view.state.circle(id));
        let wall = Wall::from((view.now.local(view.zone), view.order));
        let wall = wall.of_rule(circle.and_then(|circle| circle.rhythm));
        let (at, minutes) = match Meets::parse(text, wall) {
            Ok(Meets::Once { at, minutes }) => (Moment::from_local(at, view.zone), minutes),
            Ok(Meets::Every(rule)) => (rule.first(view.now, view.zone), rule.minutes),
            Err(why) => return Reply::Refuse(why),
        };
        let usual = match view.circle.map(|id| series::basis(view.state, id)) {
            Some(Basis::Template(id)) => Some(id),
            Some(Basis::Like(_)) | None => None,
        };
        let (rows, plans): (Vec<String>, Vec<Plan>) =
            self.sources(at, minutes, view).into_iter().unzip();
        let before = rows.len() - self.templates.len() - 1;
        let mut templates = self.templates.iter();
        let selected = templates.position(|template| Some(template.id.as_str()) == usual);
        self.planning = plans;
        Reply::Choose(Choice {
            tag: Asked::Source.into(),
            title: if is_over(at, minutes, view.now) {
                let day = at.local(view.zone).format("%a %-d %b %H:%M");
                format!("{day} has passed; plan it all the same from")
            } else {
                "Start from".to_owned()
            },
            selected: selected.map_or(0, |place| place + before),
            rows,
        })
    }

    pub(super) fn entered_move(&self, text: &str, view: &View<'_>) -> Reply {
        let (Some(circle), Some(id)) = (view.circle, self.asking) else {
            return Reply::Ignored;
        };
        let Some(session) = view.state.session(circle, id) else {
            return Reply::Refuse("that session is gone".to_owned());
        };
        time::moved(circle, session, text, view)
    }
}

/// The words behind a command, which stand in the line that it opens.
fn typed(arg: &Arg) -> Option<String> {
    match arg {
        Arg::Text(words) => Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        Arg::None | Arg::Number(_) => None,
    }
}

pub(super) fn ask_move(number: u32, arg: &Arg) -> Reply {
    Reply::Ask(Ask {
        tag: Asked::Move.into(),
        label: format!("Move #{number} to"),
        text: typed(arg).unwrap_or_default(),
        help: "A date, a time or both: fri, 16:30, 20 mar 15:00; add 60m for another length"
            .to_owned(),
    })
}
