//! A draw from 100,000 questions, with and without a history of use.

use std::hint::black_box;

use circlet::domain::clock::{Moment, Span};
use circlet::domain::id::{Ids, QuestionId};
use circlet::domain::question::{
    Asked, Candidate, Depth, DraftQuestion, Past, Question, QuestionKind, Wanted, draw,
};
use circlet::domain::text::Clean;
use criterion::{Criterion, criterion_group, criterion_main};

const COUNT: usize = 100_000;
const NOW: Moment = Moment::from_millis(1_773_327_600_000);

fn bank() -> Vec<Question> {
    let mut ids = Ids::new(NOW, 7);
    let question = |n: usize| {
        let draft = DraftQuestion {
            kind: QuestionKind::ALL[n % QuestionKind::ALL.len()],
            depth: Depth::ALL[n % Depth::ALL.len()],
            starred: n.is_multiple_of(50),
            competency: Some(Clean::line(["Courage", "Listening", "Saying no"][n % 3])),
            ..DraftQuestion::new(Clean::line(&format!("What did you learn on day {n}?")))
        };
        draft.into_question(QuestionId(ids.make()), 1)
    };
    (0..COUNT).map(question).collect()
}

/// Every question asked so many times, and rated each time.
fn asked(bank: &[Question], times: u32) -> Vec<Asked> {
    let of = |(n, question): (i64, &Question)| {
        let at = NOW - Span::from_minutes(n);
        (0..times).fold(Asked::never(question.id), |asked, _| {
            asked.again(at).rate(4, at, at)
        })
    };
    (0..).zip(bank).map(of).collect()
}

fn draws(bench: &mut Criterion) {
    let bank = bank();
    let past = Past {
        held: 5,
        looked_back: 5,
        now: NOW,
    };
    for (name, times) in [("never asked", 0), ("all asked twice", 2)] {
        let memory = asked(&bank, times);
        let candidates: Vec<Candidate<'_>> = bank
            .iter()
            .zip(&memory)
            .filter_map(|(question, asked)| Candidate::of(question, Some(asked)))
            .collect();
        for (what, wanted) in [
            ("any kind", Wanted::default()),
            ("one kind", Wanted::kind(QuestionKind::Pair)),
        ] {
            bench.bench_function(&format!("draw of 100,000, {name}, {what}"), |b| {
                let mut ids = Ids::new(NOW, 11);
                b.iter(|| {
                    draw(
                        candidates.iter().copied(),
                        black_box(&wanted),
                        past,
                        &mut ids,
                    )
                });
            });
        }
    }
}

criterion_group!(benches, draws);
criterion_main!(benches);
