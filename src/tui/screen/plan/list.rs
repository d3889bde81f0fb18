//! The agenda as a list: start, minutes, name, kind, lead, prompts; between the blocks what is left or too much.

mod columns;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::Block;
use crate::domain::agenda::schedule::Placed;
use crate::domain::clock::Moment;
use crate::domain::when;
use crate::theme::{Role, Styles};
use crate::tui::say;
use crate::tui::screen::cursor::window;
use crate::tui::screen::plan::list::columns::{Columns, heads, lead};
use crate::tui::screen::plan::{Desk, Focus, Plan, Row, fit};
use crate::tui::screen::table;
use crate::tui::view::Paint;
use crate::tui::widget::{list, text};

/// A row as it is drawn.
#[derive(Clone, Copy)]
enum Entry {
    /// A block, by its place in the agenda; where it begins, unless it is left out.
    Block(usize, Option<Placed>),
    /// Time before a pinned block: when it begins, and its minutes.
    Gap(Moment, i64),
    /// So many minutes do not fit before a pinned block, which begins then.
    Before(Moment, i64),
    /// Time at the end: when it begins, and its minutes.
    Slack(Moment, i64),
    /// The end: when the last block is over, if that is later than planned, and by how many minutes.
    End(Moment, i64),
    /// All minutes, those of the session, and how many are too much.
    Over(i64, u16, i64),
    /// So many minutes that no block fills.
    Spare(i64),
    /// One of the agendas to begin with.
    Start(usize),
}

impl Entry {
    const fn can_be_marked(self) -> bool {
        match self {
            Self::Block(..) | Self::Over(..) | Self::Spare(_) | Self::Start(_) => true,
            Self::Gap(..) | Self::Before(..) | Self::Slack(..) | Self::End(..) => false,
        }
    }
}

/// How many prompts a block has, and whether one is missing.
fn prompts(block: &Block) -> (String, bool) {
    match block.prompts.len() {
        0 if block.kind.needs_prompt() => ("none".to_owned(), true),
        0 => ("-".to_owned(), false),
        n => (n.to_string(), false),
    }
}

impl Plan {
    fn entries(&self, desk: &Desk<'_>) -> Vec<Entry> {
        let (session, schedule) = (desk.session(), &desk.schedule);
        let rows = self.rows(desk);
        if matches!(rows.first(), Some(Row::Start(_))) {
            return (0..rows.len()).map(Entry::Start).collect();
        }
        let mut entries = Vec::new();
        for index in 0..session.blocks.len() {
            let placed: Option<&Placed> = schedule.rows.iter().find(|row| row.index == index);
            if let Some(placed) = placed {
                let minutes = placed.wait.millis() / 60_000;
                match minutes {
                    0 => {}
                    1.. => entries.push(Entry::Gap(placed.begins - placed.wait, minutes)),
                    _ => entries.push(Entry::Before(placed.begins, -minutes)),
                }
            }
            entries.push(Entry::Block(index, placed.copied()));
        }
        let slack = schedule.slack.millis() / 60_000;
        if slack > 0 {
            entries.push(Entry::Slack(schedule.ends, slack));
        }
        entries.push(Entry::End(
            schedule.ends.max(schedule.until),
            (-slack).max(0),
        ));
        if !schedule.fits() && !desk.runs() {
            let planned = i64::from(schedule.planned) + schedule.gaps();
            entries.push(Entry::Over(planned, session.minutes, schedule.over()));
        } else if fit::is_offered(desk) {
            entries.push(Entry::Spare(fit::free(desk)));
        }
        entries
    }

    fn is_at(entry: Entry, row: Option<Row>, desk: &Desk<'_>) -> bool {
        match (entry, row) {
            (Entry::Block(index, _), Some(Row::Block(id))) => {
                let block = desk.session().blocks.get(index);
                block.is_some_and(|block| block.id == id)
            }
            (Entry::Over(..) | Entry::Spare(_), Some(Row::Fit)) => true,
            (Entry::Start(place), Some(Row::Start(at))) => place == at,
            _ => false,
        }
    }

