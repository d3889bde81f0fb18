//! Drawing a question: no repeat until the deck is used up, as near as the circle is old enough for, what it
//! has not practised lately first; the same for the same seed, and told in words.

use crate::domain::clock::Moment;
use crate::domain::id::{Ids, QuestionId};
use crate::domain::question::{Asked, Depth, Question, QuestionKind};
use crate::domain::text::fold;

/// Sessions of a circle in which warm-ups come first.
const WARM_UPS: u32 = 2;
/// The session from which deep questions come first.
const DEEP_FROM: u32 = 5;
/// From then on one draw of so many is a lighter one, so that no evening is all deep.
const LIGHTER: u64 = 3;
/// What a question that was never rated counts as: the middle.
const UNRATED: u32 = 3;

/// A question with its memory in the circle for which one is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Which question.
    pub id: QuestionId,
    /// What it is for.
    pub kind: QuestionKind,
    /// How near it comes.
    pub depth: Depth,
    /// What it is about.
    pub theme: &'a str,
    /// The competency that it trains.
    pub competency: Option<&'a str>,
    /// Whether that competency was asked about lately.
    pub touched: bool,
    /// Marked by a star.
    pub starred: bool,
    /// What the circle remembers of it; `None` means that it was never asked.
    pub asked: Option<&'a Asked>,
}

/// What a drawn question has to be. Everything left open fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What it is for.
    pub kind: Option<QuestionKind>,
    /// How near it comes. Left open, the age of the circle decides what comes first.
    pub depth: Option<Depth>,
    /// What it is about; case and accents are ignored.
    pub theme: Option<String>,
    /// Questions not to draw, such as those already in the plan.
    pub without: Vec<QuestionId>,
}

/// What a circle has behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// How many sessions it has held; from 4 on the exact number does not matter.
    pub held: u32,
    /// Of how many sessions [`Candidate::touched`] knows.
    pub looked_back: u32,
    /// Now.
    pub now: Moment,
}

/// The question that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Which one.
    pub id: QuestionId,
    /// Why this one, in one line for the facilitator.
    pub why: String,
}

impl<'a> Candidate<'a> {
    /// A question with its memory; `None` for one in the trash.
    pub fn of(question: &'a Question, asked: Option<&'a Asked>) -> Option<Self> {
        question.trashed.is_none().then(|| Self {
            id: question.id,
            kind: question.kind,
            depth: question.depth,
            theme: &question.theme,
            competency: question.competency.as_deref(),
            touched: false,
            starred: question.starred,
            asked,
        })
    }

    fn times(&self) -> u32 {
        self.asked.map_or(0, |asked| asked.times)
    }

    /// What it is drawn by before the depth, best first.
    fn rank(&self, depths: [Depth; 3]) -> Rank {
        let times = self.times();
        // Before all were asked a rating could only come from an import, and new ones have none.
        let rated = self.asked.and_then(|asked| asked.rating);
        let points = rated.and_then(|rated| rated.points()).unwrap_or(UNRATED);
        let depth = depths.iter().position(|depth| *depth == self.depth);
        Rank {
            times,
            rating: if times == 0 { 0 } else { u32::MAX - points },
            depth: depth.unwrap_or(depths.len()),
            touched: self.competency.is_none() || self.touched,
            plain: !self.starred,
        }
    }
}

/// The order in which questions are drawn, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    times: u32,
    rating: u32,
    depth: usize,
    touched: bool,
    plain: bool,
}

