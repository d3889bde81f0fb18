//! What the engine tells, put into words or handed to whoever asked.

use crate::command::Command;
use crate::command::Refusal;
use crate::command::id::CommandId;
use crate::domain::change::{Act, ActKind};
use crate::domain::clock::mmss;
use crate::domain::id::CircleId;
use crate::engine::news::{News, Opened, Saving, Ticket};
use crate::engine::query::{Answer, Query};
use crate::tui::coach::Seen;
use crate::tui::messages::{Note, Standing};
use crate::tui::pane::stage::next_session;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::forms::FORM;
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::typed::Typed;
use crate::tui::shell::{Shell, Waiting, record, words};
use crate::tui::view::{Reply, ScreenId, View};

/// Acts of this run that a burst of typing may have made.
const MADE: usize = 64;

impl Shell {
    /// Something happened outside.
    pub fn told(&mut self, news: &News, port: &mut dyn Port) {
        self.rev += 1;
        match news {
            News::Opened(opened) => self.opened(opened, port),
            News::CannotOpen(words) => {
                self.messages
                    .stand(Standing::CannotOpen, Note::error(words.clone()));
            }
            News::Done { ticket, act } => self.was_done(*ticket, act, port),
            News::Refused { ticket, refusal } => self.was_refused(*ticket, refusal, port),
            News::Answered { ticket, answer } => self.was_answered(*ticket, answer, port),
            News::Failed { ticket, words } => self.failed(*ticket, words, port),
            News::Erased { ticket, words } => {
                self.talk.waiting.remove(ticket);
                self.messages.say(Note::done(words.clone()));
            }
            News::Changed { act } => self.was_changed(act, port),
            News::Floor => self.coached(Seen::Floor, port),
            News::NotSaved { waiting, why } => self.not_saved(*waiting, why),
            News::SavedAgain => {
                self.messages.settle(Standing::NotSaved);
                self.messages.say(Note::done("Everything is saved again"));
            }
            News::Slept(span) => self.slept(*span, port),
            News::Stepped(_) => {
                self.messages.say(Note::done(
                    "The wall clock was changed; the timers did not follow",
                ));
            }
            News::OwnerGone => {
                let words = "The other circlet is gone; this one takes over in a moment";
                self.messages.stand(Standing::OwnerGone, Note::error(words));
            }
            News::Room => self.settle_record(port),
            News::Notice(words) => self.repaired(std::slice::from_ref(words)),
            News::Repaired(words) => self.repaired(words),
        }
        self.refresh(port);
    }

    /// Something that was asked for here is done.
    fn was_done(&mut self, ticket: Ticket, act: &Act, port: &mut dyn Port) {
        if act.kind == ActKind::Do {
            self.made.push((act.at, act.id));
            // A burst is over in a moment.
            let old = self.made.len().saturating_sub(MADE);
            self.made.drain(..old);
        }
        self.import_ended(ticket);
        self.typed_saved(ticket, port);
        self.session_over(act, port);
        let view = self.view(port);
        self.screens.get_mut(self.at).saved(act, &view);
        match self.talk.waiting.remove(&ticket) {
            Some(Waiting::Command(done) | Waiting::Edit(_, _, done)) => {
                self.tell_done(ticket, &done, act, port);
            }
            Some(Waiting::Slept) => self.slept = Some(act.id),
            Some(Waiting::Circle) => self.circle_made(act, port),
            Some(Waiting::Starter(created)) => self.draw_first(*created, port),
            Some(_) | None => {}
        }
        self.coached(Seen::Act(act), port);
    }

    /// Something that was asked for here is refused.
    fn was_refused(&mut self, ticket: Ticket, refusal: &Refusal, port: &mut dyn Port) {
        self.import_ended(ticket);
        self.talk.refused = Some(ticket);
        let waiting = self.talk.waiting.remove(&ticket);
        let typed = self.talk.submitted.remove(&ticket);
        if let (Some(Waiting::Edit(screen, command, _)), true) = (&waiting, refusal.overtaken) {
            return self.ask_newer(*screen, command, (typed, &refusal.reason), port);
        }
        if matches!(waiting, Some(Waiting::Circle | Waiting::Starter(_))) {
            self.circle_refused(&refusal.reason);
        }
        match typed {
            Some(typed) => self.give_back(typed, &refusal.reason, port),
            None => self.cannot(&refusal.reason),
        }
    }

    /// The store has answered.
    fn was_answered(&mut self, ticket: Ticket, answer: &Answer, port: &mut dyn Port) {
        let typed = self.talk.submitted.remove(&ticket);
        if let Some(waiting) = self.talk.waiting.remove(&ticket) {
            self.talk.typing = typed;
            self.answered(waiting, answer, port);
            self.talk.typing = None;
        }
    }

