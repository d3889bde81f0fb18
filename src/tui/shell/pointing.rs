//! The mouse: what is under the pointer answers as its keys would. Nothing here knows where anything stands; the
//! frame is drawn once more, and drawing tells.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::Found;
use crate::domain::clock::{Moment, Span};
use crate::theme::Role;
use crate::tui::input::Pointer;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::screens::TABS;
use crate::tui::shell::{Shell, Wish};
use crate::tui::terminal;
use crate::tui::view::{Arg, ScreenId};
use crate::tui::widget::spot::{self, Spot, Spots};

/// A second click on the same cell within this time opens the row.
const TWICE: Span = Span::from_millis(500);
/// Rows that one notch of the wheel moves.
const NOTCH: usize = 3;
/// No screen has more panes than this.
const PANES: usize = 8;

/// What the hand at the mouse did last.
#[derive(Clone, Debug, Default)]
pub(super) struct Hand {
    /// Where and when a row was clicked.
    clicked: Option<(Position, Moment)>,
    /// The row that is carried.
    grip: Option<Grip>,
    /// Where the wheel turned last, and how the shell was after it: then the pane there has the keyboard.
    turned: Option<(Position, u64)>,
}

/// A row that is carried while the button is held.
#[derive(Clone, Copy, Debug)]
struct Grip {
    /// Where the pointer was last.
    at: Position,
    /// How far below the marked row the pointer took hold: a list may have moved under it.
    off: isize,
    /// How many rows down it would go.
    by: isize,
    /// The row that it would take the place of.
    drop: Option<Rect>,
}

impl Shell {
    /// The mouse did something on a screen of this size.
    pub fn point(&mut self, (what, at): (Pointer, Position), area: Rect, port: &mut dyn Port) {
        // The room sees nothing that could be clicked.
        if self.in_room.shown {
            if what == Pointer::Click {
                self.in_room.lost = true;
                self.rev += 1;
            }
            return;
        }
        self.keyboard.presses += 1;
        match what {
            Pointer::Click => self.click(at, area, port),
            Pointer::Drag => self.drag(at, area, port),
            Pointer::Release => self.let_go(port),
            Pointer::WheelUp => self.wheel((CommandId::Up, Key::Up), at, area, port),
            Pointer::WheelDown => self.wheel((CommandId::Down, Key::Down), at, area, port),
        }
        self.acted(port);
    }

    /// What the frame tells, and where its caret is. A frame that cannot be drawn has nothing to click.
    fn spots(&self, area: Rect, port: &dyn Reads) -> (Spots, Option<Position>) {
        let mut caret = None;
        let spots = spot::told(|| {
            let drawn = terminal::caught(|| self.draw(area, &mut Buffer::empty(area), port));
            caret = drawn.flatten();
        });
        (spots, caret)
    }

    fn click(&mut self, at: Position, area: Rect, port: &mut dyn Port) {
        self.hand.grip = None;
        let twice = self.hand.clicked.take();
        let twice = twice.is_some_and(|(before, when)| before == at && port.now() - when <= TWICE);
        let (spots, _) = self.spots(area, port);
        let Some(spot) = spots.at(at).cloned() else {
            return;
        };
        if self.has_field() && self.is_message(at.y, area, &self.view(port)) {
            return;
        }
        self.rev += 1;
        if !matches!(spot, Spot::Next(_)) {
            self.forget_pending();
        }
        match spot {
            Spot::Next(key) => self.press_shown(&key, port),
            Spot::Keys(keys) => {
                self.reach(spots.pane(at), area, port);
                self.press_shown(&keys, port);
            }
            Spot::Hint(id, arg) => {
                self.reach(spots.pane(at), area, port);
                self.run(id, &arg, port);
            }
            Spot::Command(id, arg) => self.run(id, &arg, port),
            Spot::Tab(tab) => self.open_tab(tab, port),
            Spot::Field => self.put_caret(at, area, port),
            Spot::Row(_) | Spot::More if self.has_field() => {
                self.click_listed((spots.steps(at), twice), at, port);
            }
            Spot::Row(_) | Spot::More if twice => self.run(CommandId::Open, &Arg::None, port),
            Spot::Row(_) | Spot::More => {
                if self.reach(spots.pane(at), area, port) {
                    self.mark_row((at, spots.steps(at)), area, port);
                }
            }
            Spot::Pane(_) => {
                self.reach(spots.pane(at), area, port);
            }
        }
    }

