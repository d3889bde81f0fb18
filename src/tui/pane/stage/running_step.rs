//! The running step: who may speak, how long it has, and what is written down in it.

use crate::command::id::CommandId;
use crate::domain::agenda::Step;
use crate::domain::clock::Span;
use crate::domain::format::{Captures, Mode};
use crate::domain::item::{Action, Note, Owner, Parked};
use crate::domain::roster::Member;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written::{self, Item};
use crate::tui::say;

/// The rows of a step that stand where the prompt does otherwise.
#[derive(Clone, Debug)]
pub enum StepRows<'a> {
    /// Everybody who is here, with what they took on in this block, newest first.
    Each(Vec<(&'a Member, Vec<&'a Action>)>),
    /// The topics that were written down in this block, oldest first.
    Topics(Vec<&'a Parked>),
    /// The words that were noted for the circle in this block, oldest first.
    Words(Vec<&'a Note>),
    /// What was written down in this session: actions, decisions, parked items, each oldest first.
    ReadBack(Vec<Item<'a>>),
}

impl<'a> Stage<'a> {
    /// The running step, once the session runs.
    pub fn running_step(&self) -> Option<&'a Step> {
        self.live.and_then(|_| self.step())
    }

    /// What is left of the running step; negative when it took longer.
    pub fn step_left(&self) -> Option<Span> {
        self.live?.step_left(self.block()?, self.view.now)
    }

    /// Whether everybody rests now.
    pub fn rests(&self) -> bool {
        let step = self.live.map_or(0, |live| live.step);
        self.block().is_some_and(|block| block.rests(step))
    }

    /// How many people are here.
    pub fn here(&self) -> usize {
        let here = self.members.iter().filter(|member| self.is_here(member.id));
        here.count()
    }

    /// What to do instead where too few people are here: in the running block, before the start in the
    /// first one that lacks people.
    pub fn too_few(&self) -> Option<String> {
        let here = self.here();
        if self.live.is_some() {
            return self.block()?.too_few(here);
        }
        self.session
            .blocks
            .iter()
            .find_map(|block| block.too_few(here))
    }

    /// Who may speak in the running step and how, in words; empty where anybody may.
    pub fn mode_words(&self) -> String {
        let Some(step) = self.running_step() else {
            return String::new();
        };
        // In a round that goes on, what each has left; the plan only before that.
        let planned = || step.each.map(|secs| Span::from_secs(secs.into()));
        let going = self.round().filter(|_| step.mode == Mode::Round);
        let each = match going {
            Some(round) => round.each(),
            None => planned(),
        };
        let each = each.map(say::passed);
        let with_each = |words: &str| match &each {
            Some(each) => format!("{words}, {each} each"),
            None => words.to_owned(),
        };
        let key = |id| self.view.keys.of(id);
        match step.mode {
            Mode::Open => String::new(),
            Mode::Seat => {
                let lead = self.block().and_then(|block| block.lead);
                match lead.and_then(|lead| self.person(lead)) {
                    Some(lead) => format!("{} speaks, all listen", self.short(lead)),
                    None => "one speaks, all listen".to_owned(),
                }
            }
            Mode::Questions => "questions only".to_owned(),
            Mode::Round => with_each("in turn"),
            Mode::Silent => "silent".to_owned(),
            Mode::Groups if self.groups_out().is_some() => String::new(),
            Mode::Groups => format!("{} makes groups", key(CommandId::Groups)),
            Mode::Report => with_each("group by group"),
            Mode::Vote => format!("{} counts votes", key(CommandId::Rate)),
            Mode::Rate => format!("{} counts the rating", key(CommandId::Rate)),
            Mode::ReadBack => format!("{} reads the next row", key(CommandId::NextPrompt)),
            Mode::Rest => "a pause for all".to_owned(),
        }
    }

    /// The rows that the running step is about, if it is about rows.
    pub fn step_rows(&self) -> Option<StepRows<'a>> {
        let step = self.running_step()?;
        if step.mode == Mode::ReadBack {
            return Some(StepRows::ReadBack(self.read_back()));
        }
        match step.captures? {
            Captures::ActionEach => Some(StepRows::Each(self.taken_on())),
            Captures::Topics => Some(StepRows::Topics(self.topics())),
            Captures::Words => Some(StepRows::Words(self.words())),
            Captures::Action | Captures::Decision | Captures::Reports | Captures::Notes => None,
        }
    }

    /// Those who are here and took nothing on in a step in which everyone takes something on.
    pub fn without_action(&self) -> Vec<&'a Member> {
        let Some(StepRows::Each(rows)) = self.step_rows() else {
            return Vec::new();
        };
        let empty = rows.into_iter().filter(|(_, actions)| actions.is_empty());
        empty.map(|(member, _)| member).collect()
    }

    fn taken_on(&self) -> Vec<(&'a Member, Vec<&'a Action>)> {
        let block = self.block().map(|block| block.id);
        let mut written: Vec<&Action> = self
            .view
            .state
            .actions(self.circle.id)
            .filter(|action| action.trashed.is_none() && action.origin.block == block)
            .collect();
        written.sort_by_key(|action| std::cmp::Reverse(action.number));
        let of = |member: &'a Member| {
            let theirs = written.iter().copied();
            let theirs = theirs.filter(|action| action.owner == Owner::Member(member.id));
            (member, theirs.collect())
        };
        let people = self.members.iter().copied();
        people
            .filter(|member| self.is_here(member.id))
            .map(of)
            .collect()
    }

    fn topics(&self) -> Vec<&'a Parked> {
        let block = self.block().map(|block| block.id);
        let mut rows: Vec<&Parked> = self
            .view
            .state
            .parked(self.circle.id)
            .filter(|parked| parked.trashed.is_none() && parked.origin.block == block)
            .collect();
        rows.sort_by_key(|parked| parked.number);
        rows
    }

    fn read_back(&self) -> Vec<Item<'a>> {
        let mut rows = written::items(&self.view, self.circle.id, self.session.id);
        rows.reverse();
        let place = |row: &Item<'_>| match row {
            Item::Action(_) => Some(0),
            Item::Decision(_) => Some(1),
            Item::Parked(_) => Some(2),
            Item::Note(_) => None,
        };
        rows.retain(|row| place(row).is_some());
        rows.sort_by_key(place);
        rows
    }
}
