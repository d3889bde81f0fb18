//! The rows of the wrap-up: what each says, which can be marked, and what its keys are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::agenda::Block;
use crate::domain::id::Key;
use crate::theme::{Role, Styles};
use crate::tui::keys::Keys;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written::Item;
use crate::tui::screen::live::loose::{self, Lacks};
use crate::tui::screen::live::sheet::Unsaved;
use crate::tui::screen::table;
use crate::tui::view::{Arg, CommandId};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::{list, text};

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Names what follows.
    Head(String),
    /// Something to know.
    Fact(String),
    /// A line that was typed and not saved: the name of its draft, and its words.
    Draft(String, String),
    /// A row that keys act on: its key, its words, what is missing.
    Item(Key, String, Vec<Lacks>),
    /// Whether the next session is planned, and for when.
    Next(String),
    /// Whether blocks that were not reached are kept.
    Rest(String),
    /// Whether the group's figures are kept.
    Figures(String),
    /// Rates the questions that were asked: the words, and whether none is left without points.
    Rate(String, bool),
    /// What becomes of the book that is read, and of the next one.
    Reading(String),
    /// Who leads then.
    Leads(String),
    /// Ends the session.
    End,
}

impl Row {
    pub(super) const fn can_be_marked(&self) -> bool {
        match self {
            Self::Head(_) | Self::Fact(_) => false,
            Self::Item(..)
            | Self::Draft(..)
            | Self::Rest(_)
            | Self::Rate(..)
            | Self::Next(_)
            | Self::Figures(_)
            | Self::Reading(_)
            | Self::Leads(_)
            | Self::End => true,
        }
    }

    /// Whether something is still loose here, so that Enter begins with it.
    pub(super) fn is_loose(&self) -> bool {
        match self {
            Self::Item(_, _, lacks) => !lacks.is_empty(),
            Self::Draft(..) | Self::Reading(_) | Self::Rate(_, false) => true,
            Self::Head(_)
            | Self::Fact(_)
            | Self::Rest(_)
            | Self::Rate(_, true)
            | Self::Next(_)
            | Self::Figures(_)
            | Self::Leads(_)
            | Self::End => false,
        }
    }

    /// What means something while it is marked.
    pub(super) fn offers(&self) -> &'static [(CommandId, &'static str)] {
        const BACK: (CommandId, &str) = (CommandId::Close, "back");
        match self {
            Self::Head(_) | Self::Fact(_) => &[BACK],
            Self::Item(_, _, lacks) if lacks.is_empty() => &[
                (CommandId::Open, "settled"),
                (CommandId::Edit, "words"),
                (CommandId::Remove, "off"),
                BACK,
            ],
            Self::Item(..) => &[
                (CommandId::Open, "mend"),
                (CommandId::Owner, "owner"),
                (CommandId::Due, "date"),
                (CommandId::Done, "done"),
                (CommandId::Edit, "words"),
                BACK,
            ],
            Self::Draft(..) => &[
                (CommandId::Open, "go on writing"),
                (CommandId::Remove, "throw away"),
                BACK,
            ],
            Self::Reading(_) => &[
                (CommandId::Open, "take"),
                (CommandId::Longer, "meetings"),
                (CommandId::Shorter, "fewer"),
                BACK,
            ],
            Self::Rate(..) => &[(CommandId::Open, "rate"), BACK],
            Self::Rest(_) | Self::Next(_) | Self::Figures(_) | Self::Leads(_) => {
                &[(CommandId::Open, "change"), BACK]
            }
            Self::End => &[(CommandId::Open, "end the session"), BACK],
        }
    }
}

/// Cells below which a row has no room for what its key does.
const NARROW: u16 = 50;

