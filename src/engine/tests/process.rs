#![cfg(unix)]

use super::*;
use crate::domain::floor::FloorMove;
use crate::domain::id::{Kind, Space};
use crate::domain::question::DraftQuestion;
use crate::domain::room::{RoomClock, RoomPicture};
use crate::engine::event::Event;
use crate::engine::query::{Answer, Query};
use crate::engine::remote::{Follower, RoomNews};
use crate::engine::wire::{self, FromOwner};

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

pub(super) async fn done_through(owner: &mut Engine, client: &mut Engine, command: Command) -> Act {
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
        owner.set_room_clock(RoomClock::Minutes);
        let told = follow(&mut owner, &mut follower).await;
        assert_eq!(told.running.unwrap().clock, RoomClock::Minutes);
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
        let questions = (0..3000).map(|n| DraftQuestion {
            follow_ups: vec![follow_up.clone()],
            ..DraftQuestion::new(line(&format!("What about {n}?")))
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
            competency: None,
            skip: 0,
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

/// The moment an answer of rows to a ticket arrives at the second engine.
async fn rows(owner: &mut Engine, client: &mut Engine, query: Query) -> (usize, bool) {
    let ticket = client.ask(query);
    let answer = until(&mut [owner, client], |at, news| match news {
        News::Answered { ticket: of, answer } if at == 1 && *of == ticket => Some(answer.clone()),
        News::Failed { words, .. } => panic!("{words}"),
        _ => None,
    })
    .await;
    match *answer {
        Answer::Rows { rows, more } => (rows.len(), more),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_session_with_more_than_fits_a_line_comes_whole_to_a_client() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let begin = start(&owner);
        let (id, held) = (circle(&owner), session(&owner));
        done(&mut owner, begin).await;
        let words = Clean::text(&"\"quoted\" ".repeat(3_200));
        for _ in 0..40 {
            let command = Command::Write {
                circle: id,
                drafts: vec![Draft::Note {
                    text: words.clone(),
                    audience: crate::domain::item::Audience::Me,
                    tags: Vec::new(),
                }],
                speaking: None,
            };
            done(&mut owner, command).await;
        }
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        assert!(client.state().documents().eq(owner.state().documents()));
        let scan = Query::Scan {
            space: Space::Circle(id),
            kind: Kind::Note,
            after: None,
            limit: 200,
        };
        assert_eq!(rows(&mut owner, &mut client, scan).await, (40, false));
        let record = Query::Record {
            circle: id,
            session: held,
        };
        // The session, three members and the notes.
        assert_eq!(rows(&mut owner, &mut client, record).await, (44, false));
        client.close();
        owner.close();
    });
}

/// An owner that holds the store and says this much, and then nothing.
struct Stopped {
    _store: crate::store::Opened,
    listener: tokio::net::UnixListener,
}

impl Stopped {
    async fn of(desk: &Desk) -> Self {
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let socket = owner.socket().unwrap();
        assert!(owner.close());
        Self {
            _store: crate::store::open(&desk.store(), NOON).unwrap(),
            listener: tokio::net::UnixListener::bind(socket).unwrap(),
        }
    }
}

fn impatient(desk: &Desk) -> Engine {
    let mut client = Engine::open(desk.options(Via::Cli));
    let short = Duration::from_millis(30);
    client.silence = crate::engine::remote::Silence {
        start: short,
        answer: short,
        erase: short,
    };
    client
}

async fn cannot_open(engine: &mut Engine) -> String {
    until(&mut [engine], |_, news| match news {
        News::CannotOpen(words) => Some(words.clone()),
        _ => None,
    })
    .await
}

#[test]
fn an_owner_that_says_nothing_is_given_up_by_its_number() {
    run(async {
        let desk = Desk::new();
        let _stopped = Stopped::of(&desk).await;
        let mut client = impatient(&desk);
        let ticket = client.submit(UNDO);
        let words = cannot_open(&mut client).await;
        let process = format!("in use by process {}", std::process::id());
        assert!(words.contains(&process), "{words}");
        let refused = outcome(&mut client, ticket).await.unwrap_err();
        assert_eq!(refused, words);
    });
}

#[test]
fn an_owner_that_falls_silent_before_it_answers_is_given_up() {
    run(async {
        let desk = Desk::new();
        let stopped = Stopped::of(&desk).await;
        let mut client = impatient(&desk);
        let hello = client.hello();
        let talk = async {
            let (mut stream, _) = stopped.listener.accept().await.unwrap();
            let ready = FromOwner::Ready {
                revs: std::collections::BTreeMap::new(),
                floor: None,
                unsaved: 0,
                stage: wire::Stage::default(),
            };
            for message in [FromOwner::Hello(hello), FromOwner::Begin, ready] {
                let line = wire::line(&message).unwrap();
                wire::send(&mut stream, &line).await.unwrap();
            }
            stream
        };
        let (_stream, _) = tokio::join!(talk, opened(&mut client));
        let ticket = client.ask(Query::Figures);
        let words = cannot_open(&mut client).await;
        assert!(words.contains("does not answer"), "{words}");
        let failed = until(&mut [&mut client], |_, news| match news {
            News::Failed { ticket: of, words } if *of == ticket => Some(words.clone()),
            _ => None,
        })
        .await;
        assert_eq!(failed, words);
    });
}

#[test]
fn whoever_takes_over_keeps_what_the_owner_left_beside_the_store() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let begin = start(&owner);
        done(&mut owner, begin).await;
        let id = circle(&owner);
        let act = done(&mut owner, add(id, "a secret")).await;
        let key = act.changes.iter().map(|change| change.key);
        let key = key.into_iter().find(|key| key.kind == Kind::Action);
        let mut client = joined(&desk, &mut owner, Via::App).await;
        client.set_draft("line", "typed here");
        owner.set_draft("capture", "a Send the deck");
        owner.set_draft("line", "typed there");
        let jun = owner.state().members(circle(&owner))[0].id;
        owner.floor_move(FloorMove::Give(jun));
        let ticket = owner.erase(crate::engine::EraseTarget::Rows(key.into_iter().collect()));
        until(&mut [&mut owner], |_, news| match news {
            News::Erased { ticket: of, .. } => (*of == ticket).then_some(()),
            _ => None,
        })
        .await;
        drop(owner);
        opened(&mut client).await;
        assert_eq!(client.drafts()["capture"], "a Send the deck");
        assert_eq!(client.drafts()["line"], "typed here");
        assert_eq!(client.floor().unwrap().speaker, Some(jun));
        assert_eq!(client.aside.erase, key.into_iter().collect::<Vec<_>>());
        client.close();
    });
}

