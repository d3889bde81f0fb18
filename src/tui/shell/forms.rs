//! Welcome, the form for a circle, and imports: how they are opened, keyed and carried out.

use std::collections::BTreeSet;

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::Found;
use crate::command::table::Place;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::question::same_words;
use crate::engine::build;
use crate::engine::clock::seed;
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};
use crate::exchange::input::Input;
use crate::exchange::{archive, plan, questions, roster};
use crate::packs;
use crate::tui::messages::Note;
use crate::tui::overlay::import::{self, Import};
use crate::tui::overlay::new_circle::{Created, Here, NewCircleForm, Outcome};
use crate::tui::overlay::welcome::{self, Way, Welcome};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::{Arg, ScreenId};

/// An import that waits for the questions that are in the bank already.
#[derive(Clone, Debug)]
pub(super) struct Known {
    input: Box<Input>,
    words: BTreeSet<String>,
}

impl Shell {
    /// The command of a key where nothing is typed.
    pub(super) fn command_of(&self, key: Key) -> Option<(CommandId, Arg)> {
        match self.setup.keymap.find(Place::Anywhere, &[key]) {
            Found::Run(id, arg) => Some((id, arg)),
            Found::Wait(_) | Found::Nothing => None,
        }
    }

    pub(super) fn welcome_key(&mut self, mut welcome: Welcome, key: Key, port: &mut dyn Port) {
        let Some((id, arg)) = self.command_of(key) else {
            self.overlay = Some(Overlay::Welcome(welcome));
            return;
        };
        match (welcome.run(id, &arg), id) {
            (welcome::Outcome::Take(way), _) => self.take_way(way, port),
            (welcome::Outcome::Ignored, CommandId::Quit | CommandId::QuitNow) => {
                self.wishes.push(Wish::Quit);
            }
            (welcome::Outcome::Ignored, CommandId::Help | CommandId::Palette) => {
                self.run(id, &arg, port);
            }
            (welcome::Outcome::Ignored | welcome::Outcome::Stay, _) => {
                self.overlay = Some(Overlay::Welcome(welcome));
            }
        }
    }

    fn take_way(&mut self, way: Way, port: &mut dyn Port) {
        match way {
            Way::Demo => self.wishes.push(Wish::Demo),
            Way::SetUp => self.open_form(port),
            Way::Import => self.run(CommandId::Import, &Arg::None, port),
        }
    }

    /// Shows the welcome where there is nothing else to show.
    pub(super) fn welcome_if_empty(&mut self, port: &dyn Reads) {
        let empty = self.ready && port.state().circles().next().is_none();
        if empty && self.overlay.is_none() && !self.setup.demo {
            self.overlay = Some(Overlay::Welcome(Welcome::default()));
        }
    }

    pub(super) fn open_form(&mut self, _port: &dyn Reads) {
        let form = self
            .form
            .take()
            .unwrap_or_else(|| NewCircleForm::new(self.setup.shelf.templates()));
        self.overlay = Some(Overlay::NewCircle(form));
    }

    pub(super) fn keep_form(&mut self, form: NewCircleForm, port: &dyn Reads) {
        self.form = Some(form);
        self.welcome_if_empty(port);
    }

    pub(super) fn form_key(&mut self, mut form: NewCircleForm, key: Key, port: &mut dyn Port) {
        let here = Here {
            now: port.now(),
            zone: port.zone(),
            order: self.setup.dates,
        };
        match form.key(key, here) {
            Outcome::Stay => self.overlay = Some(Overlay::NewCircle(form)),
            Outcome::Closed => self.keep_form(form, port),
            Outcome::Create(created) => {
                self.form = Some(form);
                self.create(*created, port);
            }
        }
    }

    /// Makes the circle: the starter bank first if there is none, then the questions of its first session.
    fn create(&mut self, created: Created, port: &mut dyn Port) {
        // Before any answer: whoever types on at once must not be taken back here by it.
        self.go(ScreenId::Home, port);
        if let Some(ticket) = port.fill_bank() {
            self.waiting
                .insert(ticket, Waiting::Starter(Box::new(created)));
        } else {
            self.draw_first(created, port);
        }
    }

    /// Draws the questions of the first session, once there is a bank to draw from.
    pub(super) fn draw_first(&mut self, created: Created, port: &mut dyn Port) {
        let kinds = created
            .wanted
            .iter()
            .map(|wanted| Some(wanted.kind))
            .collect();
        let query = Query::Draw {
            // A circle that does not exist yet was asked nothing.
            circle: CircleId(uuid::Uuid::nil()),
            kinds,
            without: Vec::new(),
            seed: seed(),
            part: None,
        };
        let ticket = port.ask(query);
        self.waiting
            .insert(ticket, Waiting::FirstPrompts(Box::new(created)));
    }

    pub(super) fn first_prompts(
        &mut self,
        created: &Created,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        let mut circle = created.circle.clone();
        let mut drawn = match answer {
            Answer::Questions { rows, .. } => rows.clone(),
            _ => Vec::new(),
        };
        if let Some(plan) = &mut circle.first {
            for wanted in &created.wanted {
                let fitting = drawn
                    .iter()
                    .position(|row| row.question.kind == wanted.kind);
                if let (Some(at), Some(block)) = (fitting, plan.blocks.get_mut(wanted.block)) {
                    block.prompts.push(build::prompt(drawn.remove(at)));
                }
            }
        }
        if let Some(me) = created.me.and_then(|me| circle.people.get(me)) {
            self.setup.me = Some(me.name.to_string());
            self.wishes.push(Wish::Remember("me", me.name.to_string()));
        }
        let ticket = port.submit(Command::NewCircle(circle));
        self.waiting.insert(ticket, Waiting::Circle);
    }

