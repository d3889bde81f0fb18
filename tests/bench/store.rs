//! The store on a real disk: from an act to `saved`, and opening what many years have filled.
//!
//! `append and sync` is what the disk itself takes for a line of the same length: the floor under an act.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use circlet::domain::change::{Act, ActKind, Author, Change, Via};
use circlet::domain::clock::Moment;
use circlet::domain::document::Document;
use circlet::domain::id::{ActId, ActionId, CircleId, Ids, Key, Kind, RunId, Space};
use circlet::domain::item::{Action, Origin, Owner};
use circlet::domain::text::Clean;
use circlet::store::{Disk, Opened, Read as _, Store as _, create, open};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use serde_json::Map;

const MANY: u32 = 100_000;
/// Actions of one act when a store is filled, as an import would bring them.
const PART: u32 = 5_000;

/// Makes acts with rising ids.
struct Maker {
    ids: Ids,
    circle: CircleId,
    number: u32,
}

impl Maker {
    fn new() -> Self {
        let mut ids = Ids::new(at(), 7);
        let circle = CircleId(ids.make());
        Self {
            ids,
            circle,
            number: 0,
        }
    }

    /// An act that writes so many actions down.
    fn act(&mut self, actions: u32) -> Act {
        let changes = (0..actions).map(|_| self.action()).collect();
        Act {
            id: ActId(self.ids.make()),
            seq: 0,
            revs: BTreeMap::new(),
            at: at(),
            by: Author {
                via: Via::App,
                run: RunId(self.circle.0),
            },
            title: "Send deck".to_owned(),
            kind: ActKind::Do,
            changes,
        }
    }

    fn action(&mut self) -> Change {
        self.number += 1;
        let id = ActionId(self.ids.make());
        let action = Action {
            owner: Owner::All,
            tags: vec![Clean::line("feedback")],
            extra: Map::new(),
            ..Action::new(
                id,
                self.number,
                Clean::line(&format!(
                    "Send deck number {} to everybody who was away",
                    self.number
                )),
                Origin::outside(at()),
            )
        };
        Change {
            key: Key::new(Space::Circle(self.circle), Kind::Action, id.0),
            before: None,
            after: Some(Document::Action(action).to_body()),
        }
    }
}

fn at() -> Moment {
    Moment::from_millis(1_773_327_600_000)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

fn new_store(folder: &Path) -> Disk {
    create(&folder.join("store"), uuid::Uuid::from_u128(1)).expect("a new folder takes a store")
}

fn one_act(bench: &mut Criterion) {
    let folder = folder();
    let (mut store, mut maker) = (new_store(folder.path()), Maker::new());
    let length = serde_json::to_vec(&maker.act(1)).map_or(0, |line| line.len());
    bench.bench_function("act to saved", |bench| {
        bench.iter_batched(
            || maker.act(1),
            |act| store.commit(act).expect("the disk takes an act"),
            BatchSize::SmallInput,
        );
    });
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.path().join("floor"))
        .expect("the folder takes a file");
    let line = vec![b'x'; length];
    bench.bench_function("append and sync", |bench| {
        bench.iter(|| {
            file.write_all(&line)
                .and_then(|()| file.sync_data())
                .expect("the disk takes a line");
        });
    });
}

fn opening(bench: &mut Criterion) {
    let folder = folder();
    let mut store = new_store(folder.path());
    let mut maker = Maker::new();
    for _ in 0..MANY / PART {
        store
            .commit(maker.act(PART))
            .expect("the disk takes many actions");
    }
    store.close(at(), true).expect("a whole store closes");
    let mut group = bench.benchmark_group("open");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(10));
    group.bench_function("100,000 actions", |bench| {
        bench.iter(|| {
            let opened = open(&folder.path().join("store"), at()).expect("a whole store opens");
            let Opened::Ready {
                store,
                repaired: None,
            } = opened
            else {
                panic!("a whole store opens as it is");
            };
            black_box(store.heads().expect("heads can be read"));
            store.close(at(), false).expect("a whole store closes");
        });
    });
    group.finish();
}

criterion_group!(benches, one_act, opening);
criterion_main!(benches);
