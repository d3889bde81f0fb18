//! Plans of sessions in files: one that was read is looked at before it is taken, and `E` on the planner gives the plan
//! of the next session to the editor and reads it back.

use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, SessionId, Space};
use crate::domain::session::Session;
use crate::engine::plan_file::{self, Around, Known, Meant};
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};
use crate::exchange::plan::{Faults, PlanFile, read_at};
use crate::tui::messages::Note;
use crate::tui::overlay::import::{Import, PlanLook};
use crate::tui::port::{Port, Reads};
use crate::tui::say;
use crate::tui::shell::outside::Opened;
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::typed::Typed;
use crate::tui::shell::{Shell, Waiting};
use crate::tui::view::ScreenId;

/// A session, by its circle.
pub(super) type Which = (CircleId, SessionId);

/// A plan on its way in.
#[derive(Clone, Debug)]
pub(super) struct Loading {
    /// What the file is called.
    name: String,
    file: PlanFile,
    circle: CircleId,
    known: Known,
    /// Where it comes out of the editor: what it was opened for, and what came back.
    edited: Option<(Opened, String)>,
}

impl Shell {
    /// A file that is meant as a plan was read.
    pub(super) fn load_plan(
        &mut self,
        name: &str,
        plan: Result<PlanFile, Faults>,
        port: &mut dyn Port,
    ) {
        let file = match plan {
            Ok(file) => file,
            Err(faults) => return self.show_faults(name, faults, false),
        };
        let named = plan_file::titled(port.state(), &file).map(|circle| circle.id);
        let Some(circle) = named.or(self.view(port).circle) else {
            let words = "There is no circle yet that could hold this session; a on Home makes one";
            self.messages.say(Note::error(words));
            return self.welcome_if_empty(port);
        };
        let known = Known::wanted(&file);
        let loading = Loading {
            name: name.to_owned(),
            file,
            circle,
            known,
            edited: None,
        };
        self.look_up(loading, None, port);
    }

    /// The editor is closed: its text is the plan from now on, if it can be read as one.
    pub(super) fn plan_edited(&mut self, opened: Opened, text: String, port: &mut dyn Port) {
        let Some((circle, _)) = opened.plan else {
            return;
        };
        let wall = (port.now().local(port.zone()), self.setup.dates);
        match read_at(&text, wall) {
            Err(faults) => {
                self.outside = Some(opened.refused(text));
                self.show_faults("plan", faults, true);
            }
            Ok(file) => {
                let known = Known::wanted(&file);
                let loading = Loading {
                    name: "plan".to_owned(),
                    file,
                    circle,
                    known,
                    edited: Some((opened, text)),
                };
                self.look_up(loading, None, port);
            }
        }
    }

    fn show_faults(&mut self, name: &str, faults: Faults, edited: bool) {
        if edited {
            let words = "Nothing was changed; your words are kept";
            self.messages.say(Note::error(words));
        }
        let look = PlanLook {
            faults,
            edited,
            ..PlanLook::default()
        };
        self.overlay = Some(Overlay::Import(Import::plan(name, look)));
    }

    /// Asks for the questions that stand there by number.
    fn look_up(&mut self, loading: Loading, after: Option<uuid::Uuid>, port: &mut dyn Port) {
        if loading.known.is_complete() {
            return self.remembered(loading, port);
        }
        let ticket = port.ask(Query::Scan {
            space: Space::Org,
            kind: Kind::Question,
            after,
            limit: MOST_ROWS,
        });
        self.talk
            .waiting
            .insert(ticket, Waiting::PlanQuestions(Box::new(loading)));
    }

    /// A page of the bank.
    pub(super) fn plan_questions(
        &mut self,
        mut loading: Loading,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        let Answer::Rows { rows, more } = answer else {
            return;
        };
        take(rows, &mut loading.known);
        match (more, rows.last()) {
            (true, Some(last)) => self.look_up(loading, Some(last.key.id), port),
            _ => self.remembered(loading, port),
        }
    }

    /// Asks what the circle remembers of them.
    fn remembered(&mut self, loading: Loading, port: &mut dyn Port) {
        let mut keys = loading.known.memories(loading.circle);
        keys.truncate(MOST_ROWS);
        if keys.is_empty() {
            return self.look_at_plan(loading, port);
        }
        let ticket = port.ask(Query::Get(keys));
        self.talk
            .waiting
            .insert(ticket, Waiting::PlanMemories(Box::new(loading)));
    }

    /// What the circle remembers has come.
    pub(super) fn plan_memories(
        &mut self,
        mut loading: Loading,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        if let Answer::Rows { rows, .. } = answer {
            take(rows, &mut loading.known);
        }
        self.look_at_plan(loading, port);
    }

    fn look_at_plan(&mut self, loading: Loading, port: &mut dyn Port) {
        let Loading {
            name,
            file,
            circle,
            known,
            edited,
        } = loading;
        let state = port.state();
        let here = (port.now(), port.zone());
        let start = plan_file::start_of(&file, state, circle, here);
        let mine = edited.as_ref().and_then(|(opened, _)| opened.plan);
        let old = match mine {
            Some((circle, session)) => state.session(circle, session).cloned(),
            None => plan_file::replaced(state, circle, start).cloned(),
        };
        let around = Around {
            state,
            circle,
            shelf: &self.setup.shelf,
            known: &known,
        };
        match (
            plan_file::meant(&file, around, (start, old.as_ref())),
            edited,
        ) {
            (Err(faults), edited) => {
                let came = edited.is_some();
                self.keep_plan(edited);
                self.show_faults(&name, faults, came);
            }
            (Ok(meant), Some((opened, text))) if meant.remarks.is_empty() => {
                let typed = Typed::Outside(opened.refused(text));
                self.typing(typed, port, |shell, port| {
                    shell.change_plan(circle, (old, meant.plan), port);
                });
            }
            (Ok(meant), edited) => {
                let mut look = self.plan_look(circle, (&file, old.as_ref()), (&name, meant), port);
                look.edited = edited.is_some();
                self.keep_plan(edited);
                self.overlay = Some(Overlay::Import(Import::plan(&name, look)));
            }
        }
    }

