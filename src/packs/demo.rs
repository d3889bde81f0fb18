//! The demo as data: circles, people, a session that is already running. Nothing here makes a store;
//! times are relative to the start of the running session, days to its date.

mod book;

use chrono::Weekday;
use serde::Deserialize;

use crate::domain::question::DraftQuestion;
use crate::domain::template::{BlockKind, BlockPlan};
use crate::domain::text::Clean;

pub use book::{DemoBook, DemoQuestion, DemoQuote};

const DEMO: &str = include_str!("demo.toml");
const HARD: &str = include_str!("demo-hard.toml");

/// Which names the people of the demo have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// Names that every terminal draws alike.
    #[default]
    Friendly,
    /// Wide, combining, emoji and right-to-left names.
    Hard,
}

/// Everything that the demo shows. The first circle has the running session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The circles; at least one.
    #[serde(rename = "circle")]
    pub circles: Vec<DemoCircle>,
}

/// A circle.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoCircle {
    /// Its name.
    pub name: Clean,
    /// What it is for.
    pub about: Clean,
    /// When it meets, in the words of the form for a new circle; see [`DemoCircle::meets_on`].
    meets: Clean,
    /// Length of a session.
    pub minutes: u16,
    /// Days until its next session; absent where one is running.
    #[serde(default)]
    pub next_days: Option<i64>,
    /// The template that its next session is planned by.
    #[serde(default)]
    pub plan: Option<String>,
    /// What it reads.
    #[serde(default)]
    pub book: Option<DemoBook>,
    /// Who runs circlet: a number of a person, from 1.
    pub me: usize,
    /// Its people. Everywhere below, a person is a number in this list, from 1.
    #[serde(rename = "person")]
    pub people: Vec<DemoPerson>,
    /// Actions from before the running session.
    #[serde(default, rename = "action")]
    pub actions: Vec<DemoAction>,
    /// The sessions before, oldest first.
    #[serde(default)]
    pub past: Vec<DemoPast>,
    /// The running session.
    #[serde(default)]
    pub live: Option<DemoLive>,
}

/// A member.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPerson {
    /// The full name.
    pub name: Clean,
    /// The role, where there is one.
    #[serde(default)]
    pub role: Option<Clean>,
    /// Takes part by phone.
    #[serde(default)]
    pub phone: bool,
    /// Is away from the running session.
    #[serde(default)]
    pub away: bool,
}

/// An action of an earlier session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAction {
    /// Its number: 9 is `A9`.
    pub number: u32,
    /// What is to be done.
    pub text: Clean,
    /// Who does it; absent for nobody yet, or with `all`.
    #[serde(default)]
    pub owner: Option<usize>,
    /// Everybody does it.
    #[serde(default)]
    pub all: bool,
    /// When it is due, in days from the running session; negative is late.
    #[serde(default)]
    pub due_days: Option<i64>,
    /// How many days ago it was written down.
    pub age_days: i64,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// Is done.
    #[serde(default)]
    pub done: bool,
    /// How many days ago it was done.
    #[serde(default = "lately")]
    pub closed_days: i64,
    /// What it waits for.
    #[serde(default)]
    pub waits: Option<Clean>,
}

/// Done after the session before, where nothing else is said.
const fn lately() -> i64 {
    3
}

/// A session before the running one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPast {
    /// Its number.
    pub number: u32,
    /// How many days ago.
    pub days_ago: i64,
    /// Its planned length.
    pub minutes: u16,
    /// Who came.
    pub present: Vec<usize>,
    /// What happened.
    #[serde(rename = "block")]
    pub blocks: Vec<DemoPastBlock>,
    /// What was written down.
    #[serde(default, rename = "item")]
    pub items: Vec<DemoItem>,
}

/// A finished block.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPastBlock {
    /// Its name.
    pub title: Clean,
    /// What happened in it.
    pub kind: BlockKind,
    /// Planned minutes.
    pub minutes: u16,
    /// How long it took, in seconds.
    pub took_secs: u32,
    /// What was asked in it.
    #[serde(default)]
    pub asked: Vec<DemoAsked>,
}

