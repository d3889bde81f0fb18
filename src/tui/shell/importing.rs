//! An import on its way from the file to the question bank, a roster or the actions.
//!
//! Neither the disk nor the length of a file may hold up a key: it is read and taken apart outside, what the bank has
//! already is asked page by page, and Esc ends all of it. Only then the preview opens, from which one command is taken.

use std::path::Path;
use std::sync::Arc;

use crate::command::Command;
use crate::command::key::Key;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::text::Clean;
use crate::engine::news::Ticket;
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};
use crate::exchange::contents::{Contents, Reader};
use crate::exchange::input::{self, Input, InputError};
use crate::exchange::questions::{Bank, Taken};
use crate::exchange::roster::{self, TakenRoster};
use crate::packs;
use crate::tui::messages::{Note, Standing};
use crate::tui::overlay::import::{self, Import};
use crate::tui::overlay::new_circle::NewCircleForm;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::{CommandId, ScreenId};

/// Questions from which on it is said that they are being saved, since that can be waited for.
const MANY: usize = 2_000;

/// A file that is to be read for an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which import it is for.
    pub turn: u64,
    /// As it was typed.
    pub path: String,
    reader: Reader,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    name: String,
    contents: Contents,
}

impl Wanted {
    /// Reads the file `at` and tells what it holds, which takes as long as the file is: nothing to do where keys are
    /// waited for.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, at: &Path) -> Result<Brought, InputError> {
        let input = input::read_file(at)?;
        Ok(Brought {
            name: input.name.clone(),
            contents: Contents::of(input, self.reader),
        })
    }
}

/// A file that was read, and what the bank has already: all that it takes to say what is new.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsorted {
    /// Which import it is for.
    turn: u64,
    input: Arc<Input>,
    bank: Bank,
}

/// A file as people and as questions.
#[derive(Clone, Debug)]
pub struct Sorted {
    turn: u64,
    name: String,
    people: TakenRoster,
    questions: Taken,
}

impl Unsorted {
    /// Takes the file apart, which takes as long as the file is: nothing to do where keys are waited for.
    pub fn sort(self) -> Sorted {
        Sorted {
            turn: self.turn,
            name: self.input.name.clone(),
            people: roster::take(&self.input),
            questions: self.bank.take(&self.input),
        }
    }
}

/// Imports on their way.
#[derive(Default)]
pub(super) struct Intake {
    /// What the beginning of a path could be, as Tab goes through it.
    pub(super) paths: Vec<String>,
    /// How many were begun.
    pub(super) begun: u64,
    /// The one that is on its way to its preview.
    pub(super) current: Option<u64>,
    /// What is being saved of one that takes a while.
    pub(super) saving: Option<Ticket>,
    /// Its file, while the bank is asked.
    pub(super) known: Option<Unsorted>,
}

impl Shell {
    /// Has a file read for an import; one that is still on its way is given up for it.
    pub(super) fn read_file(&mut self, path: String, port: &dyn Reads) {
        let view = self.view(port);
        let reader = Reader {
            now: view.now,
            zone: view.zone,
            order: view.order,
            takes_actions: view.circle.is_some(),
        };
        let turn = self.intake.begun.wrapping_add(1);
        self.intake.begun = turn;
        self.intake.current = Some(turn);
        let words = format!("Reading {}", Clean::line(&path));
        let note = Note::asks(words).key(CommandId::Close, "stop");
        self.messages.stand(Standing::Import, note);
        self.wishes.push(Wish::Read(Wanted { turn, path, reader }));
    }

    /// Gives up the import that is on its way. Returns whether there was one.
    pub(super) fn stop_import(&mut self) -> bool {
        let stopped = self.end_import();
        if stopped {
            let words = "Stopped; nothing of the file was taken";
            self.messages.say(Note::done(words));
        }
        stopped
    }

    /// Nothing is on its way any more. Returns whether something was.
    fn end_import(&mut self) -> bool {
        self.messages.settle(Standing::Import);
        self.intake.current.take().is_some()
    }

