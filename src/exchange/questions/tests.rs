use std::time::Duration;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::question::{Depth, QuestionKind, same_words};

fn nothing(_key: &str) -> bool {
    false
}

fn read(text: &str, format: Format) -> Taken {
    parse(text, Some(format), &nothing)
}

fn texts_of(taken: &Taken) -> Vec<&str> {
    taken
        .questions
        .iter()
        .map(|question| question.text.as_str())
        .collect()
}

fn faults_of(taken: &Taken) -> Vec<String> {
    taken
        .faults
        .iter()
        .map(|fault| fault.told("list"))
        .collect()
}

const ARTICLE: &str = "\
---
title: What?
---
# Mentoring circles

Why do circles work? Nobody is sure. This article says more about that than anyone asked for.

They bring three things:

- time to think
- people who listen
- what if it fails?

## Feedback

Some words about feedback.

### Questions

1. **What feedback** did you almost not give?
   - What stopped you?
   - Who could have
     helped?
2. Describe a time when you were wrong.
3. Whose feedback do you trust?

- Growth:
  * What did you learn?
  * What next?
- [ ] What do you avoid?

Thanks for reading!
";

#[test]
fn an_article_whose_lists_are_known_gives_no_prose() {
    let text = "Why do circles work?\n\n- What did you learn?\n- Who helped you?\n";
    let lists: Vec<String> = ["What did you learn?", "Who helped you?"]
        .map(same_words)
        .into();
    let taken = parse(text, Some(Format::Markdown), &|words| {
        lists.iter().any(|known| known == words)
    });
    assert_eq!(texts_of(&taken), [""; 0]);
    let why: Vec<&str> = taken.left.iter().map(|left| left.why.as_str()).collect();
    let known = "already in the bank";
    assert_eq!(why, ["a question, but not in a list", known, known]);
    assert_eq!(taken.notes, [""; 0]);
}

#[test]
fn an_article_gives_its_questions_and_keeps_the_rest() {
    let taken = read(ARTICLE, Format::Markdown);
    assert_eq!(
        texts_of(&taken),
        [
            "What feedback did you almost not give?",
            "Describe a time when you were wrong.",
            "Whose feedback do you trust?",
            "What did you learn?",
            "What next?",
            "What do you avoid?",
        ]
    );
    let first = &taken.questions[0];
    assert_eq!(first.line, 20);
    assert_eq!(first.theme, "Feedback");
    assert_eq!(
        first
            .follow_ups
            .iter()
            .map(Clean::as_str)
            .collect::<Vec<_>>(),
        ["What stopped you?", "Who could have helped?"]
    );
    assert_eq!(taken.questions[3].theme, "Growth");
    let left: Vec<_> = taken
        .left
        .iter()
        .map(|left| (left.line, left.why.as_str()))
        .collect();
    assert_eq!(
        left,
        [
            (6, "not in a list"),
            (8, "not in a list"),
            (10, "does not ask"),
            (11, "does not ask"),
            (12, "asks, but its list does not"),
            (16, "not in a list"),
            (32, "not in a list"),
        ]
    );
    assert_eq!(taken.faults, []);
}

#[test]
fn an_article_without_lists_gives_the_paragraphs_that_ask() {
    let taken = read(
        "# Growth\n\nWhat did you learn?\n\nNothing.\n\nWhat next?\n",
        Format::Markdown,
    );
    assert_eq!(texts_of(&taken), ["What did you learn?", "What next?"]);
    assert_eq!(taken.notes.len(), 1);
}

#[test]
fn plain_text_is_one_question_a_line() {
    let text =
        "# Growth\r\n\r\n1. What did you learn?\r\n   - From whom?\r\n- Tell us more\r\nWhat next?";
    let taken = read(text, Format::Text);
    assert_eq!(
        texts_of(&taken),
        ["What did you learn?", "Tell us more", "What next?"]
    );
    assert_eq!(taken.questions[0].follow_ups[0], "From whom?");
    assert_eq!(taken.questions[2].theme, "Growth");
    assert_eq!(taken.questions[2].line, 6);
    assert_eq!(
        texts_of(&read("Why?\rWho?", Format::Text)),
        ["Why?", "Who?"]
    );
}

