//! `muc4-ree`, `muc4-gtt` and `muc4-full`: the gold carries its texts.
//!
//! For the first two the text is `doctext`, in lower case and without a dateline, since the
//! exchange forms want mentions as they stand there. So the day of publication is not known.
//! For `muc4-full` it is `text`, in capitals and with a dateline.

use engine::Knowledge;
use engine::eval::muc::full::{self, FullGold};
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
        Suite::Muc4Full => (".full.", full::measures),
        _ => (".gtt.", gtt::measures),
    };
    let what = format!("with \"{part}\" in its name");
    let path = files::one(&source.data, &what, |name| name.contains(part))?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let cases = match suite {
        Suite::Muc4Ree => spread(lines::<ReeGold>(&path, text)?, |gold| ree_case(&gold, known))?,
        Suite::Muc4Full => spread(lines::<FullGold>(&path, text)?, |gold| full_case(&gold, known))?,
        _ => spread(lines::<GttGold>(&path, text)?, |gold| gtt_case(&gold, known))?,
    };
    let sections =
        vec![Section { name: suite.to_string(), measures: measures(), cases, figures: Vec::new() }];
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

fn full_case(gold: &FullGold, known: &Knowledge) -> Case {
    let document = Document::new(None, gold.text.clone());
    let reports = engine::code(&document, known).reports;
    let given = full::predict::templates(&gold.docid, &reports, &document, known);
    Case {
        item: full::score(&gold.docid, &gold.templates, &given.templates),
        text: json!(gold.text),
        gold: json!(gold.templates),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use engine::eval::muc::{Entity, ReePrediction, Template};
    use engine::eval::resample::{SEED, SplitMix64};
    use engine::eval::{Item, Scored};

    use super::*;
    use crate::eval::skipped;

    /// The independent scorer and the gold that it is tried on.
    fn shared(part: &str) -> Option<(PathBuf, String)> {
        let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
        let scorer = shared.join("eval/muc_score.py");
        let packed = std::fs::read(shared.join(format!("data/muc4/dev.{part}.jsonl.gz"))).ok()?;
        let gold = String::from_utf8(files::unpack(packed).ok()?).ok()?;
        scorer.is_file().then_some((scorer, gold))
    }

    /// What `muc_score.py` says of these predictions, for each measure precision, recall and F1.
    fn independently(scorer: &Path, part: &str, gold: &str, given: &Value) -> Option<Value> {
        let folder = tempfile::tempdir().unwrap();
        let (gold_path, given_path) = (folder.path().join("gold"), folder.path().join("given"));
        std::fs::write(&gold_path, gold).unwrap();
        std::fs::write(&given_path, given.to_string()).unwrap();
        let run = Command::new("python3")
            .args([scorer.as_os_str(), part.as_ref(), gold_path.as_ref(), given_path.as_ref()])
            .output()
            .ok()?;
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        Some(serde_json::from_slice(&run.stdout).unwrap())
    }

    fn assert_equal(measures: Vec<Measure>, items: Vec<Item>, theirs: &Value) {
        for row in (Scored { name: "muc".into(), measures, items }).rows(0, SEED) {
            let their = |key: &str| theirs[row.measure][key].as_f64().unwrap();
            for (ours, key) in [(row.precision, "p"), (row.recall, "r"), (row.value, "f1")] {
                let difference = (ours.unwrap() - their(key)).abs();
                assert!(difference < 0.0051, "{} {key}: {ours:?}, {}", row.measure, their(key));
            }
        }
    }

    /// Fillers with some entities lost, some moved to another role, some said in other words.
    fn spoilt(fillers: &Fillers, random: &mut SplitMix64) -> Fillers {
        let mut spoilt = Fillers::default();
        for role in Role::ALL {
            for entity in fillers.of(role) {
                let to = if random.below(8) == 0 { Role::ALL[random.below(5)] } else { role };
                let mention = entity.0[random.below(entity.0.len())].words().to_owned();
                let words = match random.below(6) {
                    0 => continue,
                    1 => format!("The {mention},"),
                    2 => format!("other {mention}"),
                    _ => mention,
                };
                let mut mentions = vec![Mention::Words(words)];
                if random.below(6) == 0 {
                    let last = entity.0.last().map(Mention::words).unwrap_or_default();
                    mentions.push(Mention::Words(last.to_owned()));
                }
                spoilt.of_mut(to).push(Entity(mentions));
            }
        }
        spoilt
    }

    #[test]
    fn entities_score_as_the_independent_scorer_scores_them() {
        let Some((scorer, text)) = shared("ree") else {
            skipped("entities_score_as_the_independent_scorer_scores_them", "no ../shared");
            return;
        };
        let gold: Vec<ReeGold> = json_lines(&text).unwrap();
        let mut random = SplitMix64::new(1);
        let given: BTreeMap<String, ReePrediction> = gold
            .iter()
            .map(|gold| {
                let pred_extracts = spoilt(&gold.extracts, &mut random);
                (gold.docid.clone(), ReePrediction { pred_extracts })
            })
            .collect();
        let Some(theirs) = independently(&scorer, "ree", &text, &json!(given)) else {
            skipped("entities_score_as_the_independent_scorer_scores_them", "no python3");
            return;
        };
        let score = |g: &ReeGold| ree::score(&g.docid, &g.extracts, &given[&g.docid].pred_extracts);
        assert_equal(ree::measures(), gold.iter().map(score).collect(), &theirs);
    }

    #[test]
    fn templates_score_as_the_independent_scorer_scores_them() {
        let Some((scorer, text)) = shared("gtt") else {
            skipped("templates_score_as_the_independent_scorer_scores_them", "no ../shared");
            return;
        };
        let gold: Vec<GttGold> = json_lines(&text).unwrap();
        let mut random = SplitMix64::new(2);
        let given: BTreeMap<String, GttPrediction> = gold
            .iter()
            .map(|gold| {
                // The reference tries every mapping: five templates are what it can bear.
                let n = gold.templates.len().min(5);
                let mut template = |of: &Template| {
                    let types = ["attack", "bombing", "", &of.incident_type, &of.incident_type];
                    let incident_type = types[random.below(types.len())].to_owned();
                    Template { incident_type, fillers: spoilt(&of.fillers, &mut random) }
                };
                let mut pred_templates: Vec<_> =
                    gold.templates.iter().rev().take(n).map(&mut template).collect();
                pred_templates.extend(gold.templates.first().filter(|_| n < 5).map(template));
                (gold.docid.clone(), GttPrediction { pred_templates })
            })
            .collect();
        let Some(theirs) = independently(&scorer, "gtt", &text, &json!(given)) else {
            skipped("templates_score_as_the_independent_scorer_scores_them", "no python3");
            return;
        };
        let score =
            |g: &GttGold| gtt::score(&g.docid, &g.templates, &given[&g.docid].pred_templates);
        assert_equal(gtt::measures(), gold.iter().map(score).collect(), &theirs);
    }
}
