//! People in a line: `@maria`, `@Maria Okafor`, `@2`, `@me`, `@all`, `@?` or `@nobody`.

use crate::domain::capture::lex::{Shape, Word, keyed, value};
use crate::domain::capture::{Ask, Choice, Problem, Scene};
use crate::domain::id::MemberId;
use crate::domain::item::Owner;
use crate::domain::roster::{Found, find};
use crate::domain::text::{Clean, fold};

/// Whom a word means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// This is clear.
    Is(Owner),
    /// Several people, nobody, or `@me` without knowing who that is.
    Unclear(Problem, Vec<MemberId>),
}

/// What stands behind `@` or `who:`; `None` for every other word.
pub(super) fn name(word: &str) -> Option<&str> {
    let typed = word.strip_prefix('@').or_else(|| keyed(word, "who"))?;
    let typed = value(typed);
    // A lone sign or a second one, as in `@@`, is no name.
    (!typed.is_empty() && !typed.starts_with('@')).then_some(typed)
}

/// How many of these words, the first of which names somebody, are the whole name of a member; 1 where they are not,
/// since a family name that is cut short, or another's, is a word of the text.
pub(super) fn length(words: &[Word<'_>], scene: &Scene<'_>) -> usize {
    let names = scene.members.iter().map(|member| member.name.as_str());
    names
        .filter_map(|name| whole(words, name))
        .max()
        .unwrap_or(1)
}

/// How many parts `name` has, if these words begin with all of them.
fn whole(words: &[Word<'_>], name: &str) -> Option<usize> {
    let count = name.split_whitespace().count();
    let (first, rest) = words.get(..count)?.split_first()?;
    let first = first
        .raw
        .strip_prefix('@')
        .or_else(|| keyed(first.raw, "who"))?;
    let (last, between) = rest.split_last()?;
    if rest.iter().any(|word| word.shape != Shape::Plain) {
        return None;
    }
    let between = between.iter().map(|word| word.raw);
    let typed = std::iter::once(first)
        .chain(between)
        .chain([value(last.raw)]);
    typed
        .map(fold)
        .eq(name.split_whitespace().map(fold))
        .then_some(count)
}

/// Finds whom `typed` means.
pub(super) fn look_up(typed: &str, scene: &Scene<'_>) -> Who {
    match fold(typed).as_str() {
        "?" => return Who::Is(Owner::Nobody),
        "all" => return Who::Is(Owner::All),
        "me" => {
            return scene
                .me
                .map_or(Who::Unclear(Problem::NoMe, Vec::new()), |me| {
                    Who::Is(Owner::Member(me))
                });
        }
        _ => {}
    }
    match find(scene.members.iter().copied(), typed) {
        Found::Nobody if fold(typed) == "nobody" => Who::Is(Owner::Nobody),
        Found::One(id) => Who::Is(Owner::Member(id)),
        Found::Many(ids) => Who::Unclear(Problem::Several, ids),
        Found::Nobody => Who::Unclear(Problem::Nobody, Vec::new()),
    }
}

/// The question that an unclear person becomes.
pub(super) fn ask(
    range: std::ops::Range<usize>,
    typed: &str,
    (problem, ids): (Problem, Vec<MemberId>),
) -> Ask {
    let mut choices: Vec<Choice> = ids.into_iter().map(Choice::Member).collect();
    if let (Problem::Nobody, Ok(name)) = (problem, Clean::name(typed)) {
        choices.push(Choice::Add(name));
    }
    choices.extend([Choice::Words, Choice::Nobody]);
    Ask {
        range,
        typed: Clean::line(typed),
        problem,
        choices,
    }
}
