//! What comes with circlet: the starter bank, formats, templates of sessions, programmes, and the people of
//! the demo.
//! All of it is TOML inside the program, in our own words, and checked by the tests of this module.

use serde::Deserialize;

use crate::domain::format::Format;
use crate::domain::programme::Programme;
use crate::domain::question::DraftQuestion;
use crate::domain::shelf::Shelf;
use crate::domain::template::Template;

pub mod demo;

const STARTER: &str = include_str!("packs/starter.toml");
const FORMATS: &str = include_str!("packs/formats.toml");
const TEMPLATES: &str = include_str!("packs/templates.toml");
const PROGRAMMES: &str = include_str!("packs/programmes.toml");

/// Questions as a pack of TOML has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionPack {
    /// Its name.
    #[serde(rename = "name")]
    _name: String,
    /// Counted up when it changes.
    #[serde(rename = "version")]
    _version: u32,
    question: Vec<DraftQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplatePack {
    template: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatPack {
    format: Vec<Format>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammePack {
    programme: Vec<Programme>,
}

/// The starter bank, in the order of its themes.
pub fn questions() -> Vec<DraftQuestion> {
    let pack: QuestionPack =
        toml::from_str(STARTER).expect("the starter bank is part of the program and tested");
    pack.question
}

/// The formats and templates, in the order in which they are offered; the last template is empty.
pub fn shelf() -> Shelf {
    let formats: FormatPack =
        toml::from_str(FORMATS).expect("the formats are part of the program and tested");
    let templates: TemplatePack =
        toml::from_str(TEMPLATES).expect("the templates are part of the program and tested");
    Shelf::new(formats.format, templates.template)
}

/// The programmes, in the order in which they are offered.
pub fn programmes() -> Vec<Programme> {
    let pack: ProgrammePack =
        toml::from_str(PROGRAMMES).expect("the programmes are part of the program and tested");
    pack.programme
}

/// The templates with the steps of their formats.
pub fn templates() -> Vec<Template> {
    shelf().templates()
}

/// The template that is called `id`.
pub fn template(id: &str) -> Option<Template> {
    shelf().template(id)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::domain::question::{Depth, QuestionKind, same_words};

    /// How a question begins that yes or no would answer.
    const CLOSED: [&str; 20] = [
        "Am", "Are", "Can", "Could", "Did", "Do", "Does", "Had", "Has", "Have", "Is", "May",
        "Might", "Shall", "Should", "Was", "Were", "Will", "Would", "Must",
    ];

    /// What a look at our own words would object to: signs that not every terminal draws alike.
    fn plain(text: &str) -> bool {
        text.chars().all(|c| c.is_ascii_graphic() || c == ' ') && !text.contains('!')
    }

    #[test]
    fn the_starter_bank_is_large_varied_and_without_repeats() {
        let questions = questions();
        assert!(questions.len() >= 252, "{}", questions.len());
        let keys: BTreeSet<_> = questions.iter().map(|q| same_words(&q.text)).collect();
        assert_eq!(keys.len(), questions.len());
        let mut kinds = BTreeMap::new();
        let mut depths = BTreeMap::new();
        for question in &questions {
            *kinds.entry(question.kind).or_insert(0) += 1;
            *depths.entry(question.depth).or_insert(0) += 1;
        }
        for kind in QuestionKind::ALL {
            assert!(
                kinds.get(&kind).is_some_and(|count| *count >= 16),
                "{kind}: {kinds:?}"
            );
        }
        for depth in Depth::ALL {
            assert!(
                depths.get(&depth).is_some_and(|count| *count >= 50),
                "{depths:?}"
            );
        }
        let with_more = questions
            .iter()
            .filter(|q| !q.follow_ups.is_empty())
            .count();
        assert!(10 * with_more > 9 * questions.len());
    }

    #[test]
    fn every_subject_of_mentoring_is_asked_about_from_light_to_deep() {
        let questions = questions();
        let mut themes: BTreeMap<_, Vec<Depth>> = BTreeMap::new();
        for question in &questions {
            let depths = themes.entry(question.theme.as_str()).or_default();
            depths.push(question.depth);
        }
        for subject in [
            "Growth",
            "Competencies",
            "Finding each other",
            "Tailoring",
            "Culture",
            "Inclusion",
            "Active mentees",
            "Feedback",
            "Measuring",
            "Career steps",
            "Authority",
            "Strategy and daily work",
            "Morale",
            "Change",
        ] {
            assert!(themes[subject].len() >= 8, "{subject}");
        }
        for (theme, depths) in themes {
            assert!(depths.len() >= 6, "{theme}");
            assert!(Depth::ALL.iter().all(|d| depths.contains(d)), "{theme}");
        }
    }

    #[test]
    fn no_competency_stands_alone() {
        let mut competencies = BTreeMap::new();
        for question in questions() {
            if let Some(competency) = question.competency {
                *competencies.entry(competency.to_string()).or_insert(0) += 1;
            }
        }
        // One that is spelled in two ways would show up here.
        assert!(
            competencies.len() >= 20 && competencies.values().all(|count| *count >= 4),
            "{competencies:?}"
        );
    }

    #[test]
    fn every_question_asks_openly_in_plain_signs() {
        for question in questions() {
            let text = question.text.as_str();
            assert!(text.contains('?') && plain(text), "{text}");
            assert!(text.len() <= 180, "{text}");
            assert!((1..=15).contains(&question.minutes), "{text}");
            assert_eq!(question.source, "circlet");
            assert!(
                plain(&question.theme) && !question.theme.is_empty(),
                "{text}"
            );
            for more in &question.follow_ups {
                assert!(
                    plain(more) && more.ends_with('?') || more.starts_with("Listener"),
                    "{more}"
                );
            }
            for asked in [&question.text].into_iter().chain(&question.follow_ups) {
                let opening = asked.split(' ').next().unwrap();
                assert!(!CLOSED.contains(&opening), "{asked}");
            }
        }
    }

    #[test]
    fn every_template_keeps_its_own_rules() {
        let ids: Vec<_> = templates()
            .into_iter()
            .map(|template| template.id)
            .collect();
        assert_eq!(
            ids,
            [
                "mentoring-classic-90",
                "hot-seats-60",
                "book-club-60",
                "lean-coffee-45",
                "two-seats-90",
                "action-learning-90",
                "guest-speaker-60",
                "case-discussion-75",
                "kick-off-90",
                "mid-point-review-60",
                "closing-60",
                "empty"
            ]
        );
        for template in templates() {
            assert_eq!(template.check(), Ok(()));
            let minutes = template
                .id
                .rsplit('-')
                .next()
                .and_then(|word| word.parse().ok());
            assert_eq!(minutes.unwrap_or(60), template.minutes, "{}", template.id);
            assert!(!template.about.is_empty() && plain(&template.about));
        }
        assert_eq!(
            template("empty").map(|template| template.blocks.len()),
            Some(0)
        );
        assert_eq!(template("nothing"), None);
    }

    #[test]
    fn steps_of_templates_say_what_to_do_in_one_short_line() {
        for template in templates() {
            for step in template.blocks.iter().flat_map(|block| &block.steps) {
                assert!(plain(&step.says) && !step.says.is_empty(), "{}", step.title);
                assert!(
                    step.says.len() <= 110 && step.title.len() <= 20,
                    "{}: {}",
                    template.id,
                    step.says
                );
                assert!(
                    step.each.is_none() || step.mode.has_turns(),
                    "{}: {}",
                    template.id,
                    step.title
                );
            }
        }
    }

    #[test]
    fn every_programme_keeps_its_own_rules_and_can_be_covered() {
        let ids: Vec<_> = programmes().into_iter().map(|one| one.id).collect();
        assert_eq!(ids, ["three-months", "six-months", "twelve-months"]);
        // Fortnightly for the short ones, monthly for the year.
        for (programme, meetings) in programmes().iter().zip([7, 13, 12]) {
            let none: [String; 0] = [];
            assert_eq!(programme.faults(|id| template(id).is_some()), none);
            assert!(plain(&programme.about) && plain(&programme.name));
            let goals = programme.choose(&[]).unwrap();
            let laid = programme.lay(meetings, &goals);
            assert_eq!(laid.warnings(), none, "{}", programme.id);
        }
    }

    #[test]
    fn every_format_keeps_its_own_rules_and_says_what_to_do() {
        let shelf = shelf();
        let ids: Vec<_> = shelf
            .formats()
            .iter()
            .map(|format| format.id.as_str())
            .collect();
        for id in [
            "hot-seat",
            "action-learning",
            "troika",
            "one-two-four-all",
            "forum-presentation",
            "lean-coffee",
            "check-in-round",
            "silent-writing",
            "action-review",
            "appreciation-round",
            "closing-round",
            "one-action-each",
            "read-back",
            "break",
        ] {
            assert!(ids.contains(&id), "{id} among {ids:?}");
        }
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        for format in shelf.formats() {
            assert_eq!(format.check(), Ok(()));
            assert!(plain(&format.name) && plain(&format.about) && !format.about.is_empty());
            for step in &format.steps {
                assert!(plain(&step.says) && !step.says.is_empty(), "{}", step.title);
                assert!(
                    step.says.len() <= 110 && step.title.len() <= 20,
                    "{}",
                    step.says
                );
            }
        }
    }

    #[test]
    fn blocks_take_the_steps_of_their_format_and_fill_their_minutes() {
        let shelf = shelf();
        for template in shelf.templates() {
            let (_, faults) = shelf.resolve(&template);
            assert_eq!(faults, []);
            for block in template
                .blocks
                .iter()
                .filter(|block| !block.steps.is_empty())
            {
                let steps: u16 = block.steps.iter().map(|step| step.minutes).sum();
                assert_eq!(steps, block.minutes, "{}: {}", template.id, block.title);
            }
        }
        let two = shelf.template("two-seats-90").unwrap();
        let seat = |title: &str| {
            let block = two
                .blocks
                .iter()
                .find(|block| *block.title == *title)
                .unwrap();
            block
                .steps
                .iter()
                .map(|step| step.minutes)
                .collect::<Vec<_>>()
        };
        assert_eq!(seat("Seat one"), [3, 6, 10, 4, 2]);
        assert_eq!(seat("Seat two"), [3, 5, 8, 4, 2]);
        assert!(two.planned() <= 90);
    }

    #[test]
    fn the_bank_fills_every_template_without_asking_twice() {
        let bank = questions();
        for template in templates() {
            let mut wanted = BTreeMap::new();
            for block in &template.blocks {
                if let Some(kind) = block.draws() {
                    *wanted.entry(kind).or_insert(0) += usize::from(block.prompts);
                }
            }
            for (kind, count) in wanted {
                let there = bank.iter().filter(|question| question.kind == kind).count();
                assert!(there >= count, "{}: {kind}", template.id);
            }
        }
    }

    #[test]
    fn a_template_survives_being_written_and_read() {
        for template in templates() {
            let text = toml::to_string(&template).unwrap();
            assert_eq!(toml::from_str::<Template>(&text).unwrap(), template);
        }
    }
}
