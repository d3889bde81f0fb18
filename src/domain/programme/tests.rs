use proptest::prelude::*;

use super::*;

fn goal(name: &str, sessions: u8) -> Goal {
    Goal {
        name: Clean::line(name),
        sessions,
        template: format!("{name}-template"),
    }
}

fn programme(goals: Vec<Goal>) -> Programme {
    Programme {
        id: "trial".to_owned(),
        name: Clean::line("Trial"),
        version: 1,
        about: Clean::default(),
        months: 3,
        first: "kick-off".to_owned(),
        middle: "review".to_owned(),
        last: "closing".to_owned(),
        otherwise: "open".to_owned(),
        goals,
    }
}

fn templates<'a>(laid: &Laid<'a>) -> Vec<&'a str> {
    laid.meetings.iter().map(|one| one.template).collect()
}

#[test]
fn a_programme_begins_reviews_in_the_middle_and_closes() {
    let trial = programme(vec![goal("a", 2), goal("b", 1)]);
    let goals = trial.choose(&[]).unwrap();
    let laid = trial.lay(7, &goals);
    assert_eq!(
        templates(&laid),
        [
            "kick-off",
            "a-template",
            "a-template",
            "review",
            "b-template",
            "open",
            "closing"
        ]
    );
    assert_eq!(laid.warnings(), Vec::<String>::new());
}

#[test]
fn too_few_meetings_are_said_and_every_goal_gets_one_before_any_gets_two() {
    let trial = programme(vec![goal("a", 6), goal("b", 5), goal("c", 1)]);
    let goals = trial.choose(&[]).unwrap();
    let laid = trial.lay(6, &goals);
    assert_eq!(
        templates(&laid),
        [
            "kick-off",
            "a-template",
            "b-template",
            "review",
            "c-template",
            "closing"
        ]
    );
    assert_eq!(
        laid.warnings(),
        [
            "The goals need 12 sessions and 3 of 6 meetings are free for them: choose fewer goals or a longer programme.",
            "a: 1 of 6 sessions.",
            "b: 1 of 5 sessions.",
        ]
    );
}

#[test]
fn the_smallest_series_keep_their_ends() {
    let trial = programme(vec![goal("a", 1)]);
    let goals = trial.choose(&[]).unwrap();
    assert_eq!(templates(&trial.lay(0, &goals)), Vec::<&str>::new());
    assert_eq!(templates(&trial.lay(1, &goals)), ["kick-off"]);
    let two = trial.lay(2, &goals);
    assert_eq!(templates(&two), ["kick-off", "closing"]);
    assert!(two.warnings()[0].starts_with("2 meetings leave no place for the review"));
    assert_eq!(
        templates(&trial.lay(3, &goals)),
        ["kick-off", "review", "closing"]
    );
}

#[test]
fn goals_are_chosen_by_the_beginning_of_their_name() {
    let trial = programme(vec![goal("Feedback", 2), goal("Courage", 1)]);
    let wanted =
        |names: &[&str]| -> Vec<String> { names.iter().map(|n| (*n).to_owned()).collect() };
    let chosen = trial.choose(&wanted(&["cour"])).unwrap();
    assert_eq!(chosen, [&trial.goals[1]]);
    assert_eq!(
        trial.choose(&wanted(&["cour", "tennis"])),
        Err("tennis".to_owned())
    );
    assert_eq!(trial.choose(&wanted(&[" "])), Err(" ".to_owned()));
}

#[test]
fn every_rule_that_is_broken_is_told() {
    let mut trial = programme(vec![goal("a", 0), goal("a", 1)]);
    trial.id = "No Slug".to_owned();
    trial.months = 0;
    let told = trial.faults(|id| id != "review").join("; ");
    for part in [
        "a-z",
        "1 to 24 months",
        "no template \"review\"",
        "the goal a needs 1 to 30 sessions",
        "a name of its own",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

proptest! {
    #[test]
    fn no_meeting_is_lost_and_no_goal_gets_more_than_it_needs(
        needs in proptest::collection::vec(1u8..6, 0..6),
        meetings in 0usize..40,
    ) {
        let goals = needs.iter().enumerate();
        let trial = programme(goals.map(|(n, needs)| goal(&format!("g{n}"), *needs)).collect());
        let all = trial.choose(&[]).unwrap();
        let laid = trial.lay(meetings, &all);
        prop_assert_eq!(laid.meetings.len(), meetings);
        let mut given = 0;
        for goal in &all {
            let got = laid.meetings.iter().filter(|one| one.goal == Some(*goal)).count();
            prop_assert!(got <= usize::from(goal.sessions));
            let short = laid.short.iter().find(|(other, _)| other == goal);
            prop_assert_eq!(short.map(|(_, got)| *got), (got < usize::from(goal.sessions)).then_some(got));
            given += got;
        }
        prop_assert_eq!(given, laid.needed.min(laid.room));
        if meetings > 1 {
            prop_assert_eq!(laid.meetings[0].template, "kick-off");
            prop_assert_eq!(laid.meetings[meetings - 1].template, "closing");
        }
        if meetings > 2 {
            prop_assert_eq!(laid.meetings[meetings / 2].template, "review");
        }
    }
}
