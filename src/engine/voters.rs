//! Who has voted: so that nobody votes twice by mistake. It is kept beside the store until the vote is closed and
//! never in it, since an act that said who voted and what came in would say who voted what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::command::book::BookChange;
use crate::command::{Command, Refusal};
use crate::domain::book::poll::Poll;
use crate::domain::id::{CircleId, MemberId, PollId};
use crate::domain::roster::Member;
use crate::domain::state::State;
use crate::engine::Engine;

/// The votes that are open.
pub(crate) type Voters = BTreeMap<PollId, Voted>;

/// Who has voted in one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Voted {
    circle: CircleId,
    people: BTreeSet<MemberId>,
    /// How many ballots were in, with and without a name, when this was looked at last.
    ballots: u32,
}

/// The vote and the people of whom this command brings a ballot.
fn cast(command: &Command) -> Option<(CircleId, PollId, Vec<MemberId>)> {
    let Command::Book { circle, change } = command else {
        return None;
    };
    let BookChange::Cast(poll, ballots) = change else {
        return None;
    };
    let people: Vec<MemberId> = ballots.iter().filter_map(|ballot| ballot.voter).collect();
    (!people.is_empty()).then_some((*circle, *poll, people))
}

fn held(state: &State, circle: CircleId, poll: PollId) -> Option<&Poll> {
    let poll = state.vote(circle, poll)?;
    poll.closed.is_none().then_some(poll)
}

impl Engine {
    /// Refuses the ballot of somebody who has voted, also by making two entries that voted one.
    pub(super) fn votes_again(&self, command: &Command) -> Option<Refusal> {
        if let Command::MergeMembers { from, into, .. } = command {
            let both = |voted: &Voted| [from, into].iter().all(|id| voted.people.contains(id));
            return self.aside.voted.values().any(both).then(|| {
                Refusal::new(
                    "both have voted on the next book and ballots have no names, so none can be taken out; \
                     close the vote first",
                )
            });
        }
        let (_, poll, people) = cast(command)?;
        let voted = self.aside.voted.get(&poll)?;
        let again = people.iter().any(|person| voted.people.contains(person));
        again.then(|| {
            Refusal::new("that person has voted; which ballot is theirs nobody knows, so it stays")
        })
    }

    /// Notes who voted with a command that is carried out.
    pub(super) fn note_voters(&mut self, command: &Command) {
        let Some((circle, poll, people)) = cast(command) else {
            return;
        };
        let Some(ballots) = held(&self.state, circle, poll).map(Poll::ballots_in) else {
            return;
        };
        let voted = self.aside.voted.entry(poll).or_insert_with(|| Voted {
            circle,
            people: BTreeSet::new(),
            ballots,
        });
        voted.people.extend(people);
        voted.ballots = ballots;
        self.keep_aside();
    }

    /// Forgets who voted where the vote is closed or the person gone. When a ballot was taken back nobody knows
    /// whose, so then everybody may vote; there are never more ballots than people.
    pub(super) fn settle_voters(&mut self) {
        if self.aside.voted.is_empty() {
            return;
        }
        let state = &self.state;
        let before = self.aside.voted.clone();
        self.aside.voted.retain(|poll, voted| {
            let Some(held) = held(state, voted.circle, *poll) else {
                return false;
            };
            if held.ballots_in() < voted.ballots {
                voted.people.clear();
            }
            voted.ballots = held.ballots_in();
            let stays = |person: &MemberId| {
                let is_they =
                    |member: &&Member| member.id == *person || member.also.contains(person);
                let they = state.everyone(voted.circle).find(is_they);
                they.map(|member| member.id)
            };
            voted.people = voted.people.iter().filter_map(stays).collect();
            !voted.people.is_empty()
        });
        if self.aside.voted != before {
            self.keep_aside();
        }
    }
}
