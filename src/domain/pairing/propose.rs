//! Whom to put together: fewest repeats over the life of the circle, what it keeps apart and together, and why.

use crate::domain::id::MemberId;
use crate::domain::pairing::search::{Costs, divide};
use crate::domain::pairing::{Groups, History, Reason, Size, Tie};

/// What groups are made from.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Who is there, in the order in which they are shown; each of them once.
    pub people: &'a [MemberId],
    /// How large groups are meant to be.
    pub size: Size,
    /// Who has met whom.
    pub history: &'a History,
    /// Whom the circle keeps apart or together.
    pub ties: &'a [Tie],
}

/// Groups that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who with whom, each group and the groups in the order of the people.
    pub groups: Vec<Vec<MemberId>>,
    /// How often those who are together here were together before, all pairs added up.
    pub repeats: u32,
    /// What there is to know first.
    pub reason: Reason,
}

/// Proposes groups. Pairs that have met least go together; among equals those who met longest ago, then
/// chance from `seed`: the same wish with the same seed gives the same groups.
///
/// Two kept apart are never together, and two kept together never divided, unless there is no other way;
/// apart weighs more. Up to 12 people nothing better exists; beyond, it is a good answer found quickly.
pub fn propose(wish: &Wish<'_>, seed: u64) -> Proposal {
    let groups = wish.size.groups_of(wish.people.len());
    let costs = Costs::new(wish.people, wish.history, wish.ties, seed);
    let mut divided = divide(&costs, groups, seed);
    for group in &mut divided {
        group.sort_unstable();
    }
    divided.retain(|group| !group.is_empty());
    divided.sort_unstable();
    let member = |at: &usize| wish.people.get(*at).copied();
    let groups = divided
        .iter()
        .map(|group| group.iter().filter_map(member).collect())
        .collect();
    judge(groups, wish)
}

/// The groups of a break-out with those who are there now. Who was in none of them joins the smallest, and
/// nobody stays alone.
pub fn again(last: &Groups, wish: &Wish<'_>) -> Proposal {
    let is_here = |member: &&MemberId| wish.people.contains(member);
    let here = |members: &[MemberId]| members.iter().filter(is_here).copied().collect();
    let mut groups: Vec<Vec<MemberId>> = last
        .groups
        .iter()
        .map(|group| here(&group.members))
        .collect();
    let (mut groups, alone): (Vec<_>, Vec<_>) = {
        groups.retain(|group| !group.is_empty());
        groups.into_iter().partition(|group| group.len() > 1)
    };
    let known = |member: &MemberId| last.has(*member);
    let new = wish.people.iter().copied().filter(|m| !known(m));
    let mut loose: Vec<MemberId> = alone.into_iter().flatten().chain(new).collect();
    if groups.is_empty() || loose.len() > 1 && groups.iter().all(|group| group.len() > 2) {
        groups.push(std::mem::take(&mut loose));
    }
    for member in loose {
        if let Some(smallest) = groups.iter_mut().min_by_key(|group| group.len()) {
            smallest.push(member);
        }
    }
    groups.retain(|group| !group.is_empty());
    let proposal = judge(groups, wish);
    let reason = match proposal.reason {
        warning @ (Reason::Nobody
        | Reason::Alone
        | Reason::NotApart(..)
        | Reason::NotTogether(..)) => warning,
        Reason::OneGroup(_)
        | Reason::First
        | Reason::New { .. }
        | Reason::AllMet
        | Reason::Again => Reason::Again,
    };
    Proposal { reason, ..proposal }
}

/// What there is to know of these groups, whoever has made them.
pub fn judge(groups: Vec<Vec<MemberId>>, wish: &Wish<'_>) -> Proposal {
    let together: Vec<(MemberId, MemberId)> =
        groups.iter().flat_map(|group| pairs(group)).collect();
    let times = |(one, other): &(MemberId, MemberId)| wish.history.met(*one, *other).times;
    Proposal {
        repeats: together.iter().map(times).sum(),
        reason: reason(&together, groups.len(), wish),
        groups,
    }
}

fn reason(together: &[(MemberId, MemberId)], groups: usize, wish: &Wish<'_>) -> Reason {
    match wish.people {
        [] => return Reason::Nobody,
        [_] => return Reason::Alone,
        _ => {}
    }
    let are_there = |tie: &&Tie| wish.people.contains(&tie.one) && wish.people.contains(&tie.other);
    let holds = |tie: &Tie| {
        let met = together.iter().any(|(one, other)| tie.is_of(*one, *other));
        met == tie.together
    };
    let broken = || wish.ties.iter().filter(are_there).filter(|tie| !holds(tie));
    if let Some(tie) = broken().find(|tie| !tie.together) {
        return Reason::NotApart(tie.one, tie.other);
    }
    if let Some(tie) = broken().next() {
        return Reason::NotTogether(tie.one, tie.other);
    }
    if groups == 1 && wish.people.len() > 2 {
        return Reason::OneGroup(wish.people.len());
    }
    let never = |(one, other): &&(MemberId, MemberId)| wish.history.met(*one, *other).times == 0;
    if pairs(wish.people).iter().all(|pair| never(&pair)) {
        return Reason::First;
    }
    let mut new = together.iter().filter(never);
    match new.next() {
        Some((one, other)) => Reason::New {
            one: *one,
            other: *other,
            more: new.count(),
        },
        None => Reason::AllMet,
    }
}

fn pairs(group: &[MemberId]) -> Vec<(MemberId, MemberId)> {
    let with_later = |(index, one): (usize, &MemberId)| {
        let others = group.iter().skip(index + 1);
        others.map(|other| (*one, *other)).collect::<Vec<_>>()
    };
    group.iter().enumerate().flat_map(with_later).collect()
}

#[cfg(test)]
mod tests;
