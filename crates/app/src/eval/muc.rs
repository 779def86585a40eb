//! `muc4-ree` and `muc4-gtt`: the gold carries its texts.
//!
//! The text is `doctext`, in lower case and without a dateline, since the exchange forms want
//! mentions as they stand there. So the day of publication is not known.

use engine::Knowledge;
use engine::eval::muc::{
    Fillers, GttGold, GttPrediction, Mention, ReeGold, Role, gtt, predict, ree,
};
use engine::eval::{Measure, json_lines};
use reading::Document;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Case, Evaluated, Section, Source, Suite, files, spread};

/// Codes the texts of the gold and scores what comes of it.
pub(super) fn evaluate(
    suite: Suite,
    source: &Source,
    known: &Knowledge,
) -> anyhow::Result<Evaluated> {
    let (part, measures): (_, fn() -> Vec<Measure>) = match suite {
        Suite::Muc4Ree => (".ree.", ree::measures),
        _ => (".gtt.", gtt::measures),
    };
    let what = format!("with \"{part}\" in its name");
    let path = files::one(&source.data, &what, |name| name.contains(part))?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let cases = match suite {
        Suite::Muc4Ree => spread(lines::<ReeGold>(&path, text)?, |gold| ree_case(&gold, known)),
        _ => spread(lines::<GttGold>(&path, text)?, |gold| gtt_case(&gold, known)),
    };
    let sections = vec![Section { name: suite.to_string(), measures: measures(), cases }];
    Ok(Evaluated { suite, gold, sections, missing: Vec::new() })
}

fn lines<T: DeserializeOwned>(path: &std::path::Path, text: &str) -> anyhow::Result<Vec<T>> {
    json_lines(text).map_err(|bad| files::bad_gold(path, &bad))
}

fn templates(doctext: &str, known: &Knowledge) -> GttPrediction {
    let document = Document::new(None, doctext.to_owned());
    predict::templates(&engine::code(&document, known).reports, &document)
}

fn ree_case(gold: &ReeGold, known: &Knowledge) -> Case {
    let given = predict::entities(&templates(&gold.doctext, known));
    Case {
        item: ree::score(&gold.docid, &gold.extracts, &given.pred_extracts),
        text: json!(gold.doctext),
        gold: readable(&gold.extracts),
        given: json!(given),
    }
}

fn gtt_case(gold: &GttGold, known: &Knowledge) -> Case {
    let given = templates(&gold.doctext, known);
    let wanted = gold.templates.iter().map(|template| {
        let mut shown = readable(&template.fillers);
        shown["incident_type"] = json!(template.incident_type);
        shown
    });
    Case {
        item: gtt::score(&gold.docid, &gold.templates, &given.pred_templates),
        text: json!(gold.doctext),
        gold: Value::Array(wanted.collect()),
        given: json!(given),
    }
}

/// The mentions of each entity without their offsets.
fn readable(fillers: &Fillers) -> Value {
    let roles = Role::ALL.into_iter().map(|role| {
        let entities = fillers.of(role).iter().map(|entity| {
            let mentions: Vec<&str> = entity.0.iter().map(Mention::words).collect();
            json!(mentions.join(" / "))
        });
        (role.as_str().to_owned(), Value::Array(entities.collect()))
    });
    Value::Object(roles.collect())
}
