//! Programmes: which there are, the sessions that one would plan, and all of them in one act.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::plan::Plan;
use crate::command::series::Placed;
use crate::domain::book::fit::Part;
use crate::domain::clock::Moment;
use crate::domain::first;
use crate::domain::id::CircleId;
use crate::domain::programme::{Asked, Dates, FromProgramme, Programme};
use crate::domain::rhythm::{Meets, Rhythm};
use crate::domain::session::Session;
use crate::domain::template::Template;
use crate::domain::text::{Clean, fold, slug};
use crate::domain::when;
use crate::engine::query::{Answer, Query};
use crate::engine::{build, clock};
use crate::packs;
use crate::tui::keys::Keys;
use crate::tui::messages::Note;
use crate::tui::overlay::line::Line;
use crate::tui::port::{Port, Reads};
use crate::tui::say;
use crate::tui::shell::overlays::{Overlay, Which, Whose};
use crate::tui::shell::replies::sentence;
use crate::tui::shell::{Shell, Waiting};
use crate::tui::view::Arg;

const EXAMPLE: &str = "every 2 weeks thu 15:00 90m";

/// The sessions of a programme that is looked at before it is planned.
#[derive(Clone, Debug)]
pub(super) struct Course {
    circle: CircleId,
    rhythm: Rhythm,
    /// Whether the circle meets by this rule from now on.
    is_new: bool,
    meetings: Vec<(Moment, Template, FromProgramme)>,
    /// The sessions that have their questions already, in the order of the meetings.
    laid: Vec<Placed>,
}

impl Course {
    /// The templates that take longer than the circle meets.
    fn too_long(&self, keys: Keys<'_>) -> Option<String> {
        let minutes = self.rhythm.minutes;
        let mut long: Vec<&str> = Vec::new();
        for (_, template, _) in &self.meetings {
            let name = template.name.as_str();
            if template.planned() > u32::from(minutes) && !long.contains(&name) {
                long.push(name);
            }
        }
        (!long.is_empty()).then(|| {
            let long = long.join(", ");
            format!(
                "The circle meets for {minutes} min, too short for {long}; {} shortens them.",
                keys.of(CommandId::GoPlan)
            )
        })
    }
}

impl Shell {
    /// `:programme first-half-year`; alone it lists all.
    pub(super) fn programmes(&mut self, arg: &Arg, port: &dyn Reads) {
        if self.nothing_is_written(port) {
            return;
        }
        if self.view(port).circle.is_none() {
            self.messages
                .say(Note::asks("There is no circle yet").key(CommandId::NewCircle, "make one"));
            return;
        }
        let all = packs::programmes();
        if let Arg::Text(name) = arg
            && !name.trim().is_empty()
        {
            let called =
                |one: &Programme| one.id == slug(name) || fold(&one.name) == fold(name.trim());
            match all.iter().position(called) {
                Some(place) => self.programme_picked(place, port),
                None => self.messages.say(Note::error(format!(
                    "No programme is called \"{}\"; {} alone lists them",
                    Clean::line(name),
                    self.keys_now(CommandId::Programme, port)
                ))),
            }
            return;
        }
        let row = |one: &Programme| format!("{}: {}", one.name, one.about);
        let rows = all.iter().map(row).collect();
        let title = "Which programme? Nothing is planned yet";
        self.overlay = Some(Overlay::shell_choice(Which::Programme, title, rows));
    }

    /// One was picked: its sessions are shown, or first it is asked when the circle meets.
    pub(super) fn programme_picked(&mut self, place: usize, port: &dyn Reads) {
        let own = {
            let view = self.view(port);
            view.circle
                .and_then(|id| view.state.circle(id))
                .and_then(|circle| circle.rhythm)
        };
        match own {
            Some(rhythm) => self.show_course(place, (rhythm, false), port),
            None => self.ask_line(Which::ProgrammeRule(place), "The circle meets", EXAMPLE),
        }
    }

    /// The rule was typed.
    pub(super) fn rule_typed(&mut self, place: usize, mut line: Line, port: &dyn Reads) {
        let text = line.field.text().trim().to_owned();
        let wall = (port.now().local(port.zone()), self.view(port).order);
        line.problem = Some(match Meets::parse(&text, wall) {
            Ok(Meets::Every(rhythm)) => return self.show_course(place, (rhythm, true), port),
            Ok(Meets::Once { .. }) => {
                format!("That is one date; a programme needs a rule: {EXAMPLE}")
            }
            Err(why) => sentence(&why),
        });
        self.overlay = Some(Overlay::Line(
            Whose::Shell(Which::ProgrammeRule(place)),
            line,
        ));
    }