    /// Gives the pane under the pointer the keyboard, in the way in which keys do. `false` if it cannot have it.
    fn reach(&mut self, pane: Option<Rect>, area: Rect, port: &mut dyn Port) -> bool {
        let Some(pane) = pane.filter(|_| !self.has_field()) else {
            return true;
        };
        let mut first = None;
        for _ in 0..PANES {
            let focused = self.spots(area, port).0.focused();
            if focused == Some(pane) {
                return true;
            }
            if first.is_some() && first == focused {
                return false;
            }
            first = first.or(focused);
            self.run(CommandId::NextPane, &Arg::None, port);
        }
        false
    }

    /// Takes the mark of a screen to the row under the pointer, and takes hold of it where rows can be carried. A
    /// pane that has just got the keyboard may show fewer rows; the row is where it was before then.
    fn mark_row(
        &mut self,
        (at, before): (Position, Option<isize>),
        area: Rect,
        port: &mut dyn Port,
    ) {
        let (spots, _) = self.spots(area, port);
        let Some(steps) = spots.steps(at).or(before) else {
            return;
        };
        let way = if steps < 0 {
            CommandId::Up
        } else {
            CommandId::Down
        };
        for _ in 0..steps.unsigned_abs() {
            self.run(way, &Arg::None, port);
        }
        self.hand.clicked = Some((at, port.now()));
        if self.screens.get(self.at).can_carry(&self.view(port)) {
            let off = self.spots(area, port).0.steps(at).unwrap_or(0);
            self.hand.grip = Some(Grip {
                at,
                off,
                by: 0,
                drop: None,
            });
        }
    }

    /// A click on a row of what lies over the screen: a list that asks for nothing but a row takes it at once.
    fn click_listed(
        &mut self,
        (steps, twice): (Option<isize>, bool),
        at: Position,
        port: &mut dyn Port,
    ) {
        let at_once = matches!(
            self.overlay,
            Some(Overlay::Choice(..) | Overlay::Welcome(_))
        );
        let steps = steps.unwrap_or(0);
        let way = if steps < 0 { Key::Up } else { Key::Down };
        for _ in 0..steps.unsigned_abs() {
            self.take_key(way, port);
        }
        if at_once || twice {
            return self.take_key(Key::Enter, port);
        }
        self.hand.clicked = Some((at, port.now()));
    }

    /// Presses keys as a hint shows them. Of `r 1-9` only the first can be pressed: a panel shows what may follow.
    fn press_shown(&mut self, shown: &str, port: &mut dyn Port) {
        let keys: Vec<Key> = shown.split(' ').map_while(|key| key.parse().ok()).collect();
        let all = keys.len() == shown.split(' ').count();
        let Some((first, rest)) = keys.split_first() else {
            return;
        };
        let found = |keys: &[Key]| self.view(port).keys.find(keys);
        let pressed: &[Key] = if self.has_field() || !self.keyboard.pending.is_empty() {
            // There keys have no sequences: a hint with several of them names a choice.
            if rest.is_empty() && all { &keys } else { &[] }
        } else if all && matches!(found(&keys), Found::Run(..)) {
            &keys
        } else if matches!(found(&[*first]), Found::Wait(_)) {
            &[*first]
        } else if rest == [Key::Enter] || rest.is_empty() && all {
            &keys
        } else {
            &[]
        };
        for key in pressed {
            self.take_key(*key, port);
        }
    }

    fn open_tab(&mut self, tab: usize, port: &mut dyn Port) {
        // What is being typed or asked stays until it is closed.
        let Some((screen, _)) = TABS.get(tab).filter(|_| !self.has_field()) else {
            return;
        };
        let id = match screen {
            ScreenId::Home => CommandId::GoHome,
            ScreenId::Plan => CommandId::GoPlan,
            ScreenId::Live => CommandId::GoLive,
            ScreenId::Actions | ScreenId::Review => CommandId::GoActions,
            ScreenId::Questions => CommandId::GoQuestions,
            ScreenId::Books => CommandId::GoBooks,
            ScreenId::Roster => CommandId::GoRoster,
            ScreenId::Sessions => CommandId::GoSessions,
            ScreenId::Log => CommandId::GoLog,
        };
        self.run(id, &Arg::None, port);
    }

