//! Finding what somebody named: circles and people by an unambiguous beginning, rows by short id or uid.
//! Case and accents do not matter. Nothing is guessed: what could be two is asked back with both.

use uuid::Uuid;

use crate::cli::error::{CliError, echo};
use crate::domain::circle::{self, Circle};
use crate::domain::id::{CircleId, Kind, MemberId};
use crate::domain::roster::{Found, Member, find};
use crate::domain::state::State;
use crate::domain::text::fold;

/// Most names that one message lists.
const MOST_NAMES: usize = 8;

/// The circle that is meant: the one named, else the only one there is.
pub(super) fn circle<'a>(state: &'a State, named: Option<&str>) -> Result<&'a Circle, CliError> {
    let Some(named) = named else {
        return only(state);
    };
    let found = circle::named(&in_order(state.circles()), named);
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(CliError::usage(format!(
            "No circle is called \"{}\". {}",
            echo(named),
            known(state)
        ))),
        many => Err(CliError::usage(format!(
            "\"{}\" could be {}. Write more of the name, or its uid.",
            echo(named),
            names(many)
        ))),
    }
}

fn only(state: &State) -> Result<&Circle, CliError> {
    match awake(state).as_slice() {
        [one] => Ok(one),
        [] => Err(CliError::failed(
            "There is no circle yet. Make one: circlet circle new NAME",
        )),
        many => Err(CliError::usage(format!(
            "Which circle: {}? Add --circle NAME.",
            names(many)
        ))),
    }
}

/// The circles that are meant by a list: the one named, else all that meet, by name.
pub(super) fn circles<'a>(
    state: &'a State,
    named: Option<&str>,
) -> Result<Vec<&'a Circle>, CliError> {
    match named {
        Some(_) => Ok(vec![circle(state, named)?]),
        None => Ok(awake(state)),
    }
}

fn awake(state: &State) -> Vec<&Circle> {
    in_order(state.circles().filter(|circle| circle.archived.is_none()))
}

/// Circles by name, so that messages and lists have one order; by uid where names are written alike.
pub(super) fn in_order<'a>(circles: impl Iterator<Item = &'a Circle>) -> Vec<&'a Circle> {
    let mut circles: Vec<&Circle> = circles.collect();
    circles.sort_by_cached_key(|circle| (fold(&circle.name), circle.id));
    circles
}

fn known(state: &State) -> String {
    let all = in_order(state.circles());
    if all.is_empty() {
        "There is none yet; make one: circlet circle new NAME".to_owned()
    } else {
        format!("There is {}.", names(&all))
    }
}

/// `one, two and three`; names that are written alike get their uid.
fn names(circles: &[&Circle]) -> String {
    let name = |circle: &&Circle| {
        let same = circles
            .iter()
            .filter(|other| fold(&other.name) == fold(&circle.name));
        if same.count() > 1 {
            format!("{} ({})", circle.name, circle.id)
        } else {
            circle.name.to_string()
        }
    };
    listed(
        circles.iter().take(MOST_NAMES).map(name).collect(),
        circles.len(),
    )
}

/// `a, b or c`, and how many more there are.
pub(super) fn listed(mut names: Vec<String>, all: usize) -> String {
    if all > names.len() {
        names.push(format!("{} more", all - names.len()));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// The person of a circle that is meant. `me` is who the configuration says.
pub(super) fn person<'a>(
    state: &'a State,
    circle: &Circle,
    named: &str,
    me: Option<&str>,
) -> Result<&'a Member, CliError> {
    let typed = named.trim().trim_start_matches('@');
    if fold(typed) == "me" {
        let me = me.ok_or_else(no_me)?;
        return me_in(state, circle.id, me)
            .ok_or_else(|| CliError::usage(format!("{} is not in {}.", echo(me), circle.name)));
    }
    let everyone: Vec<&Member> = state.everyone(circle.id).collect();
    if let Ok(id) = typed.parse::<MemberId>()
        && let Some(member) = everyone.iter().find(|member| member.id == id)
    {
        return Ok(member);
    }
    let found = match find(everyone.iter().copied(), typed) {
        Found::One(id) => state.member(circle.id, id),
        Found::Many(ids) => return Err(several(&everyone, &ids, typed)),
        Found::Nobody => gone(&everyone, typed)?,
    };
    found.ok_or_else(|| {
        CliError::usage(format!(
            "Nobody in {} is called \"{}\". See: circlet member list",
            circle.name,
            echo(typed)
        ))
    })
}

