//! `circlet complete`: what could stand where somebody presses Tab, one a line, with what it is behind a tab. The
//! scripts of `circlet completions` ask it; subcommands and options they know themselves.

use clap::{Arg, Args, Command};
use clap_complete::Shell;

use crate::cli::args::Global;
use crate::cli::{Cx, name, rows};
use crate::domain::circle::Circle;
use crate::domain::id::Kind;
use crate::domain::text::{fold, slug};

/// The words of the line behind "circlet", up to the one that is completed.
#[derive(Clone, Debug, Args)]
pub struct Complete {
    /// The words
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// What could stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Circles,
    /// Names, or `@3` where that stands for a person.
    People {
        at: bool,
    },
    Actions,
    Decisions,
    Sessions,
    Books,
    Filters,
}

/// What is asked for, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    wanted: Wanted,
    begins: String,
    circle: Option<String>,
    store: Option<String>,
}

impl Complete {
    /// What these words ask for; `None` where the store knows nothing that could stand there.
    pub(super) fn asked(&self) -> Option<Asked> {
        let (last, before) = self.words.split_last()?;
        let mut line = Line::read(before);
        let begins = last.trim_start_matches(['"', '\'']).to_owned();
        // Some shells cut a word behind "@" and "=".
        let wanted = match before.last().map(String::as_str) {
            Some("@") => Wanted::People { at: false },
            _ => line.wanted(&begins)?,
        };
        Some(Asked {
            wanted,
            begins,
            circle: line.circle.take(),
            store: line.store.take(),
        })
    }
}

impl Asked {
    /// The options of the line that is completed.
    pub(super) fn global(&self, global: &Global) -> Global {
        Global {
            store: self
                .store
                .as_ref()
                .map(Into::into)
                .or_else(|| global.store.clone()),
            circle: self.circle.clone(),
            ..global.clone()
        }
    }
}

/// The words before the one that is completed.
struct Line {
    command: Command,
    /// The option whose value comes next.
    open: Option<Arg>,
    /// How many words stand at the places of arguments.
    places: usize,
    nouns: Vec<String>,
    circle: Option<String>,
    store: Option<String>,
}

impl Line {
    fn read(words: &[String]) -> Self {
        let root = crate::cli::tree();
        let every: Vec<Arg> = root.get_arguments().cloned().collect();
        let mut line = Self {
            command: root,
            open: None,
            places: 0,
            nouns: Vec::new(),
            circle: None,
            store: None,
        };
        for word in words.iter().filter(|word| *word != "=") {
            line.take(word, &every);
        }
        line
    }

    fn take(&mut self, word: &str, every: &[Arg]) {
        if let Some(open) = self.open.take() {
            return self.value(&open, word);
        }
        if let Some(option) = word.strip_prefix("--") {
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (option, None),
            };
            let arg = self
                .command
                .get_arguments()
                .chain(every)
                .find(|arg| arg.get_long() == Some(name))
                .cloned();
            let arg = arg.filter(|arg| arg.get_action().takes_values());
            match (arg, value) {
                (Some(arg), Some(value)) => self.value(&arg, value),
                (arg, _) => self.open = arg,
            }
        } else if let Some(next) = self.command.find_subcommand(word).cloned() {
            self.nouns.push(next.get_name().to_owned());
            self.command = next;
        } else if !word.starts_with('-') {
            self.places += 1;
        }
    }

    fn value(&mut self, arg: &Arg, value: &str) {
        match arg.get_long() {
            Some("circle") => self.circle = Some(value.to_owned()),
            Some("store") => self.store = Some(value.to_owned()),
            _ => {}
        }
    }

    fn wanted(&self, begins: &str) -> Option<Wanted> {
        let nouns: Vec<&str> = self.nouns.iter().map(String::as_str).collect();
        if let Some(open) = &self.open {
            return match (open.get_long()?, named(open)) {
                ("circle", _) => Some(Wanted::Circles),
                ("to", _) if nouns == ["action", "move"] => Some(Wanted::Circles),
                ("session", _) => Some(Wanted::Sessions),
                (_, "PERSON") => Some(Wanted::People { at: false }),
                (_, "FILTER") => Some(Wanted::Filters),
                (_, "BOOK") => Some(Wanted::Books),
                _ => None,
            };
        }
        if begins.starts_with('-') {
            return None;
        }
        if begins.starts_with('@') {
            return Some(Wanted::People { at: true });
        }
        let places: Vec<&Arg> = self.command.get_positionals().collect();
        let arg = places.get(self.places.min(places.len().checked_sub(1)?))?;
        let goes_on = self.places < places.len() || takes_many(arg);
        let wanted = match (nouns.as_slice(), named(arg)) {
            (_, "PERSON")
            | (["member", _], "WHO" | "STAYS" | "OTHER" | "ONE")
            | (["review"] | ["member", "me"], _)
            | (["session", "away"], "WHO") => Wanted::People { at: false },
            (["circle", "show" | "archive"], "NAME") => Wanted::Circles,
            (["filter", "drop"], "NAME") => Wanted::Filters,
            (["action", _] | ["erase"], "ID" | "IDS") => Wanted::Actions,
            (["decision", _], "ID") => Wanted::Decisions,
            (["session", _], "ID") => Wanted::Sessions,
            (["book", _], "ID" | "BOOK") => Wanted::Books,
            _ => return None,
        };
        goes_on.then_some(wanted)
    }
}

