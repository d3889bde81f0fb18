//! Who is there, who speaks, who waits. For whoever runs the session; the room view never shows it.

mod foot;
mod times;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::{Arg, CommandId};
use crate::domain::clock::Span as Duration;
use crate::domain::floor::round::Round;
use crate::domain::roster::Member;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::widget::chip::Chip;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

pub use times::reason;

/// The title of the pane.
const TITLE: &str = "Speaking";
/// Cells of the pane from which names are written in full.
const WIDE: u16 = 60;
/// Cells that a column of people needs at least.
const COLUMN: u16 = 21;
/// So much of a share is left when its colour says so.
const SOON: Duration = Duration::from_secs(15);

/// How the pane is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Whether it has the focus.
    pub focused: bool,
    /// The first person shown where not all have room.
    pub scroll: usize,
    /// Whether speaking time stands beside the names.
    pub times: bool,
}

/// Draws the pane.
pub fn draw(stage: &Stage<'_>, area: Rect, look: Shown, buf: &mut Buffer, styles: &Styles) {
    let wide = area.width >= WIDE;
    let content = Pane::new("").content(area);
    let foot = foot::lines(stage, look.times, (wide, content.width), styles);
    let (grid, foot) = Grid::with_foot(stage.members.len(), foot, content);
    let shown = grid.window(stage, look.scroll);
    let beside = content.width.saturating_sub(text::width(TITLE) + 5);
    let meta = meta(stage, (wide, grid.columns > 1, beside), shown.len(), styles);
    let talk = stage.talk().ok().filter(|_| look.times);
    Pane::new(TITLE)
        .meta(meta)
        .focused(look.focused)
        .draw(area, buf, styles);
    if stage.members.is_empty() {
        let row = text::row(content, 0);
        text::put(
            "Nobody is in this circle yet.",
            styles.of(Role::Text),
            row,
            buf,
        );
        let row = text::row(content, 1);
        let words = format!(
            "{} opens the roster",
            stage.view.keys.of(CommandId::GoRoster)
        );
        text::put(&words, styles.of(Role::Muted), row, buf);
        return;
    }
    for (place, member) in (0u16..).zip(stage.members.get(shown).unwrap_or_default()) {
        let cell = grid.cell(place, content);
        let words = match &talk {
            Some(talk) if stage.is_here(member.id) || talk.by.contains_key(&member.id) => {
                times::line(talk, member.id, styles)
            }
            Some(_) | None => words(stage, member, grid.columns == 1, styles),
        };
        let row = Row {
            member,
            wide,
            columns: grid.columns,
            words,
        };
        person(stage, row, cell, buf, styles);
    }
    let from = grid.rows + u16::from(grid.blank);
    for (row, line) in (from..).zip(foot) {
        if row < content.height {
            let at = text::after(text::row(content, row), if wide { 3 } else { 2 });
            text::put_line(&line, at, buf);
        }
    }
}

/// How people are laid out: down the columns, as many columns as are needed.
struct Grid {
    columns: u16,
    rows: u16,
    width: u16,
    blank: bool,
}

impl Grid {
    /// Lines below the people give way, the last one first, until everybody has room.
    fn with_foot<T>(people: usize, mut foot: Vec<T>, content: Rect) -> (Self, Vec<T>) {
        loop {
            let grid = Self::of(people, foot.len(), content);
            let cells = usize::from(grid.rows) * usize::from(grid.columns);
            if cells >= people || foot.len() <= 1 {
                return (grid, foot);
            }
            foot.pop();
        }
    }

    fn of(people: usize, foot: usize, content: Rect) -> Self {
        let people = u16::try_from(people).unwrap_or(u16::MAX);
        let foot = u16::try_from(foot).unwrap_or(0);
        let room = content.height.saturating_sub(foot);
        let most = (content.width / COLUMN).max(1);
        let columns = if room == 0 {
            1
        } else {
            people.div_ceil(room).clamp(1, most)
        };
        let rows = people.div_ceil(columns).min(room);
        Self {
            columns,
            rows,
            width: content.width / columns,
            blank: rows < room && foot > 0,
        }
    }

