//! The search for the groups that cost least: exact for few people, by exchange for many.

use crate::domain::clock::Moment;
use crate::domain::id::{Ids, MemberId};
use crate::domain::pairing::{History, Tie};

/// Up to so many people every division is weighed.
const EXACT: usize = 12;
/// How often the exchange begins anew, up to [`SOME`] people; with more it is slower each time.
const TRIES: usize = 60;
const SOME: usize = 24;
const FEW_TRIES: usize = 6;

/// Weights, so far apart that what stands higher always decides: two kept apart who are not, two kept
/// together who are not, how often people have met, how lately, and chance.
const APART: u128 = 1 << 112;
const SPLIT: u128 = 1 << 96;
const REPEAT: u128 = 1 << 64;
const RECENT: u128 = 1 << 32;
const CHANCE_BITS: u32 = 16;

/// What it costs to have people together, by their place in the list of people.
pub(super) struct Costs {
    pairs: Vec<Vec<u128>>,
    partners: Vec<Vec<usize>>,
}

impl Costs {
    pub(super) fn new(people: &[MemberId], history: &History, ties: &[Tie], seed: u64) -> Self {
        let count = people.len();
        let mut chance = Ids::new(Moment::from_millis(0), seed);
        let mut pairs = vec![vec![0; count]; count];
        let mut partners = vec![Vec::new(); count];
        for (at, one) in people.iter().enumerate() {
            for (to, other) in people.iter().enumerate().skip(at + 1) {
                let met = history.met(*one, *other);
                let mut cost = u128::from(met.times) * REPEAT + u128::from(met.last) * RECENT;
                cost += u128::from(chance.draw() >> (u64::BITS - CHANCE_BITS));
                for tie in ties.iter().filter(|tie| tie.is_of(*one, *other)) {
                    if tie.together {
                        partners[at].push(to);
                        partners[to].push(at);
                    } else {
                        cost += APART;
                    }
                }
                pairs[at][to] = cost;
                pairs[to][at] = cost;
            }
        }
        Self { pairs, partners }
    }

    /// What one group costs. Two kept together and divided count once in each of their groups.
    fn group(&self, group: &[usize]) -> u128 {
        let mut cost = 0;
        for (index, one) in group.iter().enumerate() {
            let others = group.iter().skip(index + 1);
            cost += others.map(|other| self.pairs[*one][*other]).sum::<u128>();
            cost += self.split(*one, |partner| group.contains(&partner));
        }
        cost
    }

    fn split(&self, one: usize, is_there: impl Fn(usize) -> bool) -> u128 {
        let partners = self.partners[one].iter();
        let missing = partners.filter(|partner| !is_there(**partner)).count();
        SPLIT * missing as u128
    }
}

/// Divides people `0..count` into `groups` groups whose sizes differ by at most one.
pub(super) fn divide(costs: &Costs, groups: usize, seed: u64) -> Vec<Vec<usize>> {
    let count = costs.pairs.len();
    if groups < 2 {
        return vec![(0..count).collect()];
    }
    if count <= EXACT {
        exact(costs, groups)
    } else {
        exchange(costs, groups, seed)
    }
}

/// What remains of the people, as bits, and how many of the larger groups are still to be made.
type Rest = (usize, usize);

/// Every division, each rest weighed once.
struct Exact<'a> {
    costs: &'a Costs,
    small: usize,
    larger: usize,
    /// For each rest the least cost and the group that it begins with.
    known: Vec<Option<(u128, usize)>>,
}

fn exact(costs: &Costs, groups: usize) -> Vec<Vec<usize>> {
    let count = costs.pairs.len();
    let (small, larger) = (count / groups, count % groups);
    let mut search = Exact {
        costs,
        small,
        larger,
        known: vec![None; (1 << count) * (larger + 1)],
    };
    let mut rest = ((1 << count) - 1, larger);
    let mut found = Vec::with_capacity(groups);
    while rest.0 != 0 {
        let (_, group) = search.best(rest);
        found.push((0..count).filter(|one| group & (1 << one) != 0).collect());
        rest = search.without(rest, group);
    }
    found
}