    /// What comes of a programme from tomorrow on, with its name and what a person should know of it.
    fn course(
        &self,
        place: usize,
        (rhythm, is_new): (Rhythm, bool),
        port: &dyn Reads,
    ) -> Option<(String, Course, Vec<String>)> {
        let all = packs::programmes();
        let programme = all.get(place)?;
        let view = self.view(port);
        let circle = view.circle?;
        let sessions: Vec<&Session> = view.state.sessions(circle).collect();
        let dates = Dates::of(
            &sessions,
            &Asked {
                rhythm,
                own: view.state.circle(circle)?.rhythm,
                // What is today may have begun already.
                from: view.now.date(view.zone).succ_opt()?,
                months: programme.months,
                replace: false,
            },
            view.zone,
        );
        let around = dates.around();
        let goals: Vec<_> = programme.goals.iter().collect();
        let laid = programme.lay(dates.free.len(), &goals);
        let mut told = laid.warnings();
        if !around.is_empty() {
            told.push(format!("It goes around what is planned: {around}."));
        }
        let meeting = |dated: crate::domain::programme::Dated<'_>| {
            let template = self.setup.shelf.template(dated.meeting.template)?;
            let from = FromProgramme {
                id: programme.id.clone(),
                version: programme.version,
                goal: dated.meeting.goal.map(|goal| goal.name.clone()),
            };
            Some((dated.at, template, from))
        };
        let mut meetings: Vec<_> = laid.on(dates).into_iter().filter_map(meeting).collect();
        let (_, template, _) = meetings.first_mut()?;
        *template = first::fitting(template, view.state, (circle, None), view.now).into_owned();
        let course = Course {
            circle,
            rhythm,
            is_new,
            meetings,
            laid: Vec::new(),
        };
        told.extend(course.too_long(view.keys));
        Some((programme.name.to_string(), course, told))
    }

    /// Shows every session with its date, template and goal; the first row plans them.
    fn show_course(&mut self, place: usize, rule: (Rhythm, bool), port: &dyn Reads) {
        let Some((name, course, told)) = self.course(place, rule, port) else {
            self.messages.say(Note::error(
                "The rule gives no free date for it; nothing is planned",
            ));
            return;
        };
        let view = self.view(port);
        let today = view.now.date(view.zone);
        let row = |(at, template, from): &(Moment, Template, FromProgramme)| {
            let day = when::short(at.date(view.zone), today);
            let goal = from.goal.as_ref();
            let goal = goal.map_or_else(String::new, |goal| format!(": {goal}"));
            format!("{day}  {}{goal}", template.name)
        };
        let count = say::count(course.meetings.len(), "session", "sessions");
        let mut rows = vec![format!("Plan these {count}, with questions")];
        rows.extend(told.into_iter().map(|words| format!("! {words}")));
        rows.extend(course.meetings.iter().map(row));
        self.course = Some(course);
        let title = format!("{name}: Enter on the first row plans it, Esc leaves it");
        self.overlay = Some(Overlay::shell_choice(Which::Course(place), title, rows));
    }

    /// A row of the sessions was picked: the first one plans them, any other only is looked at.
    pub(super) fn course_picked(&mut self, (place, row): (usize, usize), port: &mut dyn Port) {
        let Some(course) = self.course.take() else {
            return;
        };
        if row > 0 {
            return self.show_course(place, (course.rhythm, course.is_new), port);
        }
        self.draw_for(course, port);
    }

    /// Asks for the questions of the next meeting: each looks at the part of the book that it will be about. When all
    /// have theirs, everything is planned in one act.
    fn draw_for(&mut self, course: Course, port: &mut dyn Port) {
        let Some((at, template, _)) = course.meetings.get(course.laid.len()) else {
            let command = Command::PlanSeries {
                circle: course.circle,
                sessions: course.laid,
                rhythm: course.is_new.then_some(course.rhythm),
            };
            return self.submit(command, port);
        };
        let (state, zone) = (port.state(), port.zone());
        let days = (at.date(zone), port.now().date(zone));
        let read = Part::coming(state, course.circle, days, zone);
        let mut query = build::draws(template, course.circle, (clock::seed(), read));
        if let Query::Draw { without, .. } = &mut query {
            let plans = course.laid.iter().map(|placed| &placed.plan);
            let prompts = plans
                .flat_map(|plan| &plan.blocks)
                .flat_map(|block| &block.prompts);
            without.extend(prompts.filter_map(|prompt| prompt.question));
        }
        let ticket = port.ask(query);
        self.talk
            .waiting
            .insert(ticket, Waiting::Course(Box::new(course)));
    }

    /// The questions of a meeting have come.
    pub(super) fn plan_course(&mut self, mut course: Course, answer: &Answer, port: &mut dyn Port) {
        let drawn = match answer {
            Answer::Questions { rows, .. } => rows.clone(),
            _ => Vec::new(),
        };
        let Some((at, template, from)) = course.meetings.get(course.laid.len()) else {
            return;
        };
        let mut plan = Plan {
            minutes: course.rhythm.minutes,
            ..build::plan_from(template, *at, drawn)
        };
        if let Some(of) = &mut plan.template {
            of.programme = Some(from.clone());
        }
        course.laid.push(Placed {
            session: None,
            plan,
        });
        self.draw_for(course, port);
    }
}