#[test]
fn plain_text_that_is_an_article_or_json_or_a_table_is_read_as_such() {
    assert_eq!(texts_of(&parse(ARTICLE, None, &nothing)).len(), 6);
    assert_eq!(
        texts_of(&parse("[\"Why?\", \"Who?\"]", Some(Format::Text), &nothing)),
        ["Why?", "Who?"]
    );
    assert_eq!(
        texts_of(&parse("question;theme\nWhy?;Growth\n", None, &nothing)),
        ["Why?"]
    );
    assert_eq!(
        texts_of(&parse("[[question]]\ntext = \"Why?\"\n", None, &nothing)),
        ["Why?"]
    );
    assert_eq!(
        texts_of(&parse("Why, and how?\nWho, or what?", None, &nothing)),
        ["Why, and how?", "Who, or what?"]
    );
}

#[test]
fn a_table_with_a_header_gives_every_field_and_names_wrong_rows() {
    let text = "Theme,Question,Depth,Type,Follow-ups,Minutes\n\
                Growth,\"What, now?\",3,hot seat,Why?|Who?,8\n\
                Growth,What then?,9,,,\n\
                ,,,,,\n\
                Growth,Where?,,dance,,\n\
                Growth,When?,,,,0 min\n\
                Growth,How?,warm-up,,,10 min\n";
    let taken = read(text, Format::Csv);
    assert_eq!(texts_of(&taken), ["What, now?", "How?"]);
    let first = &taken.questions[0];
    assert_eq!(
        (first.depth, first.kind, first.minutes),
        (Depth::Deep, QuestionKind::HotSeat, 8)
    );
    assert_eq!(first.follow_ups.len(), 2);
    assert_eq!(taken.questions[1].line, 7);
    assert_eq!(
        faults_of(&taken),
        [
            "list:3: \"9\" will not do: a depth is one of warm-up, reflect, deep",
            "list:5: \"dance\" will not do: a kind is one of reflection, hot-seat, pair, book, case, guest, check-in, closing",
            "list:6: \"0 min\" will not do: minutes are 1 to 1440",
        ]
    );
}

#[test]
fn a_table_without_a_header_gives_the_column_that_asks() {
    let taken = read(
        "1;What now?;x\n2;What then?;y\n\n\n3;Where?;z\n",
        Format::Csv,
    );
    assert_eq!(texts_of(&taken), ["What now?", "What then?", "Where?"]);
    assert_eq!(taken.questions[2].line, 5);
    assert!(taken.notes[0].contains("column 2"));
    assert_eq!(
        texts_of(&read("Name it\nShow it\n", Format::Csv)),
        ["Name it", "Show it"]
    );
    assert_eq!(read("a,b\nc,d\n", Format::Csv).faults.len(), 1);
}

#[test]
fn json_is_read_row_by_row_and_a_wrong_row_spoils_no_other() {
    let text = r#"{"schema": "circlet.questions/1", "items": [
  "What now?",
  {"id": "Q7", "uid": "00000000-0000-7000-8000-000000000007", "text": "Why?", "depth": "deep",
   "kind": "pair", "minutes": 4, "competency": null, "follow_ups": ["Who?"], "asked": 3},
  {"text": 5},
  {"theme": "none"},
  {"text": "broken" "twice"},
  7,
  {"text": "Where?", "follow_ups": [1]},
  {"text": "When?", "uid": "x"},
  "Last?",
]}"#;
    let taken = read(text, Format::Json);
    assert_eq!(texts_of(&taken), ["What now?", "Why?", "5", "Last?"]);
    assert_eq!(taken.questions[1].line, 3);
    assert!(taken.questions[1].uid.is_some());
    assert_eq!(
        faults_of(&taken),
        [
            "list:6: \"text\" is missing",
            "list:7: this is no valid JSON",
            "list:8: a question is a text or an object with \"text\"",
            "list:9: \"follow_ups\" must be a list of texts",
            "list:10: \"x\" will not do: a uid is a UUID",
        ]
    );
}

