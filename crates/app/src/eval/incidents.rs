//! `incidents`: which sentences of a message tell of one incident; learned from MUC-4 train, measured
//! on dev.
//!
//! `tocsin eval incidents --data ../shared/data/muc4 --predictions data/incident/worths.tsv` writes the
//! table that the program embeds. Messages are read as both suites have them, in small letters without a
//! day and in capitals with one, and with and without the model.

use std::path::Path;

use engine::Knowledge;
use engine::eval::muc::GttGold;
use engine::eval::muc::full::FullGold;
use engine::eval::{Form, Item, Measure, Tally, json_lines};
use engine::incident::gather::Worths;
use engine::incident::gather::teach::{Example, teach};
use reading::Document;
use serde_json::json;

use super::{Case, Evaluated, Section, Source, Suite, files, spread};

/// Where the table comes from, as it stands at its head.
const HEAD: &str = "# What each sign of one incident is worth, in log-odds. Made by `tocsin eval incidents --predictions`\n\
                    # from MUC-4 train (public domain). Only these numbers leave it.\n\
                    # worth\tsign\n";

/// Learns from `train` and measures on `dev`, both in the folder that is named.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let plain = Knowledge::embedded();
    let both = [known, &plain];
    let (train, _) = read(&source.data, "train", &both)?;
    let (dev, gold) = read(&source.data, "dev", &both)?;
    let lessons: Vec<Example> = train.iter().flat_map(|m| m.examples.iter().copied()).collect();
    let worths = teach(&lessons);
    let measures = [
        "one incident, learned",
        "one incident, by rules",
        "several, learned",
        "several, by rules",
    ];
    let cases = dev.iter().map(|message| case(message, &worths)).collect();
    let measures = measures.map(|name| Measure { name, form: Form::Share }).to_vec();
    let judged = Section { name: "dev".into(), measures, cases, figures: Vec::new() };
    let item = Item { id: "worths".into(), tallies: vec![Tally::answer(true)], wrong: Vec::new() };
    let learned = Section {
        name: "worths".into(),
        measures: vec![Measure { name: "learned", form: Form::Count }],
        cases: vec![Case {
            item,
            text: json!(null),
            gold: json!(null),
            given: json!(format!("{HEAD}{}", worths.rows())),
        }],
        figures: Vec::new(),
    };
    Ok(Evaluated {
        suite: Suite::Incidents,
        gold,
        sections: vec![judged, learned],
        missing: Vec::new(),
    })
}

/// A message in one of its forms.
struct Message {
    id: String,
    /// Whether gold has several incidents in it.
    several: bool,
    examples: Vec<Example>,
}

/// The messages of a split in both forms, each read by each coder.
fn read(
    folder: &Path,
    split: &str,
    coders: &[&Knowledge],
) -> anyhow::Result<(Vec<Message>, files::Gold)> {
    let path = |part: &str| {
        let wanted = format!("{split}{part}");
        files::one(folder, &format!("named \"{wanted}\""), |name| name.contains(&wanted))
    };
    let paths = [path(".gtt.")?, path(".full.")?];
    let (gold, read) = files::gold(folder, &paths)?;
    let text = |i: usize| read.get(i).map_or("", |file| file.text.as_str());
    let small = json_lines::<GttGold>(text(0)).map_err(|bad| files::bad_gold(&paths[0], &bad))?;
    let large = json_lines::<FullGold>(text(1)).map_err(|bad| files::bad_gold(&paths[1], &bad))?;
    let pairs: Vec<(GttGold, FullGold)> = small.into_iter().zip(large).collect();
    if let Some((small, large)) = pairs.iter().find(|(small, large)| small.docid != large.docid) {
        anyhow::bail!(
            "\"{}\": message \"{}\" of one form stands where the other has \"{}\"; are both of one split?",
            folder.display(),
            small.docid,
            large.docid
        );
    }
    let messages = spread(pairs, |(small, large)| {
        let read = |text: &str| {
            let document = Document::new(None, text.to_owned());
            let lessons = coders.iter().map(|known| engine::lesson(&document, known));
            lessons.flat_map(|lesson| lesson.examples(&small.templates)).collect::<Vec<_>>()
        };
        let examples = [read(&small.doctext), read(&large.text)].concat();
        Message { id: small.docid.clone(), several: small.templates.len() > 1, examples }
    })?;
    Ok((messages, gold))
}

fn case(message: &Message, worths: &Worths) -> Case {
    let right = |judge: &dyn Fn(&Example) -> bool| {
        let right = message.examples.iter().filter(|example| judge(example) == example.same);
        Tally::share(right.count(), message.examples.len())
    };
    let learned = right(&|example| worths.judge(&example.signs) > 0.0);
    let ruled = right(&Example::is_ruled);
    let none = Tally::default();
    let tallies = if message.several {
        vec![none, none, learned, ruled]
    } else {
        vec![learned, ruled, none, none]
    };
    let item = Item { id: message.id.clone(), tallies, wrong: Vec::new() };
    Case { item, text: json!(null), gold: json!(null), given: json!(null) }
}
