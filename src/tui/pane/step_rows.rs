//! The rows of a step, where the prompt stands otherwise: what each person took on, the topics, what is
//! read back.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::{Arg, CommandId};
use crate::domain::item::{Action, Note, Parked};
use crate::domain::roster::Member;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::prompt;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::stage::running_step::StepRows;
use crate::tui::pane::written::Item;
use crate::tui::say;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// Rows of the pane from which it names its keys.
const KEYS_FROM: u16 = 9;
/// Cells of the pane from which who and until when stand behind the words.
const WIDE: u16 = 50;

/// Rows that the list keeps below a question.
const LEAST_ROWS: u16 = 2;
/// Rows that a question takes at most.
const MOST_ASKED: u16 = 2;

/// Draws the pane; `marked` is the row of a read back that keys act on.
pub fn draw(
    stage: &Stage<'_>,
    rows: &StepRows<'_>,
    (area, buf): (Rect, &mut Buffer),
    (focused, marked): (bool, usize),
    styles: &Styles,
) {
    let (title, meta) = heading(rows, marked);
    let content = Pane::new(title)
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let keys = u16::from(area.height >= KEYS_FROM && content.height >= 5);
    let list = Rect {
        height: content.height - keys.min(content.height),
        ..content
    };
    let list = match rows {
        // One word each asks above its words.
        StepRows::Words(_) => list,
        StepRows::Each(_) | StepRows::Topics(_) | StepRows::ReadBack(_) => {
            asked(stage, list, buf, styles)
        }
    };
    match rows {
        StepRows::Each(people) => each(stage, people, (list, buf), styles),
        StepRows::Topics(topics) => {
            let newest = topics.len().saturating_sub(1);
            rows_of(topics.len(), newest, list, |index, row| {
                if let Some(topic) = topics.get(index) {
                    topic_row(topic, (row, buf), styles);
                }
            });
        }
        StepRows::Words(notes) => word_list(stage, notes, (list, buf), styles),
        StepRows::ReadBack(items) => {
            rows_of(items.len(), marked, list, |index, row| {
                if let Some(item) = items.get(index) {
                    let look = Look::of(index == marked, focused);
                    list::draw_row(&Line::default(), look, list::rows_of(row), buf, styles);
                    item_row(stage, item, look, (row, buf), styles);
                }
            });
        }
    }
    if let Some(words) = nothing(stage, rows) {
        text::put(&words, styles.of(Role::Text), text::row(list, 0), buf);
    }
    if keys > 0 {
        let row = text::row(content, content.height.saturating_sub(1));
        let keys = stage.view.keys.hints(keys_of(rows));
        hints::draw_quiet(&keys, text::after(row, 2), buf, styles);
    }
}

/// The question that is put to the room, above the rows: the room sees it, so whoever leads must too. Returns what is
/// left for the rows.
fn asked(stage: &Stage<'_>, list: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
    let Some(prompt) = stage.prompt() else {
        return list;
    };
    let place = Rect {
        height: list.height.saturating_sub(LEAST_ROWS).min(MOST_ASKED),
        ..list
    };
    if place.height == 0 {
        return list;
    }
    let used = prompt::question(&stage.prompt_words(prompt), 0, place, buf, styles);
    Rect {
        y: list.y + used,
        height: list.height - used,
        ..list
    }
}

