//! Commands: first those that mean the same everywhere, then the screen's, then the way back.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::domain::capture::{Kind, Opening};
use crate::domain::room::RoomClock;
use crate::engine::query::Query;
use crate::tui::coach::Seen;
use crate::tui::messages::Press;
use crate::tui::messages::{Note, Standing};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::{Shell, Waiting, Wish, words};
use crate::tui::view::{Arg, Format, Reply, ScreenId};
use crate::tui::widget::message::Tone;

impl Shell {
    /// Runs a command, whichever way it was asked for.
    pub(crate) fn run(&mut self, id: CommandId, arg: &Arg, port: &mut dyn Port) {
        #[cfg(any(test, feature = "testing"))]
        self.ran.insert(id);
        if !matches!(id, CommandId::Quit | CommandId::QuitNow) {
            self.messages.settle(Standing::Quit);
        }
        if !matches!(id, CommandId::Cancel | CommandId::Suspend) {
            self.messages.settle(Standing::Leave);
            self.leave.hid_once = false;
        }
        self.messages.settle(Standing::Twice);
        if id != CommandId::Close {
            self.messages.go_on();
        }
        if let Some((again, then)) = self.keyboard.twice.take()
            && again == id
        {
            return self.carry_out(self.at, Reply::Do(then), port);
        }
        if self.recorded(id, port)
            || self.everywhere(id, arg, port)
            || (id == CommandId::Open && self.open_waiting(port))
        {
            return;
        }
        let reply = {
            let view = self.view(port);
            self.screens.get_mut(self.at).run(id, arg, &view)
        };
        if reply == Reply::Ignored {
            self.fallback(id, arg, port);
        } else if let Reply::Twice { words, verb, then } = reply {
            let note = Note::asks(words).key(id, verb);
            // Old news would come back as if it were the answer.
            self.messages.clear();
            self.messages.stand(Standing::Twice, note);
            self.keyboard.twice = Some((id, then));
        } else {
            self.carry_out(self.at, reply, port);
        }
    }

    /// Opens what waits in the message row as a list. Returns whether there is such a thing.
    fn open_waiting(&mut self, port: &dyn Reads) -> bool {
        self.open_problems() || self.open_packs() || self.open_session_question(port)
    }

    /// What means the same on every screen. Returns whether it was that.
    fn everywhere(&mut self, id: CommandId, arg: &Arg, port: &mut dyn Port) -> bool {
        match id {
            CommandId::GoHome => self.go(ScreenId::Home, port),
            CommandId::GoPlan => self.go(ScreenId::Plan, port),
            CommandId::GoLive => {
                self.screens.live_mut().leave_facts();
                self.go(ScreenId::Live, port);
            }
            CommandId::GoActions => self.go(ScreenId::Actions, port),
            CommandId::GoQuestions => self.go(ScreenId::Questions, port),
            CommandId::GoBooks => self.go(ScreenId::Books, port),
            CommandId::GoRoster => self.go(ScreenId::Roster, port),
            CommandId::GoSessions => self.go(ScreenId::Sessions, port),
            CommandId::GoLog => self.go(ScreenId::Log, port),
            CommandId::Help => self.open_finder("Help", port),
            CommandId::Palette => self.open_finder("Commands", port),
            CommandId::Capture => self.open_capture(Opening::Letter(Kind::Note)),
            CommandId::AddAction => self.open_capture(Opening::Is(Kind::Action)),
            CommandId::AddDecision => self.open_capture(Opening::Is(Kind::Decision)),
            CommandId::AddNote => self.open_capture(Opening::Is(Kind::Note)),
            CommandId::AddCircleNote => self.open_capture(Opening::Is(Kind::CircleNote)),
            CommandId::AddParked => self.open_capture(Opening::Is(Kind::Parked)),
            CommandId::Mask => self.mask(port),
            CommandId::NoNames => self.without_names(),
            CommandId::RoomView => {
                self.show_room(!self.in_room.shown);
                self.coached(Seen::Room, port);
            }
            CommandId::Blank => self.in_room.blank = !self.in_room.blank,
            CommandId::RoomClock => self.turn_room_clock(port),
            // The mark in the agenda is out of sight there.
            CommandId::ParkBlock if self.in_room.shown => self.park_running(port),
            CommandId::Redraw => self.wishes.push(Wish::Redraw),
            CommandId::Suspend => self.suspend(port),
            CommandId::Cancel => self.cancel(port),
            CommandId::QuitNow => self.quit(port),
            CommandId::Rehearse => self.rehearse(port),
            CommandId::Search => self.search(arg, port),
            CommandId::Invite => self.invite(arg, port),
            CommandId::Programme => self.programmes(arg, port),
            CommandId::Doctor => {
                let ticket = port.ask(Query::Figures);
                self.talk.waiting.insert(ticket, Waiting::Figures);
            }
            CommandId::GoCircle
            | CommandId::Me
            | CommandId::Theme
            | CommandId::Tips
            | CommandId::Mouse
            | CommandId::Clicker
            | CommandId::NewCircle
            | CommandId::Import
            | CommandId::PlanFile
            | CommandId::ArchiveCircle => self.named(id, arg, port),
            _ => return false,
        }
        true
    }

