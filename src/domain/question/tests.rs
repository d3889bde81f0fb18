use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::id::Ids;

fn question(n: u32) -> Question {
    let id = QuestionId(Uuid::from_u128(u128::from(n)));
    DraftQuestion::new(Clean::line(&format!("What did you learn from {n}?"))).into_question(id, n)
}

fn ids(seed: u64) -> Ids {
    Ids::new(Moment::from_millis(0), seed)
}

fn asked(question: &Question, times: u32) -> Asked {
    (0..times).fold(Asked::never(question.id), |asked, n| {
        asked.again(Moment::from_millis(i64::from(n)))
    })
}

#[test]
fn a_question_keeps_fields_that_it_does_not_know() {
    let json = serde_json::json!({
        "id": Uuid::from_u128(41), "number": 41, "text": "Why\u{1b} now?", "mood": {"warm": true},
    });
    let question: Question = serde_json::from_value(json).unwrap();
    assert_eq!(question.text, "Why\u{FFFD} now?");
    assert_eq!(question.minutes, USUAL_MINUTES);
    let back = serde_json::to_value(&question).unwrap();
    assert_eq!(back["mood"]["warm"], true);
    assert_eq!(serde_json::from_value::<Question>(back).unwrap(), question);
}

#[test]
fn depths_and_kinds_are_read_in_the_ways_people_write_them() {
    for depth in Depth::ALL {
        assert_eq!(depth.as_str().parse(), Ok(depth));
        assert_eq!(depth.level().to_string().parse(), Ok(depth));
    }
    for kind in QuestionKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(kind.title().parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    assert_eq!("Hot Seat".parse(), Ok(QuestionKind::HotSeat));
    let unknown = "4".parse::<Depth>().unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "a depth is one of warm-up, reflect, deep"
    );
}

/// The candidates with what is remembered of each.
fn all<'a>(
    questions: &'a [Question],
    memory: &'a [Asked],
) -> impl Iterator<Item = Candidate<'a>> + Clone {
    let of = |id| memory.iter().find(move |asked| asked.question == id);
    questions
        .iter()
        .filter_map(move |question| Candidate::of(question, of(question.id)))
}

const NOW: Moment = Moment::from_millis(400 * 24 * 60 * 60_000);

/// A circle that has held so many sessions.
fn past(held: u32) -> Past {
    Past {
        held,
        looked_back: held.min(5),
        now: NOW,
    }
}

#[test]
fn the_least_asked_question_is_drawn_and_the_reason_says_so() {
    let questions: Vec<_> = (1..=3).map(question).collect();
    let memory = [asked(&questions[0], 2), asked(&questions[2], 1)];
    let drawn = draw(
        all(&questions, &memory),
        &Wanted::default(),
        past(3),
        &mut ids(1),
    )
    .unwrap();
    assert_eq!(drawn.id, questions[1].id);
    assert_eq!(drawn.why, "never asked here; not too deep before session 5");
    let wanted = Wanted {
        without: vec![questions[1].id],
        ..Wanted::default()
    };
    let next = draw(all(&questions, &memory), &wanted, past(0), &mut ids(1)).unwrap();
    assert_eq!(next.id, questions[2].id);
    assert_eq!(next.why, "asked here 13 months ago");
}

#[test]
fn trash_other_kinds_and_what_is_never_to_be_asked_are_not_drawn() {
    let mut questions: Vec<_> = (1..=3).map(question).collect();
    questions[0].trashed = Some(Moment::from_millis(1));
    questions[1].kind = QuestionKind::Pair;
    let memory = [Asked {
        never: true,
        ..Asked::never(questions[2].id)
    }];
    let book = Wanted::kind(QuestionKind::Book);
    let draw = |wanted: &Wanted| draw(all(&questions, &memory), wanted, past(0), &mut ids(1));
    assert_eq!(draw(&book), None);
    let drawn = draw(&Wanted::default()).unwrap();
    assert_eq!(drawn.id, questions[1].id);
    assert_eq!(drawn.why, "never asked here");
}

