//! The time of groups that are out, beside that of the block. It warns and it ends; nobody is brought back.

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::id::GroupsId;
use crate::domain::live::{Effect, Live};

/// How long before their end groups are warned.
const WARN: Span = Span::from_minutes(1);

/// The time that groups have, beside that of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTime {
    /// The break-out it belongs to.
    pub id: GroupsId,
    /// Session time at which they come back.
    pub ends: Span,
    /// How long they have, with minutes given and taken.
    pub length: Span,
}

impl Live {
    /// Time left for the groups that are out; negative when they should be back. `None` while none are.
    pub fn groups_left(&self, now: Moment) -> Option<Span> {
        Some(self.groups?.ends - self.clock.elapsed(now))
    }
}

/// Which signals the groups were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GroupWatch {
    /// Whether anything was seen yet: what has passed before is not signalled.
    watching: bool,
    seen: Option<(GroupTime, bool, bool)>,
}

impl GroupWatch {
    /// The signal that is due now, if one is. Groups that were given minutes are signalled again.
    pub(super) fn signal(&mut self, live: &Live, at: Moment) -> Option<Effect> {
        let first = !std::mem::replace(&mut self.watching, true);
        let (Some(time), Some(left)) = (live.groups, live.groups_left(at)) else {
            self.seen = None;
            return None;
        };
        let near = left <= WARN && time.length > WARN;
        let over = left <= Span::ZERO;
        let (warned, rang) = match self.seen {
            Some((seen, warned, rang)) if seen == time => (warned, rang),
            None if first => (near, over),
            None | Some(_) => (false, false),
        };
        self.seen = Some((time, warned || near, rang || over));
        if over {
            (!rang).then_some(Effect::GroupsBack)
        } else {
            (near && !warned).then_some(Effect::WarnGroups)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;
    use crate::domain::live::Watch;

    fn minutes(n: i64) -> Span {
        Span::from_minutes(n)
    }

    fn out(live: &Live, ends: i64) -> Live {
        Live {
            groups: Some(GroupTime {
                id: GroupsId(uuid::Uuid::from_u128(1)),
                ends: minutes(ends),
                length: minutes(ends),
            }),
            ..live.clone()
        }
    }

    #[test]
    fn groups_are_warned_a_minute_before_and_called_back_at_zero_once_each() {
        let (session, t0) = fixture::session(&[60]);
        let live = out(&Live::start(&session, t0), 8);
        let mut watch = Watch::default();
        let mut at = |secs| watch.update(&live, t0 + Span::from_secs(secs));
        assert_eq!(at(0), []);
        assert_eq!(at(419), []);
        assert_eq!(at(420), [Effect::WarnGroups]);
        assert_eq!(at(421), []);
        assert_eq!(at(480), [Effect::GroupsBack]);
        assert_eq!(at(481), []);
    }

    #[test]
    fn groups_that_were_given_minutes_are_signalled_again() {
        let (session, t0) = fixture::session(&[60]);
        let live = Live::start(&session, t0);
        let mut watch = Watch::default();
        watch.update(&live, t0);
        let at = t0 + minutes(8);
        assert_eq!(watch.update(&out(&live, 8), at), [Effect::GroupsBack]);
        assert_eq!(watch.update(&out(&live, 10), at), []);
        let at = t0 + minutes(9);
        assert_eq!(watch.update(&out(&live, 10), at), [Effect::WarnGroups]);
    }

    #[test]
    fn a_program_that_starts_late_does_not_ring_for_what_has_passed() {
        let (session, t0) = fixture::session(&[60]);
        let live = out(&Live::start(&session, t0), 8);
        let mut watch = Watch::default();
        assert_eq!(watch.update(&live, t0 + minutes(9)), []);
    }

    #[test]
    fn a_pause_stops_the_time_of_groups_and_a_move_ends_it() {
        let (session, t0) = fixture::session(&[60, 10]);
        let mut live = out(&Live::start(&session, t0), 8);
        live.clock = live.clock.pause(t0 + minutes(3));
        assert_eq!(live.groups_left(t0 + minutes(30)), Some(minutes(5)));
        let moved = live.go_to(1, t0 + minutes(30));
        assert_eq!(moved.groups_left(t0 + minutes(30)), None);
    }
}
