use super::*;
use crate::domain::fixture;

fn minutes(n: i64) -> Span {
    Span::from_minutes(n)
}

#[test]
fn overtime_keeps_counting_after_zero() {
    let (session, t0) = fixture::session(&[5, 10]);
    let live = Live::start(&session, t0);
    assert_eq!(live.left(t0 + minutes(4)), minutes(1));
    assert_eq!(live.left(t0 + minutes(7)), minutes(-2));
    assert_eq!(live.phase(t0 + minutes(4)), Phase::Warning);
    assert_eq!(live.phase(t0 + minutes(7)), Phase::Over);
}

#[test]
fn going_back_finds_the_clock_as_it_was() {
    let (session, t0) = fixture::session(&[5, 10]);
    let live = Live::start(&session, t0).go_to(1, t0 + minutes(3));
    assert_eq!(live.left(t0 + minutes(4)), minutes(9));
    let back = live.go_to(0, t0 + minutes(6));
    assert_eq!(back.left(t0 + minutes(6)), minutes(2));
    assert_eq!(back.took(1, t0 + minutes(6)), Some(minutes(3)));
}

#[test]
fn a_look_ahead_leaves_plan_and_prompt_as_they_were() {
    let (session, t0) = fixture::session(&[5, 10, 20]);
    let mut live = Live::start(&session, t0);
    live.prompt = 1;
    let at = t0 + minutes(3);
    let back = live.go_to(1, at).go_to(0, at);
    assert_eq!(
        back.session_ends(&session, at),
        live.session_ends(&session, at)
    );
    assert_eq!(back.prompt, 1);
    assert!(!back.is_behind_us(1) && back.go_to(1, at).is_behind_us(0));
}

#[test]
fn a_block_is_not_shortened_below_what_it_has_taken() {
    let (session, t0) = fixture::session(&[5]);
    let live = Live::start(&session, t0);
    let shorter = live.extend(minutes(-4), 1, t0 + minutes(3));
    assert_eq!(shorter.length(), minutes(3));
    assert_eq!(live.extend(minutes(2), 1, t0).length(), minutes(7));
}

#[test]
fn behind_counts_what_was_taken_and_what_is_to_come() {
    let (session, t0) = fixture::session(&[5, 10]);
    let live = Live::start(&session, t0);
    assert_eq!(live.behind(&session, t0), Span::ZERO);
    assert_eq!(live.behind(&session, t0 + minutes(8)), Span::ZERO);
    assert_eq!(live.behind(&session, t0 + minutes(16)), minutes(2));
    assert_eq!(
        live.go_to(1, t0 + minutes(4))
            .behind(&session, t0 + minutes(4)),
        minutes(-1)
    );
}

#[test]
fn each_signal_is_given_once_and_again_after_more_time() {
    let (session, t0) = fixture::session(&[5]);
    let live = Live::start(&session, t0);
    let mut watch = Watch::default();
    let mut at = |live: &Live, secs: i64| watch.update(live, t0 + Span::from_secs(secs));
    assert_eq!(at(&live, 0), []);
    assert_eq!(at(&live, 181), [Effect::Warn]);
    assert_eq!(at(&live, 182), []);
    assert_eq!(at(&live, 301), [Effect::Zero]);
    assert_eq!(at(&live, 302), []);
    let longer = live.extend(minutes(1), 1, t0 + Span::from_secs(302));
    assert_eq!(at(&longer, 303), [Effect::Warn]);
    assert_eq!(at(&longer, 361), [Effect::Zero]);
}

#[test]
fn a_block_is_not_shortened_below_its_least() {
    let (session, t0) = fixture::session(&[10]);
    let live = Live::start(&session, t0);
    assert_eq!(live.extend(minutes(-9), 5, t0).length(), minutes(5));
    let least = live.extend(minutes(-5), 5, t0);
    assert_eq!(least.extend(minutes(-1), 5, t0), least);
}
