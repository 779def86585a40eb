//! `linking`: learns the weights of linking from all that is annotated, and writes them as the table
//! that the program embeds.
//!
//! `tocsin eval linking --data ../shared/data --predictions weights.tsv`. What it prints is modern
//! digests linked by what the two other data sets alone teach, since the table that it writes has
//! seen all three.

use engine::Knowledge;
use engine::eval::{Form, Item, Measure, Tally};
use engine::link::Linker;
use engine::link::learn::teach;
use serde_json::json;

use super::cluster::Gathered;
use super::{Case, Evaluated, Section, Source, Suite, ecbplus, events, maverick};

/// How much a pair of digests counts: there are few, and they are what the program is for.
const DIGESTS: f64 = 5.0;

/// Learns from `ecbplus`, `maverick` and `modern` in the folder that is named.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let linker = Linker::embedded();
    let (corpus, _) = ecbplus::read(&source.data.join("ecbplus"), &linker)?;
    let (reports, _) = maverick::read(&source.data.join("maverick"))?;
    let digests = Source { data: source.data.join("modern"), docs: source.docs.clone(), ..*source };
    let events::Read { gold, articles, documents } = events::read(Suite::Modern, &digests)?;
    let gathered = Gathered::of(&articles, &documents, &linker, known)?;
    let all = |n: usize| (0..n).collect::<Vec<usize>>();
    let others = || {
        vec![
            corpus.lesson(&all(corpus.docs.len()), 1.0),
            reports.lesson(&all(reports.rows.len()), 1.0),
        ]
    };
    let held_out = teach(&others());
    let mut lessons = others();
    lessons.extend(gathered.lessons(DIGESTS));
    let weights = teach(&lessons);
    let mut sections = gathered.sections("modern, held out", &held_out);
    sections.extend(gathered.sections("modern, seen", &weights));
    let head = "# What each sign of one event is worth, in log-odds: by hand; learned where two reports meet; and\n\
                # learned among like reports. Made by `tocsin eval linking --predictions` from ECB+ topics 1-35 (CC BY\n\
                # 3.0), maverick dev (CC BY 4.0) and our own digests (modern dev). Only these numbers leave them.\n\
                # sign\tby hand\tmeeting\tamong\twords\n";
    let item = Item { id: "weights".into(), tallies: vec![Tally::answer(true)], wrong: Vec::new() };
    let given = json!(format!("{head}{}", weights.rows()));
    sections.push(Section {
        name: "weights".into(),
        measures: vec![Measure { name: "learned", form: Form::Count }],
        cases: vec![Case { item, text: json!(null), gold: json!(null), given }],
        figures: Vec::new(),
    });
    Ok(Evaluated { suite: Suite::Linking, gold, sections, missing: Vec::new() })
}
