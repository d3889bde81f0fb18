//! From arguments to a running application, and back to the shell.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::command::keymap::{Keymap, Preset};
use crate::config::{Config, Paths, Signs, add_own};
use crate::domain::change::{Author, Change, Via};
use crate::domain::clock::Moment;
use crate::engine::clock::{self, Clock};
use crate::engine::demos;
use crate::engine::runtime::{self, Exit, Front as _};
use crate::engine::{Engine, Mode, Options};
use crate::packs;
use crate::theme::glyphs::{AmbiguousWidth, Glyphs, Locale};
use crate::theme::{Catalogue, ColorChoice, ColorDepth, ColorEnvironment, Rgb, Source, Styles};
use crate::tui::app::{After, App, Settings, World};
use crate::tui::shell::Setup;
use crate::tui::terminal;
use crate::tui::view::ScreenId;

/// How long the terminal may take to say what its background is.
const BACKGROUND_WITHIN: Duration = Duration::from_millis(150);

/// What to start.
#[derive(Clone, Debug)]
pub struct Launch {
    /// Where files are.
    pub paths: Paths,
    /// What kind of store.
    pub mode: Mode,
    /// Where the clock starts, if not now.
    pub now: Option<Moment>,
    /// How many times faster than a wall clock it goes.
    pub speed: f64,
    /// Colour or not.
    pub color: ColorChoice,
    /// A theme instead of the configured one.
    pub theme: Option<String>,
    /// The screen to begin with.
    pub begin: ScreenId,
    /// The circle to begin with, as it was typed.
    pub circle: Option<String>,
    /// What the throw-away store of a rehearsal begins with.
    pub copy: Vec<Change>,
}

/// Makes styles: what the terminal can show, and the themes there are.
#[derive(Clone, Debug)]
pub struct Look {
    catalogue: Arc<Catalogue>,
    depth: ColorDepth,
    glyphs: Glyphs,
    background: Option<Rgb>,
}

impl Look {
    /// What the environment and the configuration say. Themes of the user that cannot be used are told.
    pub fn find(launch: &Launch, config: &Config) -> (Self, Vec<String>) {
        let var = |name| std::env::var(name).unwrap_or_default();
        let (no_color, colorterm, term) = (var("NO_COLOR"), var("COLORTERM"), var("TERM"));
        let environment = ColorEnvironment {
            no_color: &no_color,
            colorterm: &colorterm,
            term: &term,
        };
        let (lc_all, lc_ctype, lang) = (var("LC_ALL"), var("LC_CTYPE"), var("LANG"));
        let locale = Locale {
            lc_all: &lc_all,
            lc_ctype: &lc_ctype,
            lang: &lang,
        };
        let ambiguous = if config.ambiguous_wide {
            AmbiguousWidth::Two
        } else {
            AmbiguousWidth::One
        };
        let glyphs = match config.signs {
            Signs::Auto => Glyphs::choose(locale, ambiguous),
            Signs::Unicode => Glyphs::Unicode,
            Signs::Ascii => Glyphs::Ascii,
        };
        let mut catalogue = Catalogue::default();
        let complaints = add_themes(&mut catalogue, &launch.paths.themes);
        let look = Self {
            catalogue: Arc::new(catalogue),
            depth: ColorDepth::detect(launch.color, environment),
            glyphs,
            background: config.background.as_deref().and_then(Rgb::parse),
        };
        (look, complaints)
    }

    /// Whether it is worth asking the terminal for its background: it was never asked, and there is colour.
    fn wants_background(&self, config: &Config) -> bool {
        config.background.is_none() && self.depth != ColorDepth::None
    }

    /// Looks as on this background from now on.
    pub fn set_background(&mut self, background: Option<Rgb>) {
        self.background = background;
    }

    /// The names of all themes, `auto` first.
    pub fn names(&self) -> Vec<String> {
        std::iter::once("auto")
            .chain(self.catalogue.names())
            .map(str::to_owned)
            .collect()
    }

    /// What is wrong in the file of a theme that can be used all the same.
    pub fn complaints(&self, name: &str) -> Vec<String> {
        let loaded = self.catalogue.theme(name);
        let complaints = loaded.map(|loaded| loaded.complaints).unwrap_or_default();
        complaints.iter().map(ToString::to_string).collect()
    }

    /// The styles of a theme.
    ///
    /// # Errors
    /// When there is no such theme; the words name those there are.
    pub fn styles(&self, name: &str) -> Result<Styles, String> {
        let name = if name == "auto" {
            crate::theme::theme_for(self.background)
        } else {
            name
        };
        match self.catalogue.theme(name) {
            Some(loaded) => Ok(Styles::new(&loaded.theme, self.depth, self.glyphs)),
            None => Err(format!(
                "There is no theme \"{name}\"; there are {}",
                self.names().join(", ")
            )),
        }
    }
}

/// Reads users' themes: every `*.toml` of the folder, if there is one.
fn add_themes(catalogue: &mut Catalogue, folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    let mut complaints = Vec::new();
    for path in files {
        let file = path.display().to_string();
        let name = path
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let source = Source {
                    file: &file,
                    name: &name,
                    text: &text,
                };
                complaints.extend(
                    catalogue
                        .add(source)
                        .err()
                        .map(|problem| problem.to_string()),
                );
            }
            Err(problem) => complaints.push(format!("{file}: {problem}; the theme is left out")),
        }
    }
    complaints
}

