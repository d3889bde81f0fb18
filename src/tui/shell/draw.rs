//! Body, message row and hints, and where they stand with the header on a screen of each size.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::id::CommandId;
use crate::command::table::Place;
use crate::domain::names::Naming;
use crate::domain::room::RoomPicture;
use crate::theme::Role;
use crate::tui::capture::Surroundings;
use crate::tui::keys::Keys;
use crate::tui::messages::Press;
use crate::tui::overlay::line::Line;
use crate::tui::overlay::new_circle::Here;
use crate::tui::port::Reads;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::Overlay;
use crate::tui::view::{Paint, ScreenId, View};
use crate::tui::widget::hints::Hint;
use crate::tui::widget::message::{Message, Tone};
use crate::tui::widget::spot;
use crate::tui::widget::text;

/// Where everything goes on a screen of one size.
struct Layout {
    header: Option<Rect>,
    body: Rect,
    /// As many rows as the message needs; where there is little room none while there is no message.
    message: Option<Rect>,
    hints: Option<Rect>,
}

/// Most rows of a message.
const MOST_ROWS: u16 = 3;

impl Layout {
    /// The breakpoints: roomy, stacked, one pane, words only. A message that is too long for one row takes those
    /// below the body that it needs.
    fn of(area: Rect, message: Option<&Message<'_>>) -> Self {
        let row = |y: u16, margin: u16| Rect {
            x: area.x + margin.min(area.width / 2),
            y,
            width: area.width.saturating_sub(2 * margin),
            height: 1,
        };
        if area.width < 40 || area.height < 12 {
            return Self {
                header: None,
                body: area,
                message: None,
                hints: None,
            };
        }
        let bottom = area.bottom();
        let small = area.width < 60 || area.height < 16;
        let margin = if small { 0 } else { 2 };
        let hints = row(bottom - 1, margin);
        // The screens below keep the least that they are made for.
        let most = area.height.saturating_sub(10).clamp(1, MOST_ROWS);
        let rows = match message {
            None => u16::from(!small),
            // Where there is little room, what was done is worth one row.
            Some(message) if small && message.tone == Tone::Done => 1,
            Some(message) => message.rows(hints.width, most),
        };
        let top = match area.height {
            _ if small => 0,
            30.. => 2,
            _ => 1,
        };
        let place = Rect {
            height: rows,
            ..row(bottom - 1 - rows, margin)
        };
        Self {
            header: (!small).then(|| row(area.y, margin)),
            body: Rect {
                y: area.y + top,
                height: area.height.saturating_sub(top + 1 + rows),
                ..area
            },
            message: (rows > 0).then_some(place),
            hints: Some(hints),
        }
    }
}

impl Shell {
    /// Whether a message stands in this row of the screen.
    pub(super) fn is_message(&self, row: u16, area: Rect, view: &View<'_>) -> bool {
        self.with_message(view, |message| {
            let place = Layout::of(area, message).message;
            let within = |place: Rect| (place.top()..place.bottom()).contains(&row);
            message.is_some() && place.is_some_and(within)
        })
    }

