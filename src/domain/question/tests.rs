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

#[test]
fn the_least_asked_question_is_drawn_and_the_reason_says_so() {
    let questions: Vec<_> = (1..=3).map(question).collect();
    let often = asked(&questions[0], 2);
    let once = asked(&questions[2], 1);
    let memory = [Some(&often), None, Some(&once)];
    let candidates = || {
        questions
            .iter()
            .zip(memory)
            .map(|(question, asked)| Candidate { question, asked })
    };
    let drawn = draw(candidates(), &Wanted::default(), &mut ids(1)).unwrap();
    assert_eq!(drawn.id, questions[1].id);
    assert_eq!(
        drawn.why,
        "not asked in this circle yet; the only such one of 3 that fit"
    );
    let wanted = Wanted {
        without: vec![questions[1].id],
        ..Wanted::default()
    };
    let next = draw(candidates(), &wanted, &mut ids(1)).unwrap();
    assert_eq!(next.id, questions[2].id);
    assert!(
        next.why.starts_with("asked once in this circle"),
        "{}",
        next.why
    );
}

#[test]
fn trash_and_other_kinds_are_not_drawn() {
    let mut gone = question(1);
    gone.trashed = Some(Moment::from_millis(1));
    let mut pair = question(2);
    pair.kind = QuestionKind::Pair;
    let all = [&gone, &pair].map(|question| Candidate {
        question,
        asked: None,
    });
    assert_eq!(
        draw(all, &Wanted::kind(QuestionKind::Book), &mut ids(1)),
        None
    );
    let drawn = draw(all, &Wanted::default(), &mut ids(1)).unwrap();
    assert_eq!(drawn.id, pair.id);
    assert!(drawn.why.ends_with("the only one that fits"));
}

#[test]
fn a_circle_that_was_asked_nothing_begins_gently() {
    let mut questions: Vec<_> = (1..=6).map(question).collect();
    for (place, depth) in [(0, Depth::Deep), (2, Depth::WarmUp), (4, Depth::WarmUp)] {
        questions[place].depth = depth;
    }
    questions[0].starred = true;
    let before = asked(&questions[1], 1);
    let drawn = |memory: Option<&Asked>, seed| {
        let all = questions.iter().map(|question| Candidate {
            question,
            asked: memory.filter(|asked| asked.question == question.id),
        });
        draw(all, &Wanted::default(), &mut ids(seed)).unwrap().id
    };
    for seed in 0..20 {
        assert!([questions[2].id, questions[4].id].contains(&drawn(None, seed)));
        assert_eq!(drawn(Some(&before), seed), questions[0].id);
    }
}

#[test]
fn a_star_wins_among_equals() {
    let mut questions: Vec<_> = (1..=5).map(question).collect();
    questions[3].starred = true;
    for seed in 0..20 {
        let all = questions.iter().map(|question| Candidate {
            question,
            asked: None,
        });
        let drawn = draw(all, &Wanted::default(), &mut ids(seed)).unwrap();
        assert_eq!(drawn.id, questions[3].id);
    }
}

proptest! {
    #[test]
    fn a_draw_repeats_with_its_seed_in_any_order(seed in any::<u64>(), count in 1_u32..30) {
        let questions: Vec<_> = (1..=count).map(question).collect();
        let ways = questions.iter().map(|question| Candidate { question, asked: None });
        let one = draw(ways.clone(), &Wanted::default(), &mut ids(seed));
        prop_assert!(one.is_some());
        prop_assert_eq!(draw(ways.rev(), &Wanted::default(), &mut ids(seed)), one);
    }

    #[test]
    fn as_many_draws_as_questions_ask_each_once(seed in any::<u64>(), count in 1_u32..15) {
        let questions: Vec<_> = (1..=count).map(question).collect();
        let mut memory: Vec<Asked> = questions.iter().map(|q| Asked::never(q.id)).collect();
        let mut seen = BTreeSet::new();
        let mut ids = ids(seed);
        for _ in 0..count {
            let all = questions.iter().zip(&memory)
                .map(|(question, asked)| Candidate { question, asked: Some(asked) });
            let drawn = draw(all, &Wanted::default(), &mut ids).unwrap();
            let place = memory.iter().position(|asked| asked.question == drawn.id).unwrap();
            memory[place] = memory[place].clone().again(Moment::from_millis(0));
            prop_assert!(seen.insert(drawn.id));
        }
    }
}