    pub(super) fn draw_agenda(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let focused = self.focus(desk) == Focus::Agenda && !paint.covered;
        let (title, meta) = title(desk, area.width);
        let mut content = table::pane(&title, meta.as_str(), focused, area, (buf, styles));
        let row = self.cursor.item(&self.rows(desk));
        let entries = self.entries(desk);
        if matches!(entries.first(), Some(Entry::Start(_))) || desk.session().blocks.is_empty() {
            content = draw_empty(content, buf, paint);
        }
        let columns = Columns::of(desk, content.width);
        let all = u16::try_from(entries.len()).unwrap_or(u16::MAX);
        if columns.number > 0 && content.height > all && !desk.session().blocks.is_empty() {
            table::put_plain(&heads(&columns, styles), (content, 0), (buf, styles));
            content = table::below(content, 1);
        }
        let selected = entries
            .iter()
            .position(|entry| Self::is_at(*entry, row, desk));
        let shown = window(entries.len(), selected.unwrap_or(0), content.height);
        for (place, index) in shown.zip(0..) {
            let Some(entry) = entries.get(place) else {
                continue;
            };
            let is_selected = selected == Some(place);
            let look = list::Look::of(is_selected, focused);
            let line = self.line(*entry, (desk, &columns), (look, is_selected), styles);
            if entry.can_be_marked() {
                table::put_row(&line, look, (content, index), (buf, styles));
            } else {
                table::put_plain(&line, (content, index), (buf, styles));
            }
        }
    }

    fn line(
        &self,
        entry: Entry,
        (desk, columns): (&Desk<'_>, &Columns),
        (look, selected): (list::Look, bool),
        styles: &Styles,
    ) -> Line<'static> {
        let mark = table::cursor_mark(selected, false, styles);
        let zone = desk.stage.view.zone;
        let open = desk.stage.view.keys.of(CommandId::Open);
        let (main, quiet) = (look.main(styles), look.quiet(styles));
        let wall = |at: Moment| format!(" {}", say::wall(at, zone));
        let said = |start: String, minutes: i64, words: &str, style: Style| {
            let none = || (String::new(), quiet);
            let minutes = if minutes == 0 {
                String::new()
            } else {
                minutes.to_string()
            };
            [
                none(),
                (start, quiet),
                (minutes, style),
                (words.to_owned(), style),
                none(),
                none(),
                none(),
            ]
        };
        let cells = match entry {
            Entry::Block(index, placed) => {
                let block = desk.session().blocks.get(index);
                let Some(block) = block else {
                    return Line::default();
                };
                block_cells((index, block, placed), desk, (main, quiet), styles)
            }
            Entry::Gap(at, minutes) => said(wall(at), minutes, "nothing planned", quiet),
            Entry::Before(at, minutes) => {
                let words = format!("too much before {}", say::wall(at, zone));
                said(String::new(), minutes, &words, styles.bold(Role::Warn))
            }
            Entry::Slack(at, minutes) => said(wall(at), minutes, "slack", quiet),
            Entry::End(at, 0) => said(wall(at), 0, "END", quiet),
            Entry::End(at, late) => {
                let until = say::wall(desk.schedule.until, zone);
                let words = format!("END, {late} min after {until}");
                said(wall(at), 0, &words, styles.bold(Role::Warn))
            }
            Entry::Over(planned, minutes, over) => {
                // Where there is no room for both, the sum below the agenda says the rest.
                let words = if columns.number > 0 {
                    format!("{planned} planned in {minutes}: {over} too much")
                } else {
                    format!("{over} too much")
                };
                return sum_line(
                    mark,
                    words,
                    &format!("{open} makes it fit"),
                    (quiet, styles),
                );
            }
            Entry::Spare(minutes) => {
                let words = format!("{minutes} min without a block");
                return sum_line(mark, words, &format!("{open} fills them"), (quiet, styles));
            }
            Entry::Start(place) => return self.start_line(place, desk, mark, (main, styles)),
        };
        columns.line(mark, cells)
    }

