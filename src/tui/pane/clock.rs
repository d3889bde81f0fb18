//! The clock: large digits, the word for its state, when the block ends, and a bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::id::{Arg, CommandId};
use crate::domain::live::{Live, WARN};
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::{Stage, Word};
use crate::tui::say;
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::chip::{self, Chip};
use crate::tui::widget::digits::{self, Size};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// Rows of the pane with air around digits and bar; below that it has none.
pub const ROOMY: u16 = 10;
/// Rows of the pane without air.
pub const TIGHT: u16 = 7;
/// Least cells of the column of words.
const WORDS: u16 = 8;
/// Cells of that column where there is air.
const ROOMY_WORDS: u16 = 16;

/// Draws the pane.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let roomy = area.height >= ROOMY;
    let reading = digits::reading(stage.left().shown_secs());
    let pane = Pane::new("Clock").flush();
    let face = face_of(pane.content(area), roomy);
    let words = words_of(stage, roomy, true, styles);
    let wanted = words.iter().map(text::line_width).max().unwrap_or(0);
    let (digits, column) = parts(&reading, face, roomy.then_some(wanted));
    let chip = state(stage.word(), styles);
    let chip_fits = text::width(&chip.content) <= column.width;
    let meta = if chip_fits {
        meta(stage, styles)
    } else {
        Line::from(chip)
    };
    let content = pane.meta(meta).draw(area, buf, styles);
    spot::tell(area, || Spot::Command(CommandId::StartPause, Arg::None));
    let style = digits_style(stage.word(), styles);
    digits::draw(&reading, style, styles.glyphs(), digits, buf);
    for (index, line) in (0u16..).zip(words_of(stage, roomy, chip_fits, styles)) {
        text::put_line(&line, text::row(column, index), buf);
    }
    let bar = text::row(content, if roomy { 7 } else { 5 });
    draw_bar(stage, roomy, bar, buf, styles);
}

/// Where the digits and the words beside them go, which want so many cells where there is air. Ten minutes over and
/// more leave no room for words in a narrow pane.
fn parts(reading: &str, face: Rect, wanted: Option<u16>) -> (Rect, Rect) {
    let beside = Rect {
        width: face.width.saturating_sub(WORDS + 1),
        ..face
    };
    let size = Size::fitting(reading, beside.width, face.height);
    if size == Size::Text {
        return (face, Rect { width: 0, ..face });
    }
    let taken = size.width(reading).unwrap_or(0) + 1;
    let column = match wanted {
        Some(wanted) if taken + ROOMY_WORDS <= face.width => {
            let most = face.width - taken;
            face.width - wanted.clamp(ROOMY_WORDS, most)
        }
        Some(_) | None => taken,
    };
    (beside, text::after(face, column))
}

const fn face_of(content: Rect, roomy: bool) -> Rect {
    let top = if roomy && content.height > 1 { 1 } else { 0 };
    let height = content.height.saturating_sub(top);
    Rect {
        y: content.y.saturating_add(top),
        height: if height > 5 { 5 } else { height },
        ..content
    }
}

/// The colour of the digits.
pub fn digits_style(word: Word, styles: &Styles) -> Style {
    match word {
        Word::Ready | Word::Running | Word::Break => styles.of(Role::Clock),
        Word::Warning(_) => styles.of(Role::Warn),
        Word::Over => styles.of(Role::Overtime),
        Word::Paused => styles.of(Role::Muted),
    }
}

/// The word for the state, filled unless it is the ordinary one.
pub fn state(word: Word, styles: &Styles) -> Span<'static> {
    match word {
        Word::Ready => Chip::Ready.span(styles),
        Word::Running => chip::running(styles),
        Word::Warning(minutes) => Chip::MinutesLeft(minutes).span(styles),
        Word::Over => Chip::Over.span(styles),
        Word::Paused => Chip::Paused.span(styles),
        Word::Break => Chip::Break.span(styles),
    }
}

