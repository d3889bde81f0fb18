//! The review of actions: whose are gone through, and the one reminder at the start.

use crate::command::id::CommandId;
use crate::domain::circle::Circle;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::Owner;
use crate::domain::review::DueNow;
use crate::domain::roster::{Found, find};
use crate::domain::text::Clean;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::Shell;
use crate::tui::view::{Arg, ScreenId, View, Walk};

impl Shell {
    /// `:review`, `:review @maria`, `:review all`: one's own by default, where circlet knows who sits here.
    pub(super) fn review(&mut self, arg: &Arg, port: &mut dyn Port) {
        self.turn_to_mine(arg, port);
        let mut walk = {
            let view = self.view(port);
            let named = match arg {
                Arg::Text(text) => text.trim().trim_start_matches('@'),
                Arg::None | Arg::Number(_) => "",
            };
            match whose(named, &view) {
                Ok(owner) => walk_of(owner, &view),
                Err(words) => return self.cannot(&words),
            }
        };
        if walk.own {
            let mine = self.mine(port).into_iter();
            let others = mine.filter(|(circle, ..)| Some(*circle) != self.view(port).circle);
            walk.elsewhere = others.map(|(_, name, count)| (name, count)).collect();
        }
        self.walk(walk, port);
    }

    /// Shows a circle in which something of whoever sits here is open, where nothing is in the one that is shown.
    fn turn_to_mine(&mut self, arg: &Arg, port: &mut dyn Port) {
        let mine = self.mine(port);
        let shown = self.view(port).circle;
        let here = mine.iter().any(|(circle, ..)| Some(*circle) == shown);
        let asked = matches!(arg, Arg::Text(text) if !text.trim().is_empty());
        if asked || here {
            return;
        }
        if let Some((circle, ..)) = mine.first() {
            self.circle = Some(*circle);
            self.ask_again(port);
        }
    }

    /// The circles in which something of whoever sits here is open, with how much. While a session runs no other
    /// circle is shown.
    fn mine(&self, port: &dyn Reads) -> Vec<(CircleId, Clean, usize)> {
        let Some(me) = self.setup.me.as_deref() else {
            return Vec::new();
        };
        let state = port.state();
        if state.running().is_some() {
            return Vec::new();
        }
        let awake = state.circles().filter(|circle| circle.archived.is_none());
        let open = |circle: &Circle| {
            let owner = Owner::Member(member(circle.id, me, port)?);
            let open = state.open_actions(circle.id, port.now());
            let count = open.iter().filter(|action| action.owner == owner).count();
            (count > 0).then(|| (circle.id, circle.name.clone(), count))
        };
        awake.filter_map(open).collect()
    }

    /// Begins a walk and shows it.
    pub(super) fn walk(&mut self, walk: Walk, port: &mut dyn Port) {
        let circle = self.view(port).circle;
        self.screens.review_mut().begin(walk, circle);
        self.go(ScreenId::Review, port);
    }

    /// Says once, at the start, what of whoever sits here is due. Never while a session runs, nor over anything
    /// else that is said or asked.
    pub(super) fn remind(&mut self, port: &dyn Reads) {
        let busy = self.overlay.is_some()
            || self.messages.shown().is_some()
            || port.state().running().is_some();
        let Some(me) = self
            .setup
            .me
            .as_deref()
            .filter(|_| !busy && !self.setup.demo)
        else {
            return;
        };
        let now = port.now();
        let mut due = DueNow::default();
        let (mut circles, mut known) = (0, false);
        for circle in port
            .state()
            .circles()
            .filter(|circle| circle.archived.is_none())
        {
            circles += 1;
            if let Some(member) = member(circle.id, me, port) {
                known = true;
                due.add(port.state(), (circle.id, member), now, port.zone());
            }
        }
        if circles > 0 && !known {
            let words = format!("{me} is in no circle of this store");
            return self
                .messages
                .say(Note::done(words).key(CommandId::Me, "says who you are here"));
        }
        let Some(words) = due.words() else { return };
        self.messages
            .say(Note::done(words).key(CommandId::Review, "go through them"));
    }
}

/// Who this is in a circle.
fn member(circle: CircleId, me: &str, port: &dyn Reads) -> Option<MemberId> {
    match find(port.state().members(circle), me) {
        Found::One(id) => Some(id),
        Found::Many(_) | Found::Nobody => None,
    }
}

/// Whose actions are meant; `None` are those of everybody.
fn whose(named: &str, view: &View<'_>) -> Result<Option<MemberId>, String> {
    match named {
        "" => return Ok(view.me),
        "all" => return Ok(None),
        "me" | "mine" => {
            let me = view.keys.of(CommandId::Me);
            let unknown = || format!("circlet does not know who you are; {me} says it");
            return view.me.map(Some).ok_or_else(unknown);
        }
        _ => {}
    }
    let Some(circle) = view.circle else {
        return Ok(None);
    };
    match find(view.state.members(circle), named) {
        Found::One(id) => Ok(Some(id)),
        Found::Many(_) => Err(format!("\"{named}\" could be several people; write more")),
        Found::Nobody => Err(format!("nobody here is called \"{named}\"")),
    }
}

fn walk_of(owner: Option<MemberId>, view: &View<'_>) -> Walk {
    let open = view
        .circle
        .map(|circle| view.state.open_actions(circle, view.now))
        .unwrap_or_default();
    let fits = |mine: &Owner| owner.is_none_or(|owner| *mine == Owner::Member(owner));
    let rows = open.iter().filter(|action| fits(&action.owner));
    Walk {
        rows: rows.map(|action| action.id).collect(),
        own: owner.is_some() && owner == view.me,
        elsewhere: Vec::new(),
    }
}
