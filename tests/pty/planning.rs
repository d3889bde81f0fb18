//! A plan in somebody's own editor: what was written there runs, and what cannot be read is not lost.

use circlet_support::{Place, Terminal};

use crate::{SOON, USUAL, place};

/// Says how often it was opened, waits for a word from the keyboard and changes the plan as it says; what it was given is
/// kept aside.
const EDITOR: &str = "echo again >> \"$0.opened\"\n\
    printf 'EDITOR %s\\n' $(wc -l < \"$0.opened\")\n\
    typed=\nwhile [ -z \"$typed\" ]; do read typed; done\n\
    cp \"$1\" \"$0.given\"\n\
    case \"$typed\" in\n\
    break) change='s/^## Discussion (prompt, 15 min/## Talk it over (prompt, fifteen min/' ;;\n\
    mend) change='s/fifteen min/16 min/' ;;\n\
    esac\n\
    sed \"$change\" \"$1\" > \"$0.new\"\ncat \"$0.new\" > \"$1\"\n";

fn with_editor() -> (Place, std::path::PathBuf) {
    let place = place();
    place.ladder_up();
    let file = place.file("editor.sh", EDITOR.as_bytes());
    let file = file.expect("a home takes a file");
    let place = place.with("VISUAL", &format!("sh '{}'", file.display()));
    (place, file)
}

/// Opens the editor with `E` for the `time`-th time and types what it is to do.
fn edit(terminal: &mut Terminal, time: u8, word: &str) {
    terminal.type_keys("E");
    terminal.wait_for(&format!("EDITOR {time}"), SOON);
    terminal.type_keys(&format!("{word}<enter>"));
}

#[test]
fn a_plan_from_an_editor_runs_and_is_written_out_as_it_was_written() {
    let (place, file) = with_editor();
    let given = || std::fs::read_to_string(file.with_extension("sh.given")).expect("it was opened");
    let before = place.ok(&["export", "plan"]);
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Ladder Up", SOON);
    terminal.type_keys("gp");
    terminal.wait_for("Discussion", SOON);
    edit(&mut terminal, 1, "break");
    let line = 1 + before
        .lines()
        .position(|line| line.starts_with("## Discussion"))
        .expect("the block has a heading");
    terminal.wait_for(&format!("plan:{line}: \"fifteen min\" is no length"), SOON);
    assert_eq!(given().trim_end(), before.trim_end());
    assert_eq!(place.ok(&["export", "plan"]), before);
    // The words come back, from the list of what is wrong and after it was left.
    edit(&mut terminal, 2, "nothing");
    terminal.wait_for("is no length", SOON);
    assert!(given().contains("## Talk it over (prompt, fifteen min"));
    terminal.type_keys("<esc>");
    terminal.wait_until_gone("is no length", SOON);
    edit(&mut terminal, 3, "mend");
    terminal.wait_for("Talk it over", SOON);
    terminal.wait_for("u take back", SOON);
    let after = place.ok(&["export", "plan"]);
    let wanted = before.replace(
        "## Discussion (prompt, 15 min",
        "## Talk it over (prompt, 16 min",
    );
    assert_eq!(after, wanted);
    terminal.type_keys("gl");
    terminal.wait_for("READY", SOON);
    terminal.type_keys("<space>");
    terminal.wait_for("RUNNING", SOON);
    terminal.wait_for("Talk it over", SOON);
}

#[test]
fn the_app_begins_with_the_circle_that_was_asked_for() {
    let place = place();
    place.ladder_up();
    place.ok(&["circle", "new", "Quiet Readers", "--template", "book-club"]);
    for (circle, shown) in [
        ("quiet", "Quiet Readers"),
        ("ladder-up", "Ladder Up"),
        ("nowhere", "No circle is called \"nowhere\""),
    ] {
        let mut terminal = place.open(&["--circle", circle], USUAL);
        terminal.wait_for("Next session", SOON);
        terminal.wait_for(shown, SOON);
        terminal.type_keys("ga");
        terminal.wait_for("Actions", SOON);
        terminal.wait_for(
            if circle == "quiet" {
                "Quiet Readers"
            } else {
                "Ladder Up"
            },
            SOON,
        );
        terminal.type_keys("Q");
        terminal.wait_until_gone("Actions", SOON);
    }
    let refused = place.open(&["live", "--circle", "quiet"], USUAL);
    refused.wait_for("No session runs or is planned", SOON);
}