fn meta(stage: &Stage<'_>, styles: &Styles) -> Line<'static> {
    let length = say::passed_wide(stage.length());
    let words = match stage.word() {
        Word::Ready => length,
        Word::Over => format!("over {length}"),
        Word::Paused if stage.left().is_negative() => format!("over {length}"),
        Word::Running | Word::Warning(_) | Word::Paused | Word::Break => {
            format!("left of {length}")
        }
    };
    Line::from(Span::styled(words, styles.of(Role::Muted)))
}

/// The words beside the digits, as label and value; a tight column has them in turn.
fn words_of(stage: &Stage<'_>, roomy: bool, chip: bool, styles: &Styles) -> Vec<Line<'static>> {
    let word = stage.word();
    let mut lines = Vec::new();
    if chip {
        let span = state(word, styles);
        let lead = if word == Word::Running { " " } else { "" };
        lines.push(Line::from(vec![Span::raw(lead), span]));
        if roomy {
            lines.push(Line::default());
        }
    }
    let zone = stage.view.zone;
    let wall = |at| say::wall(at, zone);
    let ends = stage.live.and_then(Live::ends_at).map(wall);
    let start = stage.view.keys.of(CommandId::StartPause);
    let pairs: Vec<(&str, String)> = match word {
        Word::Ready => vec![
            ("starts", wall(stage.session.start)),
            (&start, "starts".to_owned()),
        ],
        Word::Running => vec![
            ("ends", ends.unwrap_or_default()),
            ("warn", say::passed_wide(WARN)),
        ],
        Word::Warning(_) => vec![("ends", ends.unwrap_or_default())],
        Word::Over => vec![
            ("since", ends.unwrap_or_default()),
            ("planned", wall(stage.planned_end())),
        ],
        Word::Paused => {
            let since = stage.live.and_then(|live| live.clock.paused).map(wall);
            vec![
                ("since", since.unwrap_or_default()),
                (&start, "goes on".to_owned()),
            ]
        }
        Word::Break => vec![("until", ends.unwrap_or_default())],
    };
    for (label, value) in pairs {
        if label == "warn" && !roomy {
            continue;
        }
        let label = Span::styled(format!(" {label}"), styles.of(Role::Muted));
        let value = Span::styled(format!(" {value}"), styles.bold(Role::Text));
        if roomy {
            lines.push(Line::from(vec![label, value]));
        } else {
            lines.extend([Line::from(label), Line::from(value)]);
        }
    }
    match (roomy, stage.next_title()) {
        (true, Some(next)) => lines.push(Line::from(vec![
            Span::styled(" then", styles.of(Role::Muted)),
            Span::styled(format!(" {next}"), styles.of(Role::Text)),
        ])),
        (false, _) if word == Word::Running => lines.extend(gone(stage, styles)),
        _ => {}
    }
    lines
}

fn gone(stage: &Stage<'_>, styles: &Styles) -> [Line<'static>; 2] {
    let length = stage.length().millis().max(1);
    let gone = (length - stage.left().millis()).clamp(0, length);
    let percent = format!(" {}%", gone * 100 / length);
    let line = |words: String| Line::from(Span::styled(words, styles.of(Role::Muted)));
    [line(percent), line(" gone".to_owned())]
}

fn draw_bar(stage: &Stage<'_>, tall: bool, area: Rect, buf: &mut Buffer, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    let length = stage.length();
    let left = stage.left();
    let unsigned = |span: crate::domain::clock::Span| span.millis().max(0).unsigned_abs();
    let bar = if left.shown_secs() < 0 {
        Bar::over()
    } else {
        let warning = (length > WARN && stage.live.is_some())
            .then(|| Share::new(unsigned(length - WARN), unsigned(length)));
        Bar::clock(
            Share::new(unsigned(length - left), unsigned(length)),
            warning,
        )
    };
    if tall {
        bar.draw_tall(area, buf, styles);
    } else {
        bar.draw_row(area, buf, styles);
    }
}
