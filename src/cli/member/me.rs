//! `circlet member me`: who is sitting here.

use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome, echo, sentence};
use crate::config;
use crate::domain::text::{Clean, fold};

pub(super) fn me(cx: &mut Cx<'_, '_>, typed: Option<&str>) -> Outcome {
    let Some(typed) = typed else {
        let me = cx.desk.me().ok_or_else(crate::cli::name::no_me)?.to_owned();
        cx.out.line(Clean::line(&me).as_str());
        return Ok(Exit::Done);
    };
    let name = match cx.desk.circle(cx.global) {
        Ok(circle) => cx.desk.person(circle.id, typed)?.name.clone(),
        Err(_) => somewhere(cx, typed)?,
    };
    let paths = &cx.place.paths;
    config::keep_me(&paths.config, &paths.store, name.as_str())
        .map_err(|error| CliError::failed(sentence(&error.to_string())))?;
    if cx.global.json {
        cx.show(
            "receipt",
            serde_json::json!({
                "saved": [{"type": "me", "name": name.as_str()}], "warnings": [], "undo": null,
            }),
            &[],
        );
    } else {
        cx.out.line(&format!("saved you are {name}"));
    }
    Ok(Exit::Done)
}

/// With several circles, or none, whoever is found in one of them is meant.
fn somewhere(cx: &Cx<'_, '_>, typed: &str) -> Result<Clean, CliError> {
    let state = cx.desk.state();
    let mut found: Vec<Clean> = Vec::new();
    let circles = state.circles().filter(|circle| circle.archived.is_none());
    for circle in crate::cli::name::in_order(circles) {
        if let Ok(member) = cx.desk.person(circle.id, typed)
            && !found.iter().any(|name| fold(name) == fold(&member.name))
        {
            found.push(member.name.clone());
        }
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CliError::usage(format!(
            "Nobody is called \"{}\" in any circle. Add yourself first: circlet member add NAME",
            echo(typed)
        ))),
        many => Err(CliError::usage(format!(
            "\"{}\" could be {}. Write more of the name, or add --circle NAME.",
            echo(typed),
            crate::cli::name::listed(many.iter().map(Clean::to_string).collect(), many.len())
        ))),
    }
}
