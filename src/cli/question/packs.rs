//! `circlet question packs`: what comes with circlet, and taking it into the bank.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::Cx;
use crate::cli::args::{Accept, Global};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::out::Out;
use crate::cli::question::add::{known, take};
use crate::domain::question::same_words;
use crate::exchange::questions::Taken;
use crate::packs as shipped;

/// The pack that comes with circlet.
const STARTER: &str = "starter";

/// Packs of questions.
#[derive(Clone, Debug, Args)]
pub struct Packs {
    /// Add this pack to the bank
    #[arg(long, value_name = "NAME")]
    add: Option<String>,
    #[command(flatten)]
    accept: Accept,
}

impl Packs {
    /// Whether it can be answered without a store.
    pub(in crate::cli) const fn only_lists(&self) -> bool {
        self.add.is_none()
    }
}

pub(in crate::cli) fn packs(global: &Global, out: &mut Out<'_>) -> Exit {
    let starter = shipped::questions().len();
    let all = shipped::templates();
    if global.json {
        let templates: Vec<Value> = all
            .iter()
            .map(|template| {
                json!({
                    "id": template.id, "name": template.name.as_str(), "kind": "template",
                    "minutes": template.minutes, "blocks": template.blocks.len(),
                    "about": template.about.as_str(),
                })
            })
            .collect();
        let mut items = vec![json!({"id": STARTER, "kind": "questions", "questions": starter})];
        items.extend(templates);
        out.json(&json!({"schema": "circlet.packs/1", "items": items}));
        return Exit::Done;
    }
    let mut rows = vec![vec![
        STARTER.to_owned(),
        format!("{starter} questions"),
        "circlet question packs --add starter".to_owned(),
    ]];
    rows.extend(all.iter().map(|template| {
        vec![
            template.id.clone(),
            format!("template, {} min", template.minutes),
            template.about.to_string(),
        ]
    }));
    out.table(&rows);
    Exit::Done
}

pub(super) fn add(cx: &mut Cx<'_, '_>, which: &Packs) -> Outcome {
    let Some(name) = which.add.as_deref() else {
        return Ok(packs(cx.global, cx.out));
    };
    if name != STARTER {
        return Err(CliError::usage("There is one pack of questions: starter."));
    }
    let known = known(cx)?;
    let mut taken = Taken {
        questions: shipped::questions(),
        ..Taken::default()
    };
    taken
        .questions
        .retain(|question| !known.words.contains(&same_words(&question.text)));
    take(cx, taken, STARTER, which.accept)
}
