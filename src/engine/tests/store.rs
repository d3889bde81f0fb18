use super::*;
use crate::domain::floor::FloorMove;
use crate::domain::id::{Key, Kind};
use crate::engine::EraseTarget;
use crate::engine::news::Saving;
use crate::engine::query::{Answer, Query};
use crate::packs::demo::Names;

async fn filled(desk: &Desk) -> Engine {
    let mut engine = desk.open(Via::App).await;
    done(&mut engine, new_circle("Ladder Up")).await;
    engine
}

/// Whether the room sees a clock that stands still.
fn stands(engine: &Engine) -> bool {
    let running = engine.room().unwrap().running;
    running.unwrap().timer.is_paused()
}

#[test]
fn reading_makes_no_store_and_the_first_write_does() {
    run(async {
        let desk = Desk::new();
        let mut engine = Engine::open(desk.options(Via::App));
        assert!(opened(&mut engine).await.fresh);
        let ticket = engine.ask(Query::Figures);
        until(&mut [&mut engine], |_, news| match news {
            News::Answered { ticket: of, .. } => (*of == ticket).then_some(()),
            _ => None,
        })
        .await;
        assert!(!desk.store().exists());
        done(&mut engine, new_circle("Ladder Up")).await;
        assert!(desk.store().exists());
        assert!(engine.close());
    });
}

#[test]
fn after_a_restart_undo_reaches_the_run_before() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let id = circle(&engine);
        done(&mut engine, add(id, "one")).await;
        assert!(engine.close());
        let mut engine = desk.open(Via::App).await;
        assert_eq!(actions(&engine), ["one"]);
        done(&mut engine, UNDO).await;
        assert!(actions(&engine).is_empty());
        assert!(engine.close());
        // A one-shot command does not reach what the application did.
        let mut engine = desk.open(Via::Cli).await;
        let ticket = engine.submit(UNDO);
        assert!(outcome(&mut engine, ticket).await.is_err());
        engine.close();
    });
}

#[test]
fn after_a_crash_the_session_asks_and_the_floor_and_drafts_are_there() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let jun = engine.state().members(circle(&engine))[0].id;
        engine.floor_move(FloorMove::Give(jun));
        engine.set_draft("capture", "a Send the deck");
        drop(engine);
        let mut engine = Engine::open(desk.options(Via::App));
        let found = opened(&mut engine).await;
        assert_eq!(found.interrupted.map(|i| i.last_saved), Some(NOON));
        assert_eq!(engine.floor().and_then(|floor| floor.speaker), Some(jun));
        assert_eq!(engine.drafts()["capture"], "a Send the deck");
        assert!(stands(&engine));
        engine.resumed();
        assert!(!stands(&engine));
        done(
            &mut engine,
            Command::EndSession {
                next: None,
                figures: None,
                leave_rest: false,
            },
        )
        .await;
        assert_eq!(engine.floor(), None);
        assert!(engine.drafts().is_empty());
        engine.close();
        assert!(!aside_is_there(&desk.store()));
    });
}

#[test]
fn a_session_whose_end_is_taken_back_goes_on_with_an_empty_floor() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let jun = engine.state().members(circle(&engine))[0].id;
        engine.floor_move(FloorMove::Give(jun));
        done(
            &mut engine,
            Command::EndSession {
                next: None,
                figures: None,
                leave_rest: false,
            },
        )
        .await;
        done(&mut engine, UNDO).await;
        let floor = engine.floor().unwrap();
        assert_eq!((floor.speaker, floor.turns.len()), (None, 0));
        engine.close();
    });
}

#[test]
fn whoever_goes_away_has_neither_floor_nor_hand() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let begin = start(&engine);
        let (id, session) = (circle(&engine), session(&engine));
        done(&mut engine, begin).await;
        let jun = engine.state().members(id)[0].id;
        engine.floor_move(FloorMove::Give(jun));
        let away = Command::Attend {
            circle: id,
            session,
            member: jun,
            here: false,
        };
        engine.submit(away);
        assert_eq!(engine.floor().unwrap().speaker, None);
        engine.close();
    });
}

