//! The screens, by name.

use crate::domain::id::BlockId;
use crate::domain::shelf::Shelf;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::books::Books;
use crate::tui::screen::home::HomeScreen;
use crate::tui::screen::live::LiveScreen;
use crate::tui::screen::log::Log;
use crate::tui::screen::plan::Plan;
use crate::tui::screen::questions::Questions;
use crate::tui::screen::review::Review;
use crate::tui::screen::roster::Roster;
use crate::tui::screen::sessions::Sessions;
use crate::tui::view::{Screen, ScreenId, View};

/// Every screen with its cursors. They outlive being looked at.
pub(super) struct Screens {
    home: HomeScreen,
    plan: Plan,
    live: LiveScreen,
    actions: Actions,
    questions: Questions,
    books: Books,
    roster: Roster,
    sessions: Sessions,
    log: Log,
    review: Review,
}

impl Screens {
    /// Fresh screens that offer what is on the shelf.
    pub(super) fn new(shelf: &Shelf) -> Self {
        let templates = shelf.templates();
        Self {
            home: HomeScreen::new(),
            plan: Plan::new(shelf),
            live: LiveScreen::new(),
            actions: Actions::default(),
            questions: Questions::default(),
            books: Books::default(),
            roster: Roster::new(templates.clone()),
            sessions: Sessions::new(templates),
            log: Log::default(),
            review: Review::default(),
        }
    }

    pub(super) fn get(&self, id: ScreenId) -> &dyn Screen {
        match id {
            ScreenId::Home => &self.home,
            ScreenId::Plan => &self.plan,
            ScreenId::Live => &self.live,
            ScreenId::Actions => &self.actions,
            ScreenId::Questions => &self.questions,
            ScreenId::Books => &self.books,
            ScreenId::Roster => &self.roster,
            ScreenId::Sessions => &self.sessions,
            ScreenId::Log => &self.log,
            ScreenId::Review => &self.review,
        }
    }

    pub(super) fn get_mut(&mut self, id: ScreenId) -> &mut dyn Screen {
        match id {
            ScreenId::Home => &mut self.home,
            ScreenId::Plan => &mut self.plan,
            ScreenId::Live => &mut self.live,
            ScreenId::Actions => &mut self.actions,
            ScreenId::Questions => &mut self.questions,
            ScreenId::Books => &mut self.books,
            ScreenId::Roster => &mut self.roster,
            ScreenId::Sessions => &mut self.sessions,
            ScreenId::Log => &mut self.log,
            ScreenId::Review => &mut self.review,
        }
    }

    /// Whoever goes from the plan to the bank looks for the block that is marked there.
    pub(super) fn aim(&mut self, view: &View<'_>) {
        if let Some(block) = self.plan.marked(view) {
            self.questions.aim_at(block);
        }
    }

    pub(super) const fn live(&self) -> &LiveScreen {
        &self.live
    }

    /// To begin a walk.
    pub(super) const fn review_mut(&mut self) -> &mut Review {
        &mut self.review
    }

    /// To mark a block of the agenda.
    pub(super) const fn plan_mut(&mut self) -> &mut Plan {
        &mut self.plan
    }

    /// What is added from the bank goes into this block from now on.
    pub(super) fn aim_at(&mut self, block: BlockId, view: &View<'_>) {
        self.questions.aim_for(block, view);
    }

    /// The screen of the running session, for what the shell tells it.
    pub(super) fn live_mut(&mut self) -> &mut LiveScreen {
        &mut self.live
    }
}

/// The screens in the order of the header, with their names.
pub(super) const TABS: [(ScreenId, &str); 9] = [
    (ScreenId::Home, "Home"),
    (ScreenId::Plan, "Plan"),
    (ScreenId::Live, "Live"),
    (ScreenId::Actions, "Actions"),
    (ScreenId::Questions, "Questions"),
    (ScreenId::Books, "Books"),
    (ScreenId::Roster, "Roster"),
    (ScreenId::Sessions, "Sessions"),
    (ScreenId::Log, "Log"),
];
