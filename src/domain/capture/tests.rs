use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::domain::clock::Moment;
use crate::domain::roster::Label;
use crate::domain::when::Order;

fn member(name: &str, label: u16) -> Member {
    Member::new(
        MemberId(Uuid::from_u128(u128::from(label))),
        Clean::line(name),
        Label(label),
        Moment::from_millis(0),
    )
}

pub(super) fn people() -> Vec<Member> {
    [
        "Maria Okafor",
        "Mark Adeyemi",
        "Tom Weiss",
        "Léa Brandt",
        "李 美玲",
        "Jun Tanaka",
    ]
    .iter()
    .zip(1..)
    .map(|(name, label)| member(name, label))
    .collect()
}

pub(super) fn id(label: u16) -> MemberId {
    MemberId(Uuid::from_u128(u128::from(label)))
}

/// Thursday; the next session is in two weeks, Jun writes and nobody has the floor.
pub(super) fn with_scene<T>(floor: Option<u16>, look: impl FnOnce(&Scene<'_>) -> T) -> T {
    let people = people();
    let members: Vec<&Member> = people.iter().collect();
    let circles = [
        (CircleId(Uuid::from_u128(100)), "Ladder Up"),
        (CircleId(Uuid::from_u128(101)), "Book Night"),
        (CircleId(Uuid::from_u128(102)), "Bookworms"),
    ];
    look(&Scene {
        members: &members,
        me: Some(id(6)),
        floor: floor.map(id),
        presenter: None,
        today: day("2026-03-12"),
        order: Order::default(),
        next_session: Some(day("2026-03-26")),
        circles: &circles,
        tags: &["feedback", "follow-up", "courage"],
        reads: true,
    })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(line: &str) -> Reading {
    with_scene(None, |scene| {
        parse(line, Opening::Letter(Kind::Note), scene)
    })
}

fn action(line: &str) -> Reading {
    with_scene(None, |scene| parse(line, Opening::Is(Kind::Action), scene))
}

fn preview(line: &str) -> String {
    with_scene(None, |scene| {
        let reading = parse(line, Opening::Letter(Kind::Note), scene);
        let rows = reading.rows(scene).into_iter().map(|row| match row.note {
            None => format!("{}: {}", row.label, row.value),
            Some(note) => format!("{}: {} ({note})", row.label, row.value),
        });
        let warnings = reading.warnings.iter().map(|w| format!("? {w}"));
        rows.chain(warnings).collect::<Vec<_>>().join(" | ")
    })
}

#[rstest]
#[case(
    "a Send deck @maria due fri #feedback",
    "action: Send deck | owner: Maria Okafor | due: Fri 13 Mar 2026 (tomorrow) | tags: #feedback"
)]
#[case(
    "a Try questions-only ns @me !!",
    "action: Try questions-only | owner: Jun Tanaka | due: next session, Thu 26 Mar 2026 (in 2 weeks) | priority: 2"
)]
#[case(
    "d Meet every two weeks from April",
    "decision: Meet every two weeks from April"
)]
#[case(
    "p How do we talk about pay? @tom",
    "parked item: How do we talk about pay? | raised by: Tom Weiss"
)]
#[case(
    "q What would you do if nobody watched? #courage",
    "question: What would you do if nobody watched? | tags: #courage"
)]
#[case(
    "n \"due fri\" is what the vendor said",
    "note for me: \"due fri\" is what the vendor said | for: me"
)]
#[case(
    "a Call Ana due 31 feb",
    "action: Call Ana due 31 feb | owner: nobody yet | due: no date | ? 31 feb is no date"
)]
fn the_lines_of_the_manual_become_what_it_says(#[case] line: &str, #[case] expected: &str) {
    assert_eq!(preview(line), expected);
}

