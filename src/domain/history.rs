//! How long things take in a circle: learned from what its past sessions planned and what their blocks took. Of the
//! group as a whole; nothing here is about a person.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Span;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::fold;

/// Sessions that count, the latest ones.
pub const SESSIONS: usize = 10;
/// Times that a median is taken of, the latest ones.
const TIMES: usize = 3;
/// Fewest sessions from which an average says something.
const ENOUGH: usize = 2;
/// A block that was left sooner was only looked at.
const LOOKED_AT: Span = Span::from_minutes(1);

/// What blocks of a name or kind took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasted {
    /// Minutes that the last one took.
    pub last: u16,
    /// The median minutes of the latest ones.
    pub median: u16,
    /// How many of them there are, three at most.
    pub times: usize,
}

/// By how much the sessions of a group take longer than planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// In per cent; negative for a group that is done sooner.
    pub percent: i64,
    /// From so many sessions.
    pub sessions: usize,
}

impl Overrun {
    /// The minutes that may be planned so that a session of `minutes` ends in time; all of them where the group does
    /// not overrun.
    pub fn realistic(self, minutes: u16) -> u16 {
        let whole = 100 + self.percent.max(0);
        u16::try_from(i64::from(minutes) * 100 / whole).unwrap_or(minutes)
    }
}

/// The past sessions of a circle as far as they teach something, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What was reached in each of them.
    sessions: Vec<Vec<Block>>,
}

impl History {
    /// Learns from the latest of these sessions; those that did not take place teach nothing.
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Self {
        let mut past: Vec<&Session> = sessions
            .into_iter()
            .filter(|session| session.state == SessionState::Ended)
            .collect();
        past.sort_by_key(|session| std::cmp::Reverse((session.begins(), session.number)));
        let reached = |session: &Session| -> Vec<Block> {
            let blocks = session.blocks.iter();
            blocks
                .filter(|block| took(block).is_some())
                .cloned()
                .collect()
        };
        let sessions = past.into_iter().map(reached);
        Self {
            sessions: sessions
                .filter(|blocks| !blocks.is_empty())
                .take(SESSIONS)
                .collect(),
        }
    }

    /// What blocks of this name took, compared without case; where none has it, those of its kind. Nothing is learned
    /// of the kind of open blocks, which have nothing in common.
    pub fn lasted(&self, title: &str, kind: BlockKind) -> Option<Lasted> {
        let title = fold(title);
        self.lasted_where(|block| fold(&block.title) == title)
            .or_else(|| self.lasted_where(|block| kind != BlockKind::Open && block.kind == kind))
    }

    fn lasted_where(&self, is: impl Fn(&Block) -> bool) -> Option<Lasted> {
        let blocks = self.sessions.iter().flatten().filter(|block| is(block));
        let latest: Vec<i64> = blocks
            .filter_map(took)
            .map(Span::millis)
            .take(TIMES)
            .collect();
        let last = *latest.first()?;
        let mut sorted = latest.clone();
        sorted.sort_unstable();
        let middle = sorted.len() / 2;
        let upper = *sorted.get(middle)?;
        let median = if sorted.len().is_multiple_of(2) {
            i64::midpoint(upper, *sorted.get(middle - 1)?)
        } else {
            upper
        };
        Some(Lasted {
            last: minutes(last),
            median: minutes(median),
            times: latest.len(),
        })
    }

    /// By how much the group overruns, over all blocks that were reached; `None` with too few sessions to say so.
    pub fn overrun(&self) -> Option<Overrun> {
        if self.sessions.len() < ENOUGH {
            return None;
        }
        let blocks = || self.sessions.iter().flatten();
        let planned: i64 = blocks().map(|block| block.planned().millis()).sum();
        let took: i64 = blocks().filter_map(took).map(Span::millis).sum();
        let percent = (took * 200 + planned).checked_div(planned * 2)? - 100;
        Some(Overrun {
            percent,
            sessions: self.sessions.len(),
        })
    }
}

