//! Groups for twelve people with three years of history: what `s g` waits for.

use std::hint::black_box;

use circlet::domain::clock::Moment;
use circlet::domain::id::{Ids, MemberId};
use circlet::domain::pairing::{History, Size, Wish, propose};
use criterion::{Criterion, criterion_group, criterion_main};

/// Break-outs of three years with a session every two weeks.
const OUTS: u64 = 78;

fn people(count: usize) -> Vec<MemberId> {
    let mut ids = Ids::new(Moment::from_millis(1_773_327_600_000), 7);
    (0..count).map(|_| MemberId(ids.make())).collect()
}

/// Three years of groups, one person away each time.
fn history(people: &[MemberId]) -> History {
    let mut history = History::default();
    for seed in 0..OUTS {
        let mut here = people.to_vec();
        here.remove(seed as usize % people.len());
        let size = Size::ALL[seed as usize % Size::ALL.len()];
        let wish = Wish {
            people: &here,
            size,
            history: &history,
            ties: &[],
        };
        let made = propose(&wish, seed);
        history.add(made.groups.iter().map(Vec::as_slice));
    }
    history
}

fn groups(bench: &mut Criterion) {
    for count in [12, 18] {
        let people = people(count);
        let history = history(&people);
        for size in Size::ALL {
            let wish = Wish {
                people: &people,
                size,
                history: &history,
                ties: &[],
            };
            bench.bench_function(&format!("{size} of {count} with 3 years"), |b| {
                b.iter(|| propose(black_box(&wish), black_box(5)));
            });
        }
    }
}

criterion_group!(benches, groups);
criterion_main!(benches);
