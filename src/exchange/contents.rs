//! What a file holds that nobody gave a kind: the kinds are told apart here, and those that need nothing of what is
//! stored are taken apart at once.

use crate::domain::clock::{Moment, Zone};
use crate::domain::when::{Order, Seen};
use crate::exchange::input::Input;
use crate::exchange::plan::{self, Faults, PlanFile};
use crate::exchange::tasks::{self, Around, TakenTasks};
use crate::exchange::{archive, questions};

/// From where a file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// When.
    pub now: Moment,
    /// Where people read clocks.
    pub zone: Zone,
    /// How 3/4 is read.
    pub order: Order,
    /// Whether there is a circle that could take actions.
    pub takes_actions: bool,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// Actions.
    Actions(TakenTasks),
    /// A whole store, which is not taken row by row.
    Store,
    /// The plan of a session, or what is wrong in it.
    Plan(Result<PlanFile, Faults>),
    /// People or questions: which of them, a person says.
    Rows(Input),
}

impl Contents {
    /// Takes as long as the file is.
    pub fn of(input: Input, reader: Reader) -> Self {
        let Reader {
            now, zone, order, ..
        } = reader;
        let may_be_actions = reader.takes_actions && !input.text.contains(archive::SCHEMA);
        if let Some(layout) = may_be_actions.then(|| tasks::guess(&input)).flatten() {
            let today = now.date(zone);
            let seen = Seen { today, order };
            return Self::Actions(tasks::take(&input, Some(layout), Around { seen, zone }));
        }
        if is_store(&input.text) {
            return Self::Store;
        }
        if plan::is_plan(&input.text) {
            return Self::Plan(plan::read_at(&input.text, (now.local(zone), order)));
        }
        Self::Rows(input)
    }
}

/// Whether the first line is that of a backup, a snapshot or of everything as one document.
fn is_store(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    let is_ours = head.starts_with('{') && head.contains("circlet") && head.contains("\"schema\"");
    is_ours && !text.contains(questions::SCHEMA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Format;

    fn of(name: &str, text: &str, takes_actions: bool) -> Contents {
        let input = Input {
            name: name.to_owned(),
            format: Format::of_name(name),
            text: text.to_owned(),
            notes: Vec::new(),
        };
        let reader = Reader {
            now: Moment::from_millis(1_773_327_600_000),
            zone: Zone::UTC,
            order: Order::default(),
            takes_actions,
        };
        Contents::of(input, reader)
    }

    #[test]
    fn actions_are_taken_where_a_circle_could_hold_them() {
        let text = "x 2026-03-01 Send deck\n(A) Book the room due:2026-03-20\n";
        let Contents::Actions(taken) = of("todo.txt", text, true) else {
            panic!("no actions");
        };
        assert_eq!(taken.rows.len(), 2);
        assert!(matches!(of("todo.txt", text, false), Contents::Rows(_)));
    }

    #[test]
    fn a_whole_store_is_none_of_its_lists() {
        let all = "{\"schema\": \"circlet.all/1\", \"items\": []}";
        let backup = "{\"circlet\":\"snapshot\",\"format\":1,\"schema\":1}\n{}";
        for text in [all, backup] {
            assert_eq!(of("all.json", text, true), Contents::Store, "{text}");
        }
        let questions = "{\"schema\": \"circlet.questions/1\", \"questions\": []}";
        assert!(matches!(of("q.json", questions, true), Contents::Rows(_)));
    }

    #[test]
    fn a_plan_is_read_or_says_what_is_wrong() {
        let plan = "# Ladder Up\n\n- when: 2026-03-19 15:00\n\n## Opening (10 min)\n";
        let Contents::Plan(Ok(file)) = of("plan.md", plan, true) else {
            panic!("no plan");
        };
        assert_eq!(file.blocks.len(), 1);
        let wrong = plan.replace("2026-03-19", "2026-13-19");
        assert!(matches!(
            of("plan.md", &wrong, true),
            Contents::Plan(Err(_))
        ));
    }
}