    /// The circle is there: its draft is not needed any more, and Home shows its first session.
    pub(super) fn circle_made(&mut self, act: &crate::domain::change::Act, port: &dyn Reads) {
        self.form = None;
        self.circle = act
            .changes
            .iter()
            .find_map(|change| match change.key.space {
                Space::Circle(id) => Some(id),
                Space::Org => None,
            });
        let view = self.view(port);
        let circle = view.circle.and_then(|id| view.state.circle(id));
        let Some(circle) = circle else { return };
        let note = Note::done(format!("{} is there", circle.name));
        let note = if view.state.next_session(circle.id, view.now).is_some() {
            note.key(self.keys_now(CommandId::GoPlan, port), "its plan")
                .key(": rehearse", "tries it out")
        } else {
            note.key(
                self.keys_now(CommandId::Open, port),
                "plans its first session",
            )
        };
        self.messages.say(note);
    }

    /// The circle could not be made: the form comes back with the reason.
    pub(super) fn circle_refused(&mut self, reason: &str) {
        if let Some(mut form) = self.form.take() {
            form.complain(reason);
            self.overlay = Some(Overlay::NewCircle(form));
        }
    }

    /// A file could not be read: its path is asked for again, as it was typed.
    pub fn unread(&mut self, path: &str, why: &str) {
        self.rev += 1;
        if self.overlay.is_some() {
            self.messages.say(Note::error(why.to_owned()));
            return;
        }
        self.ask_path(path);
        if let Some(Overlay::Line(_, line)) = &mut self.overlay {
            line.problem = Some(why.to_owned());
        }
    }

    /// Asks for the file to import.
    pub(super) fn ask_path(&mut self, typed: &str) {
        let help = "path of a roster, questions, actions or a backup; Tab completes it";
        self.ask_line(Which::ImportPath, "Import", help);
        if let Some(Overlay::Line(_, line)) = &mut self.overlay {
            line.field.replace(typed);
        }
    }

    /// A file was read. What the bank knows already is asked for before anything is shown.
    pub fn imported(&mut self, input: &Input, port: &mut dyn Port) {
        self.rev += 1;
        if !input.text.contains(archive::SCHEMA) && self.gather(input, port) {
            return;
        }
        let backup = input.text.lines().next().is_some_and(|line| {
            line.starts_with('{') && line.contains("circlet") && line.contains("\"schema\"")
        }) && !input.text.contains(questions::SCHEMA);
        if backup {
            self.overlay = Some(Overlay::Import(Import::backup(&input.name)));
            return;
        }
        if plan::is_plan(&input.text) {
            self.overlay = Some(Overlay::Import(Import::plan(&input.name)));
            return;
        }
        let mut known = Known {
            input: Box::new(input.clone()),
            words: BTreeSet::new(),
        };
        if bank_is_new(port) {
            let shipped = packs::questions();
            let words = shipped.iter().map(|question| same_words(&question.text));
            known.words.extend(words);
        }
        self.ask_known(known, None, port);
    }

    fn ask_known(&mut self, known: Known, after: Option<uuid::Uuid>, port: &mut dyn Port) {
        let (space, kind, limit) = (Space::Org, Kind::Question, MOST_ROWS);
        let ticket = port.ask(Query::Scan {
            space,
            kind,
            after,
            limit,
        });
        self.waiting.insert(ticket, Waiting::Known(Box::new(known)));
    }

    pub(super) fn known(&mut self, known: &Known, answer: &Answer, port: &mut dyn Port) {
        let mut known = known.clone();
        let Answer::Rows { rows, more } = answer else {
            return;
        };
        known.words.extend(rows.iter().filter_map(words_of));
        match (more, rows.last()) {
            (true, Some(last)) => self.ask_known(known, Some(last.key.id), port),
            _ => self.show_import(&known, port),
        }
    }

    fn show_import(&mut self, known: &Known, port: &dyn Reads) {
        let people = roster::take(&known.input);
        let mut questions = questions::take(&known.input, &|words| known.words.contains(words));
        if bank_is_new(port) && !questions.questions.is_empty() {
            questions.notes.push(format!(
                "The bank begins with the {} questions that come with circlet; these are added to them.",
                packs::questions().len()
            ));
        }
        let into = self.view(port).circle.and_then(|id| {
            let circle = port.state().circle(id)?;
            let members = port.state().members(id);
            Some(import::Into {
                circle: id,
                name: circle.name.to_string(),
                members: members
                    .iter()
                    .map(|member| member.name.to_string())
                    .collect(),
            })
        });
        let import = Import::new(&known.input.name, people, questions, into);
        self.overlay = Some(Overlay::Import(import));
    }

    pub(super) fn import_key(&mut self, mut import: Import, key: Key, port: &mut dyn Port) {
        let outcome = match self.command_of(key) {
            Some((id, _)) => import.run(id),
            None => import::Outcome::Ignored,
        };
        match outcome {
            import::Outcome::Ignored | import::Outcome::Stay => {
                self.overlay = Some(Overlay::Import(import));
            }
            import::Outcome::Closed => self.welcome_if_empty(port),
            import::Outcome::Take(command) => {
                self.submit(*command, port);
                self.welcome_if_empty(port);
            }
            import::Outcome::Form(people) => {
                let form = NewCircleForm::new(self.setup.shelf.templates()).with_people(people);
                self.overlay = Some(Overlay::NewCircle(form));
            }
        }
    }
}

/// Whether the bank never had a question.
fn bank_is_new(port: &dyn Reads) -> bool {
    port.state().counter(Space::Org).question == 0
}

/// What makes a question of the bank the same as another.
fn words_of(row: &Row) -> Option<String> {
    match Document::from_body(&row.key, &row.body).ok()? {
        Document::Question(question) => Some(same_words(&question.text)),
        _ => None,
    }
}
