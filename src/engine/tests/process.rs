#![cfg(unix)]

use super::*;
use crate::domain::floor::FloorMove;
use crate::domain::room::RoomPicture;
use crate::engine::event::Event;
use crate::engine::query::{Answer, Query};
use crate::engine::remote::{Follower, RoomNews};

/// Opens a second engine while the first goes on serving.
pub(super) async fn joined(desk: &Desk, owner: &mut Engine, via: Via) -> Engine {
    let mut client = Engine::open(desk.options(via));
    let through = until(&mut [owner, &mut client], |at, news| match news {
        News::Opened(opened) if at == 1 => Some(opened.through_owner),
        News::CannotOpen(words) => panic!("{words}"),
        _ => None,
    })
    .await;
    assert!(through);
    client
}

/// A second engine on the socket of an owner whose store is in memory.
pub(super) async fn through(desk: &Desk, owner: &mut Engine, via: Via) -> Engine {
    let mut options = desk.options(via);
    options.mode = Mode::Memory;
    let mut client = Engine::open(options);
    opened(&mut client).await;
    client.opened = false;
    let socket = owner.socket().unwrap();
    let stream = std::os::unix::net::UnixStream::connect(socket).unwrap();
    client.hear_owner(Event::Joined(stream));
    until(&mut [owner, &mut client], |at, news| match news {
        News::Opened(opened) if at == 1 => opened.through_owner.then_some(()),
        News::CannotOpen(words) => panic!("{words}"),
        _ => None,
    })
    .await;
    client
}

async fn done_through(owner: &mut Engine, client: &mut Engine, command: Command) -> Act {
    let ticket = client.submit(command);
    until(&mut [owner, client], |at, news| {
        of(news, ticket).filter(|_| at == 1)
    })
    .await
    .unwrap()
}

#[test]
fn a_second_process_works_through_the_first() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        assert!(client.state().documents().eq(owner.state().documents()));
        let id = circle(&client);
        done_through(&mut owner, &mut client, add(id, "one")).await;
        assert_eq!(actions(&owner), ["one"]);
        assert_eq!(actions(&client), ["one"]);
        let ticket = client.ask(Query::Figures);
        let figures = until(&mut [&mut owner, &mut client], |_, news| match news {
            News::Answered { ticket: of, answer } if *of == ticket => Some(answer.clone()),
            _ => None,
        })
        .await;
        assert!(matches!(*figures, Answer::Figures(figures) if figures.acts == 2));
        client.close();
        owner.close();
    });
}

#[test]
fn all_processes_see_what_one_of_them_does() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut one = joined(&desk, &mut owner, Via::App).await;
        let mut two = joined(&desk, &mut owner, Via::App).await;
        let id = circle(&owner);
        let ticket = one.submit(add(id, "one"));
        let (mut told, mut saved) = ([false; 3], false);
        while !(told == [true, false, true] && saved) {
            let (at, news) = any(&mut [&mut owner, &mut one, &mut two]).await;
            saved |= at == 1 && of(&news, ticket).is_some();
            told[at] |= matches!(news, News::Changed { .. });
        }
        assert_eq!(actions(&two), ["one"]);
        // Each takes back its own.
        let ticket = two.submit(UNDO);
        let refused = until(&mut [&mut owner, &mut one, &mut two], |at, news| {
            of(news, ticket).filter(|_| at == 2)
        })
        .await;
        assert!(refused.is_err());
        let ticket = one.submit(UNDO);
        until(&mut [&mut owner, &mut one, &mut two], |at, news| {
            of(news, ticket).filter(|_| at == 1)
        })
        .await
        .unwrap();
        assert!(actions(&one).is_empty() && actions(&owner).is_empty());
        for engine in [one, two, owner] {
            engine.close();
        }
    });
}