    /// Moves the caret of the line towards the pointer, character by character, as the arrow keys do.
    fn put_caret(&mut self, at: Position, area: Rect, port: &mut dyn Port) {
        let mut before: Option<Position> = None;
        for _ in 0..area.width {
            let Some(caret) = self.spots(area, port).1.filter(|caret| caret.y == at.y) else {
                return;
            };
            let stays = before
                .is_some_and(|before| before == caret || (before.x < at.x) != (caret.x < at.x));
            if caret.x == at.x || stays {
                return;
            }
            let key = if caret.x < at.x {
                Key::Right
            } else {
                Key::Left
            };
            self.take_key(key, port);
            before = Some(caret);
        }
    }

    /// Moves the mark of what is under the pointer.
    fn wheel(
        &mut self,
        (id, key): (CommandId, Key),
        at: Position,
        area: Rect,
        port: &mut dyn Port,
    ) {
        let same = self.hand.turned == Some((at, self.rev));
        self.hand.grip = None;
        if !same {
            let (spots, _) = self.spots(area, port);
            if !spots.has_rows(at) || !self.reach(spots.pane(at), area, port) {
                return;
            }
        }
        if self.has_field() {
            (0..NOTCH).for_each(|_| self.take_key(key, port));
        } else {
            self.forget_pending();
            (0..NOTCH).for_each(|_| self.run(id, &Arg::None, port));
        }
        self.rev += 1;
        self.hand.turned = Some((at, self.rev));
    }

    /// The pointer moves with the button held: shows where the row would go.
    fn drag(&mut self, at: Position, area: Rect, port: &dyn Reads) {
        let Some(grip) = self.hand.grip.filter(|grip| grip.at.y != at.y) else {
            return;
        };
        let (spots, _) = self.spots(area, port);
        let mut grip = Grip { at, ..grip };
        if let Some(steps) = spots.steps(at) {
            grip.by = steps - grip.off;
            grip.drop = spots.row(at, grip.by).filter(|_| grip.by != 0);
            self.rev += 1;
        }
        self.hand.grip = Some(grip);
    }

    /// The button was let go: the row that was carried stays where it was dropped.
    fn let_go(&mut self, port: &mut dyn Port) {
        let Some(grip) = self.hand.grip.take().filter(|grip| grip.by != 0) else {
            return;
        };
        self.rev += 1;
        let reply = {
            let view = self.view(port);
            self.screens.get_mut(self.at).carried(grip.by, &view)
        };
        self.carry_out(self.at, reply, port);
    }

    /// Draws where the row that is carried would go.
    pub(super) fn draw_drop(&self, buf: &mut Buffer) {
        if let Some(drop) = self.hand.grip.and_then(|grip| grip.drop) {
            let styles = &self.setup.styles;
            // The line says where even without colours.
            let ground = styles.ground(Role::Selection);
            let ground = ground.add_modifier(Modifier::UNDERLINED);
            buf.set_style(drop.intersection(buf.area), ground);
        }
    }

    /// Takes the mouse, or gives it back to the terminal.
    pub(super) fn switch_mouse(&mut self, words: Option<&str>) {
        let on = match words {
            None => !self.setup.mouse,
            Some("on") => true,
            Some("off") => false,
            Some(_) => return self.cannot("the mouse is on or off"),
        };
        self.setup.mouse = on;
        self.wishes.push(Wish::Mouse(on));
        self.wishes.push(Wish::Remember("mouse", on.to_string()));
        let note = if on {
            Note::done("The mouse works here; Shift and drag marks text")
                .key(CommandId::Mouse, "lets it go")
        } else {
            Note::done("The terminal has the mouse again and marks text")
                .key(CommandId::Mouse, "takes it")
        };
        self.messages.say(note);
    }
}