    /// What came out of the editor is kept until it is taken.
    fn keep_plan(&mut self, edited: Option<(Opened, String)>) {
        if let Some((opened, text)) = edited {
            self.outside = Some(opened.refused(text));
        }
    }

    fn change_plan(
        &mut self,
        circle: CircleId,
        (old, plan): (Option<Session>, Plan),
        port: &mut dyn Port,
    ) {
        match old {
            None => self.cannot("That session is gone"),
            Some(old) if plan.is_like(&old) => {
                self.messages.say(Note::done("Nothing was changed"));
            }
            Some(old) => self.submit_now(
                Command::Replan {
                    circle,
                    session: old.id,
                    plan,
                },
                port,
            ),
        }
    }

    /// The plan as it would be, in lines.
    fn plan_look(
        &self,
        circle: CircleId,
        (file, old): (&PlanFile, Option<&Session>),
        (name, meant): (&str, Meant),
        port: &dyn Reads,
    ) -> PlanLook {
        let (state, zone) = (port.state(), port.zone());
        let Meant { plan, remarks } = meant;
        let of = state
            .circle(circle)
            .map_or("", |circle| circle.name.as_str());
        let day = plan.start.local(zone).format("%a %-d %b %Y %H:%M");
        let what = match old {
            Some(old) if plan.is_like(old) => {
                format!("#{} is planned like this already", old.number)
            }
            Some(old) => format!("instead of the plan of #{}", old.number),
            None => "a new session".to_owned(),
        };
        let mut remarks: Vec<String> = remarks.iter().map(|remark| remark.told(name)).collect();
        if plan_file::titled(state, file).is_none() {
            remarks.push(format!(
                "It is written for {}; here it is for {of}.",
                file.title
            ));
        }
        let mut blocks = vec![String::new()];
        for (block, at) in plan.blocks.iter().zip(plan.starts(zone)) {
            let lead = block.lead.and_then(|id| state.member(circle, id));
            let lead = lead.map_or_else(String::new, |it| {
                format!("  {}", say::name(it, self.masked))
            });
            let clock = say::wall(at, zone);
            let line = format!("{clock} {:>4}  {}{lead}", block.minutes, block.title);
            let prompts = block
                .prompts
                .iter()
                .map(|it| format!("            ? {}", it.text));
            blocks.extend(std::iter::once(line).chain(prompts));
        }
        let same = old.is_some_and(|old| plan.is_like(old));
        let head = vec![format!("{of}, {day}, {} min: {what}", plan.minutes)];
        let command = match old {
            Some(old) => Command::Replan {
                circle,
                session: old.id,
                plan,
            },
            None => Command::PlanSession { circle, plan },
        };
        PlanLook {
            head,
            blocks,
            faults: Vec::new(),
            remarks,
            edited: false,
            command: (!same).then_some(command),
        }
    }

    /// The plan that came out of the editor and was not taken goes back there.
    pub(super) fn open_plan_again(&mut self, port: &mut dyn Port) {
        if let Some(which) = self.outside.as_ref().and_then(|opened| opened.plan) {
            self.open_plan(which, port);
        }
    }

    /// `E` on the planner: the numbers of the questions are looked up, then the editor opens.
    pub(super) fn open_plan(&mut self, which: Which, port: &mut dyn Port) {
        if !self.may_open_editor(port) {
            return;
        }
        let Some(session) = port.state().session(which.0, which.1) else {
            return;
        };
        let prompts = plan_file::prompts(session).into_iter();
        let mut keys: Vec<Key> = prompts
            .filter_map(|prompt| prompt.question)
            .map(|id| Key::new(Space::Org, Kind::Question, id.0))
            .collect();
        keys.truncate(MOST_ROWS);
        if keys.is_empty() {
            return self.plan_text(which, &[], port);
        }
        let ticket = port.ask(Query::Get(keys));
        self.talk.waiting.insert(ticket, Waiting::PlanText(which));
    }

    /// The questions are here: the editor opens on the plan.
    pub(super) fn plan_text(&mut self, which: Which, rows: &[Row], port: &dyn Reads) {
        let Some(session) = port.state().session(which.0, which.1) else {
            return;
        };
        let documents: Vec<Document> = documents(rows).collect();
        let numbers = plan_file::numbers(&documents, &plan_file::prompts(session));
        let here = (port.state(), port.zone());
        let text = plan_file::text(here, (which.0, session), &numbers);
        self.open_editor(Opened::plan(ScreenId::Plan, which, text));
    }
}

fn documents(rows: &[Row]) -> impl Iterator<Item = Document> {
    rows.iter()
        .filter_map(|row| Document::from_body(&row.key, &row.body).ok())
}

fn take(rows: &[Row], known: &mut Known) {
    for document in documents(rows) {
        known.take(document);
    }
}
