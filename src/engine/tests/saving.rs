use proptest::prelude::{ProptestConfig, proptest};

use super::*;
use crate::command::{MemberEdit, Settle};
use crate::domain::change::{ActKind, Change};
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::id::{ActId, Key, Kind};
use crate::engine::news::Saving;

#[test]
fn a_change_shows_at_once_and_is_told_when_it_is_saved() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.over(Memory::new()).await;
        let ticket = engine.submit(new_circle("Ladder Up"));
        assert_eq!(engine.state().circles().count(), 1);
        assert_eq!(*engine.saving(), Saving::Waiting);
        let act = outcome(&mut engine, ticket).await.unwrap();
        assert_eq!((act.seq, act.kind), (1, ActKind::Do));
        assert_eq!(*engine.saving(), Saving::Saved(NOON));
        let space = act.spaces().next().unwrap();
        assert_eq!(engine.state().space_rev(space), 1);
    });
}

#[test]
fn a_refusal_changes_nothing() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.over(Memory::new()).await;
        let ticket = engine.submit(Command::Pause { paused: true });
        let reason = outcome(&mut engine, ticket).await.unwrap_err();
        assert_eq!(reason, "no session is running");
        assert_eq!(*engine.saving(), Saving::Clean);
    });
}

#[test]
fn undo_and_redo_walk_through_what_was_done() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.over(Memory::new()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        for text in ["one", "two", "three"] {
            done(&mut engine, add(id, text)).await;
        }
        done(&mut engine, UNDO).await;
        done(&mut engine, UNDO).await;
        assert_eq!(actions(&engine), ["one"]);
        done(&mut engine, Command::Redo).await;
        assert_eq!(actions(&engine), ["one", "two"]);
        done(&mut engine, UNDO).await;
        assert_eq!(actions(&engine), ["one"]);
        done(&mut engine, add(id, "four")).await;
        let ticket = engine.submit(Command::Redo);
        let reason = outcome(&mut engine, ticket).await.unwrap_err();
        assert_eq!(reason, "there is nothing to bring back");
        assert_eq!(actions(&engine), ["one", "four"]);
    });
}

#[test]
fn an_undo_sent_right_behind_its_act_takes_that_one_back() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.over(Memory::new()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        engine.submit(add(id, "one"));
        let ticket = engine.submit(UNDO);
        outcome(&mut engine, ticket).await.unwrap();
        assert!(actions(&engine).is_empty());
    });
}

#[test]
fn what_was_changed_behind_the_back_is_looked_at_again() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        let member = engine.state().members(id)[0].clone();
        let key = Key::circle(id, Kind::Member, member.id.0);
        let mut phone = member.clone();
        phone.phone = true;
        store.commit_behind_the_back(Act {
            id: ActId(uuid::Uuid::from_u128(1)),
            seq: 0,
            revs: std::collections::BTreeMap::new(),
            at: NOON,
            by: engine.by(),
            title: "Jun".to_owned(),
            kind: ActKind::Do,
            changes: vec![Change {
                key,
                before: Some(Document::Member(member.clone()).to_body()),
                after: Some(Document::Member(phone).to_body()),
            }],
        });
        let edit = MemberEdit {
            name: Some(line("June")),
            ..MemberEdit::default()
        };
        let command = Command::EditMember {
            circle: id,
            member: member.id,
            edit,
        };
        done(&mut engine, command).await;
        let now = engine.state().member(id, member.id).unwrap();
        assert_eq!((now.name.as_str(), now.phone), ("June", true));
    });
}

#[test]
fn without_a_session_what_cannot_be_saved_is_refused_and_taken_back() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        store.fail(true);
        let ticket = engine.submit(add(id, "one"));
        assert_eq!(actions(&engine), ["one"]);
        let reason = outcome(&mut engine, ticket).await.unwrap_err();
        assert!(reason.contains("disk is full"), "{reason}");
        assert!(actions(&engine).is_empty());
        assert!(matches!(engine.saving(), Saving::Saved(_)));
    });
}

#[test]
fn in_a_session_what_cannot_be_saved_is_kept_and_tried_again() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let begin = start(&engine);
        done(&mut engine, begin).await;
        let id = circle(&engine);
        store.fail(true);
        let tickets = ["one", "two"].map(|text| engine.submit(add(id, text)));
        until(&mut [&mut engine], |_, news| match news {
            News::NotSaved { waiting: 2, .. } => Some(()),
            _ => None,
        })
        .await;
        assert_eq!(*engine.saving(), Saving::Unsaved(2));
        assert_eq!(actions(&engine), ["one", "two"]);
        // Undo reaches what is only in memory.
        engine.submit(UNDO);
        until(&mut [&mut engine], |_, news| match news {
            News::NotSaved { waiting: 3, .. } => Some(()),
            _ => None,
        })
        .await;
        assert_eq!(actions(&engine), ["one"]);
        store.fail(false);
        let mut saved: Vec<Ticket> = Vec::new();
        until(&mut [&mut engine], |_, news| {
            saved.extend(tickets.iter().filter(|ticket| of(news, **ticket).is_some()));
            matches!(news, News::SavedAgain).then_some(())
        })
        .await;
        assert_eq!(saved, tickets);
        assert!(matches!(engine.saving(), Saving::Saved(_)));
        assert_eq!(actions(&engine), ["one"]);
    });
}

