//! The key sheet: the registry as a Markdown table, for `circlet keys` and the documents.

use std::fmt::Write as _;

use crate::command::keymap::Keymap;
use crate::command::table::{Group, Place, SPECS, Spec};

/// The keys in force as Markdown, one table for each group.
pub fn of(keymap: &Keymap) -> String {
    let mut sheet = String::from(
        "# Keys\n\nA digit, or `0` and a digit from the tenth on, is a person on Live and a row elsewhere.\n",
    );
    for group in Group::ALL {
        sheet.push('\n');
        table(&mut sheet, keymap, group);
    }
    sheet
}

fn table(sheet: &mut String, keymap: &Keymap, group: Group) {
    let rows = SPECS.iter().filter(|row| row.group == group);
    let mut put = |line: String| {
        // Writing into a string does not fail.
        let _written = writeln!(sheet, "{line}");
    };
    put(format!("## {}\n", group.title()));
    if group == Group::Named {
        put("| Name | What it does |\n| --- | --- |".to_owned());
        rows.for_each(|row| put(format!("| `:{}` | {} |", row.id.as_str(), row.help)));
        return;
    }
    put(
        "| Live | Room view | Elsewhere | Name | What it does |\n| --- | --- | --- | --- | --- |"
            .to_owned(),
    );
    for row in rows {
        let [live, room, elsewhere] =
            [Place::Live, Place::Room, Place::Anywhere].map(|place| keys(keymap, place, row));
        put(format!(
            "| {live} | {room} | {elsewhere} | `{}` | {} |",
            row.id.as_str(),
            row.help
        ));
    }
}

fn keys(keymap: &Keymap, place: Place, row: &Spec) -> String {
    keymap
        .all_keys_of(place, row.id)
        .iter()
        // A bar would end the cell.
        .map(|keys| format!("`{}`", keys.replace('|', "\\|")))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_names_every_command_once() {
        let sheet = of(&Keymap::default());
        for row in SPECS {
            let name = row.id.as_str();
            let times = sheet.matches(&format!("`{name}`")).count()
                + sheet.matches(&format!("`:{name}`")).count();
            assert_eq!(times, 1, "{name}");
        }
        assert!(
            sheet.contains("| `+` `=` | `+` `=` | `+` `=` | `longer` |"),
            "{sheet}"
        );
        assert!(sheet.contains("| `r 1-9` |"));
    }
}