/// What each person took on; whoever speaks is in sight, else whoever has nothing yet.
fn each(
    stage: &Stage<'_>,
    people: &[(&Member, Vec<&Action>)],
    (list, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let floor = stage.speaker().map(|speaker| speaker.id);
    let speaks = people
        .iter()
        .position(|(member, _)| Some(member.id) == floor);
    let first_empty = people.iter().position(|(_, actions)| actions.is_empty());
    let at = speaks.or(first_empty).unwrap_or(0);
    rows_of(people.len(), at, list, |index, row| {
        if let Some((member, actions)) = people.get(index) {
            let now = speaks == Some(index);
            each_row(stage, (member, actions), now, (row, buf), styles);
        }
    });
}

/// The pane in one sentence, for screens that have room for no more.
pub fn sentence(stage: &Stage<'_>, rows: &StepRows<'_>, marked: usize) -> String {
    match rows {
        StepRows::Each(_) => {
            let empty = stage.without_action();
            let names: Vec<String> = empty.iter().map(|member| stage.short(member)).collect();
            if names.is_empty() {
                "Everyone has taken something on.".to_owned()
            } else {
                format!("Nothing yet: {}", names.join(", "))
            }
        }
        StepRows::Topics(topics) => {
            format!(
                "{}. {} writes one.",
                say::count(topics.len(), "topic", "topics"),
                stage.view.keys.of(CommandId::AddParked)
            )
        }
        StepRows::Words(notes) if notes.is_empty() => stage.round_words(),
        StepRows::Words(notes) => one_line(notes),
        StepRows::ReadBack(items) => items.get(marked).map_or_else(
            || nothing(stage, rows).unwrap_or_default(),
            |item| {
                let (who, due) = whose(stage, item);
                let tail: Vec<String> = [who, due]
                    .into_iter()
                    .filter(|word| !word.is_empty())
                    .collect();
                let tail = if tail.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", tail.join(", "))
                };
                let (at, all) = (marked + 1, items.len());
                format!("{at} of {all} {} {}{tail}", item.short_id(), item.words())
            },
        ),
    }
}

fn heading(rows: &StepRows<'_>, marked: usize) -> (&'static str, String) {
    match rows {
        StepRows::Each(people) => {
            let taken = people.iter().filter(|(_, actions)| !actions.is_empty());
            (
                "One action each",
                format!("{} of {}", taken.count(), people.len()),
            )
        }
        StepRows::Topics(topics) => ("Topics", topics.len().to_string()),
        StepRows::Words(notes) => ("One word each", say::count(notes.len(), "word", "words")),
        StepRows::ReadBack(items) if items.is_empty() => ("Read back", String::new()),
        StepRows::ReadBack(items) => ("Read back", format!("{} of {}", marked + 1, items.len())),
    }
}

/// What stands in an empty pane.
fn nothing(stage: &Stage<'_>, rows: &StepRows<'_>) -> Option<String> {
    match rows {
        StepRows::Each(people) if people.is_empty() => Some("Nobody is here.".to_owned()),
        StepRows::Topics(topics) if topics.is_empty() => {
            let key = stage.view.keys.of(CommandId::AddParked);
            Some(format!("No topic yet; {key} writes one."))
        }
        StepRows::ReadBack(items) if items.is_empty() => {
            Some("Nothing was written down.".to_owned())
        }
        StepRows::Each(_) | StepRows::Topics(_) | StepRows::Words(_) | StepRows::ReadBack(_) => {
            None
        }
    }
}

const fn keys_of(rows: &StepRows<'_>) -> &'static [(CommandId, &'static str)] {
    match rows {
        StepRows::Each(_) => &[
            (CommandId::Pick, "floor"),
            (CommandId::AddAction, "writes it down"),
        ],
        StepRows::Topics(_) => &[(CommandId::AddParked, "topic"), (CommandId::Rate, "votes")],
        StepRows::Words(_) => &[
            (CommandId::AddCircleNote, "a word"),
            (CommandId::FloorNext, "next"),
        ],
        StepRows::ReadBack(_) => &[
            (CommandId::NextPrompt, "next"),
            (CommandId::Edit, "words"),
            (CommandId::Owner, "owner"),
            (CommandId::Due, "date"),
            (CommandId::Remove, "off"),
        ],
    }
}

/// Calls `row` for what fits, so that the row `at` is in sight.
fn rows_of(all: usize, at: usize, list: Rect, mut row: impl FnMut(usize, Rect)) {
    for (place, index) in (0u16..).zip(list::window(all, at, 0, list.height)) {
        row(index, text::row(list, place));
    }
}

fn each_row(
    stage: &Stage<'_>,
    (member, actions): (&Member, &[&Action]),
    speaks: bool,
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let look = if speaks {
        Look::SelectedElsewhere
    } else {
        Look::Plain
    };
    list::paint_row(&Line::default(), look, list::rows_of(area), buf, styles);
    spot::tell(area, || {
        Spot::Command(CommandId::Pick, Arg::Number(member.label.0))
    });
    let mark = if speaks { Mark::Cursor } else { Mark::None };
    let name = format!("{} {}", member.label, stage.short(member));
    let (words, style) = match actions.first() {
        None => ("nothing yet".to_owned(), look.quiet(styles)),
        Some(action) if actions.len() > 1 => (
            format!("{} +{}", action.text, actions.len() - 1),
            look.main(styles),
        ),
        Some(action) => (action.text.to_string(), look.main(styles)),
    };
    let line = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::styled(text::pad(&name, 11), styles.of(Role::Text)),
        Span::raw(" "),
        Span::styled(words, style),
    ]);
    text::put_line(&line, area, buf);
}

