//! What a walk through one's own actions ends with: how they went over time, what is asked in the next session, and
//! the reflection of the week.

use serde_json::{Map, Value, json};

use crate::cli::Cx;
use crate::cli::action::reader::Reader;
use crate::cli::desk::unexpected;
use crate::cli::error::CliError;
use crate::cli::receipt::Receipt;
use crate::cli::review::line;
use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Action, Owner};
use crate::domain::question::{Question, QuestionKind};
use crate::domain::review::ahead::Ahead;
use crate::domain::review::reflect;
use crate::domain::review::went::{Record, Went};
use crate::domain::text::{Clean, Limit};
use crate::engine::query::{ActionFilter, Answer, Query};

/// How one's own went in a circle.
fn record(cx: &mut Cx<'_, '_>, circle: CircleId, me: MemberId) -> Result<Option<Record>, CliError> {
    let filter = ActionFilter {
        owner: Some(Owner::Member(me)),
        ..ActionFilter::default()
    };
    let rows: Vec<Action> = Reader::new(&cx.desk, circle, filter).all(&mut cx.desk)?;
    let rows: Vec<&Action> = rows.iter().collect();
    Ok(Record::of(&rows, me, cx.desk.now(), cx.desk.zone()))
}

/// The question of this week, where one may be offered.
fn question(
    cx: &mut Cx<'_, '_>,
    circle: CircleId,
    me: MemberId,
) -> Result<Option<Question>, CliError> {
    let view = cx.desk.view();
    let today = view.today();
    let Some(member) = view.state.member(circle, me) else {
        return Ok(None);
    };
    if !reflect::is_due(member, today, view.zone) {
        return Ok(None);
    }
    let query = Query::Draw {
        circle,
        kinds: vec![Some(QuestionKind::Reflection)],
        without: reflect::without(member),
        seed: reflect::seed(me, today),
        part: None,
    };
    let Answer::Questions { rows, .. } = cx.desk.ask(query)? else {
        return Err(unexpected());
    };
    Ok(rows.into_iter().next().map(|row| row.question))
}

fn counts(went: &Went) -> Value {
    json!({
        "taken": went.taken,
        "done_by_first_date": went.done,
        "done_later": went.later,
        "let_go": went.let_go,
        "open": went.open,
        "moved": went.moved,
    })
}

/// The fields that follow the rows.
pub(super) fn json(
    cx: &mut Cx<'_, '_>,
    circles: &[CircleId],
) -> Result<Map<String, Value>, CliError> {
    let (mut went, mut next, mut reflection) = (Vec::new(), Vec::new(), Value::Null);
    for circle in circles {
        let Some(me) = cx.desk.me_in(*circle)? else {
            continue;
        };
        let record = record(cx, *circle, me)?;
        let question = question(cx, *circle, me)?;
        let view = cx.desk.view();
        let name = view.state.circle(*circle).map(|held| held.name.as_str());
        went.extend(record.map(|record| {
            json!({
                "circle": name,
                "since": record.since,
                "all": counts(&record.all),
                "last_3_months": counts(&record.recent),
            })
        }));
        next.extend(
            Ahead::of(view.state, *circle, me, (view.now, view.zone)).map(|ahead| {
                json!({
                    "circle": name,
                    "session": ahead.session,
                    "start": ahead.start,
                    "actions": ahead.actions,
                    "tasks": ahead.tasks,
                    "away": ahead.away,
                })
            }),
        );
        if let (Value::Null, Some(question)) = (&reflection, question) {
            reflection = json!({"uid": question.id, "text": question.text.as_str()});
        }
    }
    Ok(Map::from_iter([
        ("went".to_owned(), Value::from(went)),
        ("next".to_owned(), Value::from(next)),
        ("reflection".to_owned(), reflection),
    ]))
}

/// Tells how it went and what comes, and offers the reflection of the week unless the walk was stopped.
pub(super) fn tell(
    cx: &mut Cx<'_, '_>,
    circles: &[CircleId],
    stopped: bool,
) -> Result<(), CliError> {
    let several = circles.len() > 1;
    let mut asked = stopped;
    for circle in circles {
        let Some(me) = cx.desk.me_in(*circle)? else {
            continue;
        };
        let record = record(cx, *circle, me)?;
        let view = cx.desk.view();
        let name = view
            .state
            .circle(*circle)
            .map_or_else(String::new, |held| held.name.to_string());
        let mut lines = record.map_or_else(Vec::new, |record| record.words(view.today()));
        if let Some(first) = lines.first_mut().filter(|_| several) {
            *first = format!("{name}: {first}");
        }
        lines.extend(
            Ahead::of(view.state, *circle, me, (view.now, view.zone)).map(|ahead| {
                let (start, words) = (view.time(ahead.start), ahead.words());
                format!("Next: {name} #{}, {start}. {words}", ahead.session)
            }),
        );
        for line in lines {
            cx.out.line(&line);
        }
        if !asked && let Some(question) = question(cx, *circle, me)? {
            asked = true;
            reflect_on(cx, (*circle, me), &question)?;
        }
    }
    Ok(())
}

/// Asks the question of the week; nothing or `q` leaves it without a trace.
fn reflect_on(
    cx: &mut Cx<'_, '_>,
    (circle, member): (CircleId, MemberId),
    question: &Question,
) -> Result<(), CliError> {
    cx.out.line(&format!("This week: {}", question.text));
    let typed = line(cx, "Your answer, for you alone (q leaves it):\n>")?;
    let Some(typed) = typed.filter(|typed| !typed.is_empty() && typed != "q") else {
        return Ok(());
    };
    let text = Clean::text_within(&typed, Limit::Note).map_err(|error| {
        CliError::usage(format!("That is too long: {error}. Nothing was saved."))
    })?;
    let act = cx.desk.run(Command::Reflect {
        circle,
        member,
        question: question.id,
        text,
    })?;
    Receipt::of(&act, &cx.desk.view(), Vec::new()).tell(cx.out, false);
    Ok(())
}