    /// Another window has done something.
    fn was_changed(&mut self, act: &Act, port: &dyn Reads) {
        // It was asked about what has changed since.
        self.keyboard.twice = None;
        self.messages.settle(Standing::Twice);
        self.session_over(act, port);
        let title = words::shown(&act.title, &self.view(port));
        let what = match act.kind {
            ActKind::Do => "",
            ActKind::Undo(_) => "taken back: ",
            ActKind::Redo(_) => "brought back: ",
        };
        self.messages
            .say(Note::done(format!("From another window: {what}{title}")));
    }

    /// Says what was done, or takes away what was said before where the screen shows it.
    fn tell_done(&mut self, ticket: Ticket, done: &words::Done, act: &Act, port: &dyn Reads) {
        let note = done.note(act, &self.view(port));
        // Whoever asked for something later was refused that, and it is what counts now.
        let behind = self.talk.refused.is_some_and(|refused| refused > ticket);
        match note {
            Some(_) if behind => {}
            Some(note) => self.messages.say(note),
            // What was said before is about what was there before.
            None => self.messages.clear(),
        }
    }

    /// An edit was overtaken: what stands there now is read first. The answer comes behind the act that overtook
    /// it, so the documents are the newer ones then.
    fn ask_newer(
        &mut self,
        screen: ScreenId,
        command: &Command,
        (typed, reason): (Option<Typed>, &str),
        port: &mut dyn Port,
    ) {
        let Command::EditItem { key, .. } = command else {
            return self.cannot(reason);
        };
        let ticket = port.ask(Query::Get(vec![*key]));
        self.talk
            .submitted
            .extend(typed.map(|typed| (ticket, typed)));
        let waiting = Waiting::Overtaken(screen, Box::new(command.clone()), reason.to_owned());
        self.talk.waiting.insert(ticket, waiting);
    }

    fn opened(&mut self, opened: &Opened, port: &mut dyn Port) {
        self.ready = true;
        self.talk.asked_rev = u64::MAX;
        self.circle = self.circle.or_else(|| self.soonest(port));
        self.begin_as_asked(port);
        let before = [
            Standing::OwnerGone,
            Standing::CannotOpen,
            Standing::ReadOnly,
        ];
        for settled in before {
            self.messages.settle(settled);
        }
        self.repaired(&opened.repaired);
        for (name, text) in port.drafts() {
            self.drafts.entry(name).or_insert(text);
        }
        self.drafts.remove(FORM);
        self.show_drafts();
        self.welcome_if_empty(port);
        self.ask_keyboard();
        self.remind(port);
        self.show_tip(port);
        let may_answer = if let Saving::ReadOnly(why) = port.saving() {
            let note = Note::error(format!("Read only: {why}"));
            self.messages.stand(Standing::ReadOnly, note);
            false
        } else {
            true
        };
        if let (Some(interrupted), Some((circle, session, live))) = (
            opened.interrupted.filter(|_| may_answer),
            port.state().running(),
        ) {
            let name = port.state().circle(circle).map_or("", |c| c.name.as_str());
            let now = port.now();
            let then = mmss(live.clock.elapsed(interrupted.last_saved).whole_secs());
            let counted = mmss(live.clock.elapsed(now).whole_secs());
            let rows = vec![
                format!("Go on, count the time since then (now {counted})"),
                format!("Go on from {then}, paused"),
                "Wrap it up with what was written down".to_owned(),
            ];
            let title = format!(
                "{name} #{} was running when circlet stopped",
                session.number
            );
            self.interrupted = Some(interrupted.last_saved);
            self.at = ScreenId::Live;
            self.overlay = Some(if port.is_off_record() {
                record::ask_off_record(&title, rows)
            } else {
                Overlay::shell_choice(Which::Resume, title, rows)
            });
        } else if port.state().running().is_some() {
            self.at = ScreenId::Live;
        } else {
            self.begin_rehearsal(port);
        }
    }

    /// The circle that meets next: what the app is about until another one is chosen.
    fn soonest(&self, port: &dyn Port) -> Option<CircleId> {
        let view = View {
            circle: None,
            ..self.view(port)
        };
        next_session(&view).map(|(circle, _)| circle.id)
    }

    /// Nothing came of it: whoever waits for it hears so, and what was typed is given back.
    fn failed(&mut self, ticket: Ticket, words: &str, port: &mut dyn Port) {
        match self.talk.waiting.remove(&ticket) {
            Some(Waiting::Answer(screen, query)) => {
                self.screens.get_mut(screen).failed(&query);
            }
            Some(Waiting::Circle | Waiting::Starter(_) | Waiting::FirstPrompts(_)) => {
                self.circle_refused(words);
            }
            Some(_) | None => {}
        }
        match self.talk.submitted.remove(&ticket) {
            Some(typed) => self.give_back(typed, words, port),
            None => self.messages.say(Note::error(words.to_owned())),
        }
    }