#[test]
fn two_that_make_the_store_at_once_both_keep_their_order() {
    run(async {
        let desk = Desk::new();
        let mut one = desk.open(Via::App).await;
        let mut two = desk.open(Via::App).await;
        let names = ["One A", "One B", "Two A", "Two B"];
        let tickets = [
            (0, one.submit(new_circle(names[0]))),
            (0, one.submit(new_circle(names[1]))),
            (1, two.submit(new_circle(names[2]))),
            (1, two.submit(new_circle(names[3]))),
        ];
        let mut saved = [0; 4];
        while saved.contains(&0) {
            let (at, news) = any(&mut [&mut one, &mut two]).await;
            for (nth, (of_engine, ticket)) in tickets.iter().enumerate() {
                if *of_engine == at
                    && let Some(act) = of(&news, *ticket)
                {
                    saved[nth] = act.unwrap().seq;
                }
            }
        }
        assert!(saved[0] < saved[1] && saved[2] < saved[3], "{saved:?}");
        assert_ne!(one.is_owner(), two.is_owner());
        one.close();
        two.close();
        let again = desk.open(Via::App).await;
        let mut made: Vec<_> = again
            .state()
            .circles()
            .map(|c| c.name.to_string())
            .collect();
        made.sort();
        assert_eq!(made, names);
        again.close();
    });
}

#[test]
fn the_room_is_blanked_and_held_for_every_window_alike() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let begin = start(&owner);
        done(&mut owner, begin).await;
        drop(owner);
        let mut owner = desk.open(Via::App).await;
        let mut client = joined(&desk, &mut owner, Via::App).await;
        assert!(owner.is_held() && client.is_held());
        client.resumed();
        client.blank(true);
        until(&mut [&mut owner, &mut client], |at, news| {
            (at == 1 && *news == News::Room).then_some(())
        })
        .await;
        until(&mut [&mut owner, &mut client], |at, news| {
            (at == 1 && *news == News::Room).then_some(())
        })
        .await;
        assert!(!owner.is_held() && !client.is_held());
        assert!(owner.is_blanked() && client.is_blanked());
        client.set_room_clock(RoomClock::Hidden);
        until(&mut [&mut owner, &mut client], |at, news| {
            (at == 1 && *news == News::Room).then_some(())
        })
        .await;
        assert_eq!(owner.room_clock(), RoomClock::Hidden);
        assert_eq!(client.room_clock(), RoomClock::Hidden);
        client.close();
        owner.close();
    });
}

