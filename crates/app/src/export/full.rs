//! Our own columns: all that a row of events or reports says, with its bounds and what it rests on.

use serde_json::json;

use super::columns::Sort::{Day, Flag, Real, Text, Whole};
use super::columns::{Column, View, column};

/// Our own columns.
pub(crate) const VIEW: View = View {
    name: "full",
    title: "Our own form",
    says: "A row is an event, or with `--reports` a report. Numbers are bounds: `low` is no fewer, `high` no more, `best` the number that is given; a column is empty where the texts do not say. All values of an event, with who gives each, are in its JSON.",
    around: false,
    columns: COLUMNS,
};

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column("id", Text, "#event+id", "The event, or the report. Made from its content, so it is the same in every ledger.", |r| json!(r.line.id)),
    column("document", Text, "#meta+document+id", "The document of the report; of an event, that of its first report.", |r| json!(r.line.document)),
    column("kind", Text, "#event+kind", "A term of the list of kinds.", |r| json!(r.line.kind)),
    column("mode", Text, "#event+mode", "A term of the list of modes.", |r| json!(r.line.mode)),
    column("stage", Text, "#event+stage", "A term of the list of stages.", |r| json!(r.line.stage)),
    column("assertion", Text, "#event+assertion", "A term of the list of assertions.", |r| json!(r.line.assertion)),
    column("main", Flag, "#event+main", "Whether a document is about it, and does not only mention it.", |r| json!(r.line.main)),
    column("start", Day, "#date+start", "The first day on which it can have been, as in 2024-03-22.", |r| json!(r.line.first_day)),
    column("end", Day, "#date+end", "The last day on which it can have been.", |r| json!(r.line.last_day)),
    column("when_basis", Text, "#date+basis", "On what the day rests: stated, inferred or assumed.", |r| json!(r.line.when_basis)),
    column("country", Text, "#country+code+v_iso2", "ISO 3166-1 alpha-2.", |r| json!(r.line.country)),
    column("admin1", Text, "#adm1+name", "The first-level area.", |r| json!(r.line.admin1)),
    column("place", Text, "#loc+name", "The city, town or village.", |r| json!(r.line.place)),
    column("site", Text, "#loc+site+name", "The building or spot.", |r| json!(r.line.site)),
    column("lat", Real, "#geo+lat", "Degrees north, of the most exact place that is known.", |r| json!(r.line.lat)),
    column("lon", Real, "#geo+lon", "Degrees east.", |r| json!(r.line.lon)),
    column("where_basis", Text, "#geo+basis", "On what the place rests: stated, inferred or assumed.", |r| json!(r.line.where_basis)),
    column("killed_low", Whole, "#affected+killed+min", "No fewer were killed.", |r| json!(r.line.killed[0])),
    column("killed_best", Whole, "#affected+killed", "The number killed that is given.", |r| json!(r.line.killed[1])),
    column("killed_high", Whole, "#affected+killed+max", "No more were killed. Empty also where there is no upper end.", |r| json!(r.line.killed[2])),
    column("injured_low", Whole, "#affected+injured+min", "No fewer were injured.", |r| json!(r.line.injured[0])),
    column("injured_best", Whole, "#affected+injured", "The number injured that is given.", |r| json!(r.line.injured[1])),
    column("injured_high", Whole, "#affected+injured+max", "No more were injured. Empty also where there is no upper end.", |r| json!(r.line.injured[2])),
    column("perpetrators", Text, "#group+perpetrator", "Who is said to have done it, in the words of the texts, with semicolons between.", |r| json!(r.line.perpetrators)),
    column("confidence", Real, "#meta+confidence", "How sure the coder is, from 0 to 1; of an event, of its surest report.", |r| json!((r.line.confidence * 1e4).round() / 1e4)),
    column("title", Text, "#meta+title", "The title of the document.", |r| json!(r.line.title)),
    column("outlet", Text, "#meta+source", "Who published it.", |r| json!(r.line.outlet)),
    column("published", Day, "#date+published", "The day of publication.", |r| json!(r.line.published)),
    column("url", Text, "#meta+url", "The address of the document.", |r| json!(r.line.url)),
    column("duplicate_of", Text, "#meta+duplicate+id", "The earlier document that says the same.", |r| json!(r.line.duplicate_of)),
    column("reports", Whole, "#meta+reports+num", "How many reports an event has; empty for reports.", |r| json!(r.line.told.map(|told| told.0))),
    column("sources", Whole, "#meta+source+num", "How many independent sources an event has: reprints of one text are one source. Empty for reports.", |r| json!(r.line.told.map(|told| told.1))),
];
