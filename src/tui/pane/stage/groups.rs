//! Groups as the panes see them: which are out, for how long, and who stands beside them.

use crate::domain::agenda::{BlockKind, Step};
use crate::domain::clock::Span;
use crate::domain::format::Mode;
use crate::domain::id::MemberId;
use crate::domain::pairing::{Groups, Size};
use crate::domain::roster::Member;
use crate::tui::pane::stage::Stage;
use crate::tui::say;

/// Minutes of groups where no step says how many.
const USUAL_MINUTES: u16 = 5;

/// The number, in the list of what can be done with groups that are out, of the row that puts a latecomer into one.
const LATE: usize = 6;

impl<'a> Stage<'a> {
    /// The groups that are out, and the time they have left; negative when they should be back.
    pub fn groups_out(&self) -> Option<(&'a Groups, Span)> {
        let live = self.live?;
        let left = live.groups_left(self.view.now)?;
        let groups = self.view.state.break_out(self.circle.id, live.groups?.id)?;
        Some((groups, left))
    }

    /// The last break-out of this session, as long as its block or the one behind it runs.
    pub fn last_groups(&self) -> Option<&'a Groups> {
        let id = self.session.id;
        let last = self.view.state.break_outs(self.circle.id);
        let last = last
            .filter(|groups| groups.session == id)
            .max_by_key(|groups| groups.at)?;
        let blocks = &self.session.blocks;
        let block = blocks.iter().position(|block| block.id == last.block)?;
        (block <= self.block_index() && self.block_index() <= block + 1).then_some(last)
    }

    /// Everybody who is there, by label.
    pub fn present(&self) -> Vec<MemberId> {
        let here = self.members.iter().filter(|m| self.is_here(m.id));
        here.map(|member| member.id).collect()
    }

    /// Who is there and in none of these groups.
    pub fn without_group(&self, groups: &Groups) -> Vec<&'a Member> {
        let members = self.members.iter().copied();
        members
            .filter(|member| self.is_here(member.id) && !groups.has(member.id))
            .collect()
    }

    /// Whether the running step or block is one for groups.
    pub fn wants_groups(&self) -> bool {
        let step = self.step().is_some_and(|step| step.mode == Mode::Groups);
        self.live.is_some() && (step || self.kind() == BlockKind::Pairs)
    }

    /// Whether the running step is the one in which groups report.
    pub fn groups_report(&self) -> bool {
        self.live.is_some() && self.step().is_some_and(|step| step.mode == Mode::Report)
    }

    /// Where the list of what can be done while groups are out puts whoever came late into one of them.
    pub fn late_row(&self, groups: &Groups) -> usize {
        // Where they report, the lines of the groups come first.
        LATE + if self.groups_report() {
            groups.groups.len()
        } else {
            0
        }
    }

    /// The size of groups that the step or the block asks for, else that of last time.
    pub fn group_size(&self) -> Size {
        let said = self.step().and_then(Size::of_step);
        let block = (self.kind() == BlockKind::Pairs).then_some(Size::Pairs);
        let last = || {
            self.view
                .state
                .break_outs(self.circle.id)
                .last()
                .map(Size::of)
        };
        said.or(block).or_else(last).unwrap_or_default()
    }

    /// Minutes that groups are given when nobody says otherwise: what the running step has left, with the steps
    /// right behind it in which the same groups stay out.
    pub fn group_minutes(&self) -> u16 {
        let left = || {
            let (step, live) = (self.step()?, self.live?);
            let spent = self.elapsed() - live.step_entered;
            let stays = |next: &&Step| {
                let other = Size::of_step(next).is_some_and(|size| size != self.group_size());
                step.mode == Mode::Groups && next.mode == Mode::Groups && !other
            };
            let behind = self.block()?.steps.iter().skip(live.step + 1);
            let stay: u16 = behind.take_while(stays).map(|step| step.minutes).sum();
            let left = Span::from_minutes(i64::from(step.minutes + stay)) - spent;
            let minutes = (left.shown_secs() + 59) / 60;
            u16::try_from(minutes).ok().filter(|minutes| *minutes > 0)
        };
        left().unwrap_or(USUAL_MINUTES)
    }

    /// The short names of a group; whoever has left meanwhile is marked.
    pub fn group_names(&self, members: &[MemberId]) -> String {
        let name = |id: &MemberId| {
            let name = self.short_of(*id);
            if self.is_here(*id) {
                name
            } else {
                format!("{name} (away)")
            }
        };
        members.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// The short name of a person by id.
    pub fn short_of(&self, id: MemberId) -> String {
        self.person(id).map_or_else(
            || crate::domain::names::FORMER.to_owned(),
            |member| self.short(member),
        )
    }
}

/// The time that groups have left, in whole minutes, in the last one to the second.
pub fn time_left(left: Span) -> String {
    match left.shown_secs() {
        ..=0 => "time to come back".to_owned(),
        secs @ 1..=59 => format!("{} left", say::passed(Span::from_secs(secs))),
        secs => format!("{} min left", (secs + 59) / 60),
    }
}