#[test]
fn the_floor_is_the_same_in_every_process() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let begin = start(&owner);
        done(&mut owner, begin).await;
        let mut client = joined(&desk, &mut owner, Via::App).await;
        assert_eq!(client.floor(), owner.floor());
        let jun = client.state().members(circle(&client))[0].id;
        client.floor_move(FloorMove::Give(jun));
        until(&mut [&mut owner, &mut client], |at, news| {
            (at == 1 && *news == News::Floor).then_some(())
        })
        .await;
        assert_eq!(client.floor().unwrap().speaker, Some(jun));
        assert_eq!(client.floor(), owner.floor());
        client.close();
        owner.close();
    });
}

#[test]
fn when_the_owner_dies_a_client_takes_over_and_sends_again_once() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::App).await;
        let id = circle(&client);
        // One command is saved by the owner, but the answer never reaches the client: the owner is
        // driven until it has saved, and the client is not.
        let ticket = client.submit(add(id, "one"));
        until(&mut [&mut owner], |_, news| match news {
            News::Changed { .. } => Some(()),
            _ => None,
        })
        .await;
        let lost = client.submit(add(id, "two"));
        drop(owner);
        let (mut first, mut second, mut gone) = (None, None, false);
        while first.is_none() || second.is_none() {
            let (_, news) = any(&mut [&mut client]).await;
            gone |= news == News::OwnerGone;
            first = first.or(of(&news, ticket));
            second = second.or(of(&news, lost));
        }
        assert!(gone && first.unwrap().is_ok() && second.unwrap().is_ok());
        assert_eq!(actions(&client), ["one", "two"]);
        client.close();
        let again = desk.open(Via::App).await;
        assert_eq!(actions(&again), ["one", "two"]);
        again.close();
    });
}

#[test]
fn a_second_screen_follows_and_sees_the_block_change() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut follower =
            Follower::new(&desk.store(), Some(desk.dir.path()), desk.clock.clock()).unwrap();
        let room = follow(&mut owner, &mut follower).await;
        assert_eq!((room.starts, room.running), (Some(NOON), None));
        let begin = start(&owner);
        owner.submit(begin);
        let room = follow(&mut owner, &mut follower).await;
        assert_eq!(room.circle.unwrap().as_str(), "Ladder Up");
        assert_eq!(room.running.unwrap().title.as_str(), "Open");
        owner.blank(true);
        assert!(follow(&mut owner, &mut follower).await.blanked);
        owner.close();
        assert_eq!(follower.next().await, RoomNews::Gone);
    });
}

async fn follow(owner: &mut Engine, follower: &mut Follower) -> RoomPicture {
    let mut next = pin!(follower.next());
    loop {
        tokio::select! {
            news = &mut next => match news {
                RoomNews::Picture(Some(picture)) => return *picture,
                other => panic!("{other:?}"),
            },
            _ = owner.next() => {}
        }
    }
}

#[test]
fn a_bank_that_is_too_long_for_a_line_goes_through_the_owner_all_the_same() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        let follow_up = line(&"What else? ".repeat(50));
        let questions = (0..3000).map(|n| crate::domain::question::DraftQuestion {
            follow_ups: vec![follow_up.clone()],
            ..crate::domain::question::DraftQuestion::new(line(&format!("What about {n}?")))
        });
        let command = Command::AddQuestions {
            questions: questions.collect(),
            source: line("a file"),
        };
        done_through(&mut owner, &mut client, command).await;
        let ticket = client.ask(Query::Questions {
            words: "about 2999".to_owned(),
            kind: None,
            theme: None,
            circle: None,
            limit: 10,
        });
        let answer = until(&mut [&mut owner, &mut client], |_, news| match news {
            News::Answered { ticket: of, answer } if *of == ticket => Some(answer.clone()),
            _ => None,
        })
        .await;
        assert!(matches!(*answer, Answer::Questions { total: 1, .. }));
        // No trace of it stays in memory or beside the sockets.
        let bank = |engine: &Engine| engine.state().documents().count();
        assert!(bank(&owner) < 10 && bank(&client) < 10);
        let left = std::fs::read_dir(desk.dir.path()).unwrap().count();
        assert_eq!(left, 2, "the store and the socket");
        client.close();
        owner.close();
    });
}
