use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::clock::Moment;
use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;

fn id(number: u32) -> QuestionId {
    QuestionId(Uuid::from_u128(number.into()))
}

fn question(number: u32, text: &str, theme: &str) -> Question {
    let draft = DraftQuestion {
        theme: Clean::line(theme),
        ..DraftQuestion::new(Clean::line(text))
    };
    draft.into_question(id(number), number)
}

fn index(questions: &[Question]) -> SearchIndex {
    let mut index = SearchIndex::default();
    for question in questions {
        index.put(question);
    }
    index
}

fn numbers(found: &Found) -> Vec<u128> {
    found.ids.iter().map(|id| id.0.as_u128()).collect()
}

fn find(index: &SearchIndex, line: &str) -> Vec<u128> {
    numbers(&index.find(&Sought::read(line).unwrap(), 0, 100))
}

#[test]
fn a_question_is_found_by_its_words_and_by_the_meaning_of_its_tags() {
    let mut deep = question(3, "Qu'est-ce qui te gêne ?", "Change");
    deep.competency = Some(Clean::line("Giving feedback"));
    deep.kind = QuestionKind::HotSeat;
    let index = index(&[
        question(1, "What did you almost not say?", "Feedback"),
        question(2, "What feeds you?", "Growth"),
        deep,
    ]);
    assert_eq!(find(&index, "FEEDB"), [1, 3]);
    assert_eq!(find(&index, "feed"), [1, 2, 3]);
    assert_eq!(find(&index, "gene"), [3]);
    assert_eq!(find(&index, "hot seat"), [3]);
    assert_eq!(find(&index, "q2"), [2]);
    assert_eq!(find(&index, "you feedback"), [1]);
    assert_eq!(find(&index, "theme:gro"), [2]);
    assert_eq!(find(&index, "competency:feedback"), [3]);
    assert_eq!(find(&index, "kind:hot depth:2"), [3]);
    assert_eq!(find(&index, "eed"), [0_u128; 0]);
}

#[test]
fn what_was_written_meanwhile_stands_first_and_stays_there_when_it_is_edited() {
    let mut index = index(&[question(1, "One?", "Work"), question(2, "Two?", "Work")]);
    index.put_fresh(&question(3, "Three?", "Work"));
    assert_eq!(find(&index, ""), [3, 1, 2]);
    index.put(&question(3, "Three, in other words?", "Work"));
    assert_eq!(find(&index, ""), [3, 1, 2]);
    let never = Memory {
        never: true,
        ..Memory::default()
    };
    index.remember(id(3), never);
    assert_eq!(find(&index, ""), [1, 2, 3]);
}

#[test]
fn a_theme_that_has_this_very_name_goes_before_those_that_begin_so() {
    let index = index(&[question(1, "a", "Growth"), question(2, "b", "Growth plans")]);
    assert_eq!(find(&index, "theme:growth"), [1]);
    assert_eq!(find(&index, "theme:grow"), [1, 2]);
    assert_eq!(find(&index, "theme:plans"), [2]);
}

#[test]
fn least_asked_comes_first_then_stars_and_what_is_never_asked_here_last() {
    let mut starred = question(4, "d", "");
    starred.starred = true;
    let mut index = index(&[
        question(1, "a", ""),
        question(2, "b", ""),
        question(3, "c", ""),
        starred,
    ]);
    let asked = |times, last| Memory {
        times,
        last,
        never: false,
    };
    index.remember(id(1), asked(2, 5));
    index.remember(
        id(2),
        Memory {
            never: true,
            ..Memory::default()
        },
    );
    assert_eq!(find(&index, ""), [4, 3, 1, 2]);
    assert_eq!(find(&index, "asked:never"), [4, 3]);
    assert_eq!(find(&index, "asked:yes"), [1]);
    assert_eq!(find(&index, "asked:off"), [2]);
    assert_eq!(find(&index, "starred"), [4]);
    index.forget();
    assert_eq!(find(&index, ""), [4, 1, 2, 3]);
}

#[test]
fn counts_tell_what_another_choice_would_leave() {
    let mut warm = question(1, "a", "Growth");
    warm.depth = Depth::WarmUp;
    let index = index(&[warm, question(2, "b", "Growth"), question(3, "c", "Change")]);
    let found = index.find(&Sought::read("theme:growth depth:1").unwrap(), 0, 10);
    assert_eq!((found.total, found.all), (1, 3));
    assert_eq!(found.facets.depths, [1, 1, 0]);
    assert_eq!(found.facets.themes, [("Growth".to_owned(), 1)]);
    assert_eq!(found.facets.here, [1, 0, 0]);
}

#[test]
fn a_question_that_changes_is_found_by_what_it_is_now() {
    let mut index = index(&[question(1, "Old words", "Growth")]);
    index.remember(
        id(1),
        Memory {
            times: 1,
            last: 7,
            never: false,
        },
    );
    index.put(&question(1, "New words", "Growth"));
    assert_eq!(find(&index, "old"), [0_u128; 0]);
    assert_eq!(find(&index, "new asked:yes"), [1]);
    let mut gone = question(1, "New words", "Growth");
    gone.trashed = Some(Moment::from_millis(9));
    index.put(&gone);
    assert!(index.is_empty() && find(&index, "").is_empty());
    index.put(&question(1, "New words", "Growth"));
    assert_eq!(find(&index, "new"), [1]);
}

proptest! {
    #[test]
    fn exactly_those_are_found_that_have_a_word_for_each_typed_one(
        texts in prop::collection::vec("[ab ]{0,6}", 0..12),
        line in "[ab ]{0,4}",
    ) {
        let questions: Vec<Question> =
            (1..).zip(&texts).map(|(number, text)| question(number, text, "")).collect();
        let index = index(&questions);
        let typed = sought::words(&line);
        let has = |text: &str| {
            let mut words = sought::words(text);
            words.extend(["reflection".to_owned(), "reflect".to_owned()]);
            typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed)))
        };
        let wanted: Vec<u128> = (1..).zip(&texts).filter(|(_, text)| has(text)).map(|(n, _)| n).collect();
        prop_assert_eq!(find(&index, &line), wanted);
    }

    #[test]
    fn pages_together_are_the_whole_list(
        stars in prop::collection::vec(any::<bool>(), 0..30),
        page in 1_usize..7,
    ) {
        let starred = |(number, starred): (u32, &bool)| Question {
            starred: *starred,
            ..question(number, "a", "")
        };
        let questions: Vec<Question> = (1..).zip(&stars).map(starred).collect();
        let index = index(&questions);
        let whole = find(&index, "");
        let pages: Vec<u128> = (0..stars.len())
            .step_by(page)
            .flat_map(|skip| numbers(&index.find(&Sought::default(), skip, page)))
            .collect();
        prop_assert_eq!(pages, whole);
    }
}
