//! Makes the pictures in `screenshots/` from the real program: each scene runs it in a terminal of its
//! own, types keys and keeps what stands on the screen as SVG and PNG.
//!
//! `cargo run -p circlet-pictures` makes all, with names only those; `--check` compares the SVG files
//! with what would be made and fails when they differ.

mod paint;
mod palette;
mod scenes;
mod shapes;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use circlet_support::{Place, Size, Terminal, now};

use crate::scenes::{SCENES, Scene};

/// How long a busy machine may need for one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing may be written before a screen counts as done.
const STILL: Duration = Duration::from_millis(400);

fn main() -> Result<()> {
    let names: Vec<String> = env::args().skip(1).collect();
    let check = names.iter().any(|name| name == "--check");
    let wanted = |scene: &Scene| {
        names.iter().all(|name| name.starts_with("--"))
            || names.iter().any(|name| name == scene.name)
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("screenshots");
    let program = build(&root)?;
    fs::create_dir_all(&folder)?;
    let mut differ = Vec::new();
    for scene in SCENES.iter().filter(|scene| wanted(scene)) {
        let svg = take(scene, &program).with_context(|| scene.name)?;
        let file = folder.join(scene.name).with_extension("svg");
        if check {
            if fs::read_to_string(&file).ok().as_ref() != Some(&svg) {
                differ.push(scene.name);
            }
            continue;
        }
        fs::write(&file, &svg)?;
        fs::write(file.with_extension("png"), paint::png(&svg)?)?;
        println!("{}", scene.name);
    }
    ensure!(
        differ.is_empty(),
        "these pictures are no longer true, make them again: {}",
        differ.join(", ")
    );
    Ok(())
}

/// Builds the program and returns where it is: beside this one.
fn build(root: &Path) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--bin", "circlet"])
        .current_dir(root)
        .status();
    ensure!(
        built.context("cargo does not start")?.success(),
        "circlet does not build"
    );
    let target = env::current_exe()?
        .parent()
        .and_then(Path::parent)
        .context("no target folder")?
        .to_owned();
    Ok(target.join("debug/circlet"))
}

fn take(scene: &Scene, program: &Path) -> Result<String> {
    let place = scene
        .env
        .iter()
        .fold(Place::new(program), |place, (name, value)| {
            place.with(name, value)
        });
    let mut terminal = place.open(scene.args, scene.size);
    for (text, keys) in scene.steps {
        see(&terminal, text)?;
        // One key at a time, as hands type: a program may read keys in a burst as a line of text.
        for key in keys.chars() {
            settle(&terminal)?;
            terminal.send(key.to_string().as_bytes());
        }
    }
    see(&terminal, scene.shows)?;
    settle(&terminal)?;
    let screen = terminal.screen();
    let (rows, cols) = screen.size();
    ensure!(
        Size(cols.get(), rows.get()) == scene.size,
        "the screen has another size"
    );
    Ok(paint::svg(&screen, scene.canvas))
}

fn see(terminal: &Terminal, text: &str) -> Result<()> {
    let what = format!("{text:?}");
    terminal.until(&what, PATIENCE, |screen| screen.contents().contains(text))?;
    Ok(())
}

fn settle(terminal: &Terminal) -> Result<()> {
    let until = now() + PATIENCE;
    while !terminal.quiet_for(STILL) {
        if now() > until {
            bail!("the screen does not come to rest:\n{}", terminal.text());
        }
    }
    Ok(())
}