#[rstest]
#[case("Send deck due fri", "Send deck", "2026-03-13")]
#[case("Send deck due:fri", "Send deck", "2026-03-13")]
#[case("Send deck DUE=Fri", "Send deck", "2026-03-13")]
#[case("Send deck by fri.", "Send deck", "2026-03-13")]
#[case("due fri Send deck", "Send deck", "2026-03-13")]
#[case("Send due in 2 weeks the deck", "Send the deck", "2026-03-26")]
#[case(
    "Send what is due to Ana due fri",
    "Send what is due to Ana",
    "2026-03-13"
)]
#[case(
    "Pay what was due mon due 20 mar",
    "Pay what was due mon",
    "2026-03-20"
)]
#[case("Call due 20 march 2027 the bank", "Call the bank", "2027-03-20")]
#[case("Call +3d the bank", "Call the bank", "2026-03-15")]
#[case("Plan due next week with Lea", "Plan with Lea", "2026-03-19")]
#[case("Deck reviewed by Tom due fri", "Deck reviewed by Tom", "2026-03-13")]
#[case("Deck by tomorrow", "Deck", "2026-03-13")]
fn the_last_date_that_can_be_read_is_taken(
    #[case] line: &str,
    #[case] text: &str,
    #[case] date: &str,
) {
    let reading = action(line);
    assert_eq!(reading.text, text);
    assert_eq!(reading.due, Due::On(day(date)));
    assert_eq!(reading.due_from, Source::Typed);
}

#[rstest]
#[case("Deck reviewed by Tom")]
#[case("Say what is due")]
#[case("Ask in march")]
#[case("Finish it by may")]
#[case("1+1 is 2, C# and a@b.org")]
#[case("Wow ! is fine behind a \\!")]
#[case("Reduce churn +15 percent")]
#[case("#1 priority")]
fn what_is_no_token_stays_words(#[case] line: &str) {
    let reading = with_scene(None, |scene| {
        parse(line, Opening::Is(Kind::Decision), scene)
    });
    assert_eq!(reading.text.as_str(), line.replace("\\!", "!"));
}

#[test]
fn a_letter_and_a_blank_are_no_words() {
    let reading = read("a ");
    assert!(reading.is_empty() && reading.kind == Kind::Action);
    assert_eq!(read("a").text.as_str(), "a");
}

#[test]
fn a_person_named_behind_by_is_no_date() {
    let reading = action("Deck reviewed by Tom");
    assert_eq!(
        (reading.due, reading.due_from),
        (Due::NextSession, Source::NextSession)
    );
    assert_eq!(reading.text, "Deck reviewed by Tom");
}

#[rstest]
#[case("@lea", 4)]
#[case("@LÉA", 4)]
#[case("@李", 5)]
#[case("@2", 2)]
#[case("who:weiss", 3)]
#[case("@\"mark adeyemi\"", 2)]
#[case("@mark-a,", 2)]
#[case("@Mark Adeyemi", 2)]
#[case("@LEA brandt,", 4)]
#[case("who:Mark Adeyemi", 2)]
#[case("@李 美玲", 5)]
#[case("@me", 6)]
fn an_owner_is_found_by_what_is_typed(#[case] typed: &str, #[case] label: u16) {
    let reading = action(&format!("Call {typed} now"));
    assert_eq!(reading.owners, [Owner::Member(id(label))]);
    assert_eq!(reading.text, "Call now");
}

#[rstest]
#[case("Tell @Tom Maria called", "Tell Maria called")]
#[case("Tell @Tom Wei", "Tell Wei")]
#[case("Send @Tom Weiss's deck", "Send Weiss's deck")]
#[case("Call @\"Tom\" Weiss", "Call Weiss")]
#[case("Call @Tom \\@weiss", "Call @weiss")]
fn what_is_not_the_whole_name_stays_a_word(#[case] line: &str, #[case] text: &str) {
    let reading = action(line);
    assert_eq!(reading.owners, [Owner::Member(id(3))]);
    assert_eq!(reading.text, text);
}

