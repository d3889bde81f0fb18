//! Keys about the rows of a step: the mark of a read back, and what is asked before a step is left in
//! which everyone takes something on.

use crate::command::{Command, Step};
use crate::domain::id::Key;
use crate::domain::live::Move;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::stage::running_step::StepRows;
use crate::tui::pane::written::Item;
use crate::tui::screen::live::{Focus, Go, LiveScreen};
use crate::tui::view::{Arg, CommandId, Reply, Request};

/// The row that is read out: the one with this key, else the one that stands in its place now.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    at: usize,
    key: Option<Key>,
}

impl LiveScreen {
    /// The rows that are read back, where keys act on them.
    pub(super) fn reading_back<'a>(&self, stage: &Stage<'a>) -> Option<Vec<Item<'a>>> {
        match stage.step_rows()? {
            StepRows::ReadBack(rows) if self.focus != Focus::Written => Some(rows),
            StepRows::ReadBack(_)
            | StepRows::Each(_)
            | StepRows::Topics(_)
            | StepRows::Words(_) => None,
        }
    }

    /// The place of the row that is read out.
    pub(super) fn read_at(&self, rows: &[Item<'_>], stage: &Stage<'_>) -> usize {
        let circle = stage.circle.id;
        let here = |key: Key| rows.iter().position(|row| row.key(circle) == key);
        let at = self.reading.key.and_then(here).unwrap_or(self.reading.at);
        at.min(rows.len().saturating_sub(1))
    }

    /// Reads out another row.
    pub(super) fn read_on(&mut self, by: Go, rows: &[Item<'_>], stage: &Stage<'_>) -> Reply {
        let from = self.read_at(rows, stage);
        let at = by.from(from, rows.len());
        self.reading = Reading {
            at,
            key: rows.get(at).map(|row| row.key(stage.circle.id)),
        };
        if at == from && matches!(by, Go::By(1)) {
            let next = stage.view.keys.of(CommandId::Next);
            return Reply::Say(format!("every row was read; {next} goes on"));
        }
        Reply::Handled
    }

    /// What is asked before a step is left in which somebody has taken nothing on yet.
    pub(super) fn leaves_empty_rows(to: Move, stage: &Stage<'_>) -> Option<Reply> {
        let empty = stage.without_action();
        if empty.is_empty() {
            return None;
        }
        let request = match to {
            Move::Step(_) | Move::Block(_) => Request::Submit(Command::Move(Step::Next)),
            Move::Edge => Request::Run(CommandId::WrapUp, Arg::None),
        };
        let names: Vec<String> = empty.iter().map(|member| stage.short(member)).collect();
        let has = if names.len() == 1 { "has" } else { "have" };
        Some(Reply::Twice {
            words: format!(
                "{} {has} taken nothing on yet: {}",
                names.len(),
                names.join(", ")
            ),
            verb: "again goes on".to_owned(),
            then: vec![request],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda;
    use crate::domain::clock::Span;
    use crate::domain::format::{Captures, Mode, Needs};
    use crate::domain::item::{Due, Owner};
    use crate::domain::text::Clean;
    use crate::tui::fixture::World;
    use crate::tui::view::Screen as _;

    /// The running block with one step like this, and no prompt.
    fn with_step(edit: impl FnOnce(&mut agenda::Step)) -> World {
        let mut world = World::running();
        world.edit_session(|session| {
            let block = &mut session.blocks[2];
            block.prompts.clear();
            block.steps.truncate(1);
            block.steps[0].title = Clean::line("Only step");
            edit(&mut block.steps[0]);
        });
        world.edit_live(|live| live.to_step(0, crate::domain::clock::Moment::from_millis(0)));
        world
    }

    fn shown(world: &World, size: (u16, u16)) -> String {
        let screen = LiveScreen::new();
        let rows = world.rows(size, |area, buf, paint| {
            screen.draw(area, buf, paint);
        });
        rows.join("\n")
    }

    fn run(world: &World, screen: &mut LiveScreen, id: CommandId) -> Reply {
        screen.run(id, &Arg::None, &world.view())
    }

    #[test]
    fn each_mode_says_who_may_speak() {
        for (mode, words) in [
            (Mode::Seat, "Jun speaks, all listen"),
            (Mode::Questions, "questions only"),
            (Mode::Round, "in turn, 0:30 each"),
            (Mode::Silent, "silent"),
            (Mode::Groups, "s g makes groups"),
            (Mode::Report, "group by group, 0:30 each"),
            (Mode::Vote, "s v counts votes"),
            (Mode::Rate, "s v counts the rating"),
            (Mode::Rest, "a pause for all"),
        ] {
            let world = with_step(|step| {
                step.mode = mode;
                step.each = Some(30);
            });
            for size in [(120, 32), (80, 21)] {
                let shown = shown(&world, size);
                assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
                assert!(shown.contains("next Discussion"), "{shown}");
            }
            assert!(shown(&world, (40, 11)).contains("now Only step"), "{mode}");
        }
    }

    #[test]
    fn a_step_that_rests_is_a_break() {
        let world = with_step(|step| step.mode = Mode::Rest);
        assert!(shown(&world, (120, 32)).contains("BREAK"));
    }

    #[test]
    fn people_who_took_nothing_on_are_named_before_the_step_is_left() {
        let mut world = with_step(|step| step.captures = Some(Captures::ActionEach));
        let mut screen = LiveScreen::new();
        let Reply::Twice { words, then, .. } = run(&world, &mut screen, CommandId::Next) else {
            panic!("not asked");
        };
        assert!(
            words.starts_with("5 have taken nothing on yet: Jun, "),
            "{words}"
        );
        assert!(!words.contains("Åsa"), "who is away is not asked: {words}");
        assert_eq!(then, [Request::Submit(Command::Move(Step::Next))]);
        for size in [(120, 32), (80, 21)] {
            let shown = shown(&world, size);
            assert!(
                shown.contains("nothing yet") && shown.contains("0 of 5"),
                "{shown}"
            );
        }
        for (number, index) in (40..).zip(0..5) {
            let owner = Owner::Member(world.people[index]);
            world.action(
                (number, "Ask around"),
                owner,
                Due::NextSession,
                (0, Some(world.session)),
            );
        }
        assert!(shown(&world, (120, 32)).contains("5 of 5"));
        assert_eq!(
            run(&world, &mut screen, CommandId::Next),
            Reply::submit(Command::Move(Step::Next))
        );
    }

    #[test]
    fn a_read_back_goes_through_actions_decisions_and_parked_items() {
        let world = with_step(|step| step.mode = Mode::ReadBack);
        let mut screen = LiveScreen::new();
        let view = world.view();
        let stage = Stage::of(view).unwrap();
        let rows = screen.reading_back(&stage).unwrap();
        let ids: Vec<String> = rows.iter().map(Item::short_id).collect();
        assert_eq!(ids, ["A13", "A14", "D3", "P2"]);
        for at in 1..4 {
            assert_eq!(
                run(&world, &mut screen, CommandId::NextPrompt),
                Reply::Handled
            );
            assert_eq!(screen.read_at(&rows, &stage), at);
        }
        assert!(matches!(
            run(&world, &mut screen, CommandId::NextPrompt),
            Reply::Say(_)
        ));
        assert_eq!(
            run(&world, &mut screen, CommandId::Done),
            Reply::submit(Command::SettleParked {
                key: rows[3].key(world.circle),
                settled: true
            })
        );
        for size in [(120, 32), (80, 21)] {
            assert!(shown(&world, size).contains("1 of 4"), "{size:?}");
        }
        assert!(shown(&world, (40, 11)).contains("1 of 4 A13 Write down three asks"));
    }

    #[test]
    fn a_row_that_goes_hands_its_place_to_the_next() {
        let mut world = with_step(|step| step.mode = Mode::ReadBack);
        let mut screen = LiveScreen::new();
        run(&world, &mut screen, CommandId::NextPrompt);
        world.action(
            (15, "Newer"),
            Owner::All,
            Due::None,
            (0, Some(world.session)),
        );
        let place = |world: &World, screen: &LiveScreen| {
            let view = world.view();
            let stage = Stage::of(view).unwrap();
            let rows = screen.reading_back(&stage).unwrap();
            rows[screen.read_at(&rows, &stage)].short_id()
        };
        assert_eq!(place(&world, &screen), "A14");
    }

    #[test]
    fn a_step_shows_seconds_only_in_its_last_minute_and_then_that_time_is_up() {
        let mut world = with_step(|step| step.minutes = 3);
        let elapsed = Span::from_secs(30 * 60 + 48);
        world.edit_live(|live| crate::domain::live::Live {
            step_entered: elapsed,
            ..live.clone()
        });
        assert!(shown(&world, (80, 21)).contains("3 min   next Discussion"));
        world.wait(119);
        assert!(shown(&world, (80, 21)).contains("2 min   next Discussion"));
        world.wait(11);
        assert!(shown(&world, (80, 21)).contains("0:50   next Discussion"));
        world.wait(60);
        assert!(shown(&world, (80, 21)).contains("time   next Discussion"));
    }

    #[test]
    fn too_few_people_are_told_before_and_while_a_block_runs() {
        let needs = Needs {
            people: 6,
            fewer: Clean::line("do it as a pair"),
        };
        let mut ready = World::with(&["Jun", "Ana"]);
        let mut running = World::running();
        for world in [&mut ready, &mut running] {
            let needs = needs.clone();
            world.edit_session(|session| session.blocks[2].needs = Some(needs));
        }
        for size in [(120, 32), (80, 21)] {
            assert!(shown(&ready, size).contains("Hot seat needs 6, 2 are here: do it as a pair"));
            assert!(shown(&running, size).contains("Hot seat needs 6, 5"));
        }
    }

    #[test]
    fn steps_of_many_people_look_like_this() {
        for (name, world) in [
            (
                "each",
                with_step(|step| step.captures = Some(Captures::ActionEach)),
            ),
            ("read-back", with_step(|step| step.mode = Mode::ReadBack)),
            (
                "topics",
                with_step(|step| step.captures = Some(Captures::Topics)),
            ),
        ] {
            for (width, height) in [(120, 32), (80, 21), (40, 11)] {
                let shown = shown(&world, (width, height));
                insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown);
            }
        }
    }
}
