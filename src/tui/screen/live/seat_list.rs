//! The seats of a session as a sheet: who holds each, and whom the rotation proposes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::domain::rotation::{Seat, Turns};
use crate::theme::Styles;
use crate::theme::glyphs::Mark;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::Go;
use crate::tui::screen::live::people::present;
use crate::tui::screen::live::seats::{self, Place};
use crate::tui::screen::live::sheet::{self, Outcome, Sheet, Unsaved};
use crate::tui::view::{Arg, CommandId, Reply};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// What means something while the sheet is open.
const OFFERS: [(CommandId, &str); 5] = [
    (CommandId::Open, "take"),
    (CommandId::Owner, "list"),
    (CommandId::Remove, "skip"),
    (CommandId::Pick, "that person"),
    (CommandId::Close, "back"),
];

/// Cells of the column that says what the seat is.
const LABEL: u16 = 14;
/// Cells of the column of names, where there is room.
const NAME: u16 = 20;

/// The open sheet: which row is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SeatList {
    selected: usize,
}

/// A row of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// A seat, or a hot seat of the agenda.
    Place(Place),
    /// Whether whoever leads takes part too.
    TakesPart,
}

fn rows(turns: &Turns<'_>) -> Vec<Row> {
    let [leads, time, writes, first, _] = Seat::ALL.map(|seat| Row::Place(Place::Seat(seat)));
    let hot = turns.seats_ahead();
    let hot = hot.iter().map(|block| Row::Place(Place::Block(block.id)));
    [leads, Row::TakesPart, time, writes, first]
        .into_iter()
        .chain(hot)
        .collect()
}

/// What stands before a holder.
fn label(place: Place, turns: &Turns<'_>) -> String {
    match place {
        Place::Seat(Seat::Facilitator) => "Leads".to_owned(),
        Place::Seat(Seat::Timekeeper) => "Keeps time".to_owned(),
        Place::Seat(Seat::Scribe) => "Writes".to_owned(),
        Place::Seat(Seat::First) => "Speaks first".to_owned(),
        Place::Seat(Seat::Presenter) => "Hot seat".to_owned(),
        Place::Block(block) => turns
            .session
            .block(block)
            .map_or_else(String::new, |block| block.title.to_string()),
    }
}

/// Holder, and whom the rotation proposes, each in words.
fn words(row: Row, turns: &Turns<'_>, stage: &Stage<'_>) -> (String, String, String) {
    let Row::Place(place) = row else {
        let part = if stage.session.takes_part {
            "and takes part"
        } else {
            "only leads"
        };
        return (
            String::new(),
            part.to_owned(),
            format!("{} changes", stage.view.keys.of(CommandId::Open)),
        );
    };
    let holder = place.holder(turns);
    let name = holder.map_or_else(
        || "nobody yet".to_owned(),
        |id| {
            let person = stage.person(id);
            person.map_or_else(
                || crate::domain::names::FORMER.to_owned(),
                |member| say::name(member, stage.view.masked),
            )
        },
    );
    let next = place.order(turns).first().map_or_else(
        || "nobody is free".to_owned(),
        |member| {
            let why = seats::why(member.id, place.seat(), turns, stage);
            if holder == Some(member.id) {
                why
            } else {
                format!("next {}: {why}", stage.short(member))
            }
        },
    );
    (label(place, turns), name, next)
}

impl SeatList {
    /// Moves on to the next row, so that Enter after Enter takes all proposals.
    fn pass_on(&mut self, rows: usize) {
        self.selected = (self.selected + 1).min(rows.saturating_sub(1));
    }

    fn accept(&mut self, rows: &[Row], turns: &Turns<'_>, stage: &Stage<'_>) -> Reply {
        match rows.get(self.selected) {
            Some(Row::TakesPart) => Reply::submit(Command::TakesPart {
                circle: stage.circle.id,
                session: stage.session.id,
                takes_part: !stage.session.takes_part,
            }),
            Some(Row::Place(place)) => {
                let next = place.order(turns).first().map(|member| member.id);
                let holder = place.holder(turns);
                self.pass_on(rows.len());
                match next {
                    None => Reply::Refuse("nobody is free for that seat".to_owned()),
                    next if next == holder => Reply::Handled,
                    next => Reply::submit(place.set(next, false, stage)),
                }
            }
            None => Reply::Handled,
        }
    }