#[test]
fn the_longest_whole_name_is_meant_and_two_people_with_it_are_asked_about() {
    let people = [
        member("Ana Lima", 1),
        member("Ana Lima Costa", 2),
        member("Ben Ray", 3),
        member("Ben Ray", 4),
    ];
    let members: Vec<&Member> = people.iter().collect();
    let read = |line| {
        let look = |scene: &Scene<'_>| {
            let members = &members;
            parse(
                line,
                Opening::Is(Kind::Action),
                &Scene { members, ..*scene },
            )
        };
        with_scene(None, look)
    };
    let long = read("Write to @ana lima costa rica");
    assert_eq!(long.owners, [Owner::Member(id(2))]);
    assert_eq!(long.text, "Write to rica");
    let twice = read("Write to @Ben Ray due fri");
    let ask = &twice.asks[0];
    assert_eq!(
        (ask.problem, ask.typed.as_str()),
        (Problem::Several, "Ben Ray")
    );
    assert_eq!(twice.text_with(&[Choice::Words]), "Write to @Ben Ray");
    assert_eq!(twice.text_with(&[Choice::Member(id(4))]), "Write to");
}

#[test]
fn several_owners_get_one_item_each_and_all_share_one() {
    assert_eq!(
        action("Read @tom @lea @tom").owners,
        [Owner::Member(id(3)), Owner::Member(id(4))]
    );
    assert_eq!(action("Read @tom @all").owners, [Owner::All]);
    assert_eq!(action("Read @?").owners, [Owner::Nobody]);
}

#[test]
fn two_matching_names_are_asked_and_nothing_is_chosen() {
    let reading = action("Send deck @ma due fri");
    assert_eq!(reading.owners, []);
    let ask = &reading.asks[0];
    assert_eq!(ask.problem, Problem::Several);
    assert_eq!(
        ask.choices,
        [
            Choice::Member(id(1)),
            Choice::Member(id(2)),
            Choice::Words,
            Choice::Nobody
        ]
    );
    assert_eq!(
        reading.owners_with(&[Choice::Member(id(2))]),
        [Owner::Member(id(2))]
    );
    assert_eq!(reading.text_with(&[Choice::Words]), "Send deck @ma");
    assert_eq!(
        reading.owners_with(&reading.kept_answers()),
        [Owner::Nobody]
    );
}

#[test]
fn an_unknown_name_can_join_stay_a_word_or_be_left_open() {
    let reading = action("Call @zoe now");
    assert_eq!(
        reading.asks[0].choices,
        [
            Choice::Add(Clean::line("zoe")),
            Choice::Words,
            Choice::Nobody
        ]
    );
    assert_eq!(reading.text_with(&[Choice::Words]), "Call @zoe now");
    let labels = with_scene(None, |scene| reading.asks[0].labels(scene));
    assert_eq!(
        labels,
        ["add zoe to the circle", "keep it as words", "nobody yet"]
    );
}

#[test]
fn what_is_not_typed_comes_from_the_floor_and_the_next_session() {
    let (reading, rows) = with_scene(Some(3), |scene| {
        let reading = parse("Send deck", Opening::Is(Kind::Action), scene);
        let rows = reading.rows(scene);
        (reading, rows)
    });
    assert_eq!(reading.owners, [Owner::Member(id(3))]);
    assert_eq!(reading.owners_from, Source::Floor);
    assert_eq!(
        (reading.due, reading.due_from),
        (Due::NextSession, Source::NextSession)
    );
    assert_eq!(rows[1].note, Some("from the floor"));
}

#[test]
fn a_letter_names_the_kind_only_where_it_was_asked_for() {
    assert_eq!(action("a talk with Ana").text, "a talk with Ana");
    assert_eq!(read("a talk with Ana").kind, Kind::Action);
    assert_eq!(read("A talk with Ana").kind, Kind::Note);
    assert_eq!(read("a").text, "a");
}

#[test]
fn tokens_of_actions_are_words_elsewhere() {
    let reading = read("d Move the date due fri ! est 20m @tom");
    assert_eq!(reading.text, "Move the date due fri ! est 20m @tom");
}

