use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::session::SessionState;
use crate::domain::text::Clean;

/// One document that comes, changes or goes.
#[derive(Clone, Copy, Debug)]
struct Turn {
    what: u8,
    circle: u128,
    session: u128,
    /// Fetched and let go, or changed by an act.
    by_act: bool,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = (0u8..8, 1u128..4, 1u128..4, any::<bool>());
    let turn = turn.prop_map(|(what, circle, session, by_act)| Turn {
        what,
        circle,
        session,
        by_act,
    });
    prop::collection::vec(turn, 0..60)
}

fn session(turn: Turn, state: SessionState) -> Session {
    let id = SessionId(Uuid::from_u128(turn.session));
    Session {
        state,
        ..Session::new(id, 1, Moment::from_millis(0), 60)
    }
}

/// What a turn is about: a key, and the document that it gets, or that it loses it.
fn outcome(turn: Turn) -> (Key, Option<Document>) {
    let id = CircleId(Uuid::from_u128(turn.circle));
    let at = Moment::from_millis(0);
    let circle = Key::circle(id, Kind::Circle, id.0);
    let of = |kind| Key::circle(id, kind, Uuid::from_u128(turn.session));
    let put = |state| Some(Document::from(session(turn, state)));
    match turn.what {
        0 | 1 => {
            let circle_doc = Circle::new(id, Clean::line("Ladder Up"), at);
            (circle, Some(circle_doc.into()))
        }
        2 => (circle, None),
        3 => (of(Kind::Session), put(SessionState::Running)),
        4 => (of(Kind::Session), put(SessionState::Ended)),
        5 => (of(Kind::Session), None),
        6 => {
            let live = Live::start(&session(turn, SessionState::Running), at);
            (of(Kind::Live), Some(live.into()))
        }
        _ => (of(Kind::Live), None),
    }
}

fn take(state: &mut State, turn: Turn) {
    let (key, document) = outcome(turn);
    match document {
        document if turn.by_act => {
            let change = Change {
                key,
                before: None,
                after: document.map(|document| document.to_body()),
            };
            state.apply_changes(&[change]).unwrap();
        }
        Some(document) => state.load(key, document),
        None => state.unload(&key),
    }
}

fn walked_circles(state: &State) -> Vec<&Circle> {
    let walked = state.documents().filter_map(|(_, document)| {
        let Document::Circle(circle) = document else {
            return None;
        };
        Some(circle)
    });
    walked.collect()
}

fn walked_running(state: &State) -> Option<(CircleId, SessionId)> {
    let mut all = walked_circles(state).into_iter().flat_map(|circle| {
        let sessions = state.sessions(circle.id);
        sessions.map(|session| (circle.id, session))
    });
    let (circle, session) = all.find(|(circle, session)| {
        session.state == SessionState::Running && state.live(*circle, session.id).is_some()
    })?;
    Some((circle, session.id))
}

proptest! {
    #[test]
    fn circles_and_the_running_session_are_found_as_by_walking_through_everything(turns in turns()) {
        let mut state = State::default();
        for turn in turns {
            take(&mut state, turn);
            prop_assert_eq!(state.circles().collect::<Vec<_>>(), walked_circles(&state));
            let running = state.running();
            let running = running.map(|(circle, session, _)| (circle, session.id));
            prop_assert_eq!(running, walked_running(&state));
            let wanted = |kind| matches!(kind, Kind::Circle | Kind::Session);
            let walked = state.documents().filter(|(key, _)| wanted(key.kind));
            prop_assert!(state.of_kinds(wanted).eq(walked));
        }
    }

    #[test]
    fn the_same_documents_are_the_same_state_in_whatever_order_they_came(turns in turns()) {
        let mut state = State::default();
        for turn in turns {
            take(&mut state, turn);
        }
        let mut again = State::default();
        for (key, document) in state.documents() {
            again.load(*key, document.clone());
        }
        prop_assert_eq!(again.docs, state.docs);
    }
}

#[test]
fn a_session_that_was_not_held_is_not_the_next_one() {
    let circle = CircleId(Uuid::from_u128(9));
    let mut state = State::default();
    let at = |hour: i64| Moment::from_millis(hour * 3_600_000);
    for (n, hour) in [(1u128, 0), (2, 48), (3, 96)] {
        let id = SessionId(Uuid::from_u128(n));
        let row = Session::new(id, u32::try_from(n).unwrap(), at(hour), 60);
        state.load(Key::circle(circle, Kind::Session, id.0), row.into());
    }
    let next = |now| {
        let next = state.next_session(circle, now);
        next.map(|session| session.number)
    };
    let missed = |now| -> Vec<u32> {
        let missed = state.missed_sessions(circle, now);
        missed.iter().map(|session| session.number).collect()
    };
    assert_eq!(
        (next(at(12)), missed(at(12))),
        (Some(1), vec![]),
        "it may begin late"
    );
    assert_eq!((next(at(14)), missed(at(14))), (Some(2), vec![1]));
    assert_eq!((next(at(999)), missed(at(999))), (None, vec![3, 2, 1]));
    assert_eq!(state.due_at(circle, Due::NextSession, at(14)), Some(at(48)));
}
