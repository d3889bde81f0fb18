//! The rows of the list, their order, and every count of the filter pane: worked out once for as long as nothing
//! changes, since there may be thousands.

mod order;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::domain::clock::Moment;
use crate::domain::filter::sought::{Calendar, Is, Sought, Test};
use crate::domain::id::{CircleId, FilterId, Key, MemberId, Space};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::fold;
use crate::tui::screen::actions::list::due_words;
use crate::tui::screen::actions::listed::order::{Found, Groups, sort};
use crate::tui::screen::actions::pick::{Order, Picks, SHOWS, circles, my_name};
use crate::tui::screen::actions::told::Told;
use crate::tui::screen::words;
use crate::tui::view::View;
use crate::tui::widget::text;

/// What the rows depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Print {
    state: u64,
    own: u64,
    today: NaiveDate,
    circle: Option<CircleId>,
    me: Option<MemberId>,
    masked: bool,
}

impl Print {
    pub(super) fn of(view: &View<'_>, own: u64) -> Self {
        Self {
            state: view.state.rev(),
            own,
            today: words::today(view),
            circle: view.circle,
            me: view.me,
            masked: view.masked,
        }
    }
}

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The title of a group.
    Head(String),
    Row(Key),
    Blank,
    /// The title of what was done since the last session.
    Done,
}

/// How many actions each row of the filter pane would show.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) shows: [usize; SHOWS.len()],
    pub(super) owners: HashMap<Owner, usize>,
    pub(super) circles: BTreeMap<CircleId, usize>,
    /// Tags, the most used first.
    pub(super) tags: Vec<(String, usize)>,
    pub(super) saved: BTreeMap<FilterId, usize>,
    pub(super) open: usize,
}

/// Cells that the columns need at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Widths {
    pub(super) id: u16,
    pub(super) due: u16,
    pub(super) owner: u16,
    pub(super) short: u16,
    pub(super) tags: u16,
    pub(super) circle: u16,
}

/// Everything that is worked out.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    pub(super) entries: Vec<Entry>,
    /// The rows in their order.
    pub(super) rows: Vec<Key>,
    /// The place of each row among the entries.
    pub(super) places: Vec<usize>,
    /// How many of the rows were asked for; those behind them were done since the last session.
    pub(super) main: usize,
    /// How many were open when the last session ended.
    pub(super) of: usize,
    pub(super) counts: Counts,
    pub(super) widths: Widths,
    /// Whether rows of several circles stand together.
    pub(super) several: bool,
}

/// One circle while rows are gathered.
struct Place<'a> {
    circle: CircleId,
    days: Calendar,
    test: Test<'a>,
    saved: Vec<(FilterId, Test<'a>)>,
    /// The start of its next session.
    next: Option<Moment>,
}

impl<'a> Place<'a> {
    fn new(
        circle: CircleId,
        typed: &'a Sought,
        view: &View<'_>,
        saved: &'a [(FilterId, Sought)],
    ) -> Self {
        let days = Calendar::new(view.state, circle, (view.now, view.zone));
        let meant =
            |sought: &'a Sought| sought.in_circle(circle, view.state, (days, my_name(view)));
        Self {
            circle,
            days,
            test: meant(typed),
            saved: saved
                .iter()
                .map(|(id, sought)| (*id, meant(sought)))
                .collect(),
            next: view
                .state
                .next_session(circle, view.now)
                .map(|session| session.start),
        }
    }

    /// What stands for a date due when rows are put in order.
    fn due(&self, due: Due, view: &View<'_>) -> Option<Moment> {
        match due {
            Due::NextSession => self.next,
            Due::None | Due::On(_) => view.state.due_at(self.circle, due, view.now),
        }
    }
}

impl Listed {
    /// Works everything out.
    pub(super) fn of(picks: &Picks, told: &Told, view: &View<'_>) -> Self {
        let saved: Vec<(FilterId, Sought)> = view
            .state
            .filters()
            .into_iter()
            .filter_map(|filter| {
                let sought = Sought::read(&filter.text, view.seen()).ok()?;
                Some((filter.id, sought))
            })
            .collect();
        let circles: Vec<CircleId> = picks.circles(view);
        let mut listed = Self {
            several: picks.all || picks.typed.names_circles(),
            ..Self::default()
        };
        let (mut main, mut done) = (Vec::new(), Vec::new());
        for circle in &circles {
            let place = Place::new(*circle, &picks.typed, view, &saved);
            listed.gather(picks, (told, view), &place, (&mut main, &mut done));
        }
        listed.count_circles(view);
        listed.counts.tags.sort_by(|(one, count), (other, most)| {
            (Reverse(count), one).cmp(&(Reverse(most), other))
        });
        sort(&mut main, picks);
        done.sort_by_key(|found| (Reverse(found.action.closed), found.action.number));
        listed.measure(main.iter().chain(&done), view);
        listed.lay_out(&main, &done, picks.order);
        listed
    }

