//! Filters of the list of actions that somebody gave a name.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::filter::Filter;
use crate::domain::filter::sought::Sought;
use crate::domain::id::{FilterId, Key, Kind, Space};
use crate::domain::text::{Clean, Limit, fold};
use crate::domain::when::{Order, Seen};

fn key(id: FilterId) -> Key {
    Key::new(Space::Org, Kind::Filter, id.0)
}

/// Keeps what a filter asks for under a name; a filter of that name asks for this from now on.
pub(super) fn save(d: &mut Decision<'_>, name: &Clean, text: &Clean) -> Result<String, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new("a filter needs a name"));
    }
    Limit::Name
        .check(name)
        .map_err(|error| Refusal::new(error.to_string()))?;
    if text.trim().is_empty() {
        return Err(Refusal::new("that filter shows everything; filter first"));
    }
    let today = d.cx.at.date(d.cx.zone);
    let read = |order| Sought::read(text, Seen { today, order });
    // The order of day and month is a habit of whoever sits here; it is read in theirs when it is used.
    if let (Err(why), Err(_)) = (read(Order::DayMonth), read(Order::MonthDay)) {
        return Err(Refusal::new(why));
    }
    let known = d.state.filters();
    let known = known.into_iter().find(|it| fold(&it.name) == fold(name));
    let was = known.map(|known| known.text.clone());
    let was = was.filter(|was| was != text);
    let filter = match known {
        Some(known) => Filter {
            name: name.clone(),
            text: text.clone(),
            ..known.clone()
        },
        None => Filter::new(FilterId(d.cx.ids.make()), name.clone(), text.clone()),
    };
    let title = match was {
        Some(was) => format!("filter \"{}\", which was {was}", filter.name),
        None => format!("filter \"{}\"", filter.name),
    };
    d.put(key(filter.id), filter);
    Ok(title)
}

/// Takes a filter off the list.
pub(super) fn drop(d: &mut Decision<'_>, filter: FilterId) -> Result<String, Refusal> {
    let known = d.state.filters().into_iter().find(|it| it.id == filter);
    let known = known.ok_or_else(|| Refusal::new("that filter is gone"))?;
    let title = format!("filter \"{}\" is taken off", known.name);
    d.remove(key(filter));
    Ok(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Context, decide};
    use crate::domain::change::{Author, Via};
    use crate::domain::clock::Moment;
    use crate::domain::id::{Ids, RunId};
    use crate::domain::state::State;

    fn run(state: &mut State, command: &Command, seed: u64) -> Result<String, String> {
        let at = Moment::from_millis(1_773_327_600_000);
        let mut ids = Ids::new(at, seed);
        let run = RunId(ids.make());
        let mut cx = Context {
            at,
            by: Author { via: Via::App, run },
            ids,
            zone: chrono_tz::UTC,
        };
        let decided = decide(state, command, &mut cx).map_err(|refusal| refusal.reason)?;
        state.apply_changes(&decided.changes).unwrap();
        Ok(decided.title)
    }

    fn save(name: &str, text: &str) -> Command {
        Command::SaveFilter {
            name: Clean::line(name),
            text: Clean::line(text),
        }
    }

    #[test]
    fn a_filter_is_kept_under_its_name_once_and_taken_off() {
        let mut state = State::default();
        run(&mut state, &save("My overdue", "@me is:overdue"), 1).unwrap();
        run(&mut state, &save("my OVERDUE", "@me is:overdue #growth"), 2).unwrap();
        let filters: Vec<&str> = state.filters().iter().map(|it| it.text.as_str()).collect();
        assert_eq!(filters, ["@me is:overdue #growth"]);
        let filter = state.filters()[0].id;
        let title = run(&mut state, &Command::DropFilter { filter }, 3).unwrap();
        assert_eq!(title, "filter \"my OVERDUE\" is taken off");
        assert!(state.filters().is_empty());
    }

    #[test]
    fn a_day_is_read_in_either_order_of_day_and_month() {
        let mut state = State::default();
        run(&mut state, &save("Spring", "due<3/20"), 1).unwrap();
        run(&mut state, &save("March", "due<20/3"), 2).unwrap();
        assert!(run(&mut state, &save("Never", "due<20/20"), 3).is_err());
    }

    #[test]
    fn a_filter_without_name_or_sense_is_refused() {
        let mut state = State::default();
        for (name, text) in [(" ", "#growth"), ("all", ""), ("odd", "is:nothing")] {
            assert!(
                run(&mut state, &save(name, text), 1).is_err(),
                "{name} {text}"
            );
        }
    }
}
