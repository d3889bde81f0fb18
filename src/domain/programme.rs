//! Programmes: which template a circle takes at which of its meetings, and which goal each meeting is for.
//!
//! A programme knows templates by their id and meetings by their number; when they are is the rhythm's to say.

mod dated;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::domain::text::{Clean, fold};

pub use dated::{Asked, Dated, Dates};

/// Most meetings that one programme lays out: a year of weekly ones.
pub const MOST_MEETINGS: usize = 60;
/// A series of meetings to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its name in commands: `a-z`, `0-9`, `-`.
    pub id: String,
    /// Its name on screen.
    pub name: Clean,
    /// Counted up when it changes; a session remembers which one it came from.
    pub version: u32,
    /// One line about when to take it.
    pub about: Clean,
    /// For how many months.
    pub months: u8,
    /// The template of the first meeting.
    pub first: String,
    /// The template of the meeting in the middle.
    pub middle: String,
    /// The template of the last meeting.
    pub last: String,
    /// The template of meetings that no goal needs.
    pub otherwise: String,
    /// What the circle works on, in order.
    #[serde(rename = "goal")]
    pub goals: Vec<Goal>,
}

/// What a circle works on for some of its meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// In a few words.
    pub name: Clean,
    /// How many meetings it needs.
    pub sessions: u8,
    /// The template of these meetings.
    pub template: String,
}

/// Where in a programme a session comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromProgramme {
    /// Its id.
    pub id: String,
    /// Its version then.
    pub version: u32,
    /// The goal that the session is for; nothing for the first, middle and last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Clean>,
}

/// One meeting of a programme that is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting<'a> {
    /// Its template, by id.
    pub template: &'a str,
    /// The goal that it is for.
    pub goal: Option<&'a Goal>,
}

/// A programme over a number of meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid<'a> {
    /// The meetings in order.
    pub meetings: Vec<Meeting<'a>>,
    /// How many sessions the goals need together.
    pub needed: usize,
    /// How many meetings were free for them.
    pub room: usize,
    /// The goals that got fewer sessions than they need, with how many they got.
    pub short: Vec<(&'a Goal, usize)>,
    /// Whether the meeting in the middle has no place.
    pub no_middle: bool,
}

impl Programme {
    /// The goals whose names begin with one of `wanted`, in the order of the programme; all where nothing is
    /// wanted.
    ///
    /// # Errors
    /// The first of `wanted` that no goal begins with.
    pub fn choose<'a>(&'a self, wanted: &[String]) -> Result<Vec<&'a Goal>, String> {
        let begins = |goal: &Goal, start: &str| {
            let start = fold(start.trim());
            !start.is_empty() && fold(&goal.name).starts_with(&start)
        };
        if let Some(unknown) = wanted
            .iter()
            .find(|start| !self.goals.iter().any(|goal| begins(goal, start)))
        {
            return Err(unknown.clone());
        }
        let chosen = |goal: &&Goal| wanted.is_empty() || wanted.iter().any(|w| begins(goal, w));
        Ok(self.goals.iter().filter(chosen).collect())
    }

    /// Lays the programme over so many meetings: first and last stand at the ends, the review in the middle.
    /// Where there are too few meetings each goal gets one session before any gets a second.
    pub fn lay<'a>(&'a self, meetings: usize, goals: &[&'a Goal]) -> Laid<'a> {
        let fixed = meetings.min(3);
        let room = meetings - fixed;
        let needed = goals.iter().map(|goal| usize::from(goal.sessions)).sum();
        let given = share(goals, room);
        let between = goals
            .iter()
            .zip(&given)
            .flat_map(|(goal, count)| std::iter::repeat_n(Some(*goal), *count))
            .chain(std::iter::repeat(None));
        let of_goal = |goal: Option<&'a Goal>| Meeting {
            template: goal.map_or(self.otherwise.as_str(), |goal| goal.template.as_str()),
            goal,
        };
        let bare = |template| Meeting {
            template,
            goal: None,
        };
        let mut laid: Vec<Meeting<'a>> = between.map(of_goal).take(room).collect();
        if fixed > 0 {
            laid.insert(0, bare(&self.first));
        }
        if fixed > 2 {
            laid.insert(meetings / 2, bare(&self.middle));
        }
        if fixed > 1 {
            laid.push(bare(&self.last));
        }
        let short = goals
            .iter()
            .zip(given)
            .filter(|(goal, count)| *count < usize::from(goal.sessions))
            .map(|(goal, count)| (*goal, count))
            .collect();
        Laid {
            meetings: laid,
            needed,
            room,
            short,
            no_middle: fixed < 3,
        }
    }
}

impl Laid<'_> {
    /// What whoever plans should know, as sentences; nothing is in the way of planning all the same.
    pub fn warnings(&self) -> Vec<String> {
        let mut told = Vec::new();
        let meetings = self.meetings.len();
        if self.no_middle && meetings > 0 {
            told.push(format!(
                "{} {} no place for the review in the middle.",
                count(meetings, "meeting", "meetings"),
                if meetings == 1 { "leaves" } else { "leave" }
            ));
        }
        if self.needed > self.room {
            told.push(format!(
                "The goals need {} and {} of {} free for them: choose fewer goals or a longer programme.",
                count(self.needed, "session", "sessions"),
                self.room,
                count(meetings, "meeting is", "meetings are"),
            ));
        }
        for (goal, given) in &self.short {
            told.push(format!(
                "{}: {given} of {}.",
                goal.name,
                count(usize::from(goal.sessions), "session", "sessions")
            ));
        }
        told
    }
}

/// How many of `room` meetings each goal gets: one each in turn, none more than it needs.
fn share(goals: &[&Goal], mut room: usize) -> Vec<usize> {
    let mut given = vec![0; goals.len()];
    loop {
        let before = room;
        for (goal, count) in goals.iter().zip(&mut given) {
            if room > 0 && *count < usize::from(goal.sessions) {
                *count += 1;
                room -= 1;
            }
        }
        if room == before || room == 0 {
            return given;
        }
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