impl Exact<'_> {
    const fn without(&self, (people, larger): Rest, group: usize) -> Rest {
        let is_larger = group.count_ones() as usize > self.small;
        (people & !group, larger - is_larger as usize)
    }

    fn best(&mut self, rest: Rest) -> (u128, usize) {
        let (people, larger) = rest;
        if people == 0 {
            return (0, 0);
        }
        let place = people * (self.larger + 1) + larger;
        if let Some(known) = self.known[place] {
            return known;
        }
        let mut groups = Vec::new();
        // Whoever comes first is in some group: only groups with them are a first group.
        let first = people.trailing_zeros() as usize;
        let others = people & !(1 << first);
        if people.count_ones() as usize > larger * (self.small + 1) {
            self.grow((1 << first, 0), others, self.small - 1, &mut groups);
        }
        if larger > 0 {
            self.grow((1 << first, 0), others, self.small, &mut groups);
        }
        let mut least = (u128::MAX, 0);
        for (group, cost) in groups {
            let cost = cost + self.divided(group);
            if cost < least.0 {
                let (after, _) = self.best(self.without(rest, group));
                least = least.min((cost + after, group));
            }
        }
        self.known[place] = Some(least);
        least
    }

    /// Adds `more` of the `others` to a group, in every way.
    fn grow(
        &self,
        (group, cost): (usize, u128),
        others: usize,
        more: usize,
        into: &mut Vec<(usize, u128)>,
    ) {
        if more == 0 {
            into.push((group, cost));
            return;
        }
        let mut left = others;
        while left.count_ones() as usize >= more {
            let one = left.trailing_zeros() as usize;
            left &= left - 1;
            let added: u128 = bits(group).map(|other| self.costs.pairs[one][other]).sum();
            self.grow((group | 1 << one, cost + added), left, more - 1, into);
        }
    }

    fn divided(&self, group: usize) -> u128 {
        let split = |one| self.costs.split(one, |partner| group & (1 << partner) != 0);
        bits(group).map(split).sum()
    }
}

fn bits(group: usize) -> impl Iterator<Item = usize> {
    let mut left = group;
    std::iter::from_fn(move || {
        let one = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(one)
    })
}

/// Begins with chance and exchanges two people as long as that costs less; the best of several.
fn exchange(costs: &Costs, groups: usize, seed: u64) -> Vec<Vec<usize>> {
    let count = costs.pairs.len();
    let mut chance = Ids::new(Moment::from_millis(0), !seed);
    let tries = if count <= SOME { TRIES } else { FEW_TRIES };
    let attempt = |_| {
        let mut division = deal(count, groups, &mut chance);
        while improve(costs, &mut division) {}
        let cost: u128 = division.iter().map(|group| costs.group(group)).sum();
        (cost, division)
    };
    let best = (0..tries).map(attempt).min();
    best.map(|(_, division)| division).unwrap_or_default()
}

/// Deals people to groups like cards.
fn deal(count: usize, groups: usize, chance: &mut Ids) -> Vec<Vec<usize>> {
    let mut cards: Vec<(u64, usize)> = (0..count).map(|one| (chance.draw(), one)).collect();
    cards.sort_unstable();
    let mut division = vec![Vec::new(); groups];
    for (place, (_, one)) in cards.into_iter().enumerate() {
        division[place % groups].push(one);
    }
    division
}

/// Exchanges the first two people that cost less the other way round. Whether there were any.
fn improve(costs: &Costs, division: &mut [Vec<usize>]) -> bool {
    for here in 0..division.len() {
        for there in here + 1..division.len() {
            for one in 0..division[here].len() {
                for other in 0..division[there].len() {
                    let (mut a, mut b) = (division[here].clone(), division[there].clone());
                    let before = costs.group(&a) + costs.group(&b);
                    std::mem::swap(&mut a[one], &mut b[other]);
                    if costs.group(&a) + costs.group(&b) < before {
                        (division[here], division[there]) = (a, b);
                        return true;
                    }
                }
            }
        }
    }
    false
}
