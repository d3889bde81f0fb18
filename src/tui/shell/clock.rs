//! What happens without a key: deadlines, and what screens ask the store when the documents have changed.

use crate::domain::clock::{Moment, Span};
use crate::domain::live::{Phase, next_wakeup};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::{PANEL_AFTER, Shell, Waiting, Wish};
use crate::tui::view::{ScreenId, View};

/// Questions to the store between two changes; a screen that never has enough stops here.
const MOST_ASKED: usize = 64;

impl Shell {
    /// A deadline has come, or the loop turned for another reason.
    pub fn woke(&mut self, port: &mut dyn Port) {
        let now = port.now();
        let effects = match port.state().running() {
            Some((_, _, live)) => self.watch.update(live, now),
            None => Vec::new(),
        };
        self.act_out(port);
        if !effects.is_empty() {
            self.rev += 1;
            self.wishes.push(Wish::Bell);
        }
        self.refresh(port);
    }

    /// Asks again what the open screen shows.
    pub(super) fn ask_again(&mut self, port: &mut dyn Port) {
        self.talk.asked_rev = u64::MAX;
        self.refresh(port);
    }

    /// Asks again what the open screen shows, when the documents have changed.
    pub(super) fn refresh(&mut self, port: &mut dyn Port) {
        let rev = port.state().rev();
        if !self.ready || self.talk.asked_rev == rev {
            return;
        }
        self.talk.asked_rev = rev;
        self.talk.asked.clear();
        self.ask_for(self.at, port);
    }

    /// Asks for what the open screen wants and was not asked for since the documents changed: an answer may
    /// be what it takes to know what else is wanted.
    pub(super) fn ask_for(&mut self, screen: ScreenId, port: &mut dyn Port) {
        if screen != self.at {
            return;
        }
        let wants = {
            let view = self.view(port);
            self.screens.get(screen).wants(&view)
        };
        for query in wants {
            if self.talk.asked.len() >= MOST_ASKED || self.talk.asked.contains(&query) {
                continue;
            }
            let ticket = port.ask(query.clone());
            self.talk.asked.push(query.clone());
            self.talk
                .waiting
                .insert(ticket, Waiting::Answer(screen, query));
        }
    }

    /// When something shown changes next without a key.
    pub fn next_wakeup(&self, port: &dyn Reads) -> Option<Moment> {
        let now = port.now();
        let clock = port
            .state()
            .running()
            .and_then(|(_, _, live)| next_wakeup(live, now));
        let panel = self
            .keyboard
            .pending_since
            .map(|since| since + PANEL_AFTER)
            .filter(|at| *at > now);
        let minute = self.next_minute(now);
        [clock, panel, minute].into_iter().flatten().min()
    }

    /// The wall clock in the header shows minutes.
    fn next_minute(&self, now: Moment) -> Option<Moment> {
        self.ready.then(|| {
            let into = now.millis().rem_euclid(60_000);
            now + Span::from_millis(60_000 - into)
        })
    }

    /// Whether the panel of continuations is shown.
    pub(in crate::tui) fn panel_is_due(&self, now: Moment) -> bool {
        self.keyboard
            .pending_since
            .is_some_and(|since| now - since >= PANEL_AFTER)
    }

    /// Whether the block is over and nobody has closed the question about it.
    pub(super) fn zero(&self, view: &View<'_>) -> Option<(usize, Span)> {
        let (_, _, live) = view.state.running()?;
        let over = matches!(live.phase(view.now), Phase::Over)
            || (live.left(view.now) <= Span::ZERO && !live.clock.is_paused());
        let this = (live.block, live.ends());
        (over && self.zero_closed != Some(this)).then_some(this)
    }
}