#[rstest]
#[case("[\"Why?\", \"Who?", 1)]
#[case("[\"Why?\"\n", 2)]
#[case("{\"items\": [\"Why?\"]", 1)]
#[case("{\"items\": [\"Why?\"]} more", 1)]
#[case("{items: []}", 1)]
#[case("{\"other\": [\"Why?\"]}", 1)]
#[case("hello", 1)]
fn broken_json_names_the_line(#[case] text: &str, #[case] line: usize) {
    let taken = read(text, Format::Json);
    assert_eq!(
        taken
            .faults
            .iter()
            .map(|fault| fault.line)
            .collect::<Vec<_>>(),
        [line],
        "{text}"
    );
}

#[test]
fn a_pack_gives_its_questions_and_names_wrong_ones() {
    let text = "name = \"mine\"\n\n[[question]]\ntext = \"Why?\"\ndepth = 1\n\n\
                [[question]]\ntext = \"Who?\"\nkind = \"dance\"\n\n[[question]]\ntheme = \"x\"\n";
    let taken = read(text, Format::Toml);
    assert_eq!(texts_of(&taken), ["Why?"]);
    assert_eq!(taken.questions[0].depth, Depth::WarmUp);
    let lines: Vec<_> = taken.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [7, 11]);
    let broken = read("[[question]]\ntext = \"Why?\"\ntext = \n", Format::Toml);
    assert_eq!(broken.faults[0].line, 3);
    assert!(broken.faults[0].what.ends_with("nothing was read"));
}

#[test]
fn a_slip_in_one_question_of_a_pack_leaves_the_others() {
    let text = "name = \"mine\"\n\n[[question]]\ntext = \"Why?\"\n\n[[question]]\ntext = \"Who?\n\n\
                [[question]]\ntext = \"When?\"\ndepth = 9\n\n[[question]]\ntext = \"How?\"\n";
    let taken = read(text, Format::Toml);
    assert_eq!(texts_of(&taken), ["Why?", "How?"]);
    let lines: Vec<_> = taken.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [7, 9]);
    assert!(taken.faults[0].what.ends_with("this part was left out"));
    assert_eq!(taken.questions[1].line, 13);
}

#[test]
fn what_is_there_twice_or_known_is_left_and_told() {
    let known = |key: &str| key == same_words("Who are you?");
    let taken = parse(
        "What is the plan?\nwhat plan\nWho are you?",
        Some(Format::Text),
        &known,
    );
    assert_eq!(texts_of(&taken), ["What is the plan?"]);
    let left: Vec<_> = taken
        .left
        .iter()
        .map(|left| (left.line, left.why.as_str()))
        .collect();
    assert_eq!(
        left,
        [(2, "the same words as line 1"), (3, "already in the bank")]
    );
    let uid = "00000000-0000-7000-8000-000000000007";
    let text = format!(
        "[{{\"uid\":\"{uid}\",\"text\":\"One?\"}},\n{{\"uid\":\"{uid}\",\"text\":\"Two?\"}}]"
    );
    let taken = read(&text, Format::Json);
    assert_eq!(
        taken.faults[0].told("list"),
        "list:2: has the same uid as line 1; give one of them another"
    );
}

#[rstest]
#[case(Format::Text)]
#[case(Format::Markdown)]
#[case(Format::Csv)]
#[case(Format::Json)]
#[case(Format::Toml)]
fn an_empty_file_is_told(#[case] format: Format) {
    for text in ["", " \r\n\n"] {
        let taken = read(text, format);
        assert_eq!(faults_of(&taken), ["list:1: the file is empty"]);
        assert_eq!(taken.questions, []);
    }
}

#[test]
fn text_that_drives_a_terminal_is_taken_clean_and_told() {
    let taken = read("Why\u{1b}]0;x\u{7} now?\n", Format::Text);
    assert_eq!(texts_of(&taken), ["Why\u{FFFD}]0;x\u{FFFD} now?"]);
    assert!(taken.notes[0].contains("control characters"));
}

