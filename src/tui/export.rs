//! Files that the app writes: what they are called, what is in them, and what is said of what is not.

use crate::domain::action_list::{ActionList, Source};
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::CircleId;
use crate::domain::item::Action;
use crate::domain::mentions;
use crate::domain::minutes::Minutes;
use crate::domain::names::Naming;
use crate::domain::state::State;
use crate::exchange::actions::{self, Wish};
use crate::exchange::archive;
use crate::exchange::minutes;
use crate::exchange::out::file_name;
use crate::tui::view::{Format, OutFile};

/// Actions of one circle. The state knows the circle, its people and its next session.
///
/// # Errors
/// In words, when there is nothing that could be written.
pub(crate) fn actions_file(
    (state, circle): (&State, CircleId),
    rows: &[Action],
    (format, naming): (Format, Naming),
    (now, zone): (Moment, Zone),
) -> Result<OutFile, String> {
    let gone = "That circle is gone; nothing was written";
    let held = state.circle(circle).ok_or(gone)?;
    let source = Source {
        circle: held,
        members: state.everyone(circle).collect(),
        actions: rows.iter().collect(),
        next: state.next_session(circle, now).map(|next| next.start),
    };
    let sources = [source];
    let list = ActionList::new(&sources, naming, zone);
    let mut told = vec![list.words()];
    told.extend(said_of(naming));
    let Some(plain) = plain(format) else {
        let wish = archive::Wish {
            no_names: naming == Naming::Numbered,
            ..archive::Wish::default()
        };
        let (file, left) = actions::json(&list, &sources, (wish, now));
        told.extend(left.words());
        return Ok(OutFile {
            name: file_name(&[&held.name, "actions"], "json"),
            text: pretty(&file),
            told,
        });
    };
    let wish = Wish {
        now,
        zone,
        alarms: true,
    };
    let text = actions::write(&list, plain, &wish)?;
    told.extend(mentions::words(list.may_name));
    told.extend(actions::lost(&list, plain));
    let what = if plain == actions::Format::Todo {
        "todo"
    } else {
        "actions"
    };
    Ok(OutFile {
        name: file_name(&[&held.name, what], plain.ending()),
        text,
        told,
    })
}

/// Minutes; what has a place for actions alone is for [`actions_file`].
///
/// # Errors
/// In words, when they cannot be written.
pub(crate) fn minutes_file(
    taken: &Minutes,
    (format, naming): (Format, Naming),
    zone: Zone,
) -> Result<OutFile, String> {
    let (ending, text) = match format {
        Format::Markdown => ("md", minutes::markdown(taken, zone)),
        Format::Html => ("html", minutes::html(taken, zone)),
        Format::Csv => ("csv", minutes::csv(taken, zone)?),
        Format::Json => ("json", pretty(&minutes::to_json(taken, zone))),
        Format::Todo | Format::Calendar => {
            return Err("only the actions of a session have that format".to_owned());
        }
    };
    let day = taken.start.date(zone).to_string();
    let number = format!("{:02}", taken.number);
    Ok(OutFile {
        name: file_name(&[&taken.circle, &number, &day], ending),
        text,
        told: said_of(naming)
            .into_iter()
            .chain(taken.left_out.words())
            .collect(),
    })
}

/// What is worth saying of how people are called in a file.
fn said_of(naming: Naming) -> Option<String> {
    match naming {
        Naming::Full => None,
        Naming::Masked => Some("People stand by their initials".to_owned()),
        Naming::Numbered => Some("People stand by number".to_owned()),
    }
}

/// The format of a list of actions that is no JSON.
const fn plain(format: Format) -> Option<actions::Format> {
    match format {
        Format::Markdown => Some(actions::Format::Markdown),
        Format::Html => Some(actions::Format::Html),
        Format::Csv => Some(actions::Format::Csv),
        Format::Todo => Some(actions::Format::Todo),
        Format::Calendar => Some(actions::Format::Calendar),
        Format::Json => None,
    }
}

fn pretty(value: &serde_json::Value) -> String {
    // Keys are strings and nothing is written to but memory, which is all that can go wrong.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
