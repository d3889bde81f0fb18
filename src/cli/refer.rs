//! `circlet keys`, `themes`, `completions`: what can be looked up without a store.

use clap::Args;
use clap_complete::Shell;
use serde_json::{Value, json};

use crate::cli::args::Global;
use crate::cli::complete;
use crate::cli::error::Exit;
use crate::cli::out::Out;
use crate::cli::place::{Place, shown};
use crate::command::keymap::{Keymap, Preset};
use crate::command::sheet;
use crate::command::table::{Place as Where, SPECS};
use crate::domain::text::Clean;
use crate::exchange::input;
use crate::theme::{Catalogue, Source};

/// For which shell.
#[derive(Clone, Copy, Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The keys in force, with those that the configuration changes.
pub(super) fn keys(global: &Global, out: &mut Out<'_>) -> Exit {
    let config = match Place::find(global) {
        Ok(place) => place.config,
        // Without a home folder there is nothing that could change a key.
        Err(_) => crate::config::Config::default(),
    };
    let preset = config.keyboard.unwrap_or(Preset::Default);
    let (keymap, complaints) = Keymap::new(preset, &config.keys);
    if global.json {
        let row = |spec: &crate::command::table::Spec| {
            json!({
                "id": spec.id.as_str(),
                "title": spec.title,
                "help": spec.help,
                "live": keymap.all_keys_of(Where::Live, spec.id),
                "room": keymap.all_keys_of(Where::Room, spec.id),
                "anywhere": keymap.all_keys_of(Where::Anywhere, spec.id),
            })
        };
        let items: Vec<Value> = SPECS.iter().map(row).collect();
        out.json(&json!({"schema": "circlet.keys/1", "items": items}));
    } else {
        out.text(&sheet::of(&keymap));
    }
    for complaint in complaints {
        out.note(Clean::line(&complaint.what).as_str());
    }
    Exit::Done
}

pub(super) fn themes(global: &Global, out: &mut Out<'_>) -> Exit {
    let mut catalogue = Catalogue::default();
    if let Ok(place) = Place::find(global) {
        own_themes(&place, &mut catalogue, out);
    }
    let names: Vec<String> = catalogue
        .names()
        .map(|name| Clean::line(name).into_string())
        .collect();
    if global.json {
        let items: Vec<Value> = names
            .iter()
            .map(|name| json!({"id": name, "name": name}))
            .collect();
        out.json(&json!({"schema": "circlet.themes/1", "items": items}));
    } else {
        for name in &names {
            out.line(name);
        }
    }
    Exit::Done
}

/// Adds the files of the themes folder. What cannot be read is told and left out.
fn own_themes(place: &Place, catalogue: &mut Catalogue, out: &mut Out<'_>) {
    let Ok(entries) = std::fs::read_dir(&place.paths.themes) else {
        return;
    };
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    for file in files {
        let shown = shown(&file);
        let read = match input::read(&file) {
            Ok(read) => read,
            Err(error) => {
                out.note(&error.to_string());
                continue;
            }
        };
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let source = Source {
            file: &shown,
            name: &name,
            text: &read.text,
        };
        if let Err(complaint) = catalogue.add(source) {
            out.note(Clean::line(&complaint.to_string()).as_str());
        }
    }
}

/// The commands that are offered: what only the scripts ask is not among them.
fn offered() -> clap::Command {
    let tree = crate::cli::tree();
    let shown = tree.get_subcommands().filter(|one| !one.is_hide_set());
    clap::Command::new("circlet")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .args(tree.get_arguments().cloned())
        .subcommands(shown.cloned())
}

pub(super) fn completions(wanted: Completions, out: &mut Out<'_>) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(wanted.shell, &mut offered(), "circlet", &mut text);
    out.text(&String::from_utf8_lossy(&text));
    out.text(complete::script(wanted.shell));
    Exit::Done
}