#[test]
fn questions_come_nearer_as_a_circle_grows_older() {
    let mut questions: Vec<_> = (1..=9).map(question).collect();
    for (question, depth) in questions.iter_mut().zip(Depth::ALL.into_iter().cycle()) {
        question.depth = depth;
    }
    let depth_of = |held, seed| {
        let drawn = draw(
            all(&questions, &[]),
            &Wanted::default(),
            past(held),
            &mut ids(seed),
        );
        let drawn = drawn.unwrap();
        let found = questions.iter().find(|question| question.id == drawn.id);
        (found.unwrap().depth, drawn.why)
    };
    for seed in 0..20 {
        for held in 0..2 {
            assert_eq!(depth_of(held, seed).0, Depth::WarmUp);
        }
        for held in 2..4 {
            assert_eq!(depth_of(held, seed).0, Depth::Reflect);
        }
        let (depth, why) = depth_of(4, seed);
        let words = match depth {
            Depth::WarmUp => panic!("{why}"),
            Depth::Reflect => "one of three is a lighter one",
            Depth::Deep => "deep, as from session 5 on",
        };
        assert!(why.contains(words), "{why}");
    }
    let old: Vec<Depth> = (0..30).map(|seed| depth_of(9, seed).0).collect();
    let deep = old.iter().filter(|depth| **depth == Depth::Deep).count();
    assert!((12..28).contains(&deep), "{deep} of 30");
}

#[test]
fn a_depth_that_is_asked_for_is_given_whatever_the_age() {
    let mut questions: Vec<_> = (1..=2).map(question).collect();
    questions[1].depth = Depth::Deep;
    let wanted = Wanted {
        depth: Some(Depth::Deep),
        ..Wanted::default()
    };
    let drawn = draw(all(&questions, &[]), &wanted, past(0), &mut ids(3)).unwrap();
    assert_eq!(
        (drawn.id, drawn.why.as_str()),
        (questions[1].id, "never asked here")
    );
}

#[test]
fn a_competency_that_was_not_touched_lately_comes_first() {
    let mut questions: Vec<_> = (1..=6).map(question).collect();
    for (place, name) in [(1, "Courage"), (2, "Listening"), (3, "Courage")] {
        questions[place].competency = Some(Clean::line(name));
    }
    questions[1].starred = true;
    let lately = || {
        all(&questions, &[]).map(|candidate| Candidate {
            touched: candidate.competency == Some("Courage"),
            ..candidate
        })
    };
    for seed in 0..20 {
        let drawn = draw(lately(), &Wanted::default(), past(5), &mut ids(seed)).unwrap();
        assert_eq!(drawn.id, questions[2].id);
        let words = "Listening was not touched in the last 5 sessions";
        assert!(drawn.why.contains(words), "{}", drawn.why);
    }
}

#[test]
fn when_all_were_asked_those_that_went_well_come_before_those_that_did_not() {
    let questions: Vec<_> = (1..=3).map(question).collect();
    let rated = |n: usize, points| {
        let asked = asked(&questions[n], 1);
        let at = asked.last.unwrap();
        asked.rate(points, at, at)
    };
    let mut memory = vec![rated(0, 2), asked(&questions[1], 1), rated(2, 4)];
    for n in [2, 1, 0] {
        let drawn = draw(
            all(&questions, &memory),
            &Wanted::default(),
            past(0),
            &mut ids(9),
        );
        assert_eq!(drawn.unwrap().id, questions[n].id);
        memory[n] = memory[n].clone().again(NOW);
    }
}

#[test]
fn when_all_were_asked_what_was_asked_last_waits() {
    let questions: Vec<_> = (1..=4).map(question).collect();
    let on = |n: usize| {
        Asked::never(questions[n].id).again(Moment::from_millis(i64::try_from(n).unwrap()))
    };
    let memory: Vec<Asked> = (0..4).map(on).collect();
    for seed in 0..20 {
        let drawn = draw(
            all(&questions, &memory),
            &Wanted::default(),
            past(0),
            &mut ids(seed),
        );
        assert!([questions[0].id, questions[1].id].contains(&drawn.unwrap().id));
    }
}

#[test]
fn a_star_wins_among_equals() {
    let mut questions: Vec<_> = (1..=5).map(question).collect();
    questions[3].starred = true;
    for seed in 0..20 {
        let drawn = draw(
            all(&questions, &[]),
            &Wanted::default(),
            past(0),
            &mut ids(seed),
        )
        .unwrap();
        assert_eq!(drawn.id, questions[3].id);
        assert!(drawn.why.ends_with("starred"), "{}", drawn.why);
    }
}