    /// The marked seat.
    fn place(self, rows: &[Row]) -> Option<Place> {
        match rows.get(self.selected)? {
            Row::Place(place) => Some(*place),
            Row::TakesPart => None,
        }
    }
}

/// Passes over whoever holds a seat or is next; they are owed it.
fn skip(place: Place, turns: &Turns<'_>, stage: &Stage<'_>) -> Reply {
    match place.instead(turns) {
        Some(member) => Reply::submit(place.set(Some(member.id), true, stage)),
        None => Reply::Refuse("there is nobody else for that seat".to_owned()),
    }
}

impl Sheet for SeatList {
    fn draw(
        &self,
        stage: &Stage<'_>,
        _drafts: &[Unsaved],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let turns = seats::turns(stage);
        let rows = rows(&turns);
        let at = sheet::place(area, rows.len());
        let title = format!("Seats of {} #{}", stage.circle.name, stage.session.number);
        let content = Pane::new(&title).draw_over(at, buf, styles);
        let window = list::window(rows.len(), self.selected, 0, content.height);
        for (place, index) in (0u16..).zip(window) {
            let Some(row) = rows.get(index) else { continue };
            let selected = index == self.selected;
            let shown = words(*row, &turns, stage);
            draw_row(shown, selected, text::row(content, place), buf, styles);
        }
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, _drafts: &[Unsaved]) -> Outcome {
        let turns = seats::turns(stage);
        let rows = rows(&turns);
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        if let Some(go) = Go::of(id) {
            self.selected = go.from(self.selected, rows.len());
            return Outcome::Reply(Reply::Handled);
        }
        let place = self.place(&rows);
        match (id, place) {
            (CommandId::Seats, _) => Outcome::Close(Reply::Handled),
            (CommandId::Open, _) => Outcome::Reply(self.accept(&rows, &turns, stage)),
            (CommandId::Owner, Some(place)) => Outcome::Seat(place),
            (CommandId::Remove, Some(place)) => Outcome::Reply(skip(place, &turns, stage)),
            (CommandId::Owner | CommandId::Remove, None) => Outcome::Reply(Reply::Handled),
            _ => Outcome::Reply(Reply::Ignored),
        }
    }

    fn person(&mut self, arg: &Arg, stage: &Stage<'_>) -> Outcome {
        let rows = rows(&seats::turns(stage));
        let Some(place) = self.place(&rows) else {
            return Outcome::Reply(Reply::Handled);
        };
        Outcome::Reply(match present(arg, stage) {
            Ok(member) => Reply::submit(place.set(Some(member.id), false, stage)),
            Err(refusal) => refusal,
        })
    }

    fn before_start(&self) -> bool {
        true
    }

    fn offers(&self, _stage: &Stage<'_>, _drafts: &[Unsaved]) -> Vec<(CommandId, &'static str)> {
        OFFERS.to_vec()
    }
}

fn draw_row(
    (label, name, next): (String, String, String),
    selected: bool,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let look = if selected {
        Look::Selected
    } else {
        Look::Plain
    };
    list::draw_row(&Line::default(), look, list::rows_of(area), buf, styles);
    let mark = if selected { Mark::Cursor } else { Mark::None };
    let wide = area.width >= 60;
    let used = text::put_line(&Line::from(list::cursor_mark(mark, styles)), area, buf);
    let area = text::after(area, used.max(2));
    let label = text::pad(&label, if wide { LABEL } else { 10 });
    // Where there is no room for both, a name that is cut says less than no reason.
    let cells = match (wide, text::width(&name)) {
        (true, _) => NAME,
        (false, name) => name.max(12),
    };
    let mut spans = vec![
        Span::styled(format!("{label} "), look.quiet(styles)),
        Span::styled(text::pad(&name, cells), look.main(styles)),
    ];
    spans.push(Span::styled(format!(" {next}"), look.quiet(styles)));
    text::put_line(&Line::from(spans), area, buf);
}