    /// A file could not be read: its path is asked for again, as it was typed.
    pub fn unread(&mut self, turn: u64, path: &str, why: &str) {
        if self.intake.current != Some(turn) {
            return;
        }
        self.end_import();
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

    /// A file was read. What is here already is asked for before anything is shown.
    pub fn imported(&mut self, turn: u64, file: Brought, port: &mut dyn Port) {
        if self.intake.current != Some(turn) {
            return;
        }
        self.rev += 1;
        match file.contents {
            Contents::Actions(taken) => {
                self.end_import();
                self.gather(file.name, taken, port);
            }
            Contents::Store => self.show_import(Import::backup(&file.name)),
            Contents::Plan(plan) => {
                self.end_import();
                self.load_plan(&file.name, plan, port);
            }
            Contents::Rows(input) => self.ask_bank(turn, input, port),
        }
    }

    fn ask_bank(&mut self, turn: u64, input: Input, port: &mut dyn Port) {
        let mut bank = Bank::default();
        if bank_is_new(port) {
            for shipped in packs::questions() {
                bank.add_words(&shipped.text);
            }
        }
        let input = Arc::new(input);
        self.intake.known = Some(Unsorted { turn, input, bank });
        self.ask_known(turn, None, port);
    }

    fn ask_known(&mut self, turn: u64, after: Option<uuid::Uuid>, port: &mut dyn Port) {
        let (space, kind, limit) = (Space::Org, Kind::Question, MOST_ROWS);
        let ticket = port.ask(Query::Scan {
            space,
            kind,
            after,
            limit,
        });
        self.talk.waiting.insert(ticket, Waiting::Known(turn));
    }

    /// A page of the bank was read.
    pub(super) fn known(&mut self, turn: u64, answer: &Answer, port: &mut dyn Port) {
        let (Answer::Rows { rows, more }, Some(known)) = (answer, &mut self.intake.known) else {
            return;
        };
        if (self.intake.current, known.turn) != (Some(turn), turn) {
            return;
        }
        for row in rows {
            add(&mut known.bank, row);
        }
        if let (true, Some(last)) = (more, rows.last()) {
            self.ask_known(turn, Some(last.key.id), port);
        } else {
            let known = self.intake.known.take().map(Box::new);
            self.wishes.extend(known.map(Wish::Sort));
        }
    }

    /// A file was taken apart: what would come of it is shown.
    pub fn sorted(&mut self, sorted: Sorted, port: &dyn Reads) {
        if self.intake.current != Some(sorted.turn) {
            return;
        }
        self.rev += 1;
        let mut questions = sorted.questions;
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
        self.show_import(Import::new(&sorted.name, sorted.people, questions, into));
    }

    /// Opens the preview, when whatever was opened meanwhile is closed.
    fn show_import(&mut self, import: Import) {
        self.end_import();
        self.ask_surely(Overlay::Import(import));
    }

    /// Takes what was looked at as it is; a plan is shown where it belongs.
    fn take_import(&mut self, command: Command, port: &mut dyn Port) {
        if let Command::PlanSession { circle, plan } | Command::Replan { circle, plan, .. } =
            &command
        {
            self.circle = Some(*circle);
            let next = port.state().next_session(*circle, port.now());
            let comes_next = next.is_none_or(|next| plan.start <= next.start);
            let screen = if comes_next {
                ScreenId::Plan
            } else {
                ScreenId::Sessions
            };
            self.go(screen, port);
        }
        self.submit_now(command, port);
    }

    pub(super) fn import_key(&mut self, mut import: Import, key: Key, port: &mut dyn Port) {
        let outcome = match Self::command_of(key, port) {
            Some((CommandId::Help, _)) => {
                let out = self.keys_now(CommandId::Remove, port);
                let words =
                    format!("Up and Down move, {out} leaves a row out, Enter takes, Esc leaves it");
                self.messages.say(Note::done(words));
                import::Outcome::Stay
            }
            Some((id, _)) => import.run(id),
            None => import::Outcome::Ignored,
        };
        match outcome {
            import::Outcome::Ignored | import::Outcome::Stay => {
                self.overlay = Some(Overlay::Import(import));
            }
            import::Outcome::Closed => self.welcome_if_empty(port),
            import::Outcome::Edit => self.open_plan_again(port),
            import::Outcome::Take(command) => {
                if import.is_edited() {
                    self.outside = None;
                }
                self.take_import(*command, port);
                self.welcome_if_empty(port);
            }
            import::Outcome::Form(people) => {
                // A form that was begun takes the people in; what else stands in it stays.
                let begun = self.form.take();
                let form =
                    begun.unwrap_or_else(|| NewCircleForm::new(self.setup.shelf.templates()));
                self.overlay = Some(Overlay::NewCircle(form.with_people(people)));
            }
        }
    }

    /// Very many questions take seconds to be saved; what came of it takes the place of these words. Returns whether
    /// they were said.
    pub(super) fn say_saving(&mut self, command: &Command) -> bool {
        let Command::AddQuestions { questions, .. } = command else {
            return false;
        };
        let many = questions.len() > MANY;
        if many {
            let words = format!("Saving {} questions; go on meanwhile", questions.len());
            self.messages.stand(Standing::Saving, Note::asks(words));
        }
        many
    }

    /// What was asked for is saved, or refused.
    pub(super) fn import_ended(&mut self, ticket: Ticket) {
        if self.intake.saving == Some(ticket) {
            self.intake.saving = None;
            self.messages.settle(Standing::Saving);
        }
    }
}

/// Whether the bank never had a question.
fn bank_is_new(port: &dyn Reads) -> bool {
    port.state().counter(Space::Org).question == 0
}

/// Adds a row of the bank to what is known of it.
fn add(bank: &mut Bank, row: &Row) {
    if let Ok(Document::Question(question)) = Document::from_body(&row.key, &row.body) {
        bank.add(&question);
    }
}
