use super::*;
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::id::{ActionId, Ids, Key, Kind, MemberId};
use crate::domain::item::{ActionState, Origin};
use crate::domain::roster::{Label, Member};
use crate::domain::text::Clean;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct World {
    state: State,
    circle: CircleId,
    action: Action,
}

/// Thu 12 Mar 2026; "Send deck" of María Okafor, due the day before.
fn world() -> World {
    let now = Moment::parse("2026-03-12T12:00:00Z").unwrap();
    let mut ids = Ids::new(now, 3);
    let circle = CircleId(ids.make());
    let mut state = State::default();
    let held = Circle::new(circle, Clean::line("Ladder Up"), now);
    state.load(Key::circle(circle, Kind::Circle, circle.0), held.into());
    let maria = MemberId(ids.make());
    let member = Member::new(maria, Clean::line("María Okafor"), Label(2), now);
    state.load(Key::circle(circle, Kind::Member, maria.0), member.into());
    let id = ActionId(ids.make());
    let action = Action {
        owner: Owner::Member(maria),
        due: Due::On(day("2026-03-11")),
        tags: vec![Clean::line("Feedback")],
        ..Action::new(id, 14, Clean::line("Send deck"), Origin::outside(now))
    };
    World {
        state,
        circle,
        action,
    }
}

fn noon(day: NaiveDate) -> Moment {
    Moment::from_local(day.and_hms_opt(12, 0, 0).unwrap(), chrono_tz::UTC)
}

fn fits(world: &World, text: &str, action: &Action) -> bool {
    let today = day("2026-03-12");
    let days = Calendar::new(&world.state, world.circle, (noon(today), chrono_tz::UTC));
    let sought = Sought::read(text, today.into()).unwrap();
    let meant = sought.in_circle(world.circle, &world.state, (days, Some("María Okafor")));
    meant.fits(action)
}

#[rstest::rstest]
#[case("", true)]
#[case("send DECK", true)]
#[case("a14", true)]
#[case("zebra", false)]
#[case("@maria", true)]
#[case("@okafor", true)]
#[case("@maria-okafor", true)]
#[case("@Maria Okafor", true)]
#[case("okafor deck", true)]
#[case("@maria silva", false)]
#[case("@me", true)]
#[case("@2", true)]
#[case("@jun", false)]
#[case("#feed", true)]
#[case("#growth", false)]
#[case("due<fri", true)]
#[case("due<2026-03-11", false)]
#[case("is:overdue", true)]
#[case("is:late", true)]
#[case("is:ov", true)]
#[case("is:week", false)]
#[case("is:blocked", false)]
#[case("is:done", false)]
#[case("is:trash", false)]
#[case("+ladder", true)]
#[case("+quiet", false)]
#[case("send @maria #feedback due<fri is:overdue +ladder", true)]
fn every_part_must_fit(#[case] text: &str, #[case] expected: bool) {
    let world = world();
    assert_eq!(fits(&world, text, &world.action), expected, "{text}");
}

#[test]
fn what_it_waits_for_makes_an_action_blocked_while_it_is_open() {
    let mut world = world();
    world.action.waits_for = Some(Clean::line("Ana"));
    world.action.help = true;
    assert!(fits(&world, "is:blocked is:help", &world.action));
    world.action.state = ActionState::Done;
    assert!(!fits(&world, "is:blocked", &world.action));
    assert!(fits(&world, "is:done", &world.action));
    world.action.trashed = Some(world.action.origin.at);
    assert!(!fits(&world, "is:done", &world.action));
    assert!(fits(&world, "is:trash", &world.action));
}

#[test]
fn nobody_is_an_owner_too() {
    let world = world();
    let nobody = Action {
        owner: Owner::Nobody,
        ..world.action.clone()
    };
    assert!(fits(&world, "@nobody", &nobody) && fits(&world, "is:nobody", &nobody));
    assert!(!fits(&world, "@nobody", &world.action));
}

#[test]
fn what_is_not_known_is_told() {
    let today = day("2026-03-12");
    let said = Sought::read("due<someday", today.into()).unwrap_err();
    assert!(said.contains("\"someday\" is no day"), "{said}");
    let said = Sought::read("is:lost", today.into()).unwrap_err();
    assert!(said.contains("overdue, week, blocked"), "{said}");
    // What has only begun asks for nothing yet.
    for begun in ["is:", "due<", "@", "#"] {
        assert!(Sought::read(begun, today.into()).is_ok(), "{begun}");
    }
    assert_eq!(Sought::read("  ", today.into()), Ok(Sought::default()));
}

#[test]
fn a_filter_names_whoever_could_be_meant() {
    for (text, named) in [
        ("@maria due<fri", true),
        ("@okafor", true),
        ("@me #maria", false),
    ] {
        assert_eq!(Sought::names(text, "María Okafor"), named, "{text}");
    }
}

#[test]
fn a_filter_says_where_to_look() {
    let place = |text: &str| {
        Sought::read(text, day("2026-03-12").into())
            .unwrap()
            .place()
    };
    assert_eq!(place("send"), None);
    assert_eq!(place("is:blocked"), Some(Is::Open));
    assert_eq!(place("is:done #growth"), Some(Is::Done));
    assert_eq!(place("is:trash"), Some(Is::Trash));
}

proptest! {
    #[test]
    fn more_parts_never_let_more_through(
        one in "[@#+]?[a-m]{0,3}|is:(open|overdue|week|blocked|nobody|help|done|trash)",
        other in "[@#+]?[a-m]{0,3}|due<(fri|thu|today)",
    ) {
        let world = world();
        let both = format!("{one} {other}");
        if fits(&world, &both, &world.action) {
            prop_assert!(fits(&world, &one, &world.action));
            prop_assert!(fits(&world, &other, &world.action));
        }
    }
}

#[test]
fn me_is_nobody_else_whose_name_begins_so() {
    let mut world = world();
    let mel = MemberId(uuid::Uuid::from_u128(77));
    let member = Member::new(
        mel,
        Clean::line("Mel Ode"),
        Label(9),
        world.action.origin.at,
    );
    let key = Key::circle(world.circle, Kind::Member, mel.0);
    world.state.load(key, member.into());
    let hers = Action {
        owner: Owner::Member(mel),
        ..world.action.clone()
    };
    let days = Calendar::new(
        &world.state,
        world.circle,
        (noon(day("2026-03-12")), chrono_tz::UTC),
    );
    let sought = Sought::read("@me", day("2026-03-12").into()).unwrap();
    assert!(sought.asks_for_me());
    for me in [None, Some("María Okafor")] {
        let meant = sought.in_circle(world.circle, &world.state, (days, me));
        assert!(!meant.fits(&hers), "{me:?}");
        assert_eq!(meant.fits(&world.action), me.is_some());
    }
    assert!(fits(&world, "@mel", &hers));
}

#[rstest::rstest]
#[case("@zz", Some("Nobody is called \"zz\" here."))]
#[case("@maria @zz send", Some("Nobody is called \"zz\" here."))]
#[case("@maria @2 @me @all @nobody @", None)]
#[case("+Nowhere", Some("No circle is called \"nowhere\"."))]
#[case("+ladder send", None)]
#[case("zz", None)]
fn a_name_that_nobody_has_is_told(#[case] text: &str, #[case] told: Option<&str>) {
    let world = world();
    let sought = Sought::read(text, day("2026-03-12").into()).unwrap();
    let misses = sought.misses(&[world.circle], &world.state);
    assert_eq!(misses.as_deref(), told);
}
