use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::domain::text::Limit;

fn live(demo: &Demo) -> (&DemoCircle, &DemoLive) {
    let circle = &demo.circles[0];
    (circle, circle.live.as_ref().unwrap())
}

#[test]
fn the_demo_has_three_circles_and_one_running_session() {
    let demo = demo(Names::Friendly);
    let names: Vec<_> = demo
        .circles
        .iter()
        .map(|circle| circle.name.as_str())
        .collect();
    assert_eq!(names, ["Ladder Up", "Peer Leads", "Quiet Readers"]);
    assert_eq!(
        demo.circles
            .iter()
            .filter(|circle| circle.live.is_some())
            .count(),
        1
    );
    let (circle, live) = live(&demo);
    assert_eq!(
        (circle.people.len(), live.number, live.blocks.len()),
        (6, 7, 6)
    );
    let minutes: u16 = live.blocks.iter().map(|block| block.minutes).sum();
    assert_eq!((minutes, live.minutes), (85, 90));
}

#[test]
fn the_running_session_is_30_minutes_48_in_and_its_figures_agree() {
    let demo = demo(Names::Friendly);
    let (circle, live) = live(&demo);
    let gone = live.done_secs.iter().sum::<u32>() + live.now_secs;
    assert_eq!(gone, 30 * 60 + 48);
    assert!(live.done_secs.len() < live.blocks.len());
    assert_eq!(live.blocks[live.done_secs.len()].title, "Hot seat");
    assert!(live.turns.iter().map(|turn| turn.secs).sum::<u32>() <= gone);
    assert!(live.items.iter().all(|item| item.at_secs <= gone));
    assert!(live.items.is_sorted_by_key(|item| item.at_secs));
    let speaker = live
        .turns
        .iter()
        .find(|turn| turn.person == live.floor)
        .unwrap();
    assert!(live.floor_secs <= speaker.secs && live.floor_secs <= live.now_secs);
    assert!((1..=live.questions.len()).contains(&live.prompt));
    assert!(!circle.people[live.floor - 1].away);
    let late = circle
        .actions
        .iter()
        .filter(|action| !action.done && action.due_days.is_some_and(|days| days < 0));
    assert_eq!(late.count(), 2);
}

#[test]
fn every_person_that_is_named_by_number_exists() {
    for circle in demo(Names::Friendly).circles {
        let mut numbers = vec![circle.me];
        numbers.extend(circle.actions.iter().filter_map(|action| action.owner));
        let past = circle.past.iter().flat_map(|past| &past.items);
        let running = circle.live.iter().flat_map(|live| &live.items);
        for item in past.chain(running) {
            numbers.extend(item.owner.into_iter().chain(item.by));
            assert!(!item.text.contains('{'), "{}", item.text);
        }
        numbers.extend(circle.past.iter().flat_map(|past| past.present.iter()));
        if let Some(live) = &circle.live {
            numbers.push(live.floor);
            numbers.extend(&live.hands);
            numbers.extend(live.turns.iter().map(|turn| turn.person));
        }
        if let Some(book) = &circle.book {
            numbers.push(book.proposed_by);
            numbers.extend(book.readers.iter().map(|one| one.person));
            numbers.extend(book.questions.iter().map(|one| one.by));
            numbers.extend(book.quotes.iter().map(|one| one.by));
        }
        let known = 1..=circle.people.len();
        for number in numbers {
            assert!(known.contains(&number), "{}: {number}", circle.name);
        }
    }
}

#[test]
fn no_number_is_given_twice_within_a_circle() {
    for circle in demo(Names::Friendly).circles {
        let mut seen = BTreeSet::new();
        for action in &circle.actions {
            assert!(seen.insert(("action".to_owned(), action.number)));
        }
        let past = circle.past.iter().flat_map(|past| &past.items);
        let running = circle.live.iter().flat_map(|live| &live.items);
        for item in past.chain(running) {
            assert!(seen.insert((format!("{:?}", item.kind).to_lowercase(), item.number)));
        }
    }
}

#[test]
fn friendly_names_are_plain_and_hard_names_are_hard_but_clean() {
    let friendly = demo(Names::Friendly);
    assert!(
        live(&friendly)
            .0
            .people
            .iter()
            .all(|person| person.name.is_ascii())
    );
    let hard = demo(Names::Hard);
    let names: Vec<_> = live(&hard)
        .0
        .people
        .iter()
        .map(|person| &person.name)
        .collect();
    assert_eq!(names.len(), 6);
    for name in &names {
        assert_eq!(Clean::name(name).as_ref(), Ok(*name));
        assert!(
            Limit::Name.check(name).is_ok() && !name.contains('◦'),
            "{name}"
        );
    }
    assert!(names.iter().any(|name| name.width() > name.chars().count()));
    assert!(
        names
            .iter()
            .any(|name| name.graphemes(true).count() < name.chars().count())
    );
    assert!(names.iter().any(|name| name.contains('\u{200D}')));
    assert!(names.iter().any(|name| name.contains('ל')));
    assert!(
        live(&hard)
            .1
            .items
            .iter()
            .any(|item| item.text.starts_with("田中:"))
    );
}

#[test]
fn the_book_of_the_demo_is_laid_to_its_last_chapter() {
    let demo = demo(Names::Friendly);
    let books: Vec<_> = demo
        .circles
        .iter()
        .filter_map(|c| c.book.as_ref())
        .collect();
    assert_eq!(books.len(), 1);
    for book in books {
        let chapters = u32::try_from(book.chapters.len()).unwrap();
        assert!(book.chapters.is_sorted_by_key(|chapter| chapter.page));
        assert!(
            book.instalments
                .is_sorted_by_key(|one| (one.until, one.in_days))
        );
        assert_eq!(book.instalments.last().unwrap().until, chapters);
        assert!(book.readers.iter().all(|reader| reader.chapter <= chapters));
        assert!(book.quotes.iter().all(|quote| quote.page <= book.pages));
    }
}

#[test]
fn what_was_asked_before_the_demo_stands_in_the_starter_bank() {
    let bank: BTreeSet<_> = crate::packs::questions()
        .into_iter()
        .map(|question| question.text)
        .collect();
    let demo = demo(Names::Friendly);
    let past = demo.circles.iter().flat_map(|circle| &circle.past);
    let asked: Vec<_> = past
        .flat_map(|past| &past.blocks)
        .flat_map(|block| &block.asked)
        .collect();
    assert!(asked.len() > 8);
    for one in asked {
        assert!(bank.contains(&one.text), "{}", one.text);
        assert!(one.points.is_none_or(|points| (1..=5).contains(&points)));
    }
    for asks in &live(&demo).1.asks {
        assert!(bank.contains(&asks.text), "{}", asks.text);
    }
}

#[test]
fn past_sessions_of_the_demo_follow_each_other_and_end_in_time() {
    for circle in demo(Names::Friendly).circles {
        assert!(
            circle
                .past
                .is_sorted_by_key(|past| (past.number, -past.days_ago))
        );
        for past in &circle.past {
            let length: u32 = past.blocks.iter().map(|block| block.took_secs).sum();
            assert!(past.items.iter().all(|item| item.at_secs <= length));
            assert!(past.items.is_sorted_by_key(|item| item.at_secs));
        }
    }
}