#[test]
fn what_is_erased_in_a_session_is_hidden_and_goes_when_it_is_wrapped_up() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let id = circle(&engine);
        let act = done(&mut engine, add(id, "a secret")).await;
        let key = row(&act);
        engine.erase(EraseTarget::Rows(vec![key]));
        assert!(actions(&engine).is_empty());
        assert!(engine.state().get(&key).is_some());
        done(
            &mut engine,
            Command::EndSession {
                next: None,
                figures: None,
                leave_rest: false,
            },
        )
        .await;
        // The answer to a later question comes behind the erase.
        let ticket = engine.ask(Query::Get(vec![key]));
        let answer = until(&mut [&mut engine], |_, news| match news {
            News::Answered { ticket: of, answer } if *of == ticket => Some(answer.clone()),
            _ => None,
        })
        .await;
        assert!(matches!(*answer, Answer::Rows { rows, .. } if rows.is_empty()));
        assert!(engine.state().get(&key).is_none());
        engine.close();
        assert_eq!(files_with(&desk.store(), b"a secret"), [""; 0]);
    });
}

#[cfg(unix)]
#[test]
fn what_a_client_erases_in_a_session_is_hidden_and_goes_when_it_is_wrapped_up() {
    run(async {
        let desk = Desk::new();
        let mut owner = filled(&desk).await;
        let begin = start(&owner);
        done(&mut owner, begin).await;
        let id = circle(&owner);
        let act = done(&mut owner, add(id, "a secret")).await;
        let key = row(&act);
        let mut client = process::joined(&desk, &mut owner, Via::Cli).await;
        let ticket = client.erase(EraseTarget::Rows(vec![key]));
        let words = until(&mut [&mut owner, &mut client], |at, news| match news {
            News::Erased { ticket: of, words } if at == 1 && *of == ticket => Some(words.clone()),
            News::Failed { words, .. } => panic!("{words}"),
            _ => None,
        })
        .await;
        assert!(words.contains("wrapped up"), "{words}");
        assert!(actions(&owner).is_empty() && actions(&client).is_empty());
        // The client wraps up and leaves, and so does the owner, without waiting for anything.
        let ticket = client.submit(Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        });
        until(&mut [&mut owner, &mut client], |at, news| {
            of(news, ticket).filter(|_| at == 1)
        })
        .await
        .unwrap();
        client.close();
        assert!(owner.close());
        assert_eq!(files_with(&desk.store(), b"a secret"), [""; 0]);
        assert!(!aside_is_there(&desk.store()));
    });
}

#[test]
fn a_wrap_up_that_ends_the_process_at_once_erases_all_the_same() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let id = circle(&engine);
        let act = done(&mut engine, add(id, "a secret")).await;
        engine.erase(EraseTarget::Rows(vec![row(&act)]));
        assert!(engine.close());
        assert_ne!(files_with(&desk.store(), b"a secret"), [""; 0]);
        let mut engine = desk.open(Via::Cli).await;
        engine.submit(Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        });
        assert!(engine.close());
        assert_eq!(files_with(&desk.store(), b"a secret"), [""; 0]);
        assert!(!aside_is_there(&desk.store()));
    });
}

#[test]
fn what_could_not_be_erased_at_wrap_up_is_told_and_tried_at_the_next_start() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let id = circle(&engine);
        let act = done(&mut engine, add(id, "a secret")).await;
        engine.erase(EraseTarget::Rows(vec![row(&act)]));
        store.fault(Fault::Keeps);
        engine.submit(Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        });
        let words = until(&mut [&mut engine], |_, news| match news {
            News::Notice(words) => Some(words.clone()),
            _ => None,
        })
        .await;
        assert!(words.contains("not erased"), "{words}");
        assert_eq!(engine.aside.erase, [row(&act)]);
    });
}

/// The action that an act wrote down.
fn row(act: &Act) -> Key {
    let mut keys = act.changes.iter().map(|change| change.key);
    keys.find(|key| key.kind == Kind::Action).unwrap()
}