impl Wanted {
    /// Questions of one kind.
    pub fn kind(kind: QuestionKind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Whether a question would do. One that the circle wants never to be asked does not.
    pub fn fits(&self, candidate: &Candidate<'_>) -> bool {
        self.kind.is_none_or(|kind| kind == candidate.kind)
            && self.depth.is_none_or(|depth| depth == candidate.depth)
            && candidate.asked.is_none_or(|asked| !asked.never)
            && self
                .theme
                .as_ref()
                .is_none_or(|theme| fold(theme) == fold(candidate.theme))
    }
}

/// The depths in the order in which they suit a circle that has held so many sessions: warm-ups in its first
/// two, then what makes people think, and deep ones from the fifth on, but for `lighter` draws.
pub const fn suited(held: u32, lighter: bool) -> [Depth; 3] {
    if held < WARM_UPS {
        [Depth::WarmUp, Depth::Reflect, Depth::Deep]
    } else if held + 1 < DEEP_FROM || lighter {
        [Depth::Reflect, Depth::WarmUp, Depth::Deep]
    } else {
        [Depth::Deep, Depth::Reflect, Depth::WarmUp]
    }
}

/// Draws among the candidates that fit: those asked least often in this circle, so that none comes again
/// before all did; when all did, those that went better; of these the depth that suits the age of the circle,
/// a competency that it has not touched lately, a starred one; of these, one by chance, where all were asked
/// one of the half that was asked longer ago. `None` when nothing fits. The order in which the candidates come
/// does not matter.
pub fn draw<'a>(
    candidates: impl IntoIterator<Item = Candidate<'a>>,
    wanted: &Wanted,
    past: Past,
    ids: &mut Ids,
) -> Option<Drawn> {
    let lighter = ids.draw().is_multiple_of(LIGHTER);
    let depths = suited(past.held, lighter);
    let mut best: Option<Rank> = None;
    let mut pool: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        if !wanted.fits(&candidate) {
            continue;
        }
        let rank = candidate.rank(depths);
        let place = best.map_or(std::cmp::Ordering::Less, |best| rank.cmp(&best));
        if place.is_gt() || wanted.without.contains(&candidate.id) {
            continue;
        }
        if place.is_lt() {
            best = Some(rank);
            pool.clear();
        }
        pool.push(candidate);
    }
    let best = best?;
    let choice = pool.len();
    if best.times > 0 {
        let last = |candidate: &Candidate<'_>| candidate.asked.and_then(|asked| asked.last);
        pool.sort_unstable_by_key(|candidate| (last(candidate), candidate.id));
        pool.truncate(choice.div_ceil(2));
    }
    let count = u64::try_from(pool.len()).ok()?;
    let pick = usize::try_from(ids.draw() % count).ok()?;
    let (_, drawn, _) = pool.select_nth_unstable_by_key(pick, |candidate| candidate.id);
    let suits = wanted.depth.is_none() && drawn.depth == depths[0];
    let reasons = [
        Some(memory(drawn, past.now)),
        suits.then(|| suits_words(past.held, lighter).to_owned()),
        neglected(drawn, past.looked_back),
        drawn.starred.then(|| "starred".to_owned()),
        (choice > 1).then(|| format!("one of {choice} like it")),
    ];
    Some(Drawn {
        id: drawn.id,
        why: reasons.into_iter().flatten().collect::<Vec<_>>().join("; "),
    })
}

/// Draws once for each of these kinds, such as once for each person, and none twice; where the questions run
/// out, fewer.
pub fn draw_each<'a>(
    candidates: &(impl IntoIterator<Item = Candidate<'a>> + Clone),
    kinds: &[Option<QuestionKind>],
    without: &[QuestionId],
    past: Past,
    ids: &mut Ids,
) -> Vec<Drawn> {
    let mut wanted = Wanted {
        without: without.to_vec(),
        ..Wanted::default()
    };
    let mut drawn = Vec::new();
    for kind in kinds {
        wanted.kind = *kind;
        if let Some(next) = draw(candidates.clone(), &wanted, past, ids) {
            wanted.without.push(next.id);
            drawn.push(next);
        }
    }
    drawn
}

fn memory(drawn: &Candidate<'_>, now: Moment) -> String {
    drawn
        .asked
        .map_or_else(|| "never asked here".to_owned(), |asked| asked.told(now))
}

const fn suits_words(held: u32, lighter: bool) -> &'static str {
    if held < WARM_UPS {
        "a warm-up, as in the first 2 sessions"
    } else if held + 1 < DEEP_FROM {
        "not too deep before session 5"
    } else if lighter {
        "one of three is a lighter one"
    } else {
        "deep, as from session 5 on"
    }
}

fn neglected(drawn: &Candidate<'_>, sessions: u32) -> Option<String> {
    let competency = drawn.competency.filter(|_| !drawn.touched)?;
    match sessions {
        0 => None,
        1 => Some(format!("{competency} was not touched in the last session")),
        many => Some(format!(
            "{competency} was not touched in the last {many} sessions"
        )),
    }
}
