//! `circlet status`: one line for a shell prompt.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::View;
use crate::cli::{Cx, name};
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Due, Owner};
use crate::engine::query::{Answer, Query};

/// How to answer.
#[derive(Clone, Copy, Debug, Args)]
pub struct Status {
    /// Exit with 10 when something of mine is due today or overdue
    #[arg(long)]
    check: bool,
}

/// What is mine: how much, and when the first of it is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mine {
    open: usize,
    overdue: usize,
    today: usize,
    /// The next day on which something is due, and how much.
    next: Option<(NaiveDate, usize)>,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, status: Status) -> Outcome {
    let me = cx.desk.me();
    if status.check && me.is_none() {
        return Err(name::no_me());
    }
    let view = cx.desk.view();
    let named = cx.global.circle.as_deref();
    let circles = match name::circles(view.state, named) {
        Ok(circles) => circles,
        Err(error) if named.is_some() => return Err(error),
        Err(_) => Vec::new(),
    };
    let member = |circle: &&Circle| {
        let member = name::me_in(view.state, circle.id, me?)?;
        Some((circle.id, member.id))
    };
    let places: Vec<_> = circles.iter().filter_map(member).collect();
    let circles: Vec<CircleId> = circles.iter().map(|circle| circle.id).collect();
    let me = me.map(str::to_owned);
    let mine = match &me {
        Some(_) => Some(mine(cx, &places)?),
        None => None,
    };
    let view = cx.desk.view();
    let circles = circles.iter().filter_map(|id| view.state.circle(*id));
    let next = next_session(&view, &circles.collect::<Vec<_>>());
    if cx.global.json {
        cx.out.json(&json!({
            "schema": "circlet.status/1",
            "me": me,
            "open": mine.map(|mine| mine.open),
            "due_today": mine.map(|mine| mine.today),
            "overdue": mine.map(|mine| mine.overdue),
            "running": view.state.running().map(|(_, session, _)| session.number),
            "next_circle": next.map(|(circle, _)| circle.name.as_str()),
            "next_session": next.map(|(_, start)| start),
        }));
    } else {
        cx.out.line(&line(&view, mine, next));
    }
    let due = mine.is_some_and(|mine| mine.overdue + mine.today > 0);
    Ok(if status.check && due {
        Exit::Due
    } else {
        Exit::Done
    })
}

/// What somebody has to do in these circles, asked of the list by owner.
fn mine(cx: &mut Cx<'_, '_>, places: &[(CircleId, MemberId)]) -> Result<Mine, CliError> {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let mut mine = Mine::default();
    for &(circle, member) in places {
        let owner = Owner::Member(member);
        let Answer::Dues(dues) = cx.desk.ask(Query::Dues { circle, owner })? else {
            return Err(unexpected());
        };
        mine.open += dues.days.values().sum::<usize>() + dues.next_session + dues.undated;
        let next = cx.desk.view().day(circle, Due::NextSession);
        let next = next.filter(|_| dues.next_session > 0);
        let next = next.map(|day| (day, dues.next_session));
        for (day, count) in dues.days.into_iter().chain(next) {
            *days.entry(day).or_default() += count;
        }
    }
    let today = cx.desk.view().today();
    mine.overdue = days.range(..today).map(|(_, count)| count).sum();
    mine.today = days.get(&today).copied().unwrap_or_default();
    mine.next = days
        .into_iter()
        .find(|(day, count)| *day > today && *count > 0);
    Ok(mine)
}

fn next_session<'a>(view: &View<'a>, circles: &[&'a Circle]) -> Option<(&'a Circle, Moment)> {
    let next = circles.iter().filter_map(|circle| {
        let session = view.state.next_session(circle.id)?;
        Some((*circle, session.start))
    });
    next.min_by_key(|(_, start)| *start)
}

/// `2 actions, 1 due Thu; Ladder Up in 6 days`.
fn line(view: &View<'_>, mine: Option<Mine>, next: Option<(&Circle, Moment)>) -> String {
    let mut parts = Vec::new();
    parts.extend(mine.map(in_words));
    if let Some((circle, session, _)) = view.state.running()
        && let Some(circle) = view.state.circle(circle)
    {
        parts.push(format!("{} #{} running", circle.name, session.number));
    } else if let Some((circle, start)) = next {
        let days = (start.date(view.zone) - view.today()).num_days();
        let local = start.local(view.zone).format("%H:%M");
        parts.push(match days {
            0 => format!("{} today {local}", circle.name),
            1 => format!("{} tomorrow {local}", circle.name),
            days if days < 0 => format!("{} was planned {}d ago", circle.name, -days),
            days => format!("{} in {days} days", circle.name),
        });
    }
    if parts.is_empty() {
        return "no session planned".to_owned();
    }
    parts.join("; ")
}

fn in_words(mine: Mine) -> String {
    let mut words = match mine.open {
        0 => return "no actions".to_owned(),
        1 => "1 action".to_owned(),
        many => format!("{many} actions"),
    };
    if mine.overdue > 0 {
        words = format!("{words}, {} overdue", mine.overdue);
    }
    if mine.today > 0 {
        words = format!("{words}, {} due today", mine.today);
    }
    if let (0, 0, Some((day, count))) = (mine.overdue, mine.today, mine.next) {
        words = format!("{words}, {count} due {}", day.format("%a"));
    }
    words
}