    /// Draws everything. Returns where the caret is, if there is one.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, port: &dyn Reads) -> Option<Position> {
        let styles = &self.setup.styles;
        buf.set_style(area, styles.canvas());
        let view = self.view(port);
        if self.in_room.shown {
            let naming = if view.masked {
                Naming::Masked
            } else {
                Naming::Full
            };
            let mut picture =
                RoomPicture::of(view.state, view.circle, view.now, self.in_room.blank)
                    .with_people(view.state, view.floor, naming);
            if let Some(block) = &mut picture.running {
                block.off_record = view.off_record;
                block.clock = port.room_clock();
            }
            self.in_room
                .view
                .draw(&picture, (view.now, view.zone), area, (buf, styles));
            let last = text::row(area, area.height.saturating_sub(1));
            self.draw_twice(last, buf, view.keys);
            return None;
        }
        self.with_message(&view, |message| {
            self.draw_framed((area, message), buf, port)
        })
    }

    /// The screen between its header and its last rows.
    fn draw_framed(
        &self,
        (area, message): (Rect, Option<&Message<'_>>),
        buf: &mut Buffer,
        port: &dyn Reads,
    ) -> Option<Position> {
        let styles = &self.setup.styles;
        let view = self.view(port);
        let layout = Layout::of(area, message);
        let covered = self.capture.is_some() || self.overlay.is_some();
        let paint = Paint {
            view,
            styles,
            covered,
        };
        let mut caret = self.screens.get(self.at).draw(layout.body, buf, &paint);
        self.draw_drop(buf);
        if covered {
            spot::cover();
        }
        if let Some(capture) = &self.capture {
            let height = capture.height(layout.body.height).min(layout.body.height);
            let place = lower(layout.body, height);
            caret = capture.draw(place, buf, &Surroundings::new(&view), styles);
        }
        if let Some(overlay) = &self.overlay {
            caret = self.draw_overlay(overlay, layout.body, buf, &view);
        }
        if self.panel_is_due(view.now) {
            self.draw_panel(layout.body, buf, &view);
        }
        // An overlay clears the cells around itself, so the rows beside the body come last.
        if let Some(header) = layout.header {
            self.draw_header(header, area.width, buf, &view);
        }
        if let (Some(message), Some(place)) = (message, layout.message) {
            message.draw(place, buf, styles);
        }
        if let Some(hints) = layout.hints {
            self.draw_hints(hints, buf, &view);
        }
        caret
    }

    /// In the room view, that a key was not carried out yet, or how to leave; what it would do is not for the room.
    fn draw_twice(&self, row: Rect, buf: &mut Buffer, keys: Keys<'_>) {
        let styles = &self.setup.styles;
        let key = |id| keys.own(id).unwrap_or_default();
        let words = match &self.keyboard.twice {
            Some((id, _)) => format!("{} again goes on", key(*id)),
            None if self.in_room.lost => format!("{} comes back", key(CommandId::RoomView)),
            None => return,
        };
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, row, buf);
        buf.set_style(row, styles.canvas());
        let line = ratatui::text::Line::styled(words, styles.bold(Role::Text));
        text::put_centred(&line, row, buf);
    }

    /// Draws what stands in for a screen that could not be drawn.
    pub fn draw_failure(&self, area: Rect, buf: &mut Buffer, port: &dyn Reads) {
        let styles = &self.setup.styles;
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, area, buf);
        let keys = Keys::new(port.keymap(), Place::Anywhere);
        let key = |id| keys.of(id);
        let words = format!(
            "This view failed; what was saved is safe. {} goes to Home, {} quits",
            key(CommandId::GoHome),
            key(CommandId::QuitNow)
        );
        text::put(&words, styles.bold(Role::Bad), text::row(area, 0), buf);
    }

    fn draw_overlay(
        &self,
        overlay: &Overlay,
        body: Rect,
        buf: &mut Buffer,
        view: &View<'_>,
    ) -> Option<Position> {
        let styles = &self.setup.styles;
        match overlay {
            Overlay::Line(_, line) => line.draw(lower(body, Line::HEIGHT), buf, styles),
            Overlay::Choice(_, picker) => {
                picker.draw(
                    lower(body, picker.height(body.width).min(body.height)),
                    buf,
                    styles,
                );
                None
            }
            Overlay::Finder(finder) => finder.draw(middle(body), buf, styles),
            Overlay::Search(search) => {
                search.draw(middle(body), buf, styles, (view.state, view.zone))
            }
            Overlay::Welcome(welcome) => {
                ratatui::widgets::Widget::render(ratatui::widgets::Clear, body, buf);
                buf.set_style(body, styles.canvas());
                welcome.draw(body, buf, styles);
                None
            }
            Overlay::NewCircle(form) => {
                let here = Here {
                    now: view.now,
                    zone: view.zone,
                    order: view.order,
                };
                form.draw(body, buf, styles, here)
            }
            Overlay::Import(import) => {
                import.draw(body, buf, styles);
                None
            }
            Overlay::Tally(tally) => {
                let height = tally.height(body.width).min(body.height);
                tally.draw(lower(body, height), buf, styles);
                None
            }
        }
    }

    /// Hands over the message as it is drawn, if there is one.
    fn with_message<T>(&self, view: &View<'_>, then: impl FnOnce(Option<&Message<'_>>) -> T) -> T {
        let Some((note, waiting)) = self.message(view) else {
            return then(None);
        };
        let presses = note.keys.iter();
        let shown: Vec<String> = presses.map(|(press, _)| press.shown(view.keys)).collect();
        let keys = shown.iter().zip(&note.keys);
        let keys: Vec<Hint<'_>> = keys
            .map(|(shown, (press, verb))| match press {
                Press::Run(id) => Hint::new(shown, verb).run(*id),
                Press::Then(..) => Hint::new(shown, verb),
            })
            .collect();
        then(Some(&Message {
            tone: note.tone,
            sentence: &note.sentence,
            keys: &keys,
            waiting,
        }))
    }

    /// Whether this is where the coach can be followed.
    pub(super) fn coaches(&self) -> bool {
        self.in_room.shown || self.at == ScreenId::Live
    }

    /// What stands in the message row: what was said, else what the running session asks, else what the
    /// coach suggests.
    fn message(&self, view: &View<'_>) -> Option<(crate::tui::messages::Note, usize)> {
        let shown = self.messages.shown();
        let mut asked = self.session_notes(view).into_iter();
        let behind = asked.len();
        match (shown, asked.next()) {
            (Some((note, waiting)), Some(_)) if note.tone != Tone::Done => {
                Some((note.clone(), waiting + behind))
            }
            (shown, Some(first)) => Some((first, behind - 1 + usize::from(shown.is_some()))),
            (Some((note, waiting)), None) => Some((note.clone(), waiting)),
            (None, None) => {
                // What it asks for is done with the keys of a running session.
                let coach = self.coach.as_ref().filter(|_| self.coaches())?;
                let line = coach.line(view)?;
                Some((
                    crate::tui::messages::Note::asks(line).key(CommandId::Close, "enough"),
                    0,
                ))
            }
        }
    }
}

/// The middle of a screen, as wide as words are read well.
fn middle(body: Rect) -> Rect {
    let width = body.width.min(100);
    Rect {
        x: body.x + (body.width - width) / 2,
        width,
        ..body
    }
}

/// The lower rows of an area.
fn lower(area: Rect, height: u16) -> Rect {
    let height = height.min(area.height);
    Rect {
        y: area.bottom() - height,
        height,
        ..area
    }
}