#[test]
fn overlong_lines_and_rows_are_refused_by_their_line() {
    let long = "x".repeat(1_000_001);
    for format in [Format::Text, Format::Markdown, Format::Csv] {
        let taken = read(&format!("Why?\n{long}\nWho?\n"), format);
        assert_eq!(
            faults_of(&taken),
            ["list:2: the line has more than 1 MB"],
            "{format:?}"
        );
    }
    let taken = read(&format!("[\"Why?\",\n\"{long}\",\"Who?\"]"), Format::Json);
    assert_eq!(faults_of(&taken), ["list:2: the row has more than 1 MB"]);
    assert_eq!(texts_of(&taken), ["Why?", "Who?"]);
    let taken = read(&format!("Why?\n{}\n", "y".repeat(40_000)), Format::Text);
    assert!(taken.faults[0].what.starts_with("the question is too long"));
    let endless = "a\n".repeat(3_500_000);
    for (format, what) in [
        (
            Format::Markdown,
            "a list or text that begins here has more than 6 MB; it was left out",
        ),
        (
            Format::Toml,
            "what begins here has more than 6 MB; this part was left out",
        ),
    ] {
        assert_eq!(
            faults_of(&read(&endless, format)),
            [format!("list:1: {what}")]
        );
    }
    let many = "what\n".repeat(200_001);
    let taken = read(&many, Format::Text);
    assert!(
        taken.faults[0]
            .told("list")
            .starts_with("list:200001: more than 200000 rows")
    );
}

/// A text about as long as two trees, of 12,000 questions.
fn long(row: impl Fn(usize) -> String) -> String {
    let text: String = (0..12_000).map(row).collect();
    assert!(text.len() > 7_000_000, "{}", text.len());
    text
}

#[test]
fn a_long_list_in_markdown_is_read_piece_by_piece_and_keeps_lines_and_themes() {
    let filler = "word ".repeat(120);
    let text = long(|n| match n % 4_000 {
        0 => format!("## Theme {n}\n\n- What about {n}?\n  - {filler}?\n"),
        _ => format!("- What about {n}?\n  - {filler}?\n"),
    });
    let taken = read(&text, Format::Markdown);
    assert_eq!(
        (faults_of(&taken).concat(), taken.questions.len()),
        (String::new(), 12_000)
    );
    let last = taken.questions.last().unwrap();
    assert_eq!(
        (last.text.as_str(), last.theme.as_str()),
        ("What about 11999?", "Theme 8000")
    );
    assert_eq!(last.line, 2 * 11_999 + 2 * 3 + 1);
    assert_eq!(last.follow_ups.len(), 1);
}

#[test]
fn a_long_pack_is_read_question_by_question_and_keeps_lines() {
    let filler = "word ".repeat(120);
    let text = long(|n| match n {
        7_000 => format!("[[question]]\ntext = \"What about {n}?\nsource = \"{filler}\"\n\n"),
        _ => format!("[[question]]\ntext = \"What about {n}?\"\nsource = \"{filler}\"\n\n"),
    });
    let taken = read(&format!("name = \"mine\"\n{text}"), Format::Toml);
    assert_eq!(taken.questions.len(), 11_999);
    assert_eq!(taken.questions.last().unwrap().line, 4 * 11_999 + 2);
    assert_eq!(taken.faults.len(), 1);
    assert_eq!(taken.faults[0].line, 4 * 7_000 + 3);
}

