//! `circlet search`: everything that was written down.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::{Cx, Listed};
use crate::domain::id::Space;
use crate::domain::search::{Hit, Sort, Words};
use crate::engine::query::{Answer, Look, Query};

/// What to search for.
#[derive(Clone, Debug, Args)]
pub struct Search {
    /// Words; all of them have to occur, case and accents do not matter
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Only these: session, action, decision, parked, note, quote, member, book, question
    #[arg(long = "kind", value_name = "KIND", value_parser = str::parse::<Sort>)]
    kinds: Vec<Sort>,
    /// At most so many, the newest
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, search: &Search) -> Outcome {
    let words = search.words.join(" ");
    if Words::read(&words).is_empty() {
        return Err(CliError::usage(
            "There are no words to search for. Write them: circlet search feedback",
        ));
    }
    let circle = match cx.global.circle {
        Some(_) => Some(cx.desk.circle(cx.global)?.id),
        None => None,
    };
    let zone = cx.desk.zone();
    let mut look = Look {
        words,
        sorts: search.kinds.clone(),
        circle,
        zone: zone.name().to_owned(),
        ..Look::default()
    };
    let mut hits: Vec<Hit> = Vec::new();
    loop {
        let Answer::Look(page) = cx.desk.ask(Query::Look(Box::new(look.clone())))? else {
            return Err(unexpected());
        };
        hits.extend(page.hits);
        hits.sort_by_cached_key(|hit| hit.place(zone));
        hits.truncate(search.limit);
        look.from = page.next;
        if look.from.is_none() {
            break;
        }
    }
    let listed = Listed {
        items: hits.iter().map(|hit| row(cx, hit)).collect(),
        cells: hits.iter().map(|hit| cells(cx, hit)).collect(),
        empty: "Nothing has all of these words.",
    };
    cx.list("search", &listed);
    Ok(Exit::Done)
}

fn circle(cx: &Cx<'_, '_>, hit: &Hit) -> Option<String> {
    let Space::Circle(id) = hit.key.space else {
        return None;
    };
    let circle = cx.desk.state().circle(id);
    circle.map(|circle| circle.name.to_string())
}

fn row(cx: &Cx<'_, '_>, hit: &Hit) -> Value {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "type": hit.sort.word(),
        "id": filled(&hit.label),
        "uid": hit.key.id.simple().to_string(),
        "circle": circle(cx, hit),
        "text": hit.text,
        "beside": filled(&hit.beside),
        "state": filled(&hit.state),
        "at": hit.at,
    })
}

fn cells(cx: &Cx<'_, '_>, hit: &Hit) -> Vec<String> {
    let text = if hit.beside.is_empty() {
        hit.text.clone()
    } else {
        format!("{} ({})", hit.text, hit.beside)
    };
    vec![
        hit.at.date(cx.desk.zone()).to_string(),
        hit.sort.word().to_owned(),
        hit.label.clone(),
        circle(cx, hit).unwrap_or_default(),
        hit.state.clone(),
        text,
    ]
}
