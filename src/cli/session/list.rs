//! `circlet session list` and `circlet session show`.

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::View;
use crate::cli::session::one;
use crate::cli::{Cx, Listed};
use crate::domain::agenda::starts;
use crate::domain::book::fit;
use crate::domain::document::Document;
use crate::domain::id::CircleId;
use crate::domain::session::Session;
use crate::domain::tally::{Rating, Vote};
use crate::engine::query::{MOST_ROWS, Query};

pub(super) fn list(cx: &mut Cx<'_, '_>, limit: usize) -> Outcome {
    let named = cx.global.circle.as_deref();
    let circles: Vec<CircleId> = crate::cli::name::circles(cx.desk.state(), named)?
        .iter()
        .map(|circle| circle.id)
        .collect();
    let mut found: Vec<(CircleId, Session)> = Vec::new();
    for circle in &circles {
        let sessions = latest(cx, *circle, limit)?;
        found.extend(sessions.into_iter().map(|session| (*circle, session)));
    }
    found.sort_by_key(|(_, session)| std::cmp::Reverse(session.begins()));
    found.truncate(limit);
    let view = cx.desk.view();
    let several = circles.len() > 1;
    let cells = |(circle, session): &(CircleId, Session)| {
        let mut cells = view.session_cells(session);
        let name = view.state.circle(*circle).filter(|_| several);
        cells.push(
            name.map(|circle| circle.name.to_string())
                .unwrap_or_default(),
        );
        cells
    };
    let listed = Listed {
        items: found
            .iter()
            .map(|(circle, session)| view.session(*circle, session))
            .collect(),
        cells: found.iter().map(cells).collect(),
        empty: "No session yet. Plan one: circlet session plan --on \"thu 15:00 90m\"",
    };
    cx.list("sessions", &listed);
    Ok(Exit::Done)
}

/// The latest sessions of a circle. More than the store hands out at once are read one page after the other.
fn latest(cx: &mut Cx<'_, '_>, circle: CircleId, limit: usize) -> Result<Vec<Session>, CliError> {
    if limit > MOST_ROWS {
        let all = cx.desk.sessions(circle)?;
        return Ok(all);
    }
    let rows = cx.desk.documents(Query::Sessions { circle, limit })?;
    let sessions = rows.into_iter().filter_map(|(_, document)| match document {
        Document::Session(session) => Some(session),
        _ => None,
    });
    Ok(sessions.collect())
}

pub(super) fn show(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Outcome {
    let (circle, session) = one(cx, id)?;
    let view = cx.desk.view();
    let row = view.session(circle, &session);
    let lines = lines(&view, circle, &session);
    cx.show("session", row, &lines);
    Ok(Exit::Done)
}

/// A session in words: what it is, its agenda with times, who is away.
fn lines(view: &View<'_>, circle: CircleId, session: &Session) -> Vec<String> {
    let name = view.state.circle(circle).map(|circle| circle.name.as_str());
    let mut lines = vec![format!(
        "{} #{}  {}  {} min  {}",
        name.unwrap_or_default(),
        session.number,
        view.time(session.begins()),
        session.minutes,
        session.state.word()
    )];
    let reads = fit::reads(view.state, circle, session, view.zone);
    let begin = starts(&session.blocks, session.begins());
    for (block, at) in session.blocks.iter().zip(begin) {
        let at = at.local(view.zone).format("%H:%M");
        let kept = block.parked.map_or("", |_| "  (next time)");
        let read = reads.as_ref().filter(|(of, _)| *of == block.id);
        let read = read.map_or_else(String::new, |(_, what)| format!(", {what}"));
        lines.push(format!(
            "  {at}  {:>3}m  {}{read}{kept}",
            block.minutes, block.title
        ));
        if let Some(share) = view.share(circle, session, block) {
            lines.push(format!("               {share}"));
        }
        for prompt in &block.prompts {
            lines.push(format!("               ? {}", prompt.text));
        }
    }
    if let Some(goal) = session.goal() {
        lines.insert(1, format!("  for: {goal}"));
    }
    let guests: Vec<String> = view
        .state
        .people_of(circle, session)
        .into_iter()
        .filter(|member| session.guests.contains(&member.id))
        .map(|member| member.name.to_string())
        .collect();
    if !guests.is_empty() {
        lines.push(format!("  guests: {}", guests.join(", ")));
    }
    let away: Vec<String> = session
        .away
        .keys()
        .filter_map(|id| view.state.member(circle, *id))
        .map(|member| member.name.to_string())
        .collect();
    if !away.is_empty() {
        lines.push(format!("  away: {}", away.join(", ")));
    }
    lines.extend(counted(session));
    lines
}

/// What was counted in a session, and the figures of the group if they were kept.
fn counted(session: &Session) -> Vec<String> {
    let rating = |rating: &Rating| {
        let spread = rating.spread();
        let spread = spread.map_or_else(String::new, |spread| format!("; {spread}"));
        format!("  rating of {}: {}{spread}", rating.of, rating.words())
    };
    let vote = |vote: &Vote| {
        let counts: Vec<String> = vote
            .options
            .iter()
            .map(|count| format!("{} {}", count.votes, count.option))
            .collect();
        format!("  vote: {}", counts.join(", "))
    };
    let figures = session.figures.map(|figures| {
        format!(
            "  group: {} of {} spoke, turns: {}",
            figures.spoke, figures.people, figures.turns
        )
    });
    let lines = session.ratings.iter().map(rating);
    let lines = lines.chain(session.votes.iter().map(vote));
    lines.chain(figures).collect()
}