fn took(block: &Block) -> Option<Span> {
    block.took.filter(|took| *took >= LOOKED_AT)
}

/// Whole minutes, the nearest.
fn minutes(millis: i64) -> u16 {
    u16::try_from((millis + 30_000) / 60_000).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::fixture;
    use crate::domain::text::Clean;

    /// A session `day` days after the first one; each block with its name, planned and taken minutes.
    fn past(day: i64, blocks: &[(&str, u16, i64)]) -> Session {
        let planned: Vec<u16> = blocks.iter().map(|(_, planned, _)| *planned).collect();
        let (mut session, start) = fixture::session(&planned);
        session.state = SessionState::Ended;
        session.started = Some(Moment::from_millis(start.millis() + day * 86_400_000));
        for (block, (title, _, took)) in session.blocks.iter_mut().zip(blocks) {
            block.title = Clean::line(title);
            block.took = Some(Span::from_minutes(*took));
        }
        session
    }

    fn seats(took: &[i64]) -> History {
        let sessions: Vec<Session> = (0..)
            .zip(took)
            .map(|(day, took)| past(day, &[("Hot seat", 20, *took)]))
            .collect();
        History::of(&sessions)
    }

    #[rstest::rstest]
    #[case(&[24], 24, 24, 1)]
    #[case(&[10, 20], 20, 15, 2)]
    #[case(&[99, 12, 24, 14], 14, 14, 3)]
    fn the_median_is_of_the_latest_three(
        #[case] took: &[i64],
        #[case] last: u16,
        #[case] median: u16,
        #[case] times: usize,
    ) {
        let lasted = Lasted {
            last,
            median,
            times,
        };
        let history = seats(took);
        assert_eq!(history.lasted("hot SEAT", BlockKind::Prompt), Some(lasted));
    }

    #[test]
    fn a_name_that_is_new_learns_from_its_kind_but_not_when_it_is_open() {
        let history = seats(&[24]);
        let kind = history.lasted("Case of the day", BlockKind::Prompt);
        assert_eq!(kind.map(|lasted| lasted.last), Some(24));
        assert_eq!(history.lasted("Case of the day", BlockKind::Break), None);
        let mut open = past(0, &[("Talk", 20, 24)]);
        open.blocks[0].kind = BlockKind::Open;
        assert_eq!(History::of([&open]).lasted("Other", BlockKind::Open), None);
    }

    #[test]
    fn a_group_overruns_by_the_sum_of_its_blocks() {
        let sessions = [
            past(0, &[("Talk", 50, 55), ("More", 40, 42)]),
            past(14, &[("Talk", 60, 63), ("Skipped", 30, 0)]),
        ];
        let overrun = History::of(&sessions).overrun().unwrap();
        assert_eq!((overrun.percent, overrun.sessions), (7, 2));
        assert_eq!(overrun.realistic(90), 84);
        assert_eq!(
            Overrun {
                percent: -5,
                ..overrun
            }
            .realistic(90),
            90
        );
    }

    #[test]
    fn one_session_is_no_history_and_what_did_not_take_place_teaches_nothing() {
        let mut planned = past(14, &[("Talk", 60, 90)]);
        planned.state = SessionState::Planned;
        let sessions = [past(0, &[("Talk", 50, 55)]), planned];
        let history = History::of(&sessions);
        assert_eq!(history.overrun(), None);
        let talk = history.lasted("Talk", BlockKind::Prompt);
        assert_eq!(talk.map(|lasted| lasted.last), Some(55));
    }

    #[test]
    fn only_the_latest_ten_sessions_count() {
        let took: Vec<i64> = (0..12).map(|day| if day < 2 { 500 } else { 20 }).collect();
        let overrun = seats(&took).overrun().unwrap();
        assert_eq!((overrun.percent, overrun.sessions), (0, 10));
    }
}
