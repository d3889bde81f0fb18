//! A tree of keys. No command stands on the way to another one.

use crate::command::id::{Arg, CommandId};
use crate::command::key::Key;
use crate::command::keymap::Continuation;
use crate::command::keymap::pattern::Pattern;
use crate::command::table::spec;

#[derive(Clone, Debug, Default)]
struct Node {
    children: Vec<(Key, usize)>,
    run: Option<(CommandId, Arg)>,
}

/// The keys of one place.
#[derive(Clone, Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    texts: Vec<(CommandId, String)>,
}

impl Trie {
    /// Where every search begins.
    pub(super) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        Self {
            nodes: vec![Node::default()],
            texts: Vec::new(),
        }
    }

    /// The node behind `key`.
    pub(super) fn child(&self, node: usize, key: Key) -> Option<usize> {
        self.nodes[node]
            .children
            .iter()
            .find(|(child, _)| *child == key)
            .map(|(_, index)| *index)
    }

    /// What a node runs.
    pub(super) fn run(&self, node: usize) -> Option<(CommandId, Arg)> {
        self.nodes[node].run.clone()
    }

    /// The keys of a command in the order in which they were put in.
    pub(super) fn texts(&self, id: CommandId) -> impl Iterator<Item = &str> {
        self.texts
            .iter()
            .filter(move |(of, _)| *of == id)
            .map(|(_, text)| text.as_str())
    }

    /// Puts keys in, or says which command stands in the way, because its keys are the same, begin with these, or
    /// are the beginning of these.
    pub(super) fn insert(&mut self, id: CommandId, pattern: &Pattern) -> Result<(), CommandId> {
        let sequences = pattern.sequences();
        for (keys, _) in &sequences {
            if let Some(other) = self.in_the_way(keys) {
                return Err(other);
            }
        }
        for (keys, arg) in sequences {
            let mut node = Self::ROOT;
            for key in keys {
                node = self.child_or_new(node, key);
            }
            self.nodes[node].run = Some((id, arg));
        }
        self.texts.push((id, pattern.shown()));
        Ok(())
    }

    fn child_or_new(&mut self, node: usize, key: Key) -> usize {
        self.child(node, key).unwrap_or_else(|| {
            let new = self.nodes.len();
            self.nodes.push(Node::default());
            self.nodes[node].children.push((key, new));
            new
        })
    }

    fn in_the_way(&self, keys: &[Key]) -> Option<CommandId> {
        let mut node = Self::ROOT;
        for key in keys {
            node = self.child(node, *key)?;
            if let Some((id, _)) = &self.nodes[node].run {
                return Some(*id);
            }
        }
        Some(self.first_below(node))
    }

    fn first_below(&self, mut node: usize) -> CommandId {
        loop {
            if let Some((id, _)) = &self.nodes[node].run {
                return *id;
            }
            // Only a place without any key has a node with neither command nor child: its root.
            let Some((_, next)) = self.nodes[node].children.first() else {
                return CommandId::Help;
            };
            node = *next;
        }
    }

    /// What may follow a node, in the order of the registry.
    pub(super) fn continuations(&self, node: usize) -> Vec<Continuation> {
        self.nodes[node]
            .children
            .iter()
            .map(|(key, child)| Continuation {
                key: *key,
                title: self.title(*child),
                run: self.run(*child),
            })
            .collect()
    }

    fn title(&self, node: usize) -> &'static str {
        match &self.nodes[node].run {
            Some((id, _)) => spec(*id).title,
            None if self.people_below(node) => "10th to 18th person",
            None => self
                .only_below(node)
                .map_or("More keys", |id| spec(id).title),
        }
    }

    /// The command to which all keys behind a node lead, if it is one alone.
    fn only_below(&self, node: usize) -> Option<CommandId> {
        let first = self.first_below(node);
        let is_same = |(_, child): &(Key, usize)| match &self.nodes[*child].run {
            Some((id, _)) => *id == first,
            None => self.only_below(*child) == Some(first),
        };
        self.nodes[node]
            .children
            .iter()
            .all(is_same)
            .then_some(first)
    }

    fn people_below(&self, node: usize) -> bool {
        self.nodes[node].children.iter().any(|(_, child)| {
            matches!(self.nodes[*child].run, Some((_, Arg::Number(label))) if label > 9)
        })
    }
}
