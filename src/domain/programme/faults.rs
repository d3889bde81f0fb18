//! What a programme has to keep to; the ones that come with circlet are held to it.

use std::collections::BTreeSet;

use crate::domain::programme::Programme;
use crate::domain::text::{fold, slug};

/// Most months of a programme.
const MOST_MONTHS: u8 = 24;
/// Most sessions that one goal takes.
const MOST_SESSIONS: u8 = 30;

impl Programme {
    /// Every rule that it breaks, as phrases for people. `has` tells whether there is a template of that id.
    pub fn faults(&self, has: impl Fn(&str) -> bool) -> Vec<String> {
        let mut faults = Vec::new();
        if self.id.is_empty() || slug(&self.id) != self.id {
            faults.push("its id needs a-z, 0-9 and - alone".to_owned());
        }
        if self.name.is_empty() {
            faults.push("it has no name".to_owned());
        }
        if self.months == 0 || self.months > MOST_MONTHS {
            faults.push(format!("it needs 1 to {MOST_MONTHS} months"));
        }
        let own = [&self.first, &self.middle, &self.last, &self.otherwise];
        let of_goals = self.goals.iter().map(|goal| &goal.template);
        for template in own.into_iter().chain(of_goals) {
            if !has(template) {
                faults.push(format!("there is no template \"{template}\""));
            }
        }
        let mut names = BTreeSet::new();
        for goal in &self.goals {
            if goal.name.is_empty() || !names.insert(fold(&goal.name)) {
                faults.push("every goal needs a name of its own".to_owned());
            }
            if goal.sessions == 0 || goal.sessions > MOST_SESSIONS {
                faults.push(format!(
                    "the goal {} needs 1 to {MOST_SESSIONS} sessions",
                    goal.name
                ));
            }
        }
        faults
    }
}
