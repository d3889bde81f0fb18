use proptest::prelude::*;

use super::*;

#[test]
fn an_escape_sequence_cannot_stay() {
    assert_eq!(Clean::line("Jun\u{1b}[2J"), "Jun\u{FFFD}[2J");
    assert_eq!(Clean::line("a\u{9b}31mb\u{7f}"), "a\u{FFFD}31mb\u{FFFD}");
    assert_eq!(Clean::text("bell\u{7}"), "bell\u{FFFD}");
}

#[test]
fn line_ends_of_every_kind_become_one() {
    assert_eq!(Clean::text("a\r\nb\rc\u{2028}d\n\te"), "a\nb\nc\nd\n\te");
    assert_eq!(Clean::line(" a\r\nb\tc "), "a b c");
}

#[test]
fn hidden_and_direction_characters_are_seen() {
    assert_eq!(Clean::line("abc\u{202E}def"), "abc◦def");
    assert_eq!(Clean::line("a\u{200B}b\u{FEFF}c\u{AD}d"), "a◦b◦c◦d");
    assert_eq!(Clean::line("a\u{200D}b"), "a◦b");
}

#[test]
fn joiners_stay_where_a_script_or_an_emoji_needs_them() {
    for text in ["👩‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "می‌خواهم", "क्‍ष", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣"]
    {
        assert_eq!(Clean::line(text), text, "{text}");
    }
}

#[test]
fn a_tower_of_marks_is_cut_to_sixteen() {
    let tower = format!("a{}", "\u{0316}".repeat(500));
    assert_eq!(Clean::line(&tower).chars().count(), 17);
}

#[test]
fn names_are_composed_single_spaced_and_limited() {
    assert_eq!(Clean::name("  Le\u{301}a \t Weiss ").unwrap(), "Léa Weiss");
    assert_eq!(Clean::name(" \u{200B} "), Err(TextError::NoName));
    assert_eq!(Clean::name("---"), Err(TextError::NoName));
    assert_eq!(Clean::name("👩‍🚀").unwrap(), "👩‍🚀");
    assert_eq!(
        Clean::name(&"x".repeat(201)),
        Err(TextError::NameTooLong(201))
    );
    let wide = "e\u{316}\u{317}\u{318}".repeat(190);
    assert!(matches!(
        Clean::name(&wide),
        Err(TextError::TooLong { most: 1000, .. })
    ));
    assert!(Clean::name(&"李".repeat(200)).is_ok());
}

#[test]
fn limits_of_notes_and_values_refuse_and_the_plain_makers_cut() {
    let long = "é".repeat(VALUE_BYTES);
    assert!(Clean::line_within(&long, Limit::Value).is_err());
    assert!(Clean::text_within(&"x".repeat(NOTE_BYTES), Limit::Note).is_ok());
    assert!(Clean::text_within(&"x".repeat(NOTE_BYTES + 1), Limit::Note).is_err());
    assert_eq!(Clean::text(&long).len(), VALUE_BYTES);
}

#[test]
fn stored_text_is_cleaned_when_it_is_read() {
    let text: Clean = serde_json::from_str("\"a\\u001b[31m\\r\\nb\\u202e\"").unwrap();
    assert_eq!(text, "a\u{FFFD}[31m\nb◦");
    assert_eq!(
        serde_json::to_string(&text).unwrap(),
        "\"a\u{FFFD}[31m\\nb◦\""
    );
    let long = serde_json::to_string(&"x".repeat(VALUE_BYTES + 1)).unwrap();
    assert!(serde_json::from_str::<Clean>(&long).is_err());
}

#[test]
fn cutting_never_splits_what_is_seen_as_one() {
    assert_eq!(cut_graphemes("👨‍👩‍👧‍👦ab", 1), "👨‍👩‍👧‍👦");
    assert_eq!(cut_graphemes("ab", 5), "ab");
    assert_eq!(cut_graphemes("ab", 0), "");
    assert_eq!(cut_bytes("e\u{316}x", 2), "e");
    assert_eq!(cut_bytes("ae\u{316}x", 2), "a");
    assert_eq!(cut_bytes("ae\u{316}x", 4), "ae\u{316}");
    assert_eq!(cut_bytes("abc", 3), "abc");
}

