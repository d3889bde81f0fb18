//! Rows that come from the store page by page: what is closed, and the trash. The next page is asked for before the
//! cursor comes to the end of those that are here, and as long as too few of them fit.

use std::collections::BTreeMap;

use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::filter::sought::Is;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::item::Action;
use crate::domain::state::State;
use crate::engine::query::{ActionFilter, MOST_ROWS, Query};
use crate::tui::screen::actions::Actions;
use crate::tui::view::{Reply, Request, View};

/// So many rows before the end of those that are shown the next ones are asked for.
const AHEAD: usize = 30;
/// Rows that are read on by themselves while few of them fit; a movement at the end reads as many again.
pub(super) const STRETCH: usize = 5_000;

/// Rows in the order of the store, latest first. What lies in the trash may be something else than an action.
#[derive(Clone, Debug, Default)]
pub(super) struct Paged {
    rows: BTreeMap<Key, (Option<Moment>, Option<Action>)>,
    /// Whether there are more behind them.
    pub(super) more: bool,
}

impl Paged {
    /// Takes a page in that begins behind `skip` rows. The first one comes again when something has changed; what was
    /// read behind it stays, so that a cursor far down is not lost.
    pub(super) fn take(
        &mut self,
        skip: usize,
        page: Vec<(Key, Option<Moment>, Option<Action>)>,
        more: bool,
    ) {
        let end = page.last().and_then(|(_, at, _)| *at);
        if skip == 0 {
            self.rows.retain(|_, (at, _)| more && *at <= end);
        }
        for (key, ..) in &page {
            self.rows.remove(key);
        }
        if skip > 0 || self.rows.is_empty() {
            self.more = more;
        }
        let rows = page.into_iter();
        self.rows
            .extend(rows.map(|(key, at, action)| (key, (at, action))));
    }

    /// The actions among them.
    pub(super) fn actions(&self) -> impl Iterator<Item = (&Key, &Action)> {
        let rows = self.rows.iter();
        rows.filter_map(|(key, (_, action))| Some((key, action.as_ref()?)))
    }

    /// One action.
    pub(super) fn action(&self, key: &Key) -> Option<&Action> {
        self.rows.get(key)?.1.as_ref()
    }

    /// How many of them the store still has in its list; the state knows of rows that have left it.
    fn told(&self, state: &State, trash: bool) -> usize {
        let stays = |key: &&Key| match state.get(key) {
            Some(Document::Action(action)) => {
                action.trashed.is_some() == trash && (trash || !action.state.is_open())
            }
            Some(_) | None => true,
        };
        self.rows.keys().filter(stays).count()
    }
}

/// The closed actions of a circle, or of all, behind so many.
pub(super) fn closed(circle: Option<CircleId>, skip: usize) -> Query {
    Query::Actions {
        filter: ActionFilter {
            circle,
            open: Some(false),
            ..ActionFilter::default()
        },
        skip,
        after: None,
        limit: MOST_ROWS,
    }
}

/// The trash of a circle, behind so many rows.
pub(super) const fn trash(circle: CircleId, skip: usize) -> Query {
    Query::Trash {
        space: Space::Circle(circle),
        skip,
        limit: MOST_ROWS,
    }
}

/// Whether this asks for a page behind the first one.
pub(super) const fn is_behind(query: &Query) -> bool {
    matches!(query, Query::Actions { skip, .. } | Query::Trash { skip, .. } if *skip > 0)
}

impl Actions {
    /// What was asked for, and the rows that are needed then.
    pub(super) fn then_read_on(&mut self, reply: Reply, view: &View<'_>, moved: bool) -> Reply {
        let asks = match &reply {
            Reply::Handled | Reply::Do(_) => self.read_on(view, moved),
            _ => Vec::new(),
        };
        match reply {
            Reply::Handled if !asks.is_empty() => Reply::Do(asks),
            Reply::Do(mut requests) => {
                requests.extend(asks);
                Reply::Do(requests)
            }
            other => other,
        }
    }

