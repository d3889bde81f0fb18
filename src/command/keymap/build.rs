//! Puts the maps together: defaults, preset, changes. A change that cannot be used is told with its line, and the
//! default stays.

use std::collections::BTreeSet;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::layout::Preset;
use crate::command::keymap::pattern::{Part, Pattern};
use crate::command::keymap::trie::Trie;
use crate::command::keymap::{KeyComplaint, Override};
use crate::command::nearest::nearest;
use crate::command::table::{ABSENT_ON_LIVE, Place, SPECS, Spec, named, spec};

/// One trie for each place.
#[derive(Clone, Debug)]
pub(super) struct Maps {
    pub(super) live: Trie,
    pub(super) ready: Trie,
    pub(super) room: Trie,
    pub(super) anywhere: Trie,
}

impl Maps {
    fn of(&self, place: Place) -> &Trie {
        match place {
            Place::Live => &self.live,
            Place::Ready => &self.ready,
            Place::Room => &self.room,
            Place::Anywhere => &self.anywhere,
        }
    }
}

pub(super) struct Built {
    pub(super) maps: Maps,
    pub(super) complaints: Vec<KeyComplaint>,
}

/// Keys for a command in one place that a person asked for.
#[derive(Clone, Debug)]
struct Wish {
    id: CommandId,
    place: Place,
    /// `None` takes the keys away.
    pattern: Option<Pattern>,
    line: usize,
}

/// Two patterns want the same keys: the wish with this index, and the command that has them.
struct Clash {
    wish: usize,
    with: CommandId,
}

pub(super) fn build(preset: Preset, overrides: &[Override]) -> Built {
    let mut complaints = Vec::new();
    let mut wishes = Vec::new();
    for entry in overrides {
        match wishes_of(preset, entry) {
            Ok(some) => wishes.extend(some),
            Err(what) => complaints.push(complaint(entry.line, what)),
        }
    }
    // Taking a wish out brings defaults back, which may stand in the way of another wish.
    let maps = loop {
        match assemble(preset, &wishes) {
            Ok(maps) => break maps,
            Err(clash) => {
                let wish = wishes.remove(clash.wish);
                complaints.push(complaint(wish.line, clash_words(&wish, clash.with)));
            }
        }
    };
    complaints.extend(lost(preset, &maps, &wishes));
    complaints.sort_by_key(|complaint| complaint.line);
    Built { maps, complaints }
}

fn complaint(line: usize, what: String) -> KeyComplaint {
    KeyComplaint { line, what }
}

fn wishes_of(preset: Preset, entry: &Override) -> Result<Vec<Wish>, String> {
    let id = named(&entry.command).ok_or_else(|| unknown(&entry.command))?;
    let places = places_of(id, entry.place);
    let typed = Pattern::of_user(&entry.keys).map_err(|bad| bad.to_string())?;
    usable(preset, &typed)?;
    let spec = spec(id);
    let mut wishes = Vec::new();
    for place in places {
        let mut pattern = typed.clone();
        match default_number(spec) {
            Some((part, true)) if !pattern.0.is_empty() => pattern.0.push(part),
            Some((_, false)) => {
                return Err(format!(
                    "\"{}\" is on the digits and cannot be moved",
                    entry.command
                ));
            }
            _ => {}
        }
        wishes.push(Wish {
            id,
            place,
            pattern: (!pattern.0.is_empty()).then_some(pattern),
            line: entry.line,
        });
    }
    Ok(wishes)
}

fn unknown(name: &str) -> String {
    let known = CommandId::ALL.iter().map(|id| id.as_str());
    match nearest(name, known) {
        Some(close) => format!("\"{name}\" is no command; did you mean \"{close}\"?"),
        None => format!("\"{name}\" is no command; circlet keys lists them all"),
    }
}

fn places_of(id: CommandId, asked: Option<Place>) -> Vec<Place> {
    if let Some(place) = asked {
        return vec![place];
    }
    // The room view follows from the others.
    let own: BTreeSet<Place> = spec(id)
        .keys
        .iter()
        .map(|binding| binding.place)
        .filter(|place| *place != Place::Room)
        .collect();
    if own.is_empty() {
        vec![Place::Anywhere]
    } else {
        own.into_iter().collect()
    }
}

/// The number that ends the default keys, and whether a key stands before it.
fn default_number(spec: &Spec) -> Option<(Part, bool)> {
    spec.keys.iter().find_map(|binding| {
        let pattern = Pattern::of_registry(binding.keys).ok()?;
        match pattern.0.last()? {
            Part::Key(_) => None,
            part => Some((*part, pattern.0.len() > 1)),
        }
    })
}