/// The words in the order in which they were said, behind what is asked.
fn word_list(
    stage: &Stage<'_>,
    notes: &[&Note],
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let asked = stage.round_words();
    let asked = text::wrap(&asked, area.width);
    let said = one_line(notes);
    let said = text::wrap(&said, area.width);
    // The words matter more than what is asked once there are some.
    let room = usize::from(area.height);
    let asked_rows = asked.len().min(room.saturating_sub(said.len()));
    let said_from = said.len().saturating_sub(room);
    let lines = asked
        .iter()
        .take(asked_rows)
        .map(|line| (line, styles.of(Role::Muted)));
    let words = said.iter().skip(said_from);
    let lines = lines.chain(words.map(|line| (line, styles.of(Role::Text))));
    for (row, (line, style)) in (0u16..).zip(lines) {
        text::put(line, style, text::row(area, row), buf);
    }
}

fn one_line(notes: &[&Note]) -> String {
    let words: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    words.join(" / ")
}

fn topic_row(topic: &Parked, (area, buf): (Rect, &mut Buffer), styles: &Styles) {
    let line = Line::from(vec![
        Span::styled(
            text::pad(&format!("P{}", topic.number), 5),
            styles.of(Role::Muted),
        ),
        Span::styled(topic.text.to_string(), styles.of(Role::Text)),
    ]);
    text::put_line(&line, area, buf);
}

/// Whose it is, and until when.
fn whose(stage: &Stage<'_>, item: &Item<'_>) -> (String, String) {
    match item {
        Item::Action(action) => {
            let due = if action.state.is_open() {
                say::due(&stage.view, stage.circle.id, action.due, false).0
            } else {
                action.state.word().to_owned()
            };
            (
                say::owner(&stage.view, stage.circle.id, action.owner, true),
                due,
            )
        }
        Item::Parked(parked) => {
            let by = parked.raised_by.and_then(|id| stage.person(id));
            let by = by.map_or_else(String::new, |member| stage.short(member));
            (by, String::new())
        }
        Item::Decision(_) | Item::Note(_) => (String::new(), String::new()),
    }
}

fn item_row(
    stage: &Stage<'_>,
    item: &Item<'_>,
    look: Look,
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let marked = look != Look::Plain;
    let (who, due) = whose(stage, item);
    let mut right = vec![Span::styled(text::pad(&who, 8), look.quiet(styles))];
    if area.width >= WIDE {
        right.push(Span::styled(text::pad(&due, 12), look.quiet(styles)));
    }
    let used = text::put_right(&Line::from(right), area, buf);
    let mark = if marked { Mark::Cursor } else { Mark::None };
    let line = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::styled(text::pad(&item.short_id(), 5), look.quiet(styles)),
        Span::styled(item.words().to_string(), look.main(styles)),
    ]);
    let room = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    text::put_line(&line, room, buf);
}