    /// What is left when the screen has no use for a command.
    fn fallback(&mut self, id: CommandId, arg: &Arg, port: &mut dyn Port) {
        match id {
            CommandId::Undo => self.undo(port),
            CommandId::Redo => self.submit(Command::Redo, port),
            CommandId::Close => self.close(port),
            CommandId::Quit if self.at == ScreenId::Home => self.quit(port),
            CommandId::Quit => {
                let before = self.before.last().copied();
                self.go(before.unwrap_or(ScreenId::Home), port);
            }
            CommandId::Filter => self.ask_filter(),
            CommandId::Review => self.review(arg, port),
            CommandId::Left => self.run(CommandId::PreviousPane, arg, port),
            CommandId::Right => self.run(CommandId::NextPane, arg, port),
            CommandId::ProposeBook | CommandId::BookVote if self.at != ScreenId::Books => {
                self.go(ScreenId::Books, port);
                self.run(id, arg, port);
            }
            CommandId::PlanSession
            | CommandId::MoveSession
            | CommandId::CancelSession
            | CommandId::SkipSession
                if self.at != ScreenId::Sessions =>
            {
                self.go(ScreenId::Sessions, port);
                self.run(id, arg, port);
            }
            CommandId::MergePeople | CommandId::Merge if self.at != ScreenId::Roster => {
                self.go(ScreenId::Roster, port);
                self.run(id, arg, port);
            }
            CommandId::MoveAction if self.at != ScreenId::Actions => {
                self.go(ScreenId::Actions, port);
                self.run(id, arg, port);
            }
            CommandId::Template | CommandId::Fit if self.at != ScreenId::Plan => {
                self.go(ScreenId::Plan, port);
                self.run(id, arg, port);
            }
            // Nothing is under the cursor.
            CommandId::Erase => self.named(id, arg, port),
            CommandId::WriteCalendar => self.write_calendar(port),
            CommandId::BookRecord => self.write_book(port),
            CommandId::WriteMarkdown
            | CommandId::WriteHtml
            | CommandId::WriteCsv
            | CommandId::WriteJson
            | CommandId::WriteTodo
            | CommandId::WrapUp
            | CommandId::Seats
            | CommandId::HandOverNotes
            | CommandId::DrawEach
            | CommandId::NeverHere
                if self.at != ScreenId::Live =>
            {
                self.run_on_live(id, arg, port);
            }
            _ => {}
        }
    }

    /// Takes back what was saved last. Whoever has just moved on the floor means that, and the floor is no
    /// history: it is said once, so that nothing bigger goes by mistake.
    fn undo(&mut self, port: &mut dyn Port) {
        if std::mem::take(&mut self.floor_moved) {
            let words = "Who speaks is not written down: a digit gives the floor to somebody else";
            self.messages
                .say(Note::asks(words).key(CommandId::Undo, "take back what was saved last"));
            return;
        }
        self.submit(Command::Undo { act: None }, port);
    }

    /// Writing out and wrapping up belong to the session; Live answers for it from every screen.
    fn run_on_live(&mut self, id: CommandId, arg: &Arg, port: &mut dyn Port) {
        let reply = {
            let view = self.view(port);
            self.screens.get_mut(ScreenId::Live).run(id, arg, &view)
        };
        let lays_a_sheet = matches!(id, CommandId::WrapUp | CommandId::Seats);
        if lays_a_sheet && reply == Reply::Handled {
            self.go(ScreenId::Live, port);
        }
        if Format::of(id).is_some() && reply == Reply::Ignored {
            return self.nothing_to_write();
        }
        self.carry_out(ScreenId::Live, reply, port);
    }

