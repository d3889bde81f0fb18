#![cfg(unix)]

use super::*;
use crate::engine::glance;
use crate::engine::query::{Answer, CircleStatus, Query, StatusAsk};

fn status(now: Moment) -> Query {
    Query::Status(StatusAsk {
        me: None,
        today: now.date(Zone::UTC),
        rows: 0,
    })
}

fn circles(found: Result<(Moment, Answer), String>) -> Vec<CircleStatus> {
    match found.unwrap() {
        (_, Answer::Status(circles)) => circles,
        (_, other) => panic!("{other:?}"),
    }
}

#[test]
fn a_glance_sees_the_same_through_an_owner_and_without_one() {
    run(async {
        let desk = Desk::new();
        assert!(circles(glance::ask(&desk.options(Via::Cli), status)).is_empty());
        assert!(!desk.store().exists());
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let options = desk.options(Via::Cli);
        let mut asking = tokio::task::spawn_blocking(move || glance::ask(&options, status));
        let through = loop {
            tokio::select! {
                found = &mut asking => break found.unwrap(),
                _ = owner.next() => {}
            }
        };
        let through = circles(through);
        assert_eq!(through.len(), 1);
        assert_eq!(through[0].name.as_str(), "Ladder Up");
        owner.close();
        let alone = circles(glance::ask(&desk.options(Via::Cli), status));
        assert_eq!(alone, through);
        // It leaves the store to whoever comes next.
        let mut next = desk.open(Via::App).await;
        assert_eq!(circle(&next), alone[0].id);
        done(&mut next, new_circle("Peer Leads")).await;
        next.close();
    });
}