/// Runs the application until it is left. Returns the code to end the process with.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn run(mut launch: Launch) -> io::Result<u8> {
    demos::sweep(&launch.paths.runtime);
    loop {
        // Without its note a demo goes on all the same; only a second screen does not find it.
        let note = matches!(launch.mode, Mode::Demo(_))
            .then(|| demos::Note::leave(&launch.paths.runtime, &launch.paths.store).ok());
        let (exit, after) = run_once(&launch)?;
        drop(note);
        match after {
            After::Nothing => return Ok(exit.code()),
            After::Demo => {
                launch.mode = Mode::Demo(packs::demo::Names::Friendly);
                launch.paths.store = demo_folder(&launch.paths);
                (launch.begin, launch.circle) = (ScreenId::Live, None);
            }
        }
    }
}

/// A folder of its own for a demo, which goes when the demo ends.
pub fn demo_folder(paths: &Paths) -> PathBuf {
    demos::folder(&paths.runtime)
}

fn run_once(launch: &Launch) -> io::Result<(Exit, After)> {
    let (config, problems) = Config::load(&launch.paths.config);
    let mut shelf = packs::shelf();
    let own_problems = add_own(&mut shelf, &launch.paths.config);
    let (look, complaints) = Look::find(launch, &config);
    let theme = launch.theme.clone().unwrap_or_else(|| config.theme.clone());
    let mouse =
        config.mouse && terminal::may_have_mouse(&std::env::var("TERM").unwrap_or_default());
    terminal::install_hook(launch.paths.state.clone());
    let options = terminal::Options {
        mouse,
        title: terminal::Title::Control,
    };
    let guard = terminal::Guard::enter(options)?;
    let screen = terminal::painter()?;
    let (styles, wrong_theme) = match look.styles(&theme) {
        Ok(styles) => (styles, None),
        Err(words) => (look.styles("auto").map_err(io::Error::other)?, Some(words)),
    };
    let (keymap, key_problems) =
        Keymap::new(config.keyboard.unwrap_or(Preset::Default), &config.keys);
    let setup = Setup {
        styles,
        me: config.me_of(&launch.paths.store).map(str::to_owned),
        dates: config.dates,
        themes: look.names(),
        demo: launch.mode.is_thrown_away(),
        shelf,
        rehearsal: launch.mode == Mode::Rehearsal,
        begin: launch.begin,
        tips: config.tips,
        tips_shown: config.tips_shown,
        mouse,
        editor: crate::tui::app::editor(),
        keyboard: other_keyboard(&config),
    };
    let file = launch.paths.config.display();
    let mut notes: Vec<String> = problems.iter().map(ToString::to_string).collect();
    notes.extend(
        key_problems
            .iter()
            .map(|problem| format!("{file}:{}: {}", problem.line, problem.what)),
    );
    notes.extend(own_problems.iter().map(ToString::to_string));
    notes.extend(complaints);
    notes.extend(look.complaints(&theme));
    notes.extend(wrong_theme);
    let settings = Settings {
        paths: launch.paths.clone().chosen(&config),
        bell: config.bell,
        look: look.clone(),
        demo: launch.mode.is_thrown_away(),
    };
    let mut app = App::new(setup, settings, (guard, screen))?;
    app.complain(notes);
    app.begin_in(launch.circle.clone());
    let ask = theme == "auto" && look.wants_background(&config);
    drive(&mut app, launch, (&config, keymap, ask)).map(|exit| (exit, app.after()))
}

/// The keyboard to ask about: the one that fits the locale, where nobody has said which it is.
fn other_keyboard(config: &Config) -> Option<(Preset, Keymap)> {
    if config.keyboard.is_some() {
        return None;
    }
    let said = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = said("LC_ALL")
        .or_else(|| said("LC_CTYPE"))
        .or_else(|| said("LANG"))?;
    let preset = Preset::for_locale(&locale)?;
    Some((preset, Keymap::new(preset, &config.keys).0))
}

fn drive(
    app: &mut App,
    launch: &Launch,
    (config, keymap, ask): (&Config, Keymap, bool),
) -> io::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let clock = Clock::real(launch.now, launch.speed);
        let run = clock::run_id(clock.now());
        let mut engine = Engine::open_copy(
            Options {
                store: launch.paths.store.clone(),
                mode: launch.mode,
                by: Author { via: Via::App, run },
                zone: config.zone.unwrap_or_else(clock::zone),
                clock,
                runtime: Some(launch.paths.runtime.clone()),
                leaves: false,
            },
            launch.copy.clone(),
        );
        engine.set_room_clock(config.room_clock);
        let mut world = World::new(engine, keymap);
        if ask {
            // After the first frame and before anything reads the terminal: a late answer would be typed keys.
            app.draw(&world)?;
            app.background(background(), launch.mode.is_thrown_away());
        }
        let signals = runtime::signals()?;
        let events = terminal::events();
        app.read_from(events.reader());
        let exit = runtime::run(app, &mut world, events, signals).await;
        // The terminal belongs to the shell again before anything is closed.
        terminal::restore();
        let lost = world.unsaved();
        world.close();
        app.finish();
        if lost > 0 {
            let words = format!(
                "{lost} changes could not be saved and are gone; what was saved before is safe"
            );
            return Err(io::Error::other(words));
        }
        Ok(exit)
    })
}

/// Asks the terminal for its background. `None` when it does not say in time.
fn background() -> Option<Rgb> {
    let mut options = terminal_colorsaurus::QueryOptions::default();
    options.timeout = BACKGROUND_WITHIN;
    let color = terminal_colorsaurus::background_color(options).ok()?;
    let (red, green, blue) = color.scale_to_8bit();
    Some(Rgb { red, green, blue })
}
