//! Off the record, and what is forgotten.

use super::*;
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::floor::FloorMove;
use crate::domain::id::Key;
use crate::domain::item::Audience;
use crate::engine::tests::process::joined;
use crate::engine::{EraseTarget, OFF_RECORD};

/// Words that nothing else writes.
const DRAFT: &str = "quokka-draft-4411";
const TYPED_OFF: &str = "quokka-off-4412";
const ATTEMPT: &str = "quokka-attempt-4413";
/// When somebody began and stopped to speak: numbers that nothing else writes.
const BEGAN: i64 = 61_337;
const ENDED: i64 = 7_791_553;

const END: Command = Command::EndSession {
    next: None,
    figures: None,
    leave_rest: false,
};

/// A session that runs, with the app as its owner.
async fn running(desk: &Desk) -> Engine {
    let mut engine = desk.open(Via::App).await;
    done(&mut engine, new_circle("Ladder Up")).await;
    let begin = start(&engine);
    done(&mut engine, begin).await;
    engine
}

/// Waits until everything that was asked before is on disk.
async fn through_writer(engine: &mut Engine) {
    let ticket = engine.ask(crate::engine::query::Query::Figures);
    until(&mut [engine], |_, news| match news {
        News::Answered { ticket: of, .. } => (*of == ticket).then_some(()),
        _ => None,
    })
    .await;
}

async fn refused(engine: &mut Engine, command: Command) {
    let ticket = engine.submit(command);
    assert_eq!(
        outcome(engine, ticket).await.unwrap_err(),
        OFF_RECORD,
        "it was not refused"
    );
}

fn aside(store: &Path) -> String {
    std::fs::read_to_string(store.join("running.json")).unwrap()
}

/// Every file below a folder that holds one of these.
fn holding(folder: &Path, needles: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                let has = |needle: &&str| {
                    bytes
                        .windows(needle.len())
                        .any(|part| part == needle.as_bytes())
                };
                let names = needles.iter().filter(|needle| has(needle));
                found.extend(names.map(|needle| format!("{needle} in {}", path.display())));
            }
        }
    }
    found
}

#[test]
fn off_the_record_every_command_is_refused_and_the_file_stays_as_it_was() {
    run(async {
        let desk = Desk::new();
        let mut engine = running(&desk).await;
        let (id, members) = (circle(&engine), engine.state().members(circle(&engine)));
        let [jun, maria] = [members[0].id, members[1].id];
        engine.floor_move(FloorMove::Give(jun));
        desk.clock.advance(Span::from_secs(60));
        engine.off_record(true);
        through_writer(&mut engine).await;
        let before = aside(&desk.store());
        assert!(before.contains("\"off_record\":true"), "{before}");
        let journal = holding(&desk.store(), &["Ladder Up"]);
        desk.clock.advance(Span::from_secs(60));
        engine.floor_move(FloorMove::Give(maria));
        engine.floor_move(FloorMove::Hand {
            member: jun,
            direct: false,
        });
        engine.set_draft("a", TYPED_OFF);
        for command in [
            add(id, ATTEMPT),
            Command::Pause { paused: true },
            Command::Extend { minutes: 1 },
            Command::Move(crate::command::Step::Next),
            END,
            UNDO,
            Command::Redo,
            new_circle(ATTEMPT),
        ] {
            refused(&mut engine, command).await;
        }
        let ticket = engine.erase(EraseTarget::Circle(id));
        let words = until(&mut [&mut engine], |_, news| match news {
            News::Failed { ticket: of, words } if *of == ticket => Some(words.clone()),
            _ => None,
        })
        .await;
        assert_eq!(words, OFF_RECORD);
        through_writer(&mut engine).await;
        assert_eq!(aside(&desk.store()), before);
        assert_eq!(holding(&desk.store(), &["Ladder Up"]), journal);
        assert!(engine.room().unwrap().running.unwrap().off_record);
        // What is on screen goes on: who speaks, and who waits.
        assert_eq!(engine.floor().unwrap().speaker, Some(maria));
        engine.off_record(false);
        desk.clock.advance(Span::from_secs(60));
        engine.floor_move(FloorMove::Nobody);
        let turns = &engine.floor().unwrap().turns;
        let spoke = |member| {
            let turns = turns.iter().filter(|turn| turn.member == Some(member));
            turns.map(|turn| turn.to - turn.from).sum()
        };
        let minute = Span::from_secs(60);
        assert_eq!((spoke(jun), spoke(maria)), (minute, minute));
        done(&mut engine, add(id, "on the record")).await;
        assert!(engine.close());
        assert_eq!(holding(&desk.store(), &[ATTEMPT, TYPED_OFF]), [""; 0]);
    });
}