#[rstest]
#[case("Read \\due fri", "Read due fri")]
#[case("Say \"@all hands\" to them", "Say \"@all hands\" to them")]
#[case("In C:\\dir and \\\\server", "In C:\\dir and \\\\server")]
#[case("An open \"quote and @?", "An open \"quote and")]
fn a_backslash_or_quotes_keep_words_as_they_are(#[case] line: &str, #[case] text: &str) {
    let reading = action(line);
    assert_eq!(reading.text, text);
    assert_ne!(reading.due_from, Source::Typed);
}

#[test]
fn estimate_circle_and_audience_are_read() {
    let reading = action("Write it est 1h30 +ladder !!!");
    assert_eq!((reading.estimate, reading.priority), (Some(90), 3));
    assert_eq!(reading.circle, Some(CircleId(Uuid::from_u128(100))));
    assert_eq!(action("Write est 20 min").estimate, Some(20));
    let reading = action("Write +book");
    assert_eq!(reading.text, "Write +book");
    assert_eq!(
        reading.warnings,
        [Warning::SeveralCircles(Clean::line("book"))]
    );
    assert_eq!(read("n for:circle Well said").audience, Audience::Circle);
}

#[test]
fn recognised_and_unclear_parts_are_marked_in_the_line() {
    let line = "Send deck @ma due fri #feedback";
    let reading = action(line);
    let marks: Vec<(&str, bool)> = reading
        .parts()
        .map(|part| (line.get(part.range.clone()).unwrap(), part.clear))
        .collect();
    assert_eq!(
        marks,
        [("@ma", false), ("due fri", true), ("#feedback", true)]
    );
    let line = "Call Ana due 31 feb";
    let marks: Vec<(String, bool)> = action(line)
        .parts()
        .map(|part| (line.get(part.range.clone()).unwrap().to_owned(), part.clear))
        .collect();
    assert_eq!(marks, [("31".to_owned(), false), ("feb".to_owned(), false)]);
}

#[test]
fn several_lines_are_one_note_or_one_item_each() {
    let pasted = paste("a Send deck @tom\r\n\n- d Meet on fridays\n");
    let pasted = pasted.unwrap().unwrap();
    assert_eq!(pasted.lines, ["a Send deck @tom", "d Meet on fridays"]);
    assert_eq!(pasted.title(), "2 lines");
    assert_eq!(pasted.choices(), ["one note", "two items", "keep editing"]);
    assert_eq!(paste("one line\n"), Ok(None));
}

/// Forms of tokens that the manual names without a line of their own.
#[rstest]
#[case(
    "a Call Ana due 29 feb",
    "action: Call Ana due 29 feb | owner: nobody yet | due: no date | ? 29 feb comes next on Tue 29 Feb 2028"
)]
#[case(
    "k Lea held the silence well",
    "note for the circle: Lea held the silence well | for: circle | tags: #kudos"
)]
#[case(
    "a Read @tom @lea",
    "action: Read | owner: Tom Weiss, Léa Brandt (2 items) | due: next session, Thu 26 Mar 2026 (in 2 weeks) (as usual)"
)]
#[case(
    "a Read @all WHO:nobody",
    "action: Read | owner: everyone, together | due: next session, Thu 26 Mar 2026 (in 2 weeks) (as usual)"
)]
#[case(
    "a DUE:FRI Read EST:20M TAG:Books !!! +LADDER",
    "action: Read | owner: nobody yet | due: Fri 13 Mar 2026 (tomorrow) | priority: 3 | takes: 20 min | tags: #Books | goes to: Ladder Up"
)]
fn every_form_of_a_token_is_read(#[case] line: &str, #[case] expected: &str) {
    assert_eq!(preview(line), expected);
}