#[rstest]
#[case::lists_in_json("[".repeat(900_000), Format::Json)]
#[case::objects_in_json("{\"a\":".repeat(150_000), Format::Json)]
#[case::rows_of_brackets(format!("[{}]", "[[[[]]]],".repeat(100_000)), Format::Json)]
#[case::brackets_in_toml(format!("a = {}", "[".repeat(900_000)), Format::Toml)]
#[case::dots_in_toml(format!("[{}a]", "a.".repeat(400_000)), Format::Toml)]
#[case::quotes("> ".repeat(400_000), Format::Markdown)]
#[case::bullets("- ".repeat(400_000), Format::Markdown)]
#[case::brackets_in_markdown("[".repeat(900_000), Format::Markdown)]
#[case::links("[a](".repeat(200_000), Format::Markdown)]
#[case::stars("*a **b ".repeat(120_000), Format::Markdown)]
#[case::steps(steps(1_200), Format::Markdown)]
#[case::quotes_in_a_table("\"".repeat(900_000), Format::Csv)]
#[case::columns(",".repeat(900_000), Format::Csv)]
#[case::marks(format!("a{}?", "\u{301}\u{316}".repeat(200_000)), Format::Text)]
fn a_bomb_is_harmless(#[case] text: String, #[case] format: Format) {
    let (send, done) = std::sync::mpsc::channel();
    let reader = std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || {
            let taken = read(&text, format);
            let _ = send.send(taken.questions.len());
        });
    reader.unwrap();
    assert!(
        done.recv_timeout(Duration::from_secs(20)).is_ok(),
        "no answer or a crash"
    );
}

#[test]
fn deep_bullets_belong_to_the_one_above() {
    let text = steps(12);
    let taken = read(&text, Format::Markdown);
    assert_eq!(texts_of(&taken), ["what?"]);
    assert_eq!(taken.questions[0].follow_ups.len(), 7);
}

#[test]
fn reading_a_file_gives_its_name_as_the_source() {
    let input = Input {
        name: "bank.txt".to_owned(),
        format: Some(Format::Text),
        text: "Why?".to_owned(),
        notes: vec!["Read as windows-1252.".to_owned()],
    };
    let taken = take(&input, &nothing);
    assert_eq!(taken.questions[0].source, "bank.txt");
    assert_eq!(taken.notes, ["Read as windows-1252."]);
}

/// A staircase of bullets.
fn steps(count: usize) -> String {
    let steps: Vec<_> = (0..count)
        .map(|n| format!("{}- what?\n", "  ".repeat(n)))
        .collect();
    steps.concat()
}

fn any_format() -> impl Strategy<Value = Option<Format>> {
    prop::sample::select(vec![
        None,
        Some(Format::Text),
        Some(Format::Markdown),
        Some(Format::Csv),
        Some(Format::Json),
        Some(Format::Toml),
    ])
}

