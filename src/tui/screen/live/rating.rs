//! Rating the questions of today, one key for each.

use crate::command::Command;
use crate::domain::id::QuestionId;
use crate::domain::question::MOST_POINTS;
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{Asked, LiveScreen};
use crate::tui::view::{Choice, Reply, Request};

/// What the row of the wrap-up says, and whether every question has its points; `None` where no question of the
/// bank was asked.
pub(super) fn words(stage: &Stage<'_>) -> Option<(String, bool)> {
    let asked = stage.asked_questions();
    let rated: Vec<u8> = asked
        .iter()
        .filter_map(|(id, _)| stage.rated(*id))
        .collect();
    let words = match (asked.len(), rated.as_slice()) {
        (0, _) => return None,
        (1, [points]) => format!("The question of today: {points} of {MOST_POINTS}"),
        (1, _) => "Rate the question of today".to_owned(),
        (many, []) => format!("Rate the {many} questions of today"),
        (many, rated) => format!("{} of the {many} questions of today are rated", rated.len()),
    };
    Some((words, rated.len() == asked.len()))
}

impl LiveScreen {
    /// Asks for points for each question that was asked, the first one first.
    pub(super) fn rate_questions(&mut self, stage: &Stage<'_>) -> Reply {
        self.unrated = stage.asked_questions().iter().map(|(id, _)| *id).collect();
        self.points(stage).map_or(Reply::Handled, Reply::Choose)
    }

    /// A row of the list of points was picked: as many points, or none behind the last. The next question
    /// follows.
    pub(super) fn points_picked(&mut self, row: usize, stage: &Stage<'_>) -> Reply {
        if self.unrated.is_empty() {
            return Reply::Handled;
        }
        let question = self.unrated.remove(0);
        let points = u8::try_from(row + 1).ok();
        let rated = points
            .filter(|points| *points <= MOST_POINTS)
            .map(|points| rate(question, points, stage));
        let next = self.points(stage).map(Request::List);
        Reply::Do(rated.into_iter().chain(next).collect())
    }

    /// The list for the question whose turn it is. Enter goes on without points.
    fn points(&self, stage: &Stage<'_>) -> Option<Choice> {
        let asked = stage.asked_questions();
        let id = self.unrated.first()?;
        let place = asked.iter().position(|(known, _)| known == id)?;
        let (_, text) = asked.get(place)?;
        let title = match asked.len() {
            1 => text.to_string(),
            many => format!("{} of {many}: {text}", place + 1),
        };
        let mut rows: Vec<String> = (1..=MOST_POINTS)
            .map(|points| match points {
                1 => "of 5: it did not help".to_owned(),
                MOST_POINTS => "of 5: ask it again".to_owned(),
                _ => "of 5".to_owned(),
            })
            .collect();
        rows.push("go on without points".to_owned());
        Some(Choice {
            tag: Asked::Points.tag(),
            title,
            selected: rows.len() - 1,
            rows,
        })
    }
}

fn rate(question: QuestionId, points: u8, stage: &Stage<'_>) -> Request {
    Request::Submit(Command::RateQuestion {
        circle: stage.circle.id,
        question,
        points,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Ids;
    use crate::tui::fixture::{World, prompt};
    use crate::tui::screen::live::tests::{draw, run};
    use crate::tui::view::{CommandId, Screen};

    /// A running session in which two questions of the bank were asked, one was not, and one is no such question.
    fn world() -> (World, [QuestionId; 2]) {
        let mut world = World::running();
        let mut ids = Ids::new(world.now, 3);
        let [one, two, three] = std::array::from_fn(|_| QuestionId(ids.make()));
        let now = world.now;
        let asked = |words: &str, id, asked: bool| crate::domain::agenda::Prompt {
            question: id,
            asked: asked.then_some(now),
            whom: None,
            ..prompt(words)
        };
        world.edit_session(|session| {
            for block in &mut session.blocks {
                block.prompts.clear();
            }
            session.blocks[0].prompts = vec![asked("How are you here?", Some(one), true)];
            session.blocks[2].prompts = vec![
                asked("What is hard about it?", Some(two), true),
                asked("Who knows more?", Some(three), false),
                asked("Typed just now?", None, true),
                asked("What is hard about it?", Some(two), true),
            ];
        });
        (world, [one, two])
    }

    fn wrap_up(world: &World) -> LiveScreen {
        let mut screen = LiveScreen::new();
        run(world, &mut screen, CommandId::WrapUp);
        screen
    }

    /// Opens the row that rates, behind the rows of what is loose.
    fn open(world: &World, screen: &mut LiveScreen) -> Choice {
        for _ in 0..9 {
            match run(world, screen, CommandId::Open) {
                Reply::Choose(choice) if choice.tag == Asked::Points.tag() => return choice,
                _ => run(world, screen, CommandId::Down),
            };
        }
        panic!("no row rates");
    }

    fn points(world: &World, question: QuestionId, points: u8) -> Request {
        Request::Submit(Command::RateQuestion {
            circle: world.circle,
            question,
            points,
        })
    }

    #[test]
    fn each_question_that_was_asked_is_rated_with_one_key() {
        let (world, [one, two]) = world();
        let mut screen = wrap_up(&world);
        let first = open(&world, &mut screen);
        assert_eq!(first.title, "1 of 2: How are you here?");
        let Reply::Do(done) = screen.chosen(first.tag, 3, &world.view()) else {
            panic!("points were given");
        };
        let [rated, Request::List(second)] = done.as_slice() else {
            panic!("{done:?}");
        };
        assert_eq!(*rated, points(&world, one, 4));
        assert_eq!(second.title, "2 of 2: What is hard about it?");
        let last = screen.chosen(second.tag, 0, &world.view());
        assert_eq!(last, Reply::Do(vec![points(&world, two, 1)]));
        assert!(screen.has_sheet());
    }

    #[test]
    fn enter_goes_on_without_points() {
        let (world, _) = world();
        let mut screen = wrap_up(&world);
        let list = open(&world, &mut screen);
        let reply = screen.chosen(list.tag, list.selected, &world.view());
        assert!(matches!(&reply, Reply::Do(next) if matches!(next.as_slice(), [Request::List(_)])));
        let reply = screen.chosen(list.tag, list.selected, &world.view());
        assert_eq!(reply, Reply::Do(Vec::new()));
    }

    #[test]
    fn the_row_is_there_where_something_was_asked() {
        let (world, _) = world();
        for size in [(120, 32), (80, 21)] {
            let shown = draw(&world, &wrap_up(&world), size).join("\n");
            assert!(shown.contains("Rate the 2 questions of today"), "{shown}");
            assert!(shown.contains("Enter, one key each"), "{shown}");
        }
        let plain = World::running();
        let shown = draw(&plain, &wrap_up(&plain), (120, 32)).join("\n");
        assert!(!shown.contains("questions of today"), "{shown}");
    }
}