    /// The pages of which more rows are shown, each with the question for the one behind them.
    fn behind(&self, view: &View<'_>) -> Vec<Query> {
        let circles = self.picks.circles(view);
        match self.picks.place() {
            Is::Done if self.told.closed.more => {
                let circle = self.told.closed_of;
                vec![closed(circle, self.told.closed.told(view.state, false))]
            }
            Is::Trash => {
                let more = circles.into_iter().filter_map(|circle| {
                    let lies = self.told.trash.get(&circle).filter(|lies| lies.more)?;
                    Some(trash(circle, lies.told(view.state, true)))
                });
                more.collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether there are rows that may fit and are not here.
    pub(super) fn has_more(&self, view: &View<'_>) -> bool {
        !self.behind(view).is_empty()
    }

    /// How many rows were looked through.
    pub(super) fn looked_through(&self) -> usize {
        match self.picks.place() {
            Is::Trash => self.told.trash.values().map(|lies| lies.rows.len()).sum(),
            _ => self.told.closed.rows.len(),
        }
    }

    /// Asks for the rows behind those that are here, where the list ends soon. `moved` reads on however few fitted.
    pub(super) fn read_on(&mut self, view: &View<'_>, moved: bool) -> Vec<Request> {
        if self.paging > 0 {
            return Vec::new();
        }
        let asks = self.behind(view);
        let rows = &self.listed(view).rows;
        if asks.is_empty() || self.cursor.place(rows) + AHEAD < rows.len() {
            return Vec::new();
        }
        let through = self.looked_through();
        if moved {
            self.reach = through + STRETCH;
        } else if through >= self.reach.max(STRETCH) {
            return Vec::new();
        }
        self.paging = asks.len();
        asks.into_iter().map(Request::Ask).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::id::{Arg, CommandId};
    use crate::domain::clock::Span;
    use crate::domain::id::{ActionId, Kind};
    use crate::domain::item::{ActionState, Origin};
    use crate::domain::text::Clean;
    use crate::engine::query::{Answer, Row};
    use crate::tui::fixture_lists::World;
    use crate::tui::view::Screen as _;

    /// A store with so many closed actions, or as many in the trash, the first of them the latest.
    struct Store {
        rows: Vec<Row>,
        trash: bool,
        asked: usize,
    }

    impl Store {
        fn new(world: &World, count: u32, trash: bool) -> Self {
            let row = |n: u32| {
                let at = world.now - Span::from_minutes(i64::from(n) + 1);
                let id = ActionId(uuid::Uuid::from_u128(u128::from(n) + 1_000_000));
                let words = if n % 1_000 == 999 { "Rare" } else { "Usual" };
                let text = Clean::line(&format!("{words} {n}"));
                let mut action = Action::new(id, n + 100, text, Origin::outside(at));
                if trash {
                    action.trashed = Some(at);
                } else {
                    (action.state, action.closed) = (ActionState::Done, Some(at));
                }
                Row {
                    key: Key::circle(world.circle, Kind::Action, id.0),
                    rev: 0,
                    body: Document::from(action).to_text(),
                }
            };
            Self {
                rows: (0..count).map(row).collect(),
                trash,
                asked: 0,
            }
        }

        /// Answers until nothing is asked any more.
        fn settle(&mut self, screen: &mut Actions, requests: Vec<Request>, world: &World) {
            let mut requests = requests;
            while let Some(request) = requests.pop() {
                let Request::Ask(query) = request else {
                    continue;
                };
                let (skip, trash) = match &query {
                    Query::Actions { skip, .. } => (*skip, false),
                    Query::Trash { skip, .. } => (*skip, true),
                    _ => continue,
                };
                self.asked += 1;
                let rows = self.rows.iter().filter(|_| trash == self.trash);
                let page: Vec<Row> = rows.skip(skip).take(MOST_ROWS).cloned().collect();
                let more = trash == self.trash && skip + page.len() < self.rows.len();
                let answer = Answer::Rows { rows: page, more };
                screen.answered(&query, &answer, &world.view());
                requests.extend(screen.after(&query, &answer, &world.view()));
            }
        }

        fn press(&mut self, screen: &mut Actions, id: CommandId, world: &World) {
            if let Reply::Do(requests) = screen.run(id, &Arg::None, &world.view()) {
                self.settle(screen, requests, world);
            }
        }

        /// The screen with a filter, and all that it asks for.
        fn open(&mut self, filter: &str, world: &World) -> Actions {
            let mut screen = Actions::default();
            screen.filter(filter, &world.view());
            let wants = screen.wants(&world.view()).into_iter().map(Request::Ask);
            self.settle(&mut screen, wants.collect(), world);
            screen
        }
    }

    #[rstest::rstest]
    #[case("is:trash", true)]
    #[case("is:done", false)]
    fn the_list_goes_on_page_by_page_to_its_end(#[case] filter: &str, #[case] trash: bool) {
        let world = World::new();
        let mut store = Store::new(&world, 450, trash);
        let mut screen = store.open(filter, &world);
        let before = screen.listed(&world.view()).main;
        assert!((200..250).contains(&before), "{before}");
        let text = world.show(&screen, (120, 36)).join("\n");
        assert!(text.contains("+ shown"), "{text}");
        for _ in 0..4 {
            store.press(&mut screen, CommandId::End, &world);
        }
        let text = world.show(&screen, (120, 36)).join("\n");
        assert!(text.contains("Usual 449"), "{text}");
        assert!(!text.contains("+ shown"), "{text}");
        // Coming back asks for the first page again and keeps those behind it.
        let wants = screen.wants(&world.view()).into_iter().map(Request::Ask);
        store.settle(&mut screen, wants.collect(), &world);
        assert!(screen.listed(&world.view()).main >= 450);
        assert!(!screen.has_more(&world.view()));
    }

    #[test]
    fn a_narrow_filter_reads_on_by_itself_for_a_while_and_then_when_asked() {
        let world = World::new();
        let mut store = Store::new(&world, 7_000, false);
        let screen = store.open("is:done rare", &world);
        assert_eq!(screen.listed(&world.view()).main, 5);
        assert_eq!(store.asked, STRETCH / MOST_ROWS);
        let mut screen = store.open("is:done nothing-like-it", &world);
        let text = world.show(&screen, (80, 24)).join("\n");
        assert!(
            text.contains("Nothing among the latest 5000 matches"),
            "{text}"
        );
        store.press(&mut screen, CommandId::Down, &world);
        let text = world.show(&screen, (80, 24)).join("\n");
        assert!(
            text.contains("Nothing matches is:done nothing-like-it"),
            "{text}"
        );
    }
}