/// Texts made of the signs that mean something in one of the formats.
fn hard() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "- ",
        "1. ",
        "# ",
        "  ",
        "\n",
        "\r",
        "\t",
        ",",
        ";",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ":",
        "?",
        "why",
        "question",
        "items",
        "[[question]]\n",
        "text = ",
        "\\",
        "```",
        "---\n",
        "> ",
        "é",
        "李",
        "\u{1b}",
        "\u{202e}",
        "<",
        ">",
        "@",
        "null",
        "7",
        "**",
        "|",
        "&amp;",
        "<!--",
        "\u{301}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_breaks_a_reader(text in prop_oneof![hard(), any::<String>()], format in any_format()) {
        let taken = parse(&text, format, &nothing);
        let lines = text.matches(['\n', '\r']).count() + 1;
        for line in taken.questions.iter().map(|q| q.line)
            .chain(taken.faults.iter().map(|f| f.line))
            .chain(taken.left.iter().map(|l| l.line))
        {
            prop_assert!((1..=lines).contains(&line), "line {line} of {lines}");
        }
        let mut keys: Vec<_> = taken.questions.iter().map(|q| same_words(&q.text)).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), taken.questions.len());
    }

    #[test]
    fn questions_one_a_line_are_all_taken(words in prop::collection::vec("[a-z]{3,8}", 1..20)) {
        let text = words.iter().enumerate().map(|(n, w)| format!("What {w} {n}?
")).collect::<Vec<_>>().concat();
        prop_assert_eq!(read(&text, Format::Text).questions.len(), words.len());
        prop_assert_eq!(read(&text.replace("What", "- What"), Format::Markdown).questions.len(), words.len());
    }
}

#[test]
fn words_behind_a_bold_question_are_no_part_of_it_and_a_list_is_no_theme() {
    let text = "# Courage\n\n## The list\n\n1. **Which hard message are you postponing?** It always opens something.\n2. **Who waits?**\n";
    let taken = parse(text, Some(Format::Markdown), &nothing);
    let rows: Vec<(&str, &str)> = taken
        .questions
        .iter()
        .map(|row| (row.text.as_str(), row.theme.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("Which hard message are you postponing?", "Courage"),
            ("Who waits?", "Courage"),
        ]
    );
    assert_eq!(taken.left[0].text, "It always opens something.");
}

/// As somebody saved it: sentences that go on over several lines, and questions between them.
const SAVED: &str = "Seven questions that opened up our circle\n\nBy R. Halloran, 14 March\n\n\
    When our circle began, six of us sat around a table and nobody knew\n\
    what to ask. Was that a bad start? Looking back, it was the only\n\
    honest one. But which ones?\n\n\
    What would you try if you knew that nobody would grade it?\n\n\
    Which meeting of last week would you hold again, and which\nwould you cancel?\n\n\
    It went well for years. What changed?\n\n\
    Do you give people time? Silence is no failure; it is\nthe sound of somebody thinking.\n\n\
    Home\nAbout us\nWhy mentoring?\nContact\n\n\
    Who notices first when you are tired?\nWhat did you learn from somebody younger?\n";

#[test]
fn an_article_in_plain_text_gives_the_questions_that_stand_alone() {
    let taken = read(SAVED, Format::Text);
    assert_eq!(
        texts_of(&taken),
        [
            "What would you try if you knew that nobody would grade it?",
            "Which meeting of last week would you hold again, and which would you cancel?",
            "It went well for years. What changed?",
            "Who notices first when you are tired?",
            "What did you learn from somebody younger?",
        ]
    );
    assert_eq!(taken.questions[1].line, 11);
    assert!(taken.left.iter().any(|left| left.line == 5));
    assert_eq!(faults_of(&taken), Vec::<String>::new());
}

#[test]
fn an_article_in_plain_text_without_a_question_holds_none() {
    let words = "We sat around the kitchen table and nobody knew\nwhat to ask. It was the only start we had.\n";
    let taken = read(words, Format::Text);
    assert_eq!(taken.questions, []);
    assert!(faults_of(&taken)[0].contains("no question was found"));
}

#[rstest::rstest]
#[case("\u{2022} ")]
#[case("\u{2013} ")]
#[case("     * ")]
#[case("      - ")]
fn lists_of_a_saved_page_are_lists(#[case] sign: &str) {
    let rows = [
        "Who could help you?",
        "What comes next?",
        "What would you drop?",
    ];
    let rows = rows.map(|row| format!("{sign}{row}")).join("\n");
    let page = format!(
        "Ten minutes a week\n\nThey told us what they ask.\n\n{rows}\n\nWas this helpful? Yes / No\n"
    );
    let taken = read(&page, Format::Text);
    assert_eq!(taken.questions.len(), 3, "{:?}", taken.left);
    assert_eq!(taken.questions[0].line, 5);
}

#[test]
fn links_and_a_question_in_a_list_of_other_things_are_left() {
    let page = "Some words.\n\n- Who helps?\n- What comes next?\n\n## Related posts\n\n- How to find a mentor\n- What is \
        reverse mentoring?\n- Five myths\n\n## Further reading\n\n- [Why do we interrupt?](https://example.org/a)\n- [What \
        now?](https://example.org/b)\n";
    let taken = read(page, Format::Markdown);
    assert_eq!(texts_of(&taken), ["Who helps?", "What comes next?"]);
    let whys: Vec<&str> = taken.left.iter().map(|left| left.why.as_str()).collect();
    assert!(
        whys.contains(&"a link") && whys.contains(&"asks, but its list does not"),
        "{whys:?}"
    );
}
