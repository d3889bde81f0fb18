//! Builds a plan from a template: which questions to draw, and where they go.

use crate::command::plan::{BlockDraft, Plan, WantedPrompt, wanted};
use crate::domain::agenda::Prompt;
use crate::domain::book::fit::Part;
use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::template::Template;
use crate::engine::query::{Query, QuestionRow};

/// The query that draws the questions of a template for a circle, and for the part of a book that it reads.
pub fn draws(template: &Template, circle: CircleId, (seed, part): (u64, Option<Part>)) -> Query {
    let blocks = template.blocks.iter();
    Query::Draw {
        circle,
        kinds: blocks
            .flat_map(|block| std::iter::repeat_n(block.draws(), usize::from(block.prompts)))
            .flatten()
            .map(Some)
            .collect(),
        without: Vec::new(),
        seed,
        part,
    }
}

/// A session from a template that begins at `start`, with the questions that were drawn.
pub fn plan_from(template: &Template, start: Moment, drawn: Vec<QuestionRow>) -> Plan {
    let mut plan = Plan::from_template(template, start);
    fill(&mut plan.blocks, &wanted(template), drawn);
    plan
}

/// Puts questions that were drawn into the blocks that want them. A block whose kind of question ran out gets fewer.
pub fn fill(blocks: &mut [BlockDraft], wanted: &[WantedPrompt], mut drawn: Vec<QuestionRow>) {
    for wanted in wanted {
        let fitting = drawn
            .iter()
            .position(|row| row.question.kind == wanted.kind);
        if let (Some(at), Some(block)) = (fitting, blocks.get_mut(wanted.block)) {
            let row = drawn.remove(at);
            block.prompts.push(Prompt::of(&row.question, row.asked));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{Ids, QuestionId};
    use crate::packs;

    fn bank() -> Vec<QuestionRow> {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let rows = packs::questions().into_iter().zip(1..);
        rows.map(|(draft, number)| {
            let question = draft.into_question(QuestionId(ids.make()), number);
            QuestionRow::new(question, None)
        })
        .collect()
    }

    #[test]
    fn every_template_gets_the_questions_it_asks_for_and_none_twice() {
        for template in packs::templates() {
            let plan = plan_from(&template, Moment::from_millis(0), bank());
            let mut seen = std::collections::BTreeSet::new();
            for (block, draft) in template.blocks.iter().zip(&plan.blocks) {
                let wanted = if block.draws().is_some() {
                    block.prompts
                } else {
                    0
                };
                assert_eq!(draft.prompts.len(), usize::from(wanted), "{}", template.id);
                assert_eq!(draft.steps.len(), block.steps.len());
                let fresh = draft
                    .prompts
                    .iter()
                    .all(|prompt| seen.insert(prompt.question));
                assert!(fresh, "{}", template.id);
            }
            assert_eq!(plan.minutes, template.minutes);
        }
    }

    #[test]
    fn a_bank_that_runs_out_leaves_the_block_with_fewer() {
        let template = packs::template("mentoring-classic-90").unwrap();
        let plan = plan_from(&template, Moment::from_millis(0), Vec::new());
        assert!(plan.blocks.iter().all(|block| block.prompts.is_empty()));
        assert_eq!(plan.blocks.len(), template.blocks.len());
    }
}
