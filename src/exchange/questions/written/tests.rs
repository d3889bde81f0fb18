use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::id::QuestionId;
use crate::domain::question::{Depth, DraftQuestion, QuestionKind, same_words};
use crate::exchange::questions::{Taken, parse};

fn clean(text: &str) -> Clean {
    Clean::line(text)
}

fn questions(drafts: Vec<DraftQuestion>) -> Vec<Question> {
    let mut out = Vec::new();
    for (n, mut draft) in (1..).zip(drafts) {
        // Words of its own, so that none is left out as said twice.
        draft.text = clean(&format!("{} number {n}?", draft.text));
        let id = QuestionId(Uuid::from_u128(n.into()));
        out.push(draft.into_question(id, n));
    }
    out
}

fn text() -> impl Strategy<Value = Clean> {
    r"[-=+@#>*_`\[\]<&~|'.,;:!0-9a-zA-Zé ]{0,24}[a-z]".prop_map(|text| clean(&text))
}

prop_compose! {
    fn draft()(text in text(), follow_ups in prop::collection::vec(text(), 0..3), theme in prop::option::of("[a-z]{3,9}( [a-z]{3,5})?"),
               depth in prop::sample::select(vec![Depth::WarmUp, Depth::Reflect, Depth::Deep]),
               kind in prop::sample::select(vec![QuestionKind::Pair, QuestionKind::Reflection, QuestionKind::CheckIn]),
               competency in prop::option::of(text()), minutes in 1u16..60, source in text(), starred in any::<bool>()) -> DraftQuestion {
        DraftQuestion {
            follow_ups, depth, kind, competency, minutes, source, starred,
            theme: clean(theme.as_deref().unwrap_or_default()),
            language: starred.then(|| clean("en")),
            ..DraftQuestion::new(text)
        }
    }
}

/// Every question as it comes back, without the line that it had.
fn back(taken: Taken) -> Vec<Question> {
    let questions = (1..).zip(taken.questions);
    questions
        .map(|(n, draft)| {
            let id = draft.uid.unwrap_or(QuestionId(Uuid::nil()));
            draft.into_question(id, n)
        })
        .collect()
}

proptest! {
    #[test]
    fn what_holds_everything_comes_back_the_same_and_is_known_then(drafts in prop::collection::vec(draft(), 1..6)) {
        let questions = questions(drafts);
        for format in [Format::Toml, Format::Json, Format::Csv] {
            let text = write(&questions, format).unwrap();
            let taken = parse(&text, Some(format), &|_| false);
            prop_assert_eq!(&taken.faults, &[], "{}", text);
            prop_assert_eq!(&back(taken), &questions, "{}", text);
            let known: Vec<String> = questions.iter().map(|q| same_words(&q.text)).collect();
            let again = parse(&text, Some(format), &|words| known.iter().any(|known| known == words));
            prop_assert_eq!(again.questions, vec![]);
            prop_assert_eq!(again.left.len(), questions.len());
        }
    }

    #[test]
    fn lists_keep_words_themes_and_follow_ups(drafts in prop::collection::vec(draft(), 1..6)) {
        let mut questions = questions(drafts);
        for format in [Format::Text, Format::Markdown] {
            let text = write(&questions, format).unwrap();
            let mut taken = back(parse(&text, Some(format), &|_| false));
            let says = |q: &Question| (q.theme.clone(), q.text.clone(), q.follow_ups.clone());
            taken.sort_by_key(says);
            questions.sort_by_key(says);
            let (taken, wanted): (Vec<_>, Vec<_>) = (taken.iter().map(says).collect(), questions.iter().map(says).collect());
            prop_assert_eq!(taken, wanted, "{}", text);
        }
    }
}

#[test]
fn a_cell_that_a_spreadsheet_would_calculate_is_guarded_and_comes_back_bare() {
    let draft = |text: &str| DraftQuestion::new(clean(text));
    let questions = questions(vec![
        draft("=1+1"),
        draft("@home"),
        draft("'=x"),
        draft("-2 or"),
        draft("'tis"),
    ]);
    let text = write(&questions, Format::Csv).unwrap();
    for line in text.lines().skip(1) {
        assert!(!line.starts_with(['=', '@', '-', '+']), "{line}");
    }
    assert!(text.contains("\n'=1+1"), "{text}");
    assert_eq!(back(parse(&text, Some(Format::Csv), &|_| false)), questions);
}

#[test]
fn a_line_that_does_not_ask_stays_a_question_in_markdown() {
    let mut draft = DraftQuestion::new(clean("Describe a time when you were wrong."));
    draft.theme = clean("growth");
    draft.follow_ups = vec![clean("What did you learn?")];
    let question = draft.into_question(QuestionId(Uuid::from_u128(1)), 1);
    let text = write(&[question], Format::Markdown).unwrap();
    let taken = parse(&text, Some(Format::Markdown), &|_| false);
    assert_eq!(taken.questions.len(), 1, "{text}");
    assert_eq!(taken.questions[0].theme, "growth");
    assert_eq!(taken.questions[0].follow_ups.len(), 1);
}

#[test]
fn an_empty_bank_can_be_written() {
    for format in [
        Format::Text,
        Format::Markdown,
        Format::Csv,
        Format::Json,
        Format::Toml,
    ] {
        write(&[], format).unwrap();
    }
}