    /// Which people are shown; whoever speaks always is, unless somebody scrolls.
    fn window(&self, stage: &Stage<'_>, scroll: usize) -> std::ops::Range<usize> {
        let cells = self.rows.saturating_mul(self.columns);
        let speaker = stage.speaker().map(|speaker| speaker.id);
        let at = stage
            .members
            .iter()
            .position(|member| Some(member.id) == speaker)
            .filter(|_| scroll == 0)
            .unwrap_or(scroll);
        list::window(stage.members.len(), at, scroll, cells)
    }

    fn cell(&self, place: u16, content: Rect) -> Rect {
        let (column, row) = (place / self.rows.max(1), place % self.rows.max(1));
        let width = if self.columns > 1 {
            self.width.saturating_sub(2)
        } else {
            self.width
        };
        Rect {
            width,
            ..text::after(text::row(content, row), column * self.width)
        }
    }
}

/// What stands beside the title: who has the floor, for how long, and how many people are not shown. The name has the
/// cells that the rest leaves.
fn meta(
    stage: &Stage<'_>,
    (wide, narrow_rows, cells): (bool, bool, u16),
    shown: usize,
    styles: &Styles,
) -> Line<'static> {
    let hidden = stage.members.len() - shown;
    let mut rest = Vec::new();
    let name = stage.speaker_words();
    if name.is_some() {
        if wide && !stage.is_doubtful() {
            rest.push(Span::styled(" has the floor", styles.bold(Role::Speaking)));
        }
        // The time of the turn ticks in the row of whoever talks, or here where a row has no room for it, and
        // never in both: a tick has to stay small.
        if narrow_rows {
            rest.push(Span::raw("  "));
            rest.extend(turn(stage, styles));
        }
    } else if let Some(silence) = stage.silence() {
        let words = format!("silence {}", say::passed(silence));
        rest.push(Span::raw(words));
    }
    if hidden > 0 {
        let gap = if rest.is_empty() && name.is_none() {
            ""
        } else {
            "   "
        };
        let keys = match stage.view.keys.own(CommandId::PageDown) {
            Some(key) if wide => format!(", {key}"),
            Some(_) | None => String::new(),
        };
        rest.push(Span::raw(format!("{gap}{hidden} more{keys}")));
    }
    let mut line = Line::from(rest);
    if let Some(name) = name {
        let room = cells.saturating_sub(text::line_width(&line));
        let name = text::cut(&name, room).into_owned();
        line.spans
            .insert(0, Span::styled(name, styles.bold(Role::Speaking)));
    }
    line
}

/// What stands in the row of a person.
struct Row<'a> {
    member: &'a Member,
    wide: bool,
    columns: u16,
    words: Line<'static>,
}

fn person(stage: &Stage<'_>, row: Row<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let Row {
        member,
        wide,
        columns,
        words,
    } = row;
    let talks = stage
        .speaker()
        .is_some_and(|speaker| speaker.id == member.id);
    let here = stage.is_here(member.id);
    let look = if talks { Look::Now } else { Look::Plain };
    let ground = if columns > 1 {
        area
    } else {
        list::rows_of(area)
    };
    list::paint_row(&Line::default(), look, ground, buf, styles);
    spot::tell(area, || {
        Spot::Command(CommandId::Pick, Arg::Number(member.label.0))
    });
    let mut name = if wide && columns < 3 {
        say::name(member, stage.view.masked)
    } else {
        stage.short(member)
    };
    if stage.view.me == Some(member.id) && wide {
        name.push_str(" (you)");
    }
    let digits = if wide || stage.members.len() > 9 {
        3
    } else {
        2
    };
    let label = text::pad(&member.label.to_string(), digits);
    let used = text::put(&label, styles.key(), area, buf);
    let rest = text::after(area, used.max(text::width(&label)));
    let style = if here {
        look.main(styles)
    } else {
        styles.of(Role::Muted)
    };
    let needed = text::line_width(&words);
    let room = room_for(text::width(&name), needed, rest.width, (columns, wide));
    let place = Rect {
        width: room.min(rest.width),
        ..rest
    };
    text::put(&name, style, place, buf);
    text::put_line(&words, text::after(rest, room + u16::from(needed > 0)), buf);
}

