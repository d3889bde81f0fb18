//! The questions as a list for a chat, and a reading guide as Markdown. Neither says how far anybody is.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::exchange::out::file_name;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::part::Offered;
use crate::tui::screen::books::questions::{List, place, place_words};
use crate::tui::screen::books::verbs::titled;
use crate::tui::view::View;

/// The picked questions, else all that are shown, a line each.
pub(super) fn for_chat(desk: &Desk<'_>, shown: &[Rc<Offered>], view: &View<'_>) -> String {
    let goes = place(desk, view);
    let is_picked = |one: &&Rc<Offered>| goes.is_some_and(|goes| goes.has(one.row.question.id));
    let picked: Vec<&Rc<Offered>> = shown.iter().filter(is_picked).collect();
    let chosen = if picked.is_empty() {
        shown.iter().collect()
    } else {
        picked
    };
    let line = |one: &&Rc<Offered>| {
        let place = place_words(one.mark());
        let gap = if place.is_empty() { "" } else { ": " };
        format!("- {place}{gap}{}", one.row.question.text)
    };
    let lines: Vec<String> = chosen.iter().map(line).collect();
    lines.join("\n")
}

/// The name and the words of a reading guide: the plan, the questions of the instalment and its quotes.
pub(super) fn guide(desk: &Desk<'_>, list: &List, view: &View<'_>) -> (String, String) {
    let mut text = format!("# {}\n\n## Plan\n\n", titled(desk.book));
    for (at, one) in desk.reading.instalments.iter().enumerate() {
        let day = one.day.format("%a %-d %b %Y");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}. {day}: {}", at + 1, desk.named(at));
    }
    let _ = write!(text, "\n## Questions for {}\n\n", desk.named(desk.at));
    text.push_str(&for_chat(desk, &list.shown, view));
    if !list.quotes.is_empty() {
        text.push_str("\n\n## Quotes\n");
        for note in &list.quotes {
            let place = place_words(note.mark);
            let gap = if place.is_empty() { "" } else { " " };
            let _ = write!(text, "\n> {}{gap}{place}\n", note.text);
        }
    }
    text.push('\n');
    let day = desk.today.to_string();
    let name = file_name(&["reading", &desk.book.title, &day], "md");
    (name, text)
}
