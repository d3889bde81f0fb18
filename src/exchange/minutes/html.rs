//! Minutes as a page of its own.

use crate::domain::clock::Zone;
use crate::domain::id::NoteId;
use crate::domain::minutes::{ActionRow, Minutes, Row};
use crate::domain::tally::Rating;
use crate::domain::text::Clean;
use crate::exchange::html::Page;
use crate::exchange::minutes::{
    CLOSING, RUNNING, SINCE, due_words, held, length, read_lines, spread, taken_from, when,
};

/// Minutes as one file, with times as clocks in `zone` show them.
pub fn html(minutes: &Minutes, zone: Zone) -> String {
    let title = format!("{}, session {}", minutes.circle, minutes.number);
    let mut page = Page::new(&title);
    head(&mut page, minutes, zone);
    if let Some(read) = &minutes.reading {
        list(&mut page, "Reading", &read_lines(read), Clone::clone);
    }
    agenda(&mut page, minutes);
    list(&mut page, "Prompts asked", &minutes.prompts, |text| {
        text.to_string()
    });
    list(&mut page, "Ratings", &minutes.ratings, rating);
    for vote in &minutes.votes {
        list(&mut page, "Votes", &vote.options, |count| {
            format!("{}: {}", count.votes, count.option)
        });
    }
    list(&mut page, "Decisions", &minutes.decisions, |row| {
        words('D', row)
    });
    list(&mut page, SINCE, &minutes.since, |row| words('D', row));
    actions(&mut page, minutes, zone);
    list(
        &mut page,
        "Parked for another time",
        &minutes.parked,
        |row| match &row.raised_by {
            Some(name) => format!("{}\nRaised by: {name}", words('P', row)),
            None => words('P', row),
        },
    );
    list(&mut page, "Notes for the circle", &minutes.notes, |row| {
        note(row)
    });
    page.put("p class=\"closing\"", CLOSING);
    page.end()
}

fn head(page: &mut Page, minutes: &Minutes, zone: Zone) {
    page.open("dl");
    let mut fact = |label: &str, text: &str| {
        page.put("dt", label);
        page.put("dd dir=\"auto\"", text);
    };
    fact("When", &when(minutes, zone));
    fact("Length", &length(minutes));
    for (label, names) in [("Present", &minutes.present), ("Away", &minutes.away)] {
        if !names.is_empty() {
            fact(label, &names.join(", "));
        }
    }
    page.close("dl");
    if minutes.running {
        page.put("p", RUNNING);
    }
}

fn agenda(page: &mut Page, minutes: &Minutes) {
    list(page, "Agenda", &minutes.agenda, |block| {
        let reports = block.reports.iter().map(|report| {
            let people = match report.people.len() {
                0 => "A group".to_owned(),
                _ => report.people.join(", "),
            };
            format!("{people}: {}", report.text)
        });
        let lines: Vec<String> = std::iter::once(held(block, minutes.running))
            .chain(reports)
            .collect();
        lines.join("\n")
    });
}

fn actions(page: &mut Page, minutes: &Minutes, zone: Zone) {
    if minutes.actions.is_empty() {
        return;
    }
    page.put("h2", "Actions");
    page.header(["", "Action", "Owner", "Due", "State"]);
    for action in &minutes.actions {
        let row = |action: &ActionRow| format!("{}{}", action.text, tags(&action.tags));
        page.row([
            &format!("A{}", action.number),
            &row(action),
            action.owner_words.as_str(),
            &due_words(action.due, minutes.next, zone),
            action.state.word(),
        ]);
    }
    page.footer();
}

fn list<T>(page: &mut Page, title: &str, rows: &[T], each: impl Fn(&T) -> String) {
    if rows.is_empty() {
        return;
    }
    page.put("h2", title);
    page.open("ul");
    for row in rows {
        page.put("li dir=\"auto\"", &each(row));
    }
    page.close("ul");
}

fn rating(rating: &Rating) -> String {
    format!("{}: {}\n{}", rating.of, spread(rating), rating.words())
}

/// A note; a quote with its place and who read it out.
fn note(row: &Row<NoteId>) -> String {
    let from = taken_from(row, str::to_owned).map(|from| format!("\n{from}"));
    words('N', row) + &from.unwrap_or_default()
}

fn words<Id>(letter: char, row: &Row<Id>) -> String {
    format!("{letter}{} {}{}", row.number, row.text, tags(&row.tags))
}

fn tags(tags: &[Clean]) -> String {
    tags.iter()
        .map(|tag| [" #", tag.as_str()].concat())
        .collect()
}
