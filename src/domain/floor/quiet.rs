//! Who was not heard yet, where the floor is open to all.

use crate::domain::agenda::Block;
use crate::domain::floor::{Floor, scene};
use crate::domain::format::Mode;
use crate::domain::live::Live;
use crate::domain::roster::Member;
use crate::domain::session::Session;

/// Whether anybody may speak in the running step, so that it makes sense to ask who was not heard yet.
pub fn is_open_to_all(block: Option<&Block>, step: usize, floor: Option<&Floor>) -> bool {
    matches!(scene::mode(block, step), Mode::Open | Mode::Questions)
        && block.is_none_or(|block| block.kind.is_open_floor())
        && floor.and_then(Floor::open_round).is_none()
}

/// Those of `members` who have not spoken in the running block, may be called on, and are here; also before the
/// first turn. Not whoever only leads, nor whoever sits in the hot seat. Nobody where the floor is not open to all.
pub fn quiet<'a>(
    members: &[&'a Member],
    session: &Session,
    live: &Live,
    floor: &Floor,
) -> Vec<&'a Member> {
    let block = session.blocks.get(live.block);
    if !is_open_to_all(block, live.step, Some(floor)) {
        return Vec::new();
    }
    let sits = scene::sits(block);
    let members = members.iter().copied();
    members
        .filter(|member| !member.no_calls && !session.away.contains_key(&member.id))
        .filter(|member| session.takes_part || session.facilitator != Some(member.id))
        .filter(|member| sits != Some(member.id))
        .filter(|member| !floor.was_heard(member.id, live.block))
        .collect()
}

/// The same once somebody has spoken in the block.
pub fn not_heard<'a>(
    members: &[&'a Member],
    session: &Session,
    live: &Live,
    floor: &Floor,
) -> Vec<&'a Member> {
    let heard = |member: &&Member| floor.was_heard(member.id, live.block);
    if members.iter().any(heard) {
        quiet(members, session, live, floor)
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::BlockKind;
    use crate::domain::clock::Span;
    use crate::domain::fixture;
    use crate::domain::floor::FloorMove;
    use crate::domain::id::MemberId;
    use crate::domain::roster::Label;
    use crate::domain::text::Clean;

    struct Room {
        members: Vec<Member>,
        session: Session,
        live: Live,
        floor: Floor,
    }

    impl Room {
        fn of_four() -> Self {
            let (mut session, at) = fixture::session(&[10, 10]);
            session.blocks[0].kind = BlockKind::Open;
            let people = (1..).zip(fixture::members());
            let member = |(label, id)| Member::new(id, Clean::line("Ana"), Label(label), at);
            Self {
                members: people.map(member).collect(),
                live: Live::start(&session, at),
                session,
                floor: Floor::new(fixture::session_id()),
            }
        }

        fn speaks(&mut self, place: usize) {
            let member = self.members[place].id;
            self.floor
                .make(FloorMove::Give(member), Span::ZERO, self.live.block);
        }

        fn quiet(&self) -> Vec<MemberId> {
            let members: Vec<&Member> = self.members.iter().collect();
            let quiet = quiet(&members, &self.session, &self.live, &self.floor);
            quiet.into_iter().map(|member| member.id).collect()
        }
    }

    #[test]
    fn who_spoke_is_away_or_does_not_want_to_be_called_is_not_quiet() {
        let mut room = Room::of_four();
        let [a, b, c, d] = fixture::members();
        assert_eq!(room.quiet(), [a, b, c, d]);
        room.speaks(0);
        room.members[1].no_calls = true;
        room.session.away.insert(c, None);
        assert_eq!(room.quiet(), [d]);
    }

    #[test]
    fn whoever_only_leads_or_sits_in_the_hot_seat_is_not_quiet() {
        let mut room = Room::of_four();
        let [a, b, c, d] = fixture::members();
        room.session.facilitator = Some(a);
        assert_eq!(room.quiet(), [a, b, c, d]);
        room.session.takes_part = false;
        room.session.blocks[0].kind = BlockKind::HotSeat;
        room.session.blocks[0].lead = Some(d);
        assert_eq!(room.quiet(), [b, c]);
    }

    #[test]
    fn nobody_is_quiet_where_not_everyone_may_speak() {
        let mut room = Room::of_four();
        let order = fixture::members().to_vec();
        room.floor.make(FloorMove::Round { order }, Span::ZERO, 0);
        assert_eq!(room.quiet(), []);
        room.floor.make(FloorMove::EndRound, Span::ZERO, 0);
        assert_eq!(room.quiet().len(), 4);
        room.session.blocks[0].kind = BlockKind::Review;
        assert_eq!(room.quiet(), []);
    }

    #[test]
    fn nobody_was_not_heard_before_anybody_has_spoken() {
        let mut room = Room::of_four();
        let not_heard = |room: &Room| {
            let members: Vec<&Member> = room.members.iter().collect();
            not_heard(&members, &room.session, &room.live, &room.floor).len()
        };
        assert_eq!(not_heard(&room), 0);
        room.speaks(2);
        assert_eq!(not_heard(&room), 3);
    }
}