    fn gather<'a>(
        &mut self,
        picks: &Picks,
        (told, view): (&'a Told, &View<'a>),
        place: &Place<'_>,
        (main, done): (&mut Vec<Found<'a>>, &mut Vec<Found<'a>>),
    ) {
        let last = view.state.last_session(place.circle);
        let last = last.and_then(|last| last.ended).filter(|_| !self.several);
        let wanted = picks.place();
        let mut tags: HashMap<String, usize> = HashMap::new();
        let mut group = Groups::new(picks.order, view);
        told.each(view, place.circle, &mut |key, action| {
            let is_open = Is::Open.has(action, &place.days);
            if is_open {
                self.count(action, place, &mut tags);
            } else if Is::Done.has(action, &place.days) {
                self.count_done();
            }
            let fits = picks.whose.is_none_or(|owner| action.owner == owner)
                && has_tag(action, picks.tag.as_deref())
                && place.test.fits(action);
            if !fits {
                return;
            }
            let shown = wanted.has(action, &place.days)
                && (wanted != Is::Open || picks.show.has(action, &place.days));
            let since = last.is_some_and(|last| action.closed.is_some_and(|at| at >= last));
            let then = last.is_some_and(|last| action.origin.at <= last);
            if is_open && then && wanted == Is::Open {
                self.of += 1;
            }
            let found = || Found {
                key,
                action,
                due: place.due(action.due, view),
                group: (0, String::new()),
            };
            if shown {
                let group = group.of(place.circle, action);
                main.push(Found { group, ..found() });
            } else if since
                && wanted == Is::Open
                && picks.show == Is::Open
                && Is::Done.has(action, &place.days)
            {
                self.of += 1;
                done.push(found());
            }
        });
        for (tag, count) in tags {
            match self.counts.tags.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, known)) => *known += count,
                None => self.counts.tags.push((tag, count)),
            }
        }
    }

    fn count(&mut self, action: &Action, place: &Place<'_>, tags: &mut HashMap<String, usize>) {
        self.counts.open += 1;
        for (show, count) in SHOWS.iter().zip(&mut self.counts.shows) {
            *count += usize::from(show.has(action, &place.days));
        }
        *self.counts.owners.entry(action.owner).or_default() += 1;
        for tag in &action.tags {
            match tags.get_mut(tag.as_str()) {
                Some(count) => *count += 1,
                None => {
                    tags.insert(tag.to_string(), 1);
                }
            }
        }
        for (id, test) in &place.saved {
            *self.counts.saved.entry(*id).or_default() += usize::from(test.fits(action));
        }
    }

    fn count_done(&mut self) {
        for (show, count) in SHOWS.iter().zip(&mut self.counts.shows) {
            *count += usize::from(*show == Is::Done);
        }
    }

    /// The open actions of each circle that can be picked.
    fn count_circles(&mut self, view: &View<'_>) {
        for circle in circles(view) {
            let open = view
                .state
                .actions(circle)
                .filter(|action| action.state.is_open() && action.trashed.is_none());
            self.counts.circles.insert(circle, open.count());
        }
    }

    fn measure<'a>(&mut self, rows: impl Iterator<Item = &'a Found<'a>>, view: &View<'_>) {
        let mut owners: HashMap<(Space, Owner), (u16, u16)> = HashMap::new();
        let mut widths = Widths::default();
        for found in rows {
            let action = found.action;
            let Space::Circle(circle) = found.key.space else {
                continue;
            };
            widths.id = widths.id.max(1 + digits(action.number));
            widths.due = widths.due.max(text::width(&due_words(action, view).text));
            let (long, short) = *owners
                .entry((found.key.space, action.owner))
                .or_insert_with(|| {
                    let width =
                        |short| text::width(&words::owner(view, circle, action.owner, short));
                    (width(false), width(true))
                });
            widths.owner = widths.owner.max(long);
            widths.short = widths.short.max(short);
            let tags = action.tags.iter().map(|tag| text::width(tag) + 1);
            let gaps = u16::try_from(action.tags.len().saturating_sub(1)).unwrap_or(0);
            widths.tags = widths.tags.max(tags.sum::<u16>().saturating_add(gaps));
        }
        if self.several {
            let names = self.counts.circles.keys();
            let names = names.filter_map(|id| view.state.circle(*id));
            let widest = names.map(|circle| text::width(&circle.name)).max();
            widths.circle = widest.unwrap_or(0).min(16);
        }
        self.widths = widths;
    }

    fn lay_out(&mut self, main: &[Found<'_>], done: &[Found<'_>], order: Order) {
        let grouped = matches!(order, Order::Owner | Order::Tag);
        let mut group: Option<&(u32, String)> = None;
        for found in main {
            if grouped && group != Some(&found.group) {
                if group.is_some() {
                    self.entries.push(Entry::Blank);
                }
                self.entries.push(Entry::Head(found.group.1.clone()));
                group = Some(&found.group);
            }
            self.put(found.key);
        }
        self.main = self.rows.len();
        if !done.is_empty() {
            if !self.entries.is_empty() {
                self.entries.push(Entry::Blank);
            }
            self.entries.push(Entry::Done);
            for found in done {
                self.put(found.key);
            }
        }
    }

    fn put(&mut self, key: Key) {
        self.places.push(self.entries.len());
        self.rows.push(key);
        self.entries.push(Entry::Row(key));
    }
}

fn digits(number: u32) -> u16 {
    let more = number.checked_ilog10().unwrap_or(0);
    u16::try_from(more).unwrap_or(0) + 1
}

fn has_tag(action: &Action, tag: Option<&str>) -> bool {
    tag.is_none_or(|wanted| action.tags.iter().any(|tag| fold(tag) == wanted))
}
