//! Drawing a question: fair to the bank, the same for the same seed, and told in words.

use crate::domain::id::{Ids, QuestionId};
use crate::domain::question::{Asked, Depth, Question, QuestionKind};
use crate::domain::text::fold;

/// A question with its memory in the circle for which one is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The question.
    pub question: &'a Question,
    /// How often it was asked there; `None` means never.
    pub asked: Option<&'a Asked>,
}

/// What a drawn question has to be. Everything left open fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What it is for.
    pub kind: Option<QuestionKind>,
    /// How near it comes.
    pub depth: Option<Depth>,
    /// What it is about; case and accents are ignored.
    pub theme: Option<String>,
    /// Questions not to draw, such as those already in the plan.
    pub without: Vec<QuestionId>,
}

/// The question that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Which one.
    pub id: QuestionId,
    /// Why this one, in one line for the facilitator.
    pub why: String,
}

impl Wanted {
    /// Questions of one kind.
    pub fn kind(kind: QuestionKind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Whether `question` would do. Questions in the trash never do.
    pub fn fits(&self, question: &Question) -> bool {
        question.trashed.is_none()
            && self.kind.is_none_or(|kind| kind == question.kind)
            && self.depth.is_none_or(|depth| depth == question.depth)
            && self
                .theme
                .as_ref()
                .is_none_or(|theme| fold(theme) == fold(&question.theme))
            && !self.without.contains(&question.id)
    }
}

/// Draws among the candidates that fit: those asked least often in this circle, for a circle that was asked
/// none of the candidates yet the gentlest of these, of these the starred ones if there are any, of these one by chance. `None` when nothing fits. The order in which the
/// candidates come does not matter.
pub fn draw<'a>(
    candidates: impl IntoIterator<Item = Candidate<'a>>,
    wanted: &Wanted,
    ids: &mut Ids,
) -> Option<Drawn> {
    let mut new_here = true;
    let mut pool: Vec<(u32, &Question)> = candidates
        .into_iter()
        .inspect(|candidate| new_here &= candidate.asked.is_none_or(|asked| asked.times == 0))
        .filter(|candidate| wanted.fits(candidate.question))
        .map(|candidate| {
            (
                candidate.asked.map_or(0, |asked| asked.times),
                candidate.question,
            )
        })
        .collect();
    let fitting = pool.len();
    let least = pool.iter().map(|(times, _)| *times).min()?;
    pool.retain(|(times, _)| *times == least);
    if new_here && let Some(gentlest) = pool.iter().map(|(_, question)| question.depth).min() {
        pool.retain(|(_, question)| question.depth == gentlest);
    }
    let starred = pool.iter().any(|(_, question)| question.starred);
    if starred {
        pool.retain(|(_, question)| question.starred);
    }
    pool.sort_by_key(|(_, question)| question.id);
    let count = u64::try_from(pool.len()).ok()?;
    let pick = usize::try_from(ids.draw() % count).ok()?;
    let (_, question) = pool.get(pick)?;
    Some(Drawn {
        id: question.id,
        why: why(least, starred, pool.len(), fitting),
    })
}

fn why(least: u32, starred: bool, pool: usize, fitting: usize) -> String {
    let memory = match least {
        0 => "not asked in this circle yet".to_owned(),
        1 => "asked once in this circle, none less often".to_owned(),
        times => format!("asked {times} times in this circle, none less often"),
    };
    let star = if starred { ", starred" } else { "" };
    let choice = match (pool, fitting) {
        (_, 1) => "the only one that fits".to_owned(),
        (1, _) => format!("the only such one of {fitting} that fit"),
        (pool, fitting) if pool == fitting => format!("one of {fitting} that fit"),
        _ => format!("one of {pool} such among {fitting} that fit"),
    };
    format!("{memory}{star}; {choice}")
}