#[test]
fn who_wrote_a_question_is_told_to_their_circle_once_they_have_spoken() {
    let [one, other] = [1, 2].map(|n| CircleId(Uuid::from_u128(n)));
    let member = MemberId(Uuid::from_u128(3));
    let wrote = Wrote {
        circle: one,
        member,
    };
    let draft = DraftQuestion {
        author: Some(wrote),
        ..DraftQuestion::new(Clean::line("What do you avoid?"))
    };
    let written = draft.into_question(QuestionId(Uuid::from_u128(4)), 1);
    assert_eq!(written.author_shown(one, |_| false), None);
    assert_eq!(written.author_shown(one, |id| id == member), Some(member));
    assert_eq!(written.author_shown(other, |_| true), None);
    let plain = serde_json::to_value(question(1)).unwrap();
    assert_eq!(plain.get("author"), None);
}

/// A bank of all depths, some starred, some of a competency.
fn mixed(count: u32) -> Vec<Question> {
    let mut questions: Vec<_> = (1..=count).map(question).collect();
    for (n, question) in questions.iter_mut().enumerate() {
        question.depth = Depth::ALL[n % 3];
        question.starred = n % 4 == 0;
        question.competency = (n % 2 == 0).then(|| Clean::line("Listening"));
    }
    questions
}

proptest! {
    #[test]
    fn a_draw_repeats_with_its_seed_in_any_order(seed in any::<u64>(), count in 1_u32..30, held in 0_u32..7) {
        let questions = mixed(count);
        let turned: Vec<_> = questions.iter().rev().cloned().collect();
        let one = draw(all(&questions, &[]), &Wanted::default(), past(held), &mut ids(seed));
        prop_assert!(one.is_some());
        prop_assert_eq!(draw(all(&turned, &[]), &Wanted::default(), past(held), &mut ids(seed)), one);
    }

    #[test]
    fn none_comes_again_before_the_deck_is_used_up(
        seed in any::<u64>(),
        count in 1_u32..15,
        rounds in 1_usize..4,
        points in 1_u8..=5,
    ) {
        let questions = mixed(count);
        let mut memory: Vec<Asked> = questions.iter().map(|q| Asked::never(q.id)).collect();
        let mut ids = ids(seed);
        for round in 0..rounds {
            let mut seen = BTreeSet::new();
            for n in 0..count {
                let held = u32::try_from(round).unwrap() * 3 + n / 5;
                let drawn = draw(all(&questions, &memory), &Wanted::default(), past(held), &mut ids);
                let drawn = drawn.unwrap();
                prop_assert!(seen.insert(drawn.id));
                let asked = memory.iter_mut().find(|asked| asked.question == drawn.id).unwrap();
                *asked = asked.clone().again(NOW).rate(points, NOW, NOW);
            }
        }
    }

    #[test]
    fn what_is_never_to_be_asked_is_never_drawn(
        seed in any::<u64>(),
        never in proptest::collection::vec(any::<bool>(), 1..20),
    ) {
        let questions = mixed(u32::try_from(never.len()).unwrap());
        let memory: Vec<Asked> = questions.iter().zip(&never)
            .map(|(question, never)| Asked { never: *never, ..Asked::never(question.id) })
            .collect();
        let kinds = vec![None; questions.len()];
        let drawn = draw_each(&all(&questions, &memory), &kinds, &[], past(1), &mut ids(seed));
        prop_assert_eq!(drawn.len(), never.iter().filter(|never| !**never).count());
        for drawn in drawn {
            let asked = memory.iter().find(|asked| asked.question == drawn.id);
            prop_assert!(asked.is_some_and(|asked| !asked.never));
        }
    }

    #[test]
    fn everybody_gets_another_question(seed in any::<u64>(), count in 1_u32..30, people in 1_usize..18) {
        let questions = mixed(count);
        let kinds = vec![None; people];
        let drawn = draw_each(&all(&questions, &[]), &kinds, &[], past(6), &mut ids(seed));
        prop_assert_eq!(drawn.len(), people.min(questions.len()));
        let different: BTreeSet<_> = drawn.iter().map(|drawn| drawn.id).collect();
        prop_assert_eq!(different.len(), drawn.len());
        let again = draw_each(&all(&questions, &[]), &kinds, &[], past(6), &mut ids(seed));
        prop_assert_eq!(again, drawn);
    }
}