#[test]
fn an_edit_of_what_somebody_else_just_changed_is_refused_in_words() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let id = circle(&owner);
        let act = done(&mut owner, add(id, "one")).await;
        let key = act.changes.iter().map(|change| change.key);
        let key = key
            .into_iter()
            .find(|key| key.kind == Kind::Action)
            .unwrap();
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        let edit = |text: &str| Command::EditItem {
            key,
            edit: crate::command::ItemEdit {
                text: Some(line(text)),
                ..crate::command::ItemEdit::default()
            },
        };
        done(&mut owner, edit("two")).await;
        // The client has not heard of it yet.
        let ticket = client.submit(edit("three"));
        let refusal = until(&mut [&mut owner, &mut client], |at, news| match news {
            News::Refused {
                ticket: of,
                refusal,
            } if at == 1 && *of == ticket => Some(refusal.clone()),
            _ => None,
        })
        .await;
        assert!(refusal.overtaken, "{refusal:?}");
        let reason = refusal.reason;
        assert!(
            reason.starts_with("A1 \"two\" was changed meanwhile"),
            "{reason}"
        );
        assert_eq!(actions(&owner), ["two"]);
        // What is asked after that is answered behind the newer row.
        let ticket = client.ask(Query::Get(vec![key]));
        until(&mut [&mut owner, &mut client], |at, news| {
            let answered = matches!(news, News::Answered { ticket: of, .. } if *of == ticket);
            (at == 1 && answered).then_some(())
        })
        .await;
        assert_eq!(actions(&client), ["two"]);
        done_through(&mut owner, &mut client, edit("three")).await;
        assert_eq!(actions(&owner), ["three"]);
        client.close();
        owner.close();
    });
}

#[test]
fn without_a_socket_it_is_said_and_everything_else_works() {
    run(async {
        let desk = Desk::new();
        let file = desk.dir.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        let mut options = desk.options(Via::App);
        options.runtime = Some(file);
        let mut engine = Engine::open(options);
        engine.submit(new_circle("Ladder Up"));
        let mut saved = false;
        let words = until(&mut [&mut engine], |_, news| match news {
            News::Notice(words) => Some(words.clone()),
            News::Done { .. } => {
                saved = true;
                None
            }
            _ => None,
        })
        .await;
        assert!(words.contains("cannot join"), "{words}");
        if !saved {
            until(&mut [&mut engine], |_, news| {
                matches!(news, News::Done { .. }).then_some(())
            })
            .await;
        }
        engine.close();
    });
}

#[test]
fn a_missing_runtime_folder_is_made_and_serves() {
    use std::os::unix::fs::PermissionsExt;
    run(async {
        let mut desk = Desk::new();
        desk.runtime = Some(desk.dir.path().join("run/circlet"));
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let client = joined(&desk, &mut owner, Via::Cli).await;
        let made = std::fs::metadata(desk.dir.path().join("run/circlet")).unwrap();
        assert_eq!(made.permissions().mode() & 0o777, 0o700);
        client.close();
        owner.close();
    });
}

#[test]
fn what_is_closed_can_be_opened_again_at_once() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.open(Via::App).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        for _ in 0..5 {
            // The check in the background has only just begun.
            let socket = engine.socket().unwrap();
            assert!(engine.close());
            assert!(!socket.exists());
            assert!(matches!(
                crate::store::open(&desk.store(), NOON),
                Ok(crate::store::Opened::Ready { .. })
            ));
            engine = desk.open(Via::App).await;
            assert!(engine.is_owner());
        }
        // So can what is only waiting for somebody else.
        let waiting = Engine::open(desk.options(Via::App));
        assert!(waiting.close());
        engine.close();
    });
}

#[test]
fn a_question_typed_in_a_second_process_is_saved_once() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        let question = DraftQuestion::new(Clean::line("What would you try?"));
        let write = Command::Write {
            circle: circle(&client),
            drafts: vec![Draft::Question(question)],
            speaking: None,
        };
        let act = done_through(&mut owner, &mut client, write).await;
        let questions = act
            .changes
            .iter()
            .filter(|one| one.key.kind == Kind::Question);
        assert_eq!(questions.count(), 1);
        client.close();
        owner.close();
    });
}

#[test]
fn what_breaks_the_line_every_time_is_refused_in_the_end() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        let id = circle(&client);
        let ticket = client.submit(add(id, "one"));
        for _ in 0..10 {
            client.send_again();
            client.pump();
        }
        let refused = until(&mut [&mut client], |_, news| of(news, ticket)).await;
        assert!(refused.is_err());
        client.close();
        owner.close();
    });
}