#[test]
fn folding_ignores_case_and_accents() {
    for (one, other) in [
        ("Léa", "LEA"),
        ("Straße", "strasse"),
        ("Łukasz", "lukasz"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ", "abc"),
        ("Σίσυφος", "σισυφοσ"),
        (" a  b ", "A B"),
    ] {
        assert_eq!(fold(one), fold(other), "{one}");
    }
    assert_ne!(fold("は"), fold("ば"));
    assert_ne!(fold("李"), fold("利"));
}

#[test]
fn questions_that_differ_in_small_things_share_a_key() {
    assert_eq!(
        same_words("What is the best advice you got?"),
        same_words("what was best ADVICE, you got"),
    );
    assert_eq!(same_words("The what?"), same_words("what"));
    assert_ne!(
        same_words("What did you start?"),
        same_words("What did you stop?")
    );
    assert_eq!(same_words("???"), "???");
    assert_eq!(same_words("To be or"), "to be or");
}

#[test]
fn hostile_names_become_harmless_file_names() {
    for (text, name) in [
        ("Ladder Up", "ladder-up"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "x-con"),
        ("com1", "x-com1"),
        ("", "untitled"),
        (".hidden", "hidden"),
        ("李", "u674e"),
        ("Größe & Maß", "grosse-mass"),
    ] {
        assert_eq!(slug(text), name);
    }
    assert!(slug(&"ab ".repeat(100)).len() <= 64);
}

#[test]
fn look_alikes_are_told_and_equal_names_are_not() {
    assert!(confusable("Tom", "T\u{43e}m"));
    assert!(confusable("Marla", "Maria"));
    assert!(!confusable("tom", "Tom"));
    assert!(!confusable("Tom", "Tim"));
    assert_eq!(looks_like("Аna", ["Jun", "Ana"]), Some("Ana"));
}

proptest! {
    #[test]
    fn clean_text_holds_nothing_that_drives_a_terminal(raw in any::<String>()) {
        let text = Clean::text(&raw);
        prop_assert!(text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'));
        let line = Clean::line(&raw);
        prop_assert!(line.chars().all(|c| !c.is_control()));
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(raw in hard()) {
        let text = Clean::text(&raw);
        prop_assert_eq!(Clean::text(&text), text);
        let line = Clean::line(&raw);
        prop_assert_eq!(Clean::line(&line), line);
        if let Ok(name) = Clean::name(&raw) {
            prop_assert_eq!(Clean::name(&name), Ok(name));
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more(raw in hard()) {
        let once = fold(&raw);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_slug_is_always_a_safe_file_name(raw in any::<String>()) {
        let name = slug(&raw);
        prop_assert!((1..=64).contains(&name.len()));
        prop_assert!(name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
        prop_assert!(!name.starts_with('-') && !name.ends_with('-'));
    }

    #[test]
    fn a_cut_is_a_beginning_within_its_limit(raw in hard(), most in 0_usize..40) {
        let cut = cut_bytes(&raw, most);
        prop_assert!(cut.len() <= most && raw.starts_with(cut));
        let cut = cut_graphemes(&raw, most);
        prop_assert!(raw.starts_with(cut) && cut.graphemes(true).count() <= most);
    }
}

/// Strings made of the characters that are hard to get right.
fn hard() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            'a',
            'e',
            '\r',
            '\n',
            '\u{301}',
            '\u{316}',
            '\u{200C}',
            '\u{200D}',
            '\u{FE0F}',
            '👩',
            '💻',
            '♀',
            'क',
            '\u{94D}',
            'ن',
            '\u{202E}',
            '\u{1F3FD}',
            '\u{1F3F4}',
            '\u{E0067}',
            '\u{E007F}',
            '\u{2329}',
            '\u{958}',
            'ᄀ',
            'ᅡ',
            '\u{34F}',
            '🇩',
            'İ',
            'ẞ',
        ]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|chars| chars.into_iter().collect())
}