#[test]
fn a_closed_action_that_is_not_in_memory_can_be_opened_again() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        let act = done(&mut engine, add(id, "one")).await;
        let key = act.changes.iter().map(|change| change.key);
        let key = key
            .into_iter()
            .find(|key| key.kind == Kind::Action)
            .unwrap();
        let settle = |how| Command::Settle {
            actions: vec![key],
            how,
        };
        done(&mut engine, settle(Settle::Done)).await;
        drop(engine);
        let mut engine = desk.over(store).await;
        assert!(engine.state().get(&key).is_none());
        done(&mut engine, settle(Settle::Reopen)).await;
        assert_eq!(actions(&engine), ["one"]);
    });
}

#[test]
fn sleep_and_a_set_clock_are_told() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.over(Memory::new()).await;
        desk.clock.sleep(Span::from_minutes(60));
        assert_eq!(
            any(&mut [&mut engine]).await.1,
            News::Slept(Span::from_minutes(60))
        );
        desk.clock.step(Span::from_secs(-5));
        assert_eq!(
            any(&mut [&mut engine]).await.1,
            News::Stepped(Span::from_secs(-5))
        );
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn commands_from_before_the_store_is_open_keep_their_order(count in 1_usize..=70) {
        run(async {
            let desk = Desk::new();
            let store = Box::new(Memory::new());
            let mut engine = Engine::over(store, desk.options(Via::App), Duration::from_secs(5));
            let names: Vec<String> = (0..count).map(|n| format!("Circle {n}")).collect();
            for name in &names {
                engine.submit(new_circle(name));
            }
            let kept = count.min(64);
            let mut refused = 0;
            let mut saved = 0;
            while saved < kept {
                match any(&mut [&mut engine]).await.1 {
                    News::Done { act, .. } => {
                        saved += 1;
                        assert_eq!(act.seq, u64::try_from(saved).unwrap());
                    }
                    News::Refused { .. } => refused += 1,
                    _ => {}
                }
            }
            assert_eq!(refused, count - kept);
            let made: Vec<String> = engine.state().circles().map(|c| c.name.to_string()).collect();
            let mut wanted = names[..kept].to_vec();
            wanted.sort();
            let mut made = made;
            made.sort();
            assert_eq!(made, wanted);
        });
    }
}

#[cfg(unix)]
#[test]
fn what_a_client_does_while_saving_fails_is_refused_and_never_counts_as_known() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut owner = desk.over(store.clone()).await;
        owner.serve();
        done(&mut owner, new_circle("Ladder Up")).await;
        let begin = start(&owner);
        done(&mut owner, begin).await;
        let id = circle(&owner);
        let mut client = process::through(&desk, &mut owner, Via::Cli).await;
        store.fail(true);
        let ticket = client.submit(add(id, "one"));
        let reason = until(&mut [&mut owner, &mut client], |at, news| match news {
            News::Refused {
                ticket: of,
                refusal,
            } if at == 1 && *of == ticket => Some(refusal.clone()),
            News::Done { .. } => panic!("it was not saved"),
            _ => None,
        })
        .await;
        assert!(reason.not_saved, "{reason}");
        assert!(reason.reason.contains("disk is full"), "{reason}");
        assert!(actions(&owner).is_empty() && actions(&client).is_empty());
        assert!(!matches!(owner.saving(), Saving::Unsaved(_)));
    });
}

#[test]
fn a_mistake_in_the_thread_of_the_store_is_told_and_nothing_seems_saved() {
    run(async {
        let (desk, store) = (Desk::new(), Shared::default());
        let mut engine = desk.over(store.clone()).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        store.fault(Fault::Panics);
        let ticket = engine.submit(add(id, "one"));
        let mut refused = None;
        let words = until(&mut [&mut engine], |_, news| {
            refused = refused.take().or_else(|| of(news, ticket));
            match news {
                News::CannotOpen(words) => Some(words.clone()),
                _ => None,
            }
        })
        .await;
        assert_eq!(refused, Some(Err(words.clone())));
        assert!(words.contains("what was saved is safe"), "{words}");
        assert_eq!(*engine.saving(), Saving::ReadOnly(words.clone()));
        assert!(actions(&engine).is_empty());
        let later = engine.submit(add(id, "two"));
        assert!(outcome(&mut engine, later).await.is_err());
        assert!(engine.close());
    });
}