    /// What the agenda could start from.
    fn start_line(
        &self,
        place: usize,
        desk: &Desk<'_>,
        mark: Span<'static>,
        (main, styles): (Style, &Styles),
    ) -> Line<'static> {
        let starts = self.starts(desk);
        let words = starts.get(place).map(super::empty::Start::line);
        let number = if place < 9 {
            (place + 1).to_string()
        } else {
            String::new()
        };
        Line::from(vec![
            mark,
            Span::styled(text::pad(&number, 2), styles.bold(Role::Key)),
            Span::styled(words.unwrap_or_default(), main),
        ])
    }
}

/// What is wrong with the sum of all minutes, and which key mends it.
fn sum_line(
    mark: Span<'static>,
    words: String,
    key: &str,
    (quiet, styles): (Style, &Styles),
) -> Line<'static> {
    Line::from(vec![
        mark,
        Span::styled(words, styles.bold(Role::Warn)),
        Span::styled(format!("   {key}"), quiet),
    ])
}

fn block_cells(
    (index, block, placed): (usize, &Block, Option<Placed>),
    desk: &Desk<'_>,
    (main, quiet): (Style, Style),
    styles: &Styles,
) -> [(String, Style); 7] {
    let zone = desk.stage.view.zone;
    let pin = if block.at.is_some() && !desk.runs() {
        "="
    } else {
        " "
    };
    let start = placed.map_or_else(
        || " later".to_owned(),
        |placed| format!("{pin}{}", say::wall(placed.begins, zone)),
    );
    let minutes = placed.map_or(u32::from(block.minutes), |placed| placed.minutes());
    // What is over cannot be planned any more.
    let live = desk.stage.live;
    let main = if live.is_some_and(|live| live.is_behind_us(index)) {
        quiet
    } else {
        main
    };
    let mut title = match desk.stage.read_for(block) {
        Some(what) => format!("{}, {what}", block.title),
        None => block.title.to_string(),
    };
    if block.locked {
        title += "  locked";
    }
    let (prompts, missing) = prompts(block);
    let warn = if missing {
        styles.bold(Role::Warn)
    } else {
        quiet
    };
    [
        ((index + 1).to_string(), quiet),
        (start, quiet),
        (minutes.to_string(), main),
        (title, main),
        (block.kind.word().to_owned(), quiet),
        (lead(block, desk), quiet),
        (prompts, warn),
    ]
}

/// The title of the pane, and what stands at its right end.
fn title(desk: &Desk<'_>, width: u16) -> (String, String) {
    let session = desk.session();
    if desk.runs() {
        let live = if width >= 60 {
            let key = desk.stage.view.keys.of(CommandId::GoLive);
            format!("it runs: minutes on Live, {key}")
        } else {
            "it runs".to_owned()
        };
        return (format!("Agenda of #{}", session.number), live);
    }
    let view = &desk.stage.view;
    let today = view.now.date(view.zone);
    let day = when::short(session.start.date(view.zone), today);
    let blocks = say::count(session.blocks.len(), "block", "blocks");
    let meta = if width >= 60 {
        format!("{day}, {} min, {blocks}", session.minutes)
    } else {
        format!("{day}, {blocks}")
    };
    (format!("Agenda of #{}", session.number), meta)
}

/// What an agenda without blocks says above what it may begin with.
fn draw_empty(content: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Rect {
    let styles = paint.styles;
    if content.height < 6 {
        return content;
    }
    let keys = paint.view.keys.hints(&[
        (CommandId::Add, "adds a block"),
        (CommandId::Pick, "begins with an agenda"),
    ]);
    table::empty("This agenda is empty.", &keys, content, (buf, styles));
    table::below(content, 4)
}