fn takes_many(arg: &Arg) -> bool {
    matches!(arg.get_action(), clap::ArgAction::Append)
}

/// How the value of an argument is called in its usage.
fn named(arg: &Arg) -> &str {
    let names = arg.get_value_names();
    names
        .and_then(|names| names.first())
        .map_or("", |name| name.as_str())
}

/// Tells what could stand there.
pub(super) fn complete(cx: &mut Cx<'_, '_>, asked: &Asked) {
    let begins = fold(&asked.begins);
    for (word, about) in candidates(cx, asked) {
        if fold(&word).starts_with(&begins) {
            cx.out.line(&format!("{word}\t{about}"));
        }
    }
}

fn candidates(cx: &Cx<'_, '_>, asked: &Asked) -> Vec<(String, String)> {
    let state = cx.desk.state();
    let named = asked.circle.as_deref();
    let circles: Vec<&Circle> = name::circles(state, named).unwrap_or_default();
    let circles = || circles.iter().copied();
    let id = |kind, number| rows::short(kind, number);
    match asked.wanted {
        Wanted::Circles => name::in_order(state.circles())
            .into_iter()
            .map(|circle| (slug(&circle.name), circle.name.to_string()))
            .collect(),
        Wanted::People { at } => circles()
            .flat_map(|circle| {
                let members = state.members(circle.id).into_iter();
                members.map(move |member| {
                    let label = format!("@{}", member.label);
                    let name = member.name.to_string();
                    match at {
                        true if asked
                            .begins
                            .chars()
                            .nth(1)
                            .is_some_and(|c| c.is_ascii_digit()) =>
                        {
                            (label, name)
                        }
                        true => (format!("@{}", first(&name)), name),
                        false => (name, circle.name.to_string()),
                    }
                })
            })
            .collect(),
        Wanted::Actions => circles()
            .flat_map(|circle| state.open_actions(circle.id, cx.desk.now()))
            .map(|row| (id(Kind::Action, row.number), row.text.to_string()))
            .collect(),
        Wanted::Decisions => circles()
            .flat_map(|circle| state.decisions(circle.id))
            .filter(|row| row.trashed.is_none())
            .map(|row| (id(Kind::Decision, row.number), row.text.to_string()))
            .collect(),
        Wanted::Sessions => circles()
            .flat_map(|circle| state.sessions(circle.id))
            .map(|row| {
                let start = cx.desk.view().time(row.start);
                (id(Kind::Session, row.number), start)
            })
            .collect(),
        Wanted::Books => circles()
            .flat_map(|circle| state.books(circle.id))
            .filter(|row| row.trashed.is_none())
            .map(|row| (id(Kind::Book, row.number), row.title.to_string()))
            .collect(),
        Wanted::Filters => state
            .filters()
            .into_iter()
            .map(|row| (row.name.to_string(), row.text.to_string()))
            .collect(),
    }
}

/// The first word of a name, which the capture line takes.
fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// What a script needs beside what clap writes, so that it asks for names and numbers too.
pub(super) const fn script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        _ => "",
    }
}

const BASH: &str = r#"
_circlet_asks() {
    local line found=()
    while IFS= read -r line; do
        found+=("$(printf '%q' "${line%%$'\t'*}")")
    done < <("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ "${#found[@]}" -gt 0 ]; then
        COMPREPLY=("${found[@]}")
    else
        _circlet "$@"
    fi
}

complete -F _circlet_asks -o bashdefault -o default circlet
"#;

const ZSH: &str = r#"
_circlet_asks() {
    local tab=$'\t'
    local -a found
    found=(${(f)"$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    found=(${found%%$tab*})
    if (( ${#found} )); then
        compadd -a found
    else
        _circlet "$@"
    fi
}

compdef _circlet_asks circlet
"#;

const FISH: &str = r"
complete -c circlet -a '(circlet complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
";

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(line: &str) -> Option<Wanted> {
        let words = line.split(' ').map(str::to_owned).collect();
        Complete { words }.asked().map(|asked| asked.wanted)
    }

    #[test]
    fn the_words_before_say_what_could_stand_there() {
        let people = Wanted::People { at: false };
        for (line, expected) in [
            ("--circle ", Some(Wanted::Circles)),
            ("action done ", Some(Wanted::Actions)),
            ("action done A1 A", Some(Wanted::Actions)),
            ("action renew A1 ", None),
            ("--circle ladder action list --owner ", Some(people)),
            ("action list --filter ", Some(Wanted::Filters)),
            ("action move A1 --to ", Some(Wanted::Circles)),
            ("add @", Some(Wanted::People { at: true })),
            ("add @ ju", Some(people)),
            ("decision keep D", Some(Wanted::Decisions)),
            ("session move ", Some(Wanted::Sessions)),
            ("review ", Some(people)),
            ("action ", None),
            ("action done --", None),
            ("", None),
        ] {
            assert_eq!(wanted(line), expected, "{line}");
        }
    }

    #[test]
    fn what_the_line_says_of_store_and_circle_is_kept() {
        let words = "--store=/x --circle ladder action done A";
        let words = words.split(' ').map(str::to_owned).collect();
        let asked = Complete { words }.asked().unwrap();
        let global = asked.global(&Global::default());
        assert_eq!(global.store, Some("/x".into()));
        assert_eq!(global.circle.as_deref(), Some("ladder"));
    }
}