/// What a row lacks, or what its key does.
fn right(
    row: &Row,
    keys: Keys<'_>,
    wide: bool,
    (look, styles): (list::Look, &Styles),
) -> Span<'static> {
    let enter = keys.of(CommandId::Open);
    match row {
        Row::Head(_) | Row::Fact(_) => Span::raw(""),
        Row::Item(_, _, lacks) => Span::styled(loose::words(lacks), styles.of(Role::Warn)),
        Row::Draft(..) => Span::styled("not saved", styles.of(Role::Warn)),
        Row::Reading(_) | Row::End => Span::styled(enter.to_string(), styles.key()),
        // Where there is no room for both the words come first: the hints name what Enter does with the marked row.
        Row::Next(_) | Row::Rest(_) | Row::Figures(_) | Row::Leads(_) | Row::Rate(..) if !wide => {
            Span::raw("")
        }
        Row::Rate(_, false) => Span::styled(format!("{enter}, one key each"), look.quiet(styles)),
        Row::Next(_) | Row::Rest(_) | Row::Figures(_) | Row::Leads(_) | Row::Rate(_, true) => {
            Span::styled(format!("{enter} changes"), look.quiet(styles))
        }
    }
}

pub(super) fn draw_row(
    row: &Row,
    selected: bool,
    area: Rect,
    buf: &mut Buffer,
    (styles, keys): (&Styles, Keys<'_>),
) {
    let look = list::Look::of(selected, true);
    if row.can_be_marked() {
        list::draw_row(&Line::default(), look, list::rows_of(area), buf, styles);
    }
    if *row == Row::End {
        // It stands below the others also where some of them have no room.
        spot::tell(area, || Spot::Command(CommandId::End, Arg::None));
    }
    if let Row::Head(words) = row {
        text::put(words, styles.of(Role::Muted), area, buf);
        return;
    }
    let mark = table::cursor_mark(selected, false, styles);
    let line = match row {
        Row::End => "End session",
        Row::Head(words)
        | Row::Fact(words)
        | Row::Item(_, words, _)
        | Row::Draft(_, words)
        | Row::Next(words)
        | Row::Rest(words)
        | Row::Figures(words)
        | Row::Leads(words)
        | Row::Reading(words)
        | Row::Rate(words, _) => words,
    };
    let right = right(row, keys, area.width >= NARROW, (look, styles));
    let used = text::put_right(&Line::from(right), area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    let words = Span::styled(line.to_owned(), look.main(styles));
    text::put_line(&Line::from(vec![mark, words]), left, buf);
}

pub(super) fn loose(stage: &Stage<'_>, items: &[Item<'_>]) -> Vec<Row> {
    loose::rows(stage, items)
        .map(|(key, words, lacks)| Row::Item(key, words, lacks))
        .collect()
}

pub(super) fn parked(stage: &Stage<'_>, items: &[Item<'_>]) -> Vec<Row> {
    let open = |item: &Item<'_>| {
        let Item::Parked(parked) = item else {
            return None;
        };
        let words = format!("{} {}", item.short_id(), parked.text);
        let key = item.key(stage.circle.id);
        parked
            .settled
            .is_none()
            .then(|| Row::Item(key, words, Vec::new()))
    };
    items.iter().filter_map(open).collect()
}

/// The lines that were typed and not saved.
pub(super) fn drafts(drafts: &[Unsaved]) -> Vec<Row> {
    let row = |draft: &Unsaved| Row::Draft(draft.name.clone(), draft.text.clone());
    drafts.iter().map(row).collect()
}

/// The blocks that were not reached, and whether they are kept; those that only belong to today are not.
pub(super) fn not_reached(stage: &Stage<'_>, leave: bool) -> Vec<Row> {
    let reached = |index: usize| {
        stage
            .live
            .is_some_and(|live| live.took(index, stage.view.now).is_some())
    };
    let blocks = stage.session.blocks.iter().enumerate();
    let missed: Vec<&Block> = blocks
        .filter(|(index, block)| !reached(*index) && block.parked.is_none())
        .map(|(_, block)| block)
        .collect();
    let kept = missed.iter().filter(|block| !block.kind.is_of_today());
    let kept: Vec<&str> = kept.map(|block| block.title.as_str()).collect();
    let does = if leave { "Do not keep" } else { "Keep" };
    let rest = (!kept.is_empty()).then(|| format!("{does} for next time: {}", kept.join(", ")));
    let fact = |block: &&Block| Row::Fact(format!("{}, {} min", block.title, block.minutes));
    missed.iter().map(fact).chain(rest.map(Row::Rest)).collect()
}
