//! The circlet program: reads arguments and chooses a front-end.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use circlet::cli::{self, CliError, Color, Front, Global};
use circlet::config::{Asked, Paths};
use circlet::domain::text::Clean;
use circlet::engine::Mode;
use circlet::packs::demo::Names;
use circlet::theme::ColorChoice;
use circlet::tui::start::{self, Launch};
use circlet::tui::{present, view::ScreenId};

/// The allocator of the C library keeps what one thread frees and another one asked for: an import of 100,000 rows took
/// up to twice the memory that it needs.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    // Nobody else reads what this process writes, whatever it writes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // Without it a limit ends the process without a word; nothing else depends on it.
    let _caught = circlet::engine::runtime::survive_size_limit();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let code = match cli::parse(std::env::args_os(), &mut out, &mut err) {
        Ok(asked) => match asked.front {
            Front::Cli(command) => {
                let global = Global {
                    leaves: true,
                    ..asked.global
                };
                cli::run(&global, *command, &mut out, &mut err)
            }
            front => {
                drop((out, err));
                app(&asked.global, &front).unwrap_or_else(|failed| {
                    // Without a place to write to there is nobody to tell.
                    let _told = writeln!(io::stderr(), "circlet: {}", Clean::line(&failed.words));
                    failed.code
                })
            }
        },
        Err(code) => code,
    };
    ExitCode::from(code)
}

fn app(global: &Global, front: &Front) -> Result<u8, CliError> {
    let failed = |code: u8, words: String| CliError { code, words };
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let words = "this needs a terminal; circlet --help lists what works without one";
        return Err(failed(1, words.to_owned()));
    }
    let asked = Asked {
        config: global.config.clone(),
        store: global.store.clone(),
    };
    let mut launch = Launch {
        paths: Paths::find(&asked).map_err(|problem| failed(4, problem.to_string()))?,
        mode: if global.read_only {
            Mode::ReadOnly
        } else {
            Mode::Normal
        },
        now: global.now,
        speed: 1.0,
        color: match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        },
        theme: global.theme.clone(),
        begin: ScreenId::Home,
        circle: global.circle.clone(),
        copy: Vec::new(),
    };
    let done = match front {
        Front::Present => present::run(&launch),
        Front::Demo { speed, names } => {
            launch.mode = Mode::Demo(match names {
                cli::Names::Friendly => Names::Friendly,
                cli::Names::Hard => Names::Hard,
            });
            launch.paths.store = start::demo_folder(&launch.paths);
            (launch.speed, launch.begin) = (*speed, ScreenId::Live);
            start::run(launch)
        }
        Front::Rehearse(rehearse) => {
            let stage = cli::stage(global, rehearse)?;
            launch.now = launch.now.or(Some(stage.start));
            (launch.mode, launch.copy) = (Mode::Rehearsal, stage.copy);
            launch.paths.store = start::demo_folder(&launch.paths);
            (launch.speed, launch.begin) = (rehearse.speed(), ScreenId::Live);
            start::run(launch)
        }
        Front::Live => {
            cli::ready(global)?;
            launch.begin = ScreenId::Live;
            start::run(launch)
        }
        Front::App | Front::Cli(_) => start::run(launch),
    };
    done.map_err(|problem| failed(1, problem.to_string()))
}
