//! Keys about groups: who goes with whom, for how long, what they bring back.

use crate::command::Command;
use crate::domain::floor::FloorMove;
use crate::domain::id::{Key, Kind, MemberId};
use crate::domain::pairing::{Groups, History, Proposal, Size, Wish, again, judge, propose};
use crate::domain::text::{Clean, Limit};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::stage::groups::time_left;
use crate::tui::screen::live::{Asked, LiveScreen, not_started};
use crate::tui::view::{Arg, Reply, Request};

/// What a row of the list does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pick {
    /// Sends these groups out.
    Make(Vec<Vec<MemberId>>),
    /// Proposes others.
    Mix,
    /// Gives or takes minutes, or brings the groups back.
    Time(Option<i16>),
    /// Puts somebody into a group.
    Join(MemberId, usize),
    /// Lists the groups, for a line of one of them.
    Lines,
    /// Asks for the line of a group.
    Report(Key, usize),
    /// Cannot be done, for this reason.
    Not(String),
}

/// What the open list offers, and which groups were proposed and not taken.
#[derive(Debug, Default)]
pub(super) struct Grouping {
    rows: Vec<(String, Pick)>,
    refused: Vec<Vec<Vec<MemberId>>>,
    asking: Option<(Key, usize)>,
}

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn groups(&mut self, arg: &Arg, stage: &Stage<'_>) -> Reply {
        if stage.live.is_none() {
            return not_started(stage.view.keys);
        }
        self.grouping.refused.clear();
        match arg {
            Arg::Text(words) => self.named_groups(words.trim(), stage),
            Arg::None | Arg::Number(_) if stage.groups_out().is_some() => self.list_out(stage),
            Arg::None | Arg::Number(_) => self.list(stage),
        }
    }

    /// `same`, `mix`, `back`, `pairs`, `threes`, `fours`, as typed behind the name of the command.
    fn named_groups(&mut self, words: &str, stage: &Stage<'_>) -> Reply {
        let pick = match words {
            "same" => same(stage).1,
            "back" => Pick::Time(None),
            "mix" => {
                let size = stage.groups_out().map(|(groups, _)| Size::of(groups));
                let size = size.unwrap_or_else(|| stage.group_size());
                made(self.proposed(size, stage))
            }
            _ => match Size::ALL.into_iter().find(|size| size.word() == words) {
                Some(size) => made(self.proposed(size, stage)),
                None => {
                    Pick::Not("groups takes pairs, threes, fours, same, mix or back".to_owned())
                }
            },
        };
        self.do_pick(pick, stage)
    }

    /// What can be done while no groups are out.
    fn list(&mut self, stage: &Stage<'_>) -> Reply {
        let mut rows: Vec<(String, Pick)> = Vec::new();
        let mut selected = None;
        if let Some(last) = stage.last_groups() {
            let missing = last.groups.iter().position(|group| group.report.is_none());
            let anew = stage.wants_groups() && stage.block().is_some_and(|b| b.id != last.block);
            selected = missing.filter(|_| !anew);
            rows.extend(lines(last, stage));
        }
        let size = stage.group_size();
        let mut reason = String::new();
        let here = stage.present().len();
        for offered in Size::ALL {
            let shown = offered.same_as(size, here);
            let proposal = self.proposed(shown, stage);
            let groups = if shown == offered {
                in_words(&proposal.groups, stage)
            } else {
                format!("the same as {} for {here} people", shown.word())
            };
            if offered == size {
                let at = rows.len();
                selected = selected.or(Some(at));
                reason = why(&proposal, offered, stage);
            }
            rows.push((format!("{:<7}{groups}", offered.word()), made(proposal)));
        }
        rows.push(same(stage));
        rows.push(("mix again".to_owned(), Pick::Mix));
        let minutes = stage.group_minutes();
        self.offer(
            format!("Groups for {minutes} min: {reason}"),
            rows,
            selected,
        )
    }

    /// What can be done while groups are out.
    fn list_out(&mut self, stage: &Stage<'_>) -> Reply {
        let Some((groups, left)) = stage.groups_out() else {
            return self.list(stage);
        };
        let over = left.shown_secs() <= 0;
        let mut rows = Vec::new();
        let mut selected = None;
        // They report: their lines come first, and the first line brings everybody back.
        if stage.groups_report() {
            rows = lines(groups, stage);
            selected = groups
                .groups
                .iter()
                .position(|group| group.report.is_none());
        }
        let back = rows.len() + 2;
        rows.extend([
            ("one more minute".to_owned(), Pick::Time(Some(1))),
            ("one minute less".to_owned(), Pick::Time(Some(-1))),
            ("back together".to_owned(), Pick::Time(None)),
            ("mix again, now".to_owned(), {
                made(self.proposed(Size::of(groups), stage))
            }),
            ("a line of a group".to_owned(), Pick::Lines),
        ]);
        debug_assert_eq!(
            rows.len() + 1,
            stage.late_row(groups),
            "the pane of the groups names this row"
        );
        if let Some(smallest) = groups.smallest(|id| stage.is_here(id)) {
            rows.extend(stage.without_group(groups).into_iter().map(|member| {
                let with = groups.groups.get(smallest);
                let with = with.map_or_else(String::new, |g| stage.group_names(&g.members));
                let name = stage.short(member);
                let words = format!("{name} joins group {}: {with}", smallest + 1);
                (words, Pick::Join(member.id, smallest))
            }));
        }
        let title = format!("Groups: {}", time_left(left));
        self.offer(title, rows, selected.or(over.then_some(back)))
    }

    fn offer(
        &mut self,
        title: String,
        rows: Vec<(String, Pick)>,
        selected: Option<usize>,
    ) -> Reply {
        let words = rows.iter().map(|(words, _)| words.clone()).collect();
        self.grouping.rows = rows;
        Asked::Groups.list_at(selected.unwrap_or(0), title, words)
    }

    /// A row of the list was picked.
    pub(super) fn picked_groups(&mut self, row: usize, stage: &Stage<'_>) -> Reply {
        match self.grouping.rows.get(row) {
            Some((_, pick)) => self.do_pick(pick.clone(), stage),
            None => Reply::Handled,
        }
    }

    fn do_pick(&mut self, pick: Pick, stage: &Stage<'_>) -> Reply {
        match pick {
            Pick::Make(groups) => {
                let minutes = stage.group_minutes();
                let make = Request::Submit(Command::MakeGroups { groups, minutes });
                // Whoever spoke has finished: nobody has the floor while groups are out.
                let floor = stage.speaker().map(|_| Request::Floor(FloorMove::Nobody));
                Reply::Do([make].into_iter().chain(floor).collect())
            }
            Pick::Mix => {
                let shown = self
                    .grouping
                    .rows
                    .iter()
                    .filter_map(|(_, pick)| match pick {
                        Pick::Make(groups) => Some(groups.clone()),
                        _ => None,
                    });
                let shown: Vec<_> = shown.take(Size::ALL.len()).collect();
                self.grouping.refused.extend(shown);
                self.list(stage)
            }
            Pick::Time(minutes) => Reply::submit(Command::GroupTime { minutes }),
            Pick::Join(member, group) => Reply::submit(Command::JoinGroup { member, group }),
            Pick::Lines => match stage.groups_out() {
                Some((groups, _)) => {
                    let title = "A line of which group?".to_owned();
                    self.offer(title, lines(groups, stage), None)
                }
                None => Reply::Handled,
            },
            Pick::Report(key, group) => {
                let asked = self.ask_report(key, group, stage);
                match asked {
                    Reply::Ask(ask) if stage.groups_report() && stage.groups_out().is_some() => {
                        let back = Request::Submit(Command::GroupTime { minutes: None });
                        Reply::Do(vec![back, Request::Line(ask)])
                    }
                    asked => asked,
                }
            }
            Pick::Not(words) => Reply::Refuse(words),
        }
    }

    fn ask_report(&mut self, key: Key, group: usize, stage: &Stage<'_>) -> Reply {
        let id = crate::domain::id::GroupsId(key.id);
        let groups = stage.view.state.break_out(stage.circle.id, id);
        let Some(found) = groups.and_then(|groups| groups.groups.get(group)) else {
            return Reply::Refuse("those groups are gone".to_owned());
        };
        self.grouping.asking = Some((key, group));
        let names = stage.group_names(&found.members);
        let label = format!("Group {}, {names}", group + 1);
        let line = found.report.as_ref().map_or("", |line| line.as_str());
        Asked::Report.line(&label, line, "one line of what they bring back")
    }

    /// The line of a group was typed.
    pub(super) fn typed_report(&self, text: &str) -> Reply {
        let Some((groups, group)) = self.grouping.asking else {
            return Reply::Ignored;
        };
        match Clean::line_within(text, Limit::Note) {
            Ok(report) => Reply::submit(Command::GroupReport {
                groups,
                group,
                report,
            }),
            Err(why) => Reply::Refuse(why.to_string()),
        }
    }

    /// Groups of this size; those that were proposed before and not taken count as if they had met.
    fn proposed(&self, size: Size, stage: &Stage<'_>) -> Proposal {
        let people = stage.present();
        let history = History::of(stage.view.state.break_outs(stage.circle.id));
        let wish = Wish {
            people: &people,
            size,
            history: &history,
            ties: &stage.circle.ties,
        };
        let mut all = history.clone();
        for groups in &self.grouping.refused {
            all.add(groups.iter().map(Vec::as_slice));
        }
        let mixes = self.grouping.refused.len() as u64;
        let made = propose(
            &Wish {
                history: &all,
                ..wish
            },
            stage.session.seed().wrapping_add(mixes),
        );
        judge(made.groups, &wish)
    }
}

