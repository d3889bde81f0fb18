//! Setting a running session back: field by field, only where an act changed it, and never the time.
//!
//! Pauses since then neither stand in the way nor are touched. Deadlines are points in session time, so
//! they have moved with those pauses already.

use serde_json::{Map, Value};

use crate::command::Context;
use crate::command::undo::{LATE, TIME, differing, fields, only_pauses};
use crate::domain::change::{Act, Body, Change};
use crate::domain::document::Document;
use crate::domain::live::{GroupTime, Live};

type Fields = Map<String, Value>;

/// The change that takes `change` of `act` back, when the session is `now` what it is; `None` if more than
/// time has changed since.
pub(super) fn inverse(
    change: &Change,
    now: Option<Body>,
    act: &Act,
    cx: &Context,
) -> Option<Change> {
    let after = match (
        fields(change.before.as_ref()),
        fields(change.after.as_ref()),
    ) {
        (Some(before), Some(after)) => {
            let now = fields(now.as_ref())?;
            // Time that was left out is found again only while the clock is as that left it.
            let clock = [before, after, now].map(|fields| fields.get("clock"));
            if only_pauses(change) && clock[0] != clock[1] && clock[1] != clock[2] {
                return None;
            }
            Some(Value::Object(set_back(now, before, after)?))
        }
        // The start is taken back: only pauses may have come since.
        (None, Some(after)) => {
            let now = fields(now.as_ref())?;
            if differing(now, after).any(|field| !TIME.contains(&field)) {
                return None;
            }
            None
        }
        // The end is taken back.
        (Some(_), None) if now.is_none() => change.before.clone(),
        (Some(_) | None, None) => return None,
    };
    let after = after.map(|body| settle_time(body, change, act, cx));
    Some(Change {
        key: change.key,
        before: now,
        after,
    })
}

/// The session `now`, with what differs between `before` and `after` as it was before.
fn set_back(now: &Fields, before: &Fields, after: &Fields) -> Option<Fields> {
    let mut set = now.clone();
    for field in differing(before, after) {
        let (then, left) = (before.get(field), after.get(field));
        let back = match field {
            // A late undo stopped the clock, or a redo after one let it go on. That is turned around as
            // long as nobody has touched the clock since; then the clock is theirs.
            "clock" if now.get(field) != left => continue,
            "groups" if same_groups(now.get(field), left) => groups(now.get(field), then, left),
            _ if TIME.contains(&field) || now.get(field) == left => then.cloned(),
            _ => return None,
        };
        match back {
            Some(value) => set.insert(field.to_owned(), value),
            None => set.remove(field),
        };
    }
    Some(set)
}

fn group_time(value: Option<&Value>) -> Option<GroupTime> {
    serde_json::from_value(value?.clone()).ok()
}

/// Whether the same groups are out, with no minutes given or taken. A late undo may have moved their end.
fn same_groups(now: Option<&Value>, after: Option<&Value>) -> bool {
    let (now, after) = (group_time(now), group_time(after));
    now.map(|out| (out.id, out.length)) == after.map(|out| (out.id, out.length))
}

/// The time of groups as it was `before`, with its end moved as far as that has moved since `after`.
fn groups(now: Option<&Value>, before: Option<&Value>, after: Option<&Value>) -> Option<Value> {
    let (Some(now), Some(then), Some(after)) =
        (group_time(now), group_time(before), group_time(after))
    else {
        return before.cloned();
    };
    if now.id != then.id {
        return before.cloned();
    }
    let ends = then.ends + (now.ends - after.ends);
    serde_json::to_value(GroupTime { ends, ..then }).ok()
}

/// Puts the time of a session that was set back right. Minutes spent stay spent; past [`LATE`] the clock
/// stands still, with the time left as it was when the act was made.
fn settle_time(body: Body, change: &Change, act: &Act, cx: &Context) -> Body {
    let read = |body: &Body| serde_json::from_value::<Live>(body.clone()).ok();
    let (Some(found), Some(then)) = (read(&body), change.before.as_ref().and_then(read)) else {
        return body;
    };
    let mut live = found.clone();
    let moved = fields(change.before.as_ref()).is_some_and(|before| {
        fields(change.after.as_ref()).is_none_or(|after| before.get("block") != after.get("block"))
    });
    if moved && cx.at - act.at > LATE {
        live.clock = live.clock.pause(cx.at);
        let later = then.left(act.at) - live.left(cx.at);
        live.entered = live.entered + later;
        live.step_entered = live.step_entered + later;
        live.shown = live.shown.map(|since| since + later);
        live.groups = live.groups.map(|out| GroupTime {
            ends: out.ends + later,
            ..out
        });
    }
    // Where time was left out since, a block cannot have begun later than now.
    let elapsed = live.clock.elapsed(cx.at);
    live.entered = live.entered.min(elapsed);
    live.step_entered = live.step_entered.min(elapsed);
    live.shown = live.shown.map(|since| since.min(elapsed));
    if live == found {
        return body;
    }
    Document::Live(live).to_body()
}