    fn answered(&mut self, waiting: Waiting, answer: &Answer, port: &mut dyn Port) {
        match waiting {
            Waiting::Answer(screen, query) => {
                let view = self.view(port);
                let at = self.screens.get_mut(screen);
                at.answered(&query, answer, &view);
                let needed = at.after(&query, answer, &view);
                self.carry_out(screen, Reply::Do(needed), port);
                self.ask_for(screen, port);
            }
            Waiting::FirstPrompts(created) => self.first_prompts(*created, answer, port),
            Waiting::Known(turn) => self.known(turn, answer, port),
            Waiting::PlanQuestions(loading) => self.plan_questions(*loading, answer, port),
            Waiting::PlanMemories(loading) => self.plan_memories(*loading, answer, port),
            Waiting::PlanText(which) => {
                let rows = match answer {
                    Answer::Rows { rows, .. } => rows.as_slice(),
                    _ => &[],
                };
                self.plan_text(which, rows, port);
            }
            Waiting::Gathering(gathering) => self.gathered(*gathering, answer, port),
            Waiting::Overtaken(screen, command, reason) => {
                let reply = {
                    let view = self.view(port);
                    self.screens.get_mut(screen).overtaken(&command, &view)
                };
                if reply == Reply::Ignored {
                    self.versions_after(*command, &reason, port);
                } else {
                    self.carry_out(screen, reply, port);
                }
            }
            Waiting::Command(_)
            | Waiting::Edit(..)
            | Waiting::Circle
            | Waiting::Starter(_)
            | Waiting::Nothing
            | Waiting::Slept
            | Waiting::Erase => {}
            Waiting::Drawn(command) => self.drawn(*command, answer, port),
            Waiting::Look(look) => self.looked(&look, answer, port),
            Waiting::Going(name) => self.going_told(&name, answer),
            Waiting::Figures => self.tell_figures(answer),
            Waiting::Course(course) => self.plan_course(*course, answer, port),
            Waiting::Actions(gathering) => self.actions_told(*gathering, answer, port),
            Waiting::Book(gathering) => self.book_told(*gathering, answer, port),
            Waiting::Calendar(found) => self.calendar_answered(found, answer, port),
        }
    }

    fn tell_figures(&mut self, answer: &Answer) {
        if let Answer::Figures(figures) = answer {
            let megabytes = figures.bytes.div_ceil(1 << 20);
            self.messages.say(Note::done(format!(
                "{} documents, {} questions, {} acts to take back, {megabytes} MB; circlet doctor checks every file",
                figures.documents, figures.questions, figures.acts
            )));
        }
    }

    /// A session may have ended with this act. Its file is forgotten; what was typed here and not saved stays in
    /// memory, and stands there when its line is opened again.
    fn session_over(&mut self, act: &Act, port: &dyn Reads) {
        if ends_session(act) {
            // Whoever has just met is whom the screens go on to show.
            self.circle = act
                .changes
                .iter()
                .find_map(|change| match change.key.space {
                    crate::domain::id::Space::Circle(id) => Some(id),
                    crate::domain::id::Space::Org => None,
                });
            self.end_rehearsal(port);
        }
    }

    fn not_saved(&mut self, waiting: usize, why: &str) {
        let note = Note::error(format!(
            "{waiting} not saved: {why}. Kept in memory and tried every 5 s; the clock goes on"
        ));
        self.messages.stand(
            Standing::NotSaved,
            note.key(CommandId::WriteMarkdown, "write the minutes elsewhere"),
        );
    }

    fn repaired(&mut self, words: &[String]) {
        if !words.is_empty() {
            let note = Note::error(words.join(". "));
            self.messages
                .stand(Standing::Repaired, note.key(CommandId::Close, "seen"));
        }
    }

    /// The clock stands still, without the time asleep, until somebody says whether it counts.
    fn slept(&mut self, span: crate::domain::clock::Span, port: &mut dyn Port) {
        // A clock that stood still has lost nothing, and where several windows look on one of them asks.
        let runs = port
            .state()
            .running()
            .is_some_and(|(_, _, live)| !live.clock.is_paused());
        if !runs || !port.is_owner() {
            return;
        }
        if port.is_off_record() {
            let words = "The computer slept. Off the record nothing is changed: that time counts";
            self.messages.settle(Standing::OffRecord);
            self.messages.say(Note::asks(words));
            return;
        }
        let command = Command::LeaveOut { span, pause: true };
        let ticket = port.submit(command);
        self.talk.waiting.insert(ticket, Waiting::Slept);
        let title = match (span.whole_secs() + 30) / 60 {
            0 => format!("The computer slept for {} s", span.whole_secs()),
            minutes => format!("The computer slept for {minutes} min"),
        };
        let rows = vec!["Count that time".to_owned(), "Leave it out".to_owned()];
        self.ask_surely(Overlay::shell_choice(Which::Slept, title, rows));
    }

    /// The keys of a command where the focus is, for words that name them.
    pub(super) fn keys_now(&self, id: CommandId, port: &dyn Reads) -> String {
        self.view(port).keys.of(id).into_owned()
    }
}

/// Whether a session ended with this act.
fn ends_session(act: &Act) -> bool {
    act.kind == ActKind::Do
        && act.changes.iter().any(|change| {
            change.key.kind == crate::domain::id::Kind::Live && change.after.is_none()
        })
}
