use crate::command::Command;
use crate::command::book::BookChange;
use crate::domain::agenda::BlockKind;
use crate::domain::book::Book;
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::{BookId, Ids, Key, Kind, PollId};
use crate::domain::text::Clean;
use crate::tui::fixture::World;
use crate::tui::screen::live::LiveScreen;
use crate::tui::screen::live::tests::{draw, run};
use crate::tui::view::{Arg, CommandId, Reply, Request, Screen as _};

/// A running session whose closing block votes, three proposed books, and an open vote on them.
fn world() -> (World, PollId, [BookId; 3]) {
    let mut world = World::running();
    let mut ids = Ids::new(world.now, 9);
    let books: [BookId; 3] = std::array::from_fn(|_| BookId(ids.make()));
    for ((id, number), title) in books
        .iter()
        .zip(1..)
        .zip(["Quiet Work", "Small Teams", "Maps"])
    {
        let book = Book::new(*id, number, Clean::line(title), world.now);
        let key = Key::circle(world.circle, Kind::Book, id.0);
        world.state.load(key, book.into());
    }
    let id = PollId(ids.make());
    let poll = Poll::new(id, Method::Ranked, books.to_vec(), world.now);
    let key = Key::circle(world.circle, Kind::Poll, id.0);
    world.state.load(key, poll.into());
    world.edit_session(|session| session.blocks[2].kind = BlockKind::Closing);
    (world, id, books)
}

fn voting(world: &World) -> LiveScreen {
    let mut screen = LiveScreen::new();
    let stage = crate::tui::pane::stage::Stage::of(world.view()).unwrap();
    assert_eq!(screen.vote_next_book(&stage), Reply::Handled);
    screen
}

fn digit(world: &World, screen: &mut LiveScreen, number: u16) -> Reply {
    screen.run(CommandId::Pick, &Arg::Number(number), &world.view())
}

fn cast(reply: &Reply) -> Vec<Vec<BookId>> {
    let Reply::Do(done) = reply else {
        panic!("{reply:?}");
    };
    let [Request::Submit(Command::Book { change, .. })] = done.as_slice() else {
        panic!("{done:?}");
    };
    let BookChange::Cast(_, ballots) = change else {
        panic!("{change:?}");
    };
    assert!(ballots.iter().all(|ballot| ballot.voter.is_none()));
    ballots.iter().map(|ballot| ballot.books.clone()).collect()
}

/// What the store makes of ballots.
fn keep(world: &mut World, poll: PollId, ballots: &[Vec<BookId>]) {
    let mut held = world.state.vote(world.circle, poll).unwrap().clone();
    for ballot in ballots {
        held.cast(ballot.clone());
    }
    let key = Key::circle(world.circle, Kind::Poll, poll.0);
    world.state.load(key, held.into());
}

#[test]
fn ballots_are_handed_in_together_and_nothing_of_them_is_shown() {
    let (world, _, [one, two, three]) = world();
    let mut screen = voting(&world);
    for number in [1, 2, 3, 3, 1] {
        digit(&world, &mut screen, number);
    }
    for size in [(120, 32), (80, 21)] {
        let shown = draw(&world, &screen, size).join("\n");
        assert!(shown.contains("1 of 5 ballots are in"), "{shown}");
        assert!(shown.contains("Ballot 2: 2 of 3 named"), "{shown}");
        assert!(shown.contains("Secret from the room"), "{shown}");
    }
    run(&world, &mut screen, CommandId::Open);
    // Two of five have voted: counting now is asked about first.
    let asked = run(&world, &mut screen, CommandId::Open);
    assert!(matches!(asked, Reply::Refuse(_)), "{asked:?}");
    let reply = run(&world, &mut screen, CommandId::Open);
    assert_eq!(cast(&reply), [vec![one, two, three], vec![three, one]]);
}

#[test]
fn a_wish_and_then_a_ballot_are_taken_back() {
    let (world, _, [one, ..]) = world();
    let mut screen = voting(&world);
    for number in [1, 2] {
        digit(&world, &mut screen, number);
    }
    run(&world, &mut screen, CommandId::Remove);
    assert!(matches!(digit(&world, &mut screen, 1), Reply::Refuse(_)));
    assert!(matches!(digit(&world, &mut screen, 9), Reply::Refuse(_)));
    run(&world, &mut screen, CommandId::Open);
    digit(&world, &mut screen, 2);
    run(&world, &mut screen, CommandId::Remove);
    run(&world, &mut screen, CommandId::Open);
    let reply = run(&world, &mut screen, CommandId::Open);
    assert_eq!(cast(&reply), [vec![one]]);
}

#[test]
fn typed_ballots_are_not_lost_unasked() {
    let (world, ..) = world();
    let mut screen = voting(&world);
    digit(&world, &mut screen, 1);
    assert!(matches!(
        run(&world, &mut screen, CommandId::Close),
        Reply::Refuse(_)
    ));
    assert!(screen.has_sheet());
    assert_eq!(run(&world, &mut screen, CommandId::Close), Reply::Handled);
    assert!(!screen.has_sheet());
}

#[test]
fn books_that_are_level_are_settled_by_the_room() {
    let (mut world, poll, [one, two, _]) = world();
    let mut screen = voting(&world);
    for number in [1, 2] {
        digit(&world, &mut screen, number);
        run(&world, &mut screen, CommandId::Open);
    }
    // Three of five have not voted, so Enter asks first.
    run(&world, &mut screen, CommandId::Open);
    let ballots = cast(&run(&world, &mut screen, CommandId::Open));
    keep(&mut world, poll, &ballots);
    let shown = draw(&world, &screen, (80, 21)).join("\n");
    assert!(
        shown.contains("Level in front: 1 Quiet Work, 2 Small Teams"),
        "{shown}"
    );
    assert!(matches!(
        run(&world, &mut screen, CommandId::Open),
        Reply::Refuse(_)
    ));
    assert!(matches!(digit(&world, &mut screen, 3), Reply::Refuse(_)));
    digit(&world, &mut screen, 2);
    let close = BookChange::ClosePoll {
        poll,
        let_go: Vec::new(),
        chosen: Some(two),
    };
    let circle = world.circle;
    assert_eq!(
        run(&world, &mut screen, CommandId::Open),
        Reply::submit(Command::Book {
            circle,
            change: close
        })
    );
    assert!(!screen.has_sheet());
    assert_ne!(one, two);
}