/// Somebody who has left, by the whole name.
fn gone<'a>(everyone: &[&'a Member], typed: &str) -> Result<Option<&'a Member>, CliError> {
    let same = everyone
        .iter()
        .filter(|member| fold(&member.name) == fold(typed));
    let same: Vec<&Member> = same.copied().collect();
    if same.len() < 2 {
        return Ok(same.first().copied());
    }
    let ids = same.iter().take(MOST_NAMES);
    Err(CliError::usage(format!(
        "{} people called \"{}\" have left. Name one by its uid: {}.",
        same.len(),
        echo(typed),
        listed(
            ids.map(|member| member.id.to_string()).collect(),
            same.len()
        )
    )))
}

fn several(everyone: &[&Member], ids: &[MemberId], typed: &str) -> CliError {
    let people = everyone.iter().filter(|member| ids.contains(&member.id));
    let people: Vec<String> = people
        .take(MOST_NAMES)
        .map(|member| format!("{} ({})", member.name, member.label))
        .collect();
    CliError::usage(format!(
        "\"{}\" could be {}. Write more of the name, or the number.",
        echo(typed),
        listed(people, ids.len())
    ))
}

/// The member of a circle who is the person of this name.
pub(super) fn me_in<'a>(state: &'a State, circle: CircleId, me: &str) -> Option<&'a Member> {
    let wanted = fold(me);
    let mut members = state.members(circle).into_iter();
    members.find(|member| fold(&member.name) == wanted)
}

/// Says how `me` is set.
pub(super) fn no_me() -> CliError {
    CliError::usage("circlet does not know who you are. Say it once: circlet member me NAME")
}

/// Says that whoever asks is in no circle of this store.
pub(super) fn not_here(me: &str) -> CliError {
    CliError::usage(format!(
        "{} is in no circle of this store. Say who you are here: circlet member me NAME",
        echo(me)
    ))
}

/// What somebody wrote to name a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The circle before the slash.
    pub(super) circle: Option<String>,
    /// Which row.
    pub(super) which: Which,
}

/// Which row of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Its short number.
    Number(u32),
    /// Its identity.
    Uid(Uuid),
}

/// The letter before the number of a kind of row.
pub(super) const fn letter(kind: Kind) -> &'static str {
    match kind {
        Kind::Action => "A",
        Kind::Decision => "D",
        Kind::Note => "N",
        Kind::Parked => "P",
        Kind::Book => "B",
        Kind::Question => "Q",
        Kind::Session => "#",
        Kind::Asked
        | Kind::Filter
        | Kind::Person
        | Kind::Poll
        | Kind::Reader
        | Kind::Circle
        | Kind::Counter
        | Kind::Groups
        | Kind::Live
        | Kind::Member
        | Kind::Rotation => "",
    }
}

/// Reads `A14`, `14`, `ladder-up/A14` or a uid.
pub(super) fn id(kind: Kind, typed: &str) -> Result<Named, CliError> {
    let wrong = || {
        let letter = letter(kind);
        CliError::usage(format!(
            "\"{}\" is no {}. Write it like {letter}14, circle/{letter}14, or its uid.",
            echo(typed),
            kind.as_str()
        ))
    };
    let typed = typed.trim();
    if let Ok(uid) = Uuid::parse_str(typed) {
        return Ok(Named {
            circle: None,
            which: Which::Uid(uid),
        });
    }
    let (circle, rest) = match typed.rsplit_once('/') {
        Some((circle, rest)) => (Some(circle.to_owned()), rest),
        None => (None, typed),
    };
    let bare = rest
        .strip_prefix(letter(kind))
        .or_else(|| rest.strip_prefix(&letter(kind).to_lowercase()))
        .unwrap_or(rest);
    let digits = bare.chars().all(|c| c.is_ascii_digit());
    let number = bare.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
    Ok(Named {
        circle,
        which: Which::Number(number),
    })
}

/// The kind that the letter of a short id names, for commands that take any row.
pub(super) fn kind_of(typed: &str) -> Option<Kind> {
    let rest = typed.rsplit_once('/').map_or(typed, |(_, rest)| rest);
    let first = rest.chars().next()?.to_ascii_uppercase().to_string();
    [
        Kind::Action,
        Kind::Book,
        Kind::Decision,
        Kind::Note,
        Kind::Parked,
        Kind::Question,
        Kind::Session,
    ]
    .into_iter()
    .find(|kind| letter(*kind) == first)
}