fn usable(preset: Preset, pattern: &Pattern) -> Result<(), String> {
    for key in pattern.keys() {
        match key {
            Key::Char(c) if c.is_ascii_digit() => {
                return Err(format!("{c} picks a person or a row; choose another key"));
            }
            Key::Char(_) if preset.digit(key) != key => {
                return Err(format!(
                    "{key} is a digit on this keyboard; choose another key"
                ));
            }
            Key::Ctrl('i' | 'm' | 'h' | '[' | 'j') => {
                return Err(format!(
                    "terminals cannot tell {key} from Tab, Enter, Backspace or Esc; choose another key"
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

fn clash_words(wish: &Wish, other: CommandId) -> String {
    let keys = wish
        .pattern
        .as_ref()
        .map_or_else(String::new, Pattern::shown);
    format!(
        "{keys} cannot be \"{}\": \"{}\" is on the same keys; the default stays",
        wish.id.as_str(),
        other.as_str(),
    )
}

/// Default keys of a row in a place.
fn defaults(preset: Preset, row: &Spec, place: Place) -> Vec<Pattern> {
    row.keys
        .iter()
        .filter(|binding| binding.place == place)
        .filter_map(|binding| {
            let pattern = Pattern::of_registry(binding.keys).ok()?;
            let taken = pattern.keys().any(|key| preset.digit(key) != key);
            if taken { None } else { Some(pattern) }
        })
        .chain(
            preset
                .instead(row.id)
                .filter(|_| row.keys.iter().any(|binding| binding.place == place))
                .and_then(|keys| Pattern::of_registry(keys).ok()),
        )
        .fold(Vec::new(), |mut all, pattern| {
            if !all.contains(&pattern) {
                all.push(pattern);
            }
            all
        })
}

/// The maps with all these wishes, or the first wish that cannot be.
fn assemble(preset: Preset, wishes: &[Wish]) -> Result<Maps, Clash> {
    let desk = Desk { preset, wishes };
    let mut anywhere = Trie::new();
    desk.add_defaults(&mut anywhere, Place::Anywhere);
    desk.add_wishes(&mut anywhere, Place::Anywhere)?;
    Ok(Maps {
        live: desk.live(&ABSENT_ON_LIVE)?,
        ready: desk.live(&[])?,
        room: desk.room()?,
        anywhere,
    })
}

struct Desk<'a> {
    preset: Preset,
    wishes: &'a [Wish],
}

impl Desk<'_> {
    fn wished(&self, id: CommandId, place: Place) -> bool {
        self.wishes
            .iter()
            .any(|wish| wish.id == id && wish.place == place)
    }

    /// Defaults of commands that nobody moved. Those of a place do not clash among themselves, and what came
    /// before goes first.
    fn add_defaults(&self, trie: &mut Trie, place: Place) {
        self.add_some_defaults(trie, place, |_| true);
    }

    fn add_some_defaults(&self, trie: &mut Trie, place: Place, want: impl Fn(&Spec) -> bool) {
        for row in SPECS.iter().filter(|row| want(row)) {
            if self.wished(row.id, place) {
                continue;
            }
            for pattern in defaults(self.preset, row, place) {
                // Whoever came first keeps the keys: that is how a place overrules what it falls back to.
                let _kept = trie.insert(row.id, &pattern);
            }
        }
    }

    fn add_wishes(&self, trie: &mut Trie, place: Place) -> Result<(), Clash> {
        for (index, wish) in self.of_place(place) {
            if let Some(pattern) = &wish.pattern {
                trie.insert(wish.id, pattern)
                    .map_err(|with| Clash { wish: index, with })?;
            }
        }
        Ok(())
    }

    /// Wishes of another place, as far as there is room for them.
    fn follow_wishes(&self, trie: &mut Trie, place: Place, want: impl Fn(CommandId) -> bool) {
        for (_, wish) in self.of_place(place).filter(|(_, wish)| want(wish.id)) {
            if let Some(pattern) = &wish.pattern {
                let _kept = trie.insert(wish.id, pattern);
            }
        }
    }

    fn of_place(&self, place: Place) -> impl Iterator<Item = (usize, &Wish)> {
        self.wishes
            .iter()
            .enumerate()
            .filter(move |(_, wish)| wish.place == place)
    }

    fn live(&self, absent: &[&str]) -> Result<Trie, Clash> {
        let mut trie = Trie::new();
        self.add_defaults(&mut trie, Place::Live);
        self.add_some_defaults(&mut trie, Place::Anywhere, |row| {
            !self.wished(row.id, Place::Live)
                && !row
                    .keys
                    .iter()
                    .any(|binding| absent.contains(&binding.keys))
        });
        self.add_wishes(&mut trie, Place::Live)?;
        self.follow_wishes(&mut trie, Place::Anywhere, |id| {
            !self.wished(id, Place::Live)
        });
        Ok(trie)
    }

    fn room(&self) -> Result<Trie, Clash> {
        let mut trie = Trie::new();
        let follows = |id| spec(id).room && !self.wished(id, Place::Room);
        for place in [Place::Room, Place::Live, Place::Anywhere] {
            self.add_some_defaults(&mut trie, place, |row| follows(row.id));
        }
        self.add_wishes(&mut trie, Place::Room)?;
        for place in [Place::Live, Place::Anywhere] {
            self.follow_wishes(&mut trie, place, follows);
        }
        Ok(trie)
    }
}

/// Commands that were moved and have no key left in a place where they had one.
fn lost(preset: Preset, maps: &Maps, wishes: &[Wish]) -> Vec<KeyComplaint> {
    if wishes.is_empty() {
        return Vec::new();
    }
    let Ok(before) = assemble(preset, &[]) else {
        return Vec::new();
    };
    let mut told = BTreeSet::new();
    let mut complaints = Vec::new();
    for wish in wishes.iter().filter(|wish| wish.pattern.is_some()) {
        for place in Place::ALL {
            let gone = before.of(place).texts(wish.id).next().is_some()
                && maps.of(place).texts(wish.id).next().is_none();
            let Some(name) = place.name().filter(|_| gone) else {
                continue;
            };
            if told.insert((wish.id, place)) {
                let id = wish.id.as_str();
                complaints.push(complaint(
                    wish.line,
                    format!(
                        "\"{id}\" has no key in \"{name}\" now, because another command is on these \
                         keys there; set one in [keys.{name}]"
                    ),
                ));
            }
        }
    }
    complaints
}
