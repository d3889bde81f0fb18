//! The circlet program: reads arguments and chooses a front-end.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use circlet::cli::{self, Color, Front, Global};
use circlet::config::{Asked, Paths};
use circlet::domain::text::Clean;
use circlet::engine::Mode;
use circlet::packs::demo::Names;
use circlet::theme::ColorChoice;
use circlet::tui::start::{self, Launch};
use circlet::tui::{present, view::ScreenId};

fn main() -> ExitCode {
    // Nobody else reads what this process writes, whatever it writes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // Without it a limit ends the process without a word; nothing else depends on it.
    let _caught = circlet::engine::runtime::survive_size_limit();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let code = match cli::parse(std::env::args_os(), &mut out, &mut err) {
        Ok(asked) => match asked.front {
            Front::Cli(command) => cli::run(&asked.global, *command, &mut out, &mut err),
            front => {
                drop((out, err));
                app(&asked.global, &front).unwrap_or_else(|words| {
                    // Without a place to write to there is nobody to tell.
                    let _told = writeln!(io::stderr(), "circlet: {}", Clean::line(&words));
                    1
                })
            }
        },
        Err(code) => code,
    };
    ExitCode::from(code)
}

fn app(global: &Global, front: &Front) -> Result<u8, String> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(
            "this needs a terminal; circlet --help lists what works without one".to_owned(),
        );
    }
    let asked = Asked {
        config: global.config.clone(),
        store: global.store.clone(),
    };
    let mut launch = Launch {
        paths: Paths::find(&asked).map_err(|problem| problem.to_string())?,
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
            launch.begin = ScreenId::Live;
            start::run(launch)
        }
        Front::App | Front::Cli(_) => start::run(launch),
    };
    done.map_err(|problem| problem.to_string())
}