#[rstest]
#[case("due=fri", "2026-03-13")]
#[case("by fri", "2026-03-13")]
#[case("due tod", "2026-03-12")]
#[case("due tom", "2026-03-13")]
#[case("due sun", "2026-03-15")]
#[case("due next fri", "2026-03-20")]
#[case("+2w", "2026-03-26")]
#[case("due eow", "2026-03-13")]
#[case("due eom", "2026-03-31")]
#[case("due mar 20", "2026-03-20")]
#[case("due 2026-03-20", "2026-03-20")]
#[case("due 20/3", "2026-03-20")]
#[case("due in 2 weeks", "2026-03-26")]
#[case("due end of month", "2026-03-31")]
#[case("by the end of next month", "2026-04-30")]
#[case("due third thursday", "2026-03-19")]
#[case("by the last friday of march", "2026-03-27")]
#[case("due first monday in june 2027", "2027-06-07")]
#[case("due mid april", "2026-04-15")]
#[case("due friday the 13th", "2026-03-13")]
fn every_way_to_say_a_date_is_read(#[case] said: &str, #[case] date: &str) {
    for line in [
        format!("Send the deck {said}"),
        format!("{said} Send the deck"),
        format!("Send {said} the deck"),
        format!("Send the deck {said} @tom #x"),
    ] {
        let reading = action(&line);
        assert_eq!(reading.due, Due::On(day(date)), "{line}");
        assert_eq!(reading.text, "Send the deck", "{line}");
    }
}

#[rstest]
#[case(
    "Book chairs due fri 13 people come",
    "Book chairs 13 people come",
    "2026-03-13"
)]
#[case("Book due 20 mar 26 chairs", "Book 26 chairs", "2026-03-20")]
#[case("Call Ana due fri 15:00", "Call Ana 15:00", "2026-03-13")]
#[case("Write up due end of month report", "Write up report", "2026-03-31")]
fn a_date_takes_no_words_that_are_not_its_own(
    #[case] line: &str,
    #[case] text: &str,
    #[case] date: &str,
) {
    let reading = action(line);
    assert_eq!(reading.text, text);
    assert_eq!(reading.due, Due::On(day(date)));
}

#[test]
fn three_slash_four_is_read_in_the_order_that_was_set() {
    let due = |order| {
        with_scene(None, |scene| {
            let scene = Scene { order, ..*scene };
            parse("Read due 3/4", Opening::Is(Kind::Action), &scene).due
        })
    };
    assert_eq!(due(Order::DayMonth), Due::On(day("2026-04-03")));
    assert_eq!(due(Order::MonthDay), Due::On(day("2027-03-04")));
}

#[test]
fn kudos_with_its_tag_has_it_once() {
    let reading = read("k Well said #kudos #voice");
    assert_eq!(reading.tags, ["kudos", "voice"]);
    assert_eq!(read("k").text, "k");
}

#[rstest]
#[case("- [ ] Send deck @tom", "a Send deck @tom")]
#[case("* [ ] d Meet on fridays", "d Meet on fridays")]
#[case("- [x] Book a room", "[x] Book a room")]
#[case("> > a Send deck", "a Send deck")]
#[case("3. Ask Ana", "Ask Ana")]
#[case("12) p How do we talk about pay?", "p How do we talk about pay?")]
#[case("2026. A year", "2026. A year")]
#[case("\u{2022} n So be it", "n So be it")]
#[case("[15:04] Jun Tanaka: a Send deck", "a Send deck")]
#[case("[12/03/26, 15:04:11] Jun: well said", "Jun: well said")]
#[case("3:04pm Jun: d Meet on fridays", "d Meet on fridays")]
#[case("15:04 - Jun: thanks", "Jun: thanks")]
#[case("[draft] Ask Ana", "[draft] Ask Ana")]
#[case("note: a matter of taste", "note: a matter of taste")]
#[case("\u{2610} Send deck", "a Send deck")]
#[case("-5 degrees", "-5 degrees")]
fn what_stands_before_the_words_of_a_pasted_line_is_taken_off(
    #[case] pasted: &str,
    #[case] line: &str,
) {
    assert_eq!(lines(pasted).collect::<Vec<_>>(), [(1, line.to_owned())]);
}