/// All files under `dir` that hold these bytes.
fn files_with(dir: &Path, wanted: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, wanted));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            if bytes.windows(wanted.len()).any(|window| window == wanted) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn an_erased_person_is_a_former_member() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let id = circle(&engine);
        let (jun, name) = {
            let jun = engine.state().members(id)[0];
            (jun.id, jun.name.to_string())
        };
        for (filter, text) in [
            ("named", format!("@{name}")),
            ("other", "is:overdue".to_owned()),
        ] {
            let command = Command::SaveFilter {
                name: Clean::line(filter),
                text: Clean::line(&text),
            };
            done(&mut engine, command).await;
        }
        let ticket = engine.erase(EraseTarget::Member(id, jun));
        let words = until(&mut [&mut engine], |_, news| match news {
            News::Erased { ticket: of, words } if *of == ticket => Some(words.clone()),
            News::Failed { words, .. } => panic!("{words}"),
            _ => None,
        })
        .await;
        assert!(words.contains("yours to delete"), "{words}");
        engine.close();
        let engine = desk.open(Via::App).await;
        let member = engine.state().member(id, jun).unwrap();
        assert_eq!(member.name.as_str(), "former member");
        // A saved filter that named them is gone too.
        let filters: Vec<&str> = engine
            .state()
            .filters()
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(filters, ["other"]);
        engine.close();
    });
}

#[test]
fn the_demo_runs_and_leaves_nothing_behind() {
    run(async {
        let desk = Desk::new();
        let mut options = desk.options(Via::App);
        options.mode = Mode::Demo(Names::Friendly);
        let mut engine = Engine::open(options);
        assert_eq!(opened(&mut engine).await.interrupted, None);
        assert!(engine.state().running().is_some());
        assert!(engine.floor().unwrap().speaker.is_some());
        done(&mut engine, Command::Move(crate::command::Step::Next)).await;
        engine.close();
        assert!(!desk.store().exists());
    });
}

#[test]
fn a_rehearsal_is_a_copy_that_goes_and_leaves_the_store_as_it_was() {
    run(async {
        let desk = Desk::new();
        let mut engine = filled(&desk).await;
        let id = circle(&engine);
        let note = Draft::Note {
            text: Clean::text("not for a copy"),
            audience: crate::domain::item::Audience::Me,
            tags: Vec::new(),
        };
        let write = Command::Write {
            circle: id,
            drafts: vec![note],
            speaking: None,
        };
        done(&mut engine, write).await;
        let session = engine.state().next_session(id, engine.now()).unwrap().id;
        let copy = crate::engine::rehearsal::copy(engine.state(), id, session);
        assert!(copy.iter().all(|change| change.key.kind != Kind::Note));
        engine.close();
        let mut options = desk.options(Via::App);
        options.mode = Mode::Rehearsal;
        options.store = desk.dir.path().join("copy");
        let mut engine = Engine::open_copy(options, copy);
        opened(&mut engine).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        assert!(engine.state().running().is_some());
        engine.close();
        assert!(!desk.dir.path().join("copy").exists());
        let engine = desk.open(Via::App).await;
        assert!(engine.state().running().is_none());
        assert_eq!(
            engine.state().next_session(id, engine.now()).unwrap().id,
            session
        );
        engine.close();
    });
}

#[test]
fn a_store_that_is_only_read_takes_nothing() {
    run(async {
        let desk = Desk::new();
        filled(&desk).await.close();
        let mut options = desk.options(Via::App);
        options.mode = Mode::ReadOnly;
        let mut engine = Engine::open(options);
        opened(&mut engine).await;
        assert!(matches!(engine.saving(), Saving::ReadOnly(_)));
        let id = circle(&engine);
        let ticket = engine.submit(add(id, "one"));
        let reason = outcome(&mut engine, ticket).await.unwrap_err();
        assert!(reason.contains("can only be read"), "{reason}");
        assert!(matches!(engine.saving(), Saving::ReadOnly(_)));
    });
}
