use std::collections::BTreeSet;

use super::*;
use crate::command::key::Key;

#[test]
fn every_command_has_one_row_in_the_order_of_the_ids() {
    let rows: Vec<CommandId> = SPECS.iter().map(|spec| spec.id).collect();
    assert_eq!(rows, CommandId::ALL);
    for id in CommandId::ALL {
        assert_eq!(spec(*id).id, *id);
        assert_eq!(named(id.as_str()), Some(*id));
    }
}

#[test]
fn names_are_unique_and_kebab_case() {
    let names: BTreeSet<&str> = CommandId::ALL.iter().map(|id| id.as_str()).collect();
    assert_eq!(names.len(), CommandId::ALL.len());
    for name in names {
        let whole = name
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
        assert!(whole, "{name}");
    }
}

#[test]
fn titles_fit_and_help_is_one_sentence() {
    for row in SPECS {
        assert!(
            !row.title.is_empty() && row.title.chars().count() <= 28,
            "{}",
            row.title
        );
        assert!(!row.title.ends_with('.'), "{}", row.title);
        assert!(
            row.help.ends_with('.') && row.help.matches(". ").count() == 0,
            "{}",
            row.help
        );
        assert!(row.title.is_ascii() && row.help.is_ascii(), "{}", row.title);
    }
}

#[test]
fn groups_follow_each_other_and_none_is_empty() {
    let mut groups: Vec<Group> = SPECS.iter().map(|row| row.group).collect();
    groups.dedup();
    assert_eq!(groups, Group::ALL);
}

#[test]
fn every_default_key_is_a_key() {
    for row in SPECS {
        for binding in row.keys {
            for word in binding.keys.split(' ') {
                let number = matches!(word, "Person" | "Number");
                assert!(
                    number || word.parse::<Key>().is_ok(),
                    "{} in {}",
                    word,
                    row.title
                );
            }
        }
    }
}

#[test]
fn every_command_has_a_key_or_is_asked_for_by_name() {
    for row in SPECS {
        assert_eq!(row.keys.is_empty(), row.palette_only, "{}", row.title);
    }
}

#[test]
fn only_what_cannot_be_taken_back_is_dangerous_and_has_no_key() {
    for row in SPECS.iter().filter(|row| row.danger) {
        assert!(row.palette_only, "{}", row.title);
    }
}
