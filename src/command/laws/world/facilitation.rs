//! What people do in a running session beside moving: groups, seats, ratings, votes, and changes of many
//! rows at once.

use super::{Roll, World, line};
use crate::command::{Command, ItemEdit, Settle};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{BlockId, CircleId, Key, Kind, MemberId, SessionId};
use crate::domain::item::Due;
use crate::domain::rotation::Seat;
use crate::domain::tally::{Count, Figures, Rating, Vote};
use uuid::Uuid;

/// The figures of a session of five.
pub(super) fn figures(n: usize) -> Option<Figures> {
    n.is_multiple_of(3).then_some(Figures {
        people: 5,
        spoke: 4,
        turns: 9,
        talked: Span::from_minutes(30),
    })
}

impl World {
    /// The session that runs, else one of a circle.
    fn here(&self, circle: CircleId, n: usize) -> (CircleId, SessionId) {
        self.state
            .running()
            .map_or((circle, self.session(circle, n)), |(c, s, _)| (c, s.id))
    }

    fn running_block(&self) -> BlockId {
        let block = self
            .state
            .running()
            .and_then(|(_, session, live)| session.blocks.get(live.block));
        block.map_or(BlockId(Uuid::nil()), |block| block.id)
    }

    /// Everybody who is there in the running session, in groups of two or three.
    fn groups(&self, n: usize) -> Vec<Vec<MemberId>> {
        let Some((circle, session, _)) = self.state.running() else {
            return Vec::new();
        };
        let mut here: Vec<MemberId> = self
            .state
            .members(circle)
            .iter()
            .map(|member| member.id)
            .filter(|id| !session.away.contains_key(id))
            .collect();
        let turn = n % here.len().max(1);
        here.rotate_left(turn);
        // Some are sent nowhere, so that there is somebody who can join later.
        let sent = here.len().saturating_sub(n % 2);
        let groups = here.iter().take(sent).copied().collect::<Vec<_>>();
        groups
            .chunks(2 + n % 2)
            .map(<[MemberId]>::to_vec)
            .filter(|group| group.len() > 1)
            .collect()
    }

    fn all(&self, circle: CircleId, kind: Kind, n: usize) -> Vec<Key> {
        (0..=n % 3).map(|i| self.key(circle, kind, n + i)).collect()
    }

    pub(super) fn facilitation(&self, &Roll { what, a, b, .. }: &Roll) -> Command {
        let (circle, session) = self.here(self.circles[a % 2], b);
        let member = self.member(circle, a);
        match what {
            40 | 41 => Command::MakeGroups {
                groups: self.groups(b),
                minutes: u16::try_from(1 + b % 12).unwrap(),
            },
            42 => Command::GroupTime {
                minutes: (b % 5 > 0).then(|| i16::try_from(b % 9).unwrap() - 3),
            },
            43 => Command::JoinGroup {
                member,
                group: b % 2,
            },
            44 => Command::GroupReport {
                groups: self.key(circle, Kind::Groups, a),
                group: b % 2,
                report: line(if b % 4 == 0 { "" } else { "Ask for less" }),
            },
            45 => Command::Tie {
                circle,
                one: member,
                other: self.member(circle, b),
                together: [None, Some(true), Some(false)][b % 3],
            },
            46 => Command::Rate(rating(self.at, b)),
            47 => Command::Vote(Vote {
                block: self.running_block(),
                at: self.at,
                options: ["What would help now?", "Pay", "Time"]
                    .into_iter()
                    .skip(a % 3)
                    .zip([0, 3, 5])
                    .map(|(option, votes)| Count {
                        option: line(option),
                        votes: votes + u16::try_from(b % 4).unwrap(),
                    })
                    .collect(),
            }),
            48 => Command::TakesPart {
                circle,
                session,
                takes_part: b % 2 == 0,
            },
            49 => self.seat((circle, session), a, b),
            50 => Command::Settle {
                actions: self.all(circle, Kind::Action, b),
                how: Settle::Help,
            },
            51 => Command::EditItems {
                keys: self.all(circle, Kind::Action, b),
                edit: ItemEdit {
                    due: Some(Due::NextSession),
                    priority: Some(u8::try_from(b % 9).unwrap()),
                    ..ItemEdit::default()
                },
            },
            _ => Command::EditSession {
                circle,
                session,
                start: None,
                minutes: Some(u16::try_from(10 + b).unwrap()),
                blocks: None,
            },
        }
    }

    fn seat(&self, (circle, session): (CircleId, SessionId), a: usize, b: usize) -> Command {
        let member = Some(self.member(circle, a));
        let owed = a.is_multiple_of(2);
        if b.is_multiple_of(2) {
            Command::SetLead {
                circle,
                session,
                block: self.block(circle, session, b / 2),
                lead: member,
                owed,
            }
        } else {
            Command::SetSeat {
                circle,
                session,
                seat: Seat::ALL[b % Seat::ALL.len()],
                member,
                owed,
            }
        }
    }
}

fn rating(at: Moment, n: usize) -> Rating {
    let values: Vec<u8> = (0..n % 7).map(|i| u8::try_from(i % 6).unwrap()).collect();
    Rating::of_hands(line("the session"), at, &values)
}