/// A question of the starter bank that was put to the room.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAsked {
    /// Its words, as the bank has them.
    pub text: Clean,
    /// How well it went, from 1 to 5, if that was said.
    #[serde(default)]
    pub points: Option<u8>,
}

/// The running session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoLive {
    /// Its number.
    pub number: u32,
    /// Its planned length.
    pub minutes: u16,
    /// The plan.
    #[serde(rename = "block")]
    pub blocks: Vec<BlockPlan>,
    /// How long each finished block took, in seconds; the next block is the running one.
    pub done_secs: Vec<u32>,
    /// How long the running block has run, in seconds.
    pub now_secs: u32,
    /// The prompts of the running block.
    #[serde(rename = "question")]
    pub questions: Vec<DraftQuestion>,
    /// Which prompt is shown, from 1; those before it were asked.
    pub prompt: usize,
    /// What the other blocks ask; what stands in a finished one was asked.
    pub asks: Vec<DemoAsks>,
    /// Who speaks.
    pub floor: usize,
    /// For how long, in seconds; part of their speaking time below.
    pub floor_secs: u32,
    /// Who waits to speak, in order.
    pub hands: Vec<usize>,
    /// Speaking time until now.
    #[serde(rename = "turn")]
    pub turns: Vec<DemoTurns>,
    /// What was written down, in order.
    #[serde(rename = "item")]
    pub items: Vec<DemoItem>,
}

/// A question of the starter bank in another block than the running one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAsks {
    /// Which block, from 1.
    pub block: usize,
    /// Its words, as the bank has them.
    pub text: Clean,
}

/// How much one person has spoken.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoTurns {
    /// Who.
    pub person: usize,
    /// How often.
    pub turns: u32,
    /// How long in all, in seconds.
    pub secs: u32,
}

/// What kind of thing was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// An action.
    Action,
    /// A decision.
    Decision,
    /// A note.
    Note,
    /// A parked item.
    Parked,
}

/// Who may read a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DemoAudience {
    /// The facilitator.
    Me,
    /// The circle.
    #[default]
    Circle,
}

/// Something written down in a session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoItem {
    /// What kind of thing.
    pub kind: ItemKind,
    /// Its number among those of its kind.
    pub number: u32,
    /// Its text.
    pub text: Clean,
    /// When, in seconds from the start of its session.
    pub at_secs: u32,
    /// Who owns an action.
    #[serde(default)]
    pub owner: Option<usize>,
    /// Who said or raised it.
    #[serde(default)]
    pub by: Option<usize>,
    /// When an action is due, in days from the running session.
    #[serde(default)]
    pub due_days: Option<i64>,
    /// An action is due at the next session.
    #[serde(default)]
    pub next_session: bool,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// An action is done.
    #[serde(default)]
    pub done: bool,
    /// Who may read it.
    #[serde(default)]
    pub audience: DemoAudience,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HardNames {
    names: Vec<Clean>,
}

/// The demo with the names that are wanted.
pub fn demo(names: Names) -> Demo {
    let mut demo: Demo = toml::from_str(DEMO).expect("the demo is part of the program and tested");
    if names == Names::Hard {
        let hard: HardNames =
            toml::from_str(HARD).expect("the hard names are part of the program and tested");
        if let Some(circle) = demo.circles.first_mut() {
            for (person, name) in circle.people.iter_mut().zip(hard.names) {
                person.name = name;
            }
        }
    }
    for circle in &mut demo.circles {
        circle.name_people();
    }
    demo
}

impl DemoCircle {
    /// When it meets, where its sessions are on this day of the week.
    pub fn meets_on(&self, weekday: Weekday) -> String {
        self.meets.replace("{weekday}", &weekday.to_string())
    }

    /// Puts first names in the place of `{1}` in what was written down.
    fn name_people(&mut self) {
        let firsts: Vec<String> = self
            .people
            .iter()
            .map(|person| person.name.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        let past = self.past.iter_mut().flat_map(|past| &mut past.items);
        let live = self.live.iter_mut().flat_map(|live| &mut live.items);
        for item in past.chain(live) {
            for (place, first) in firsts.iter().enumerate() {
                let named = item.text.replace(&format!("{{{}}}", place + 1), first);
                item.text = Clean::line(&named);
            }
        }
    }
}

#[cfg(test)]
mod tests;