#[test]
fn off_the_record_survives_a_crash_with_the_floor_as_it_was() {
    run(async {
        let desk = Desk::new();
        let mut engine = running(&desk).await;
        let members = engine.state().members(circle(&engine));
        let [jun, maria] = [members[0].id, members[1].id];
        engine.floor_move(FloorMove::Give(jun));
        desk.clock.advance(Span::from_secs(60));
        engine.off_record(true);
        engine.floor_move(FloorMove::Give(maria));
        through_writer(&mut engine).await;
        drop(engine);
        let mut engine = desk.open(Via::App).await;
        assert!(engine.is_off_record());
        assert_eq!(engine.floor().unwrap().speaker, Some(jun));
        refused(&mut engine, END).await;
        drop(engine);
        // A one-shot command that finds no owner finds the flag.
        let mut engine = desk.open(Via::Cli).await;
        let id = circle(&engine);
        refused(&mut engine, add(id, ATTEMPT)).await;
        engine.close();
        let mut engine = desk.open(Via::App).await;
        engine.off_record(false);
        done(&mut engine, END).await;
        assert!(!engine.is_off_record());
        engine.close();
        assert!(!aside_is_there(&desk.store()));
    });
}

/// Journals and the file beside the store, with what they hold.
fn written(store: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(store).unwrap().map(Result::unwrap);
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| name.starts_with("journal-") || name == "running.json")
        .collect();
    names.sort();
    let read = |name: String| {
        let text = std::fs::read_to_string(store.join(&name)).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

fn snapshots(store: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(store).unwrap().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_name().to_str().unwrap().starts_with("snapshot-"))
        .map(|entry| entry.path())
        .collect()
}

fn documents(engine: &Engine) -> Vec<(Key, Document)> {
    let all = engine.state().documents();
    all.map(|(key, document)| (*key, document.clone()))
        .collect()
}

#[test]
fn whoever_quits_off_the_record_leaves_nothing_of_that_time() {
    run(async {
        let desk = Desk::new();
        let mut engine = running(&desk).await;
        let (id, members) = (circle(&engine), engine.state().members(circle(&engine)));
        let [jun, maria, tom] = [members[0].id, members[1].id, members[2].id];
        done(&mut engine, add(id, "Send the deck")).await;
        engine.floor_move(FloorMove::Give(jun));
        desk.clock.advance(Span::from_secs(60));
        engine.off_record(true);
        through_writer(&mut engine).await;
        let (before, known) = (written(&desk.store()), documents(&engine));
        assert_eq!(before.len(), 2);
        assert_eq!(snapshots(&desk.store()).len(), 0);
        desk.clock.advance(Span::from_millis(BEGAN));
        engine.floor_move(FloorMove::Give(maria));
        desk.clock.advance(Span::from_millis(ENDED - BEGAN));
        engine.floor_move(FloorMove::Give(tom));
        engine.set_draft("a", TYPED_OFF);
        refused(&mut engine, add(id, ATTEMPT)).await;
        assert!(engine.close());
        // The snapshot at the end begins a new journal, with no act in it.
        let (kept, begun): (Vec<_>, Vec<_>) = written(&desk.store())
            .into_iter()
            .partition(|file| before.contains(file));
        assert_eq!(kept, before);
        assert!(
            begun
                .iter()
                .all(|(name, text)| name == "journal-2" && text.lines().count() == 1)
        );
        let spoke = [BEGAN, ENDED].map(|span| (60_000 + span).to_string());
        let of_that_time = [spoke[0].as_str(), &spoke[1], TYPED_OFF, ATTEMPT];
        assert_eq!(holding(desk.dir.path(), &of_that_time), [""; 0]);
        // That snapshot holds what was known before, to the last document.
        let closing = snapshots(&desk.store());
        assert_eq!(closing.len(), 1);
        let other = Desk::new();
        crate::store::restore(&closing[0], &other.store()).unwrap();
        let engine = other.open(Via::Cli).await;
        assert_eq!(documents(&engine), known);
        engine.close();
    });
}

#[cfg(unix)]
#[test]
fn every_process_is_off_the_record_together() {
    run(async {
        let desk = Desk::new();
        let mut owner = running(&desk).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        let id = circle(&client);
        client.off_record(true);
        until(&mut [&mut owner, &mut client], |at, news| {
            (at == 1 && *news == News::Room).then_some(())
        })
        .await;
        assert!(owner.is_off_record() && client.is_off_record());
        client.set_draft("a", TYPED_OFF);
        assert!(client.drafts().is_empty());
        let ticket = client.submit(add(id, ATTEMPT));
        let answer = until(&mut [&mut owner, &mut client], |at, news| {
            of(news, ticket).filter(|_| at == 1)
        })
        .await;
        assert_eq!(answer.unwrap_err(), OFF_RECORD);
        let late = joined(&desk, &mut owner, Via::App).await;
        assert!(late.is_off_record());
        late.close();
        client.close();
        owner.close();
    });
}

#[test]
fn without_a_session_nothing_can_be_off_the_record() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.open(Via::App).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        engine.off_record(true);
        assert!(!engine.is_off_record());
        let id = circle(&engine);
        done(&mut engine, add(id, "one")).await;
        engine.close();
    });
}