/// Sends the groups of a proposal out, or says why there are none.
fn made(proposal: Proposal) -> Pick {
    if proposal.groups.concat().len() < 2 {
        return Pick::Not("groups need two people who are here".to_owned());
    }
    Pick::Make(proposal.groups)
}

/// The row that makes the groups of last time again.
fn same(stage: &Stage<'_>) -> (String, Pick) {
    let outs = stage.view.state.break_outs(stage.circle.id);
    let Some(last) = outs.max_by_key(|groups| groups.at) else {
        let words = "there were no groups yet".to_owned();
        return ("same as last time (none yet)".to_owned(), Pick::Not(words));
    };
    let (people, history) = (stage.present(), History::default());
    let wish = Wish {
        people: &people,
        size: Size::of(last),
        history: &history,
        ties: &stage.circle.ties,
    };
    let proposal = again(last, &wish);
    let words = format!("{:<7}{}", "same", in_words(&proposal.groups, stage));
    (words, made(proposal))
}

/// A row for each group of a break-out, which asks for its line.
fn lines(groups: &Groups, stage: &Stage<'_>) -> Vec<(String, Pick)> {
    let key = Key::circle(stage.circle.id, Kind::Groups, groups.id.0);
    let row = |(index, group): (usize, &crate::domain::pairing::Group)| {
        let names = stage.group_names(&group.members);
        let line = match &group.report {
            Some(line) => format!("  \"{line}\""),
            None => "  no line yet".to_owned(),
        };
        let words = format!("group {}: {names}{line}", index + 1);
        (words, Pick::Report(key, index))
    };
    groups.groups.iter().enumerate().map(row).collect()
}

/// `Ana, Jun / Mei, Tom`.
fn in_words(groups: &[Vec<MemberId>], stage: &Stage<'_>) -> String {
    let names: Vec<String> = groups.iter().map(|g| stage.group_names(g)).collect();
    names.join(" / ")
}

fn why(proposal: &Proposal, size: Size, stage: &Stage<'_>) -> String {
    proposal
        .reason
        .words(size, &|member| stage.short_of(member))
}

#[cfg(test)]
mod tests;