    /// Submits a command and remembers what to say when it is done.
    pub(super) fn submit(&mut self, command: Command, port: &mut dyn Port) {
        if let Some(query) = self.to_draw(&command, port) {
            let ticket = port.ask(query);
            self.keep_typed(ticket);
            self.talk
                .waiting
                .insert(ticket, Waiting::Drawn(Box::new(command)));
            return;
        }
        self.submit_now(command, port);
    }

    pub(super) fn submit_now(&mut self, command: Command, port: &mut dyn Port) {
        let done = words::Done::of(&command, &self.view(port));
        if matches!(command, Command::AddQuestions { .. })
            && let Some(ticket) = port.fill_bank()
        {
            self.talk.waiting.insert(ticket, Waiting::Nothing);
        }
        self.floor_moved = false;
        let many = self.say_saving(&command);
        let ticket = port.submit(command);
        self.intake.saving = many.then_some(ticket).or(self.intake.saving);
        self.keep_typed(ticket);
        self.talk.waiting.insert(ticket, Waiting::Command(done));
    }

    /// The same for what a screen asked for, which hears of it when somebody else was faster.
    pub(super) fn submit_from(&mut self, from: ScreenId, command: Command, port: &mut dyn Port) {
        if !matches!(command, Command::EditItem { .. }) {
            return self.submit(command, port);
        }
        let done = words::Done::of(&command, &self.view(port));
        self.floor_moved = false;
        let ticket = port.submit(command.clone());
        self.keep_typed(ticket);
        self.talk
            .waiting
            .insert(ticket, Waiting::Edit(from, Box::new(command), done));
    }

    pub(super) fn go(&mut self, to: ScreenId, port: &mut dyn Port) {
        self.show_room(false);
        if self.at == ScreenId::Questions && to != ScreenId::Questions {
            let ticket = port.ask(Query::LeaveBank);
            self.talk.waiting.insert(ticket, Waiting::Nothing);
        }
        if (self.at, to) == (ScreenId::Plan, ScreenId::Questions) {
            let view = self.view(port);
            self.screens.aim(&view);
        }
        self.leave_for(to);
        self.at = to;
        self.look_at_packs(to);
        self.messages.clear();
        self.ask_again(port);
    }

    /// Remembers the way back. A screen that is met again ends the way that led away from it; Home is where every way
    /// begins, and a walk through actions is no place to come back to.
    fn leave_for(&mut self, to: ScreenId) {
        let met = self.before.iter().position(|screen| *screen == to);
        if to == ScreenId::Home {
            self.before.clear();
        } else if let Some(met) = met {
            self.before.truncate(met);
        } else if to != self.at && self.at != ScreenId::Review {
            self.before.push(self.at);
        }
    }

    pub(super) const fn show_room(&mut self, room: bool) {
        self.in_room.shown = room;
        self.in_room.blank = false;
    }

    /// The clock of the room view, in full, in minutes, hidden, and in full again.
    fn turn_room_clock(&mut self, port: &mut dyn Port) {
        let clock = port.room_clock().turned();
        port.set_room_clock(clock);
        let value = clock.as_str().to_owned();
        self.wishes.push(Wish::Remember("room_clock", value));
        self.messages.say(Note::done(match clock {
            RoomClock::Full => "The room sees the clock in minutes and seconds",
            RoomClock::Minutes => "The room sees the clock in minutes",
            RoomClock::Hidden => "The room sees no clock until time is up",
        }));
    }

    fn mask(&mut self, port: &mut dyn Port) {
        if self.masked {
            self.overlay = Some(Overlay::unmask());
            return;
        }
        self.masked = true;
        port.mask_room(true);
        let note = Note::done("Names are masked, in the room too; the desktop is not covered");
        let back = Press::Then(CommandId::Mask, Key::Enter);
        self.messages.say(note.press(back, "show names"));
    }

    pub(super) fn unmask(&mut self, port: &mut dyn Port) {
        self.masked = false;
        port.mask_room(false);
        self.messages.say(Note::done("Names are shown"));
    }

    /// Esc: one thing back, never out.
    fn close(&mut self, port: &dyn Reads) {
        // What is in sight is closed: an error or another question stands before those of the session.
        let other = self.messages.shown();
        let covered = other.is_some_and(|(note, _)| note.tone != Tone::Done);
        if self.messages.shows(Standing::Import) && self.stop_import() {
            return;
        }
        if (covered || !self.close_session_question(port))
            && !self.messages.close()
            && self.coaches()
        {
            self.coach = None;
        }
    }
}