/// Cells for a name in a row of `width` cells, beside words that need so many.
fn room_for(name: u16, words: u16, width: u16, (columns, wide): (u16, bool)) -> u16 {
    let column = match (columns, wide) {
        (1, true) => 17,
        (1, false) => 10,
        _ => width.saturating_sub(words + 1),
    };
    let room = if words == 0 {
        width
    } else {
        column.max(width.min(4))
    };
    // A long name may use what its words leave free.
    if columns == 1 && name > room {
        name.min(width.saturating_sub(words + 2))
    } else {
        room
    }
}

/// The words behind the name of whoever has the floor; in a narrow column without the time of their turn.
fn talking(stage: &Stage<'_>, all: bool, styles: &Styles) -> Line<'static> {
    let mut spans = vec![match (stage.is_doubtful(), all) {
        (true, true) => Span::styled("still talking?", styles.of(Role::Muted)),
        (true, false) => Span::styled("still?", styles.of(Role::Muted)),
        (false, _) => Chip::Talking("").span(styles),
    }];
    if all {
        spans.push(Span::raw("  "));
        spans.extend(turn(stage, styles));
    }
    Line::from(spans)
}

/// How long whoever has the floor has had it, in a round of how much. The time turns to a warning when their
/// share is nearly over; where nobody knows whether they still speak it stands.
fn turn(stage: &Stage<'_>, styles: &Styles) -> Vec<Span<'static>> {
    let doubtful = stage.is_doubtful();
    let left = stage.floor().and_then(|f| f.share_left(stage.elapsed()));
    let soon = left.is_some_and(|left| left <= SOON);
    let role = match (doubtful, soon) {
        (true, _) => Role::Muted,
        (false, true) => Role::Warn,
        (false, false) => Role::Speaking,
    };
    let mut spans = vec![Span::styled(say::passed(stage.turn()), styles.bold(role))];
    let share = stage.round().and_then(Round::share);
    if let Some(share) = share.filter(|_| !doubtful) {
        let of = format!(" of {}", say::passed(share));
        spans.push(Span::styled(of, styles.of(Role::Muted)));
    }
    spans
}

/// The words behind a name; in a narrow column only the one that matters most.
fn words(stage: &Stage<'_>, member: &Member, all: bool, styles: &Styles) -> Line<'static> {
    let muted = styles.of(Role::Muted);
    if stage
        .speaker()
        .is_some_and(|speaker| speaker.id == member.id)
    {
        return talking(stage, all, styles);
    }
    let mut words = Vec::new();
    if !stage.is_here(member.id) {
        words.push(Span::styled("away", muted));
    }
    match stage.floor().and_then(|floor| floor.hand(member.id)) {
        Some(1) => words.push(Span::styled("hand 1", styles.bold(Role::Accent))),
        Some(place) => words.push(Span::styled(format!("hand {place}"), styles.of(Role::Text))),
        None => {}
    }
    if stage.session.facilitator == Some(member.id) {
        words.push(Span::styled("leads", muted));
    }
    if member.phone {
        words.push(Span::styled("phone", muted));
    }
    if !all {
        words.truncate(1);
    }
    let mut spans = Vec::new();
    for word in words {
        if !spans.is_empty() {
            spans.push(Span::styled(", ", muted));
        }
        spans.push(word);
    }
    Line::from(spans)
}