#[test]
fn a_paste_is_taken_whole_or_not_at_all() {
    let fits = "one more line\n".repeat(4_600);
    let taken = paste(&fits).unwrap().unwrap();
    assert_eq!((taken.whole.len(), taken.lines.len()), (fits.len(), 4_600));
    for long in ["one more line\n".repeat(4_700), "x".repeat(65 * 1024)] {
        let told = paste(&long).unwrap_err().to_string();
        assert!(told.contains("at most 65536 fit"), "{told}");
    }
    assert_eq!(paste("one line"), Ok(None));
}

#[test]
fn lines_without_words_are_no_lines() {
    let text = "\n- \n> \n- [ ]\na Send deck\n\n";
    assert_eq!(
        lines(text).collect::<Vec<_>>(),
        [(5, "a Send deck".to_owned())]
    );
}

#[rstest]
#[case("Call @m", &["@maria", "@mark", "@me"])]
#[case("Call @wei", &["@tom"])]
#[case("Call #f", &["#feedback", "#follow-up"])]
#[case("Call +b", &["+book-night", "+Bookworms"])]
#[case("Call due t", &["today", "tomorrow", "tue", "thu"])]
#[case("Call", &[])]
fn tab_offers_what_the_word_may_become(#[case] line: &str, #[case] expected: &[&str]) {
    let offers = with_scene(None, |scene| complete(line, line.len(), scene));
    let texts: Vec<&str> = offers.iter().map(|offer| offer.text.as_str()).collect();
    assert_eq!(texts, expected);
}

#[test]
fn a_note_that_begins_with_a_place_is_a_quote_for_the_circle() {
    use crate::domain::book::Place;
    let quote = read("n p82 Depth is a skill @maria-okafor #focus");
    assert_eq!(quote.place, Some(Place::Page(82)));
    assert_eq!(quote.audience, Audience::Circle);
    assert_eq!(quote.text, "Depth is a skill");
    let quote = read("n ch.4: what he leaves out for:me");
    assert_eq!(quote.place, Some(Place::Chapter(4)));
    assert_eq!(quote.audience, Audience::Me);
    for line in ["n p82 ch5 Be brief", "n ch.5, p.82: Be brief"] {
        let quote = read(line);
        assert_eq!(quote.place, Some(Place::Both(5, 82)), "{line}");
        assert_eq!(quote.text, "Be brief", "{line}");
    }
    let twice = read("n p82 p83 Be brief");
    assert_eq!(twice.place, Some(Place::Page(82)));
    assert_eq!(twice.text, "p83 Be brief");
    let label = |line: &str| {
        with_scene(None, |scene| {
            let reading = parse(line, Opening::Letter(Kind::Note), scene);
            reading.rows(scene).first().map_or("", |row| row.label)
        })
    };
    assert_eq!(label("n p82 Depth is a skill"), "quote");
    assert_eq!(label("n p82 Depth is a skill for:me"), "note for me");
    assert_eq!(
        label("n Depth is a skill for:circle"),
        "note for the circle"
    );
    for line in [
        "n p82",
        "n P2 again, Tom was hurt",
        "n page 82 is odd",
        "n see p82 again",
        r"n \p82 is odd",
        "d p82 is odd",
    ] {
        assert_eq!(read(line).place, None, "{line}");
    }
    assert_eq!(read(r"n \p82 is odd").text, "p82 is odd");
}

#[test]
fn a_time_behind_a_date_stays_in_the_words_and_that_is_said() {
    for (line, text, time) in [
        ("a Send deck due fri 17:00 #x", "Send deck 17:00", "17:00"),
        (
            "a Send deck by fri at 9am, please",
            "Send deck at 9am, please",
            "9am",
        ),
    ] {
        let reading = read(line);
        assert_eq!(reading.text.as_str(), text);
        assert!(matches!(reading.due, Due::On(_)), "{line}");
        let told = Warning::TimeOfDay(Clean::line(time));
        assert_eq!(reading.warnings, [told], "{line}");
    }
    assert_eq!(read("a Meet 17 people due fri").warnings, []);
}
