//! What is kept out of memory: the questions of a long import, and rows that a short command does not need.
#![cfg(unix)]

use super::process::{done_through, joined};
use super::*;
use crate::domain::id::{Kind, QuestionId, Space};
use crate::domain::question::DraftQuestion;
use crate::engine::query::{Answer, Query};

/// More questions than are held in memory at once.
fn many_questions() -> Command {
    let question = |n: usize| DraftQuestion::new(line(&format!("What about {n} of them?")));
    Command::AddQuestions {
        questions: (0..3_000).map(question).collect(),
        source: line("a file"),
    }
}

/// How many questions the bank has, as the second engine is told.
async fn count(owner: &mut Engine, client: &mut Engine) -> usize {
    let ticket = client.ask(Query::Questions {
        words: String::new(),
        kind: None,
        theme: None,
        competency: None,
        skip: 0,
        circle: None,
        limit: 1,
    });
    let answer = until(&mut [owner, client], |_, news| match news {
        News::Answered { ticket: of, answer } if *of == ticket => Some(answer.clone()),
        _ => None,
    })
    .await;
    match *answer {
        Answer::Questions { total, .. } => total,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_long_import_is_taken_back_and_brought_back_through_the_owner_unless_something_changed() {
    run(async {
        let desk = Desk::new();
        let mut owner = desk.open(Via::App).await;
        done(&mut owner, new_circle("Ladder Up")).await;
        let mut client = joined(&desk, &mut owner, Via::Cli).await;
        done_through(&mut owner, &mut client, many_questions()).await;
        assert_eq!(count(&mut owner, &mut client).await, 3_000);
        let undone = done_through(&mut owner, &mut client, Command::Undo { act: None }).await;
        assert_eq!(undone.title, "3000 questions from a file");
        assert_eq!(count(&mut owner, &mut client).await, 0);
        done_through(&mut owner, &mut client, Command::Redo).await;
        assert_eq!(count(&mut owner, &mut client).await, 3_000);
        let ticket = client.ask(Query::Scan {
            space: Space::Org,
            kind: Kind::Question,
            after: None,
            limit: 1,
        });
        let id = until(&mut [&mut owner, &mut client], |_, news| match news {
            News::Answered { ticket: of, answer } if *of == ticket => match &**answer {
                Answer::Rows { rows, .. } => Some(rows[0].key.id),
                other => panic!("{other:?}"),
            },
            _ => None,
        })
        .await;
        let star = Command::StarQuestion {
            question: QuestionId(id),
            starred: true,
        };
        done(&mut owner, star).await;
        let ticket = client.submit(Command::Undo { act: None });
        let told = until(&mut [&mut owner, &mut client], |_, news| match news {
            News::Refused {
                ticket: of,
                refusal,
            } if *of == ticket => Some(refusal.reason.clone()),
            _ => None,
        })
        .await;
        assert!(
            told.starts_with("3000 questions from a file cannot be taken back: Q"),
            "{told}"
        );
        assert_eq!(count(&mut owner, &mut client).await, 3_000);
        client.close();
        owner.close();
    });
}

#[test]
fn a_short_command_has_the_people_and_not_the_rows_and_writes_all_the_same() {
    run(async {
        let desk = Desk::new();
        let mut app = desk.open(Via::App).await;
        done(&mut app, new_circle("Ladder Up")).await;
        let id = circle(&app);
        done(&mut app, add(id, "one")).await;
        for alone in [false, true] {
            if alone {
                app.close();
                app = Engine::open_frame(desk.options(Via::Cli));
                opened(&mut app).await;
                done(&mut app, add(id, "three")).await;
                assert!(!app.socket().is_some_and(|socket| socket.exists()));
                assert_eq!(app.state().circles().count(), 1);
                break;
            }
            let mut client = Engine::open_frame(desk.options(Via::Cli));
            until(&mut [&mut app, &mut client], |at, news| {
                (at == 1 && matches!(news, News::Opened(_))).then_some(())
            })
            .await;
            assert_eq!(client.state().circles().count(), 1);
            assert!(client.state().open_actions(id, client.now()).is_empty());
            done_through(&mut app, &mut client, add(id, "two")).await;
            client.close();
        }
        app.close();
        let app = desk.open(Via::App).await;
        let texts: Vec<String> = app
            .state()
            .open_actions(id, app.now())
            .iter()
            .map(|action| action.text.to_string())
            .collect();
        assert_eq!(texts, ["one", "two", "three"]);
        app.close();
    });
}
