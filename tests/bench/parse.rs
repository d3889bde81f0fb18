//! How long it takes to read a line that somebody types, with everything in it that a line can have.
//!
//! It is read again at every key, so it has to be far below what an eye can see.

use std::hint::black_box;

use chrono::NaiveDate;
use circlet::domain::capture::{Kind, Opening, Scene, parse};
use circlet::domain::clock::Moment;
use circlet::domain::id::{Ids, MemberId};
use circlet::domain::roster::{Label, Member};
use circlet::domain::text::Clean;
use criterion::{Criterion, criterion_group, criterion_main};

const NAMES: [&str; 18] = [
    "Jun Tanaka",
    "Maria Okafor",
    "Tom Weiss",
    "Sam Reyes",
    "Priya Nair",
    "Aisha Bello",
    "Marek Nowak",
    "Mei Lin",
    "Olu Ade",
    "Ana Costa",
    "Ben Fox",
    "Chen Wu",
    "Dina Sol",
    "Eve Park",
    "Finn Lund",
    "Gus Hale",
    "Hana Ito",
    "Ida Berg",
];

fn members() -> Vec<Member> {
    let mut ids = Ids::new(Moment::from_millis(1_773_327_600_000), 7);
    let member = |(number, name): (u16, &str)| {
        Member::new(
            MemberId(ids.make()),
            Clean::line(name),
            Label(number),
            Moment::from_millis(1_773_327_600_000),
        )
    };
    (1..).zip(NAMES).map(member).collect()
}

fn lines(bench: &mut Criterion) {
    let people = members();
    let people: Vec<&Member> = people.iter().collect();
    let scene = Scene {
        order: circlet::domain::when::Order::default(),
        reads: false,
        members: &people,
        me: people.first().map(|member| member.id),
        floor: people.last().map(|member| member.id),
        presenter: None,
        today: NaiveDate::from_ymd_opt(2026, 3, 12).expect("a day of March"),
        next_session: NaiveDate::from_ymd_opt(2026, 3, 26),
        circles: &[],
        tags: &["feedback", "network", "practice"],
    };
    let mut group = bench.benchmark_group("capture");
    for (name, line) in [
        ("short", "Send deck @maria due fri"),
        (
            "full",
            "Send the deck to everybody @maria @tom due next fri #feedback #network !! est 20m",
        ),
        (
            "many choices",
            "Ask @ma and @a and @e about the plan due 12 by 31 feb",
        ),
    ] {
        group.bench_function(name, |bench| {
            bench.iter(|| parse(black_box(line), Opening::Letter(Kind::Action), &scene));
        });
    }
    let long = "word ".repeat(2000);
    group.bench_function("ten thousand letters", |bench| {
        bench.iter(|| parse(black_box(&long), Opening::Is(Kind::Action), &scene));
    });
    group.finish();
}

criterion_group!(benches, lines);
criterion_main!(benches);