#[test]
fn after_a_session_no_file_says_who_spoke_or_holds_a_draft() {
    run(async {
        let desk = Desk::new();
        let mut engine = running(&desk).await;
        let (id, members) = (circle(&engine), engine.state().members(circle(&engine)));
        let [jun, maria, tom] = [members[0].id, members[1].id, members[2].id];
        desk.clock.advance(Span::from_millis(BEGAN));
        engine.floor_move(FloorMove::Give(jun));
        engine.floor_move(FloorMove::Hand {
            member: tom,
            direct: true,
        });
        desk.clock.advance(Span::from_millis(ENDED - BEGAN));
        engine.floor_move(FloorMove::Give(maria));
        engine.floor_move(FloorMove::Pass);
        engine.set_draft("a", DRAFT);
        done(&mut engine, add(id, "Send the deck")).await;
        engine.off_record(true);
        engine.set_draft("n", TYPED_OFF);
        refused(&mut engine, add(id, ATTEMPT)).await;
        engine.off_record(false);
        desk.clock.advance(Span::from_secs(60));
        through_writer(&mut engine).await;
        let (began, ended) = (BEGAN.to_string(), ENDED.to_string());
        let kept = [began.as_str(), &ended, DRAFT];
        assert_eq!(
            holding(&desk.store(), &kept).len(),
            3,
            "it was there before"
        );
        done(&mut engine, END).await;
        assert!(engine.close());
        assert!(!aside_is_there(&desk.store()));
        let fields = [
            "\"speaker\"",
            "\"queue\"",
            "\"turns\"",
            "\"drafts\"",
            "\"muted\"",
        ];
        let words = [DRAFT, TYPED_OFF, ATTEMPT, "off_record"];
        let all = [kept.as_slice(), &fields, &words].concat();
        assert_eq!(holding(desk.dir.path(), &all), [""; 0]);
        // It is no matter of what the files are called either, and the session itself is there.
        assert!(!holding(&desk.store(), &["Send the deck"]).is_empty());
    });
}

#[cfg(unix)]
#[test]
fn a_window_that_owns_the_store_later_brings_no_draft_back() {
    run(async {
        let desk = Desk::new();
        let mut owner = running(&desk).await;
        let mut client = joined(&desk, &mut owner, Via::App).await;
        client.set_draft("a", DRAFT);
        let ticket = client.submit(END);
        until(&mut [&mut owner, &mut client], |at, news| {
            of(news, ticket).filter(|_| at == 1)
        })
        .await
        .unwrap();
        owner.close();
        until(&mut [&mut client], |_, news| {
            matches!(news, News::Opened(_)).then_some(())
        })
        .await;
        through_writer(&mut client).await;
        assert!(!aside_is_there(&desk.store()));
        client.close();
        assert_eq!(holding(&desk.store(), &[DRAFT]), [""; 0]);
    });
}

fn note(circle: CircleId, text: &str, audience: Audience, tags: &[&str]) -> Command {
    Command::Write {
        circle,
        drafts: vec![Draft::Note {
            text: line(text),
            audience,
            tags: tags.iter().map(|tag| line(tag)).collect(),
        }],
        speaking: None,
    }
}

#[test]
fn old_notes_for_me_are_erased_at_the_start_unless_they_are_kept() {
    run(async {
        let desk = Desk::new();
        let mut engine = desk.open(Via::App).await;
        done(&mut engine, new_circle("Ladder Up")).await;
        let id = circle(&engine);
        done(
            &mut engine,
            note(id, "quokka-mine", Audience::Me, &["work"]),
        )
        .await;
        done(
            &mut engine,
            note(id, "quokka-kept", Audience::Me, &["Keep"]),
        )
        .await;
        done(&mut engine, note(id, "quokka-ours", Audience::Circle, &[])).await;
        engine.close();
        desk.clock.advance(Span::from_minutes(90 * 24 * 60));
        // On the ninetieth day all are there, and nobody is told anything.
        let mut engine = desk.open(Via::App).await;
        through_writer(&mut engine).await;
        done(&mut engine, note(id, "quokka-new", Audience::Me, &[])).await;
        assert!(!holding(&desk.store(), &["quokka-mine"]).is_empty());
        // While a session runs nothing is erased.
        let begin = start(&engine);
        done(&mut engine, begin).await;
        engine.close();
        desk.clock.advance(Span::from_minutes(1));
        let mut engine = desk.open(Via::App).await;
        through_writer(&mut engine).await;
        assert!(!holding(&desk.store(), &["quokka-mine"]).is_empty());
        done(&mut engine, END).await;
        engine.close();
        let mut engine = desk.open(Via::App).await;
        let told = until(&mut [&mut engine], |_, news| match news {
            News::Notice(words) => Some(words.clone()),
            _ => None,
        })
        .await;
        assert_eq!(
            told,
            "1 note for you alone was older than 90 days, and erased; the tag #keep keeps a note"
        );
        engine.close();
        assert_eq!(holding(&desk.store(), &["quokka-mine"]), [""; 0]);
        for text in ["quokka-kept", "quokka-ours", "quokka-new"] {
            assert!(!holding(&desk.store(), &[text]).is_empty(), "{text}");
        }
    });
}
