//! The shapes of answers that the description names and that are made elsewhere, and the parameters.

use utoipa::{IntoParams, ToSchema};

/// An event or a report as one row, the columns of the CSV. An absent key means that no text says.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: `export::full` makes the rows")]
pub(in crate::serve) struct Row {
    id: String,
    /// The document of the first report.
    document: String,
    kind: String,
    mode: String,
    stage: String,
    assertion: String,
    main: bool,
    /// First day.
    start: Option<String>,
    /// Last day.
    end: Option<String>,
    when_basis: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    admin1: Option<String>,
    place: Option<String>,
    site: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    where_basis: Option<String>,
    /// No fewer.
    killed_low: Option<u32>,
    /// The number that is given.
    killed_best: Option<u32>,
    /// No more; absent where there is no upper end.
    killed_high: Option<u32>,
    injured_low: Option<u32>,
    injured_best: Option<u32>,
    injured_high: Option<u32>,
    perpetrators: Option<String>,
    confidence: f64,
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    url: Option<String>,
    duplicate_of: Option<String>,
    /// How many reports an event has.
    reports: Option<u32>,
    /// How many independent sources an event has.
    sources: Option<u32>,
}

/// What a selection can be asked by.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "only described: `Parameters` reads them, each with its own complaint"
)]
pub(super) struct OfSelection {
    /// A country by its name or its two letters (ISO 3166).
    country: Option<String>,
    /// Not over before this day, such as 2024-03-22.
    from: Option<String>,
    /// Begun by this day.
    to: Option<String>,
    /// A kind of event: ASSAULT, FIGHT, PROTEST …
    kind: Option<String>,
    /// How it was done: bombing, shooting, airstrike …
    mode: Option<String>,
    /// The id of a party's actor, or a part of a party's name.
    actor: Option<String>,
    /// A part of the name of a site, place or area.
    place: Option<String>,
    /// Near this point: degrees north, a comma, degrees east.
    near: Option<String>,
    /// Near is within so many kilometres; 50 if nothing is said.
    #[param(minimum = 0, maximum = 20040)]
    radius: Option<f64>,
    /// Words of the documents, in the language of FTS5: "…" for a phrase, OR, NOT, * for any ending.
    text: Option<String>,
    /// The lowest number of killed that a report allows is no lower.
    #[param(minimum = 0, maximum = 1_000_000)]
    killed_at_least: Option<u32>,
    /// The outlet of a document that tells it.
    outlet: Option<String>,
    /// A report whose coding is so certain, in per cent.
    #[param(minimum = 0, maximum = 100)]
    confidence_at_least: Option<u32>,
    /// Give 1 to have also background mentions and what is not violent.
    all: Option<String>,
    /// The order: day, killed, place or confidence.
    sort: Option<String>,
    /// Where to go on: from the link `next`.
    after: Option<String>,
    /// No more rows than this; 100 if nothing is said, and all in the forms that are streamed.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// In which shape a selection comes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only described, as above")]
pub(super) struct OfShape {
    /// The form: json (paged), or the whole selection, streamed. csv if only columns are given.
    format: Option<String>,
    /// The columns of csv and parquet: ours, or as UCDP GED, ACLED or POLECAT have them.
    columns: Option<String>,
    /// Give 1 to have the tags of HXL below the names of the columns of csv.
    hxl: Option<String>,
}

#[cfg(test)]
mod tests {
    use utoipa::{IntoParams as _, PartialSchema};

    use super::*;
    use crate::export::columns::VIEWS;
    use crate::serve::parameters::{OF_SELECTION, OF_SHAPE};

    #[test]
    fn the_described_row_has_the_columns_of_the_csv() {
        let schema = serde_json::to_value(Row::schema()).unwrap();
        let mut described: Vec<&str> =
            schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut columns: Vec<&str> = VIEWS[0].columns.iter().map(|column| column.name).collect();
        described.sort_unstable();
        columns.sort_unstable();
        assert_eq!(described, columns);
    }

    #[test]
    fn the_described_parameters_are_those_that_are_read() {
        let described = OfSelection::into_params(|| None).into_iter().map(|p| p.name);
        assert_eq!(described.collect::<Vec<_>>(), OF_SELECTION);
        let described = OfShape::into_params(|| None).into_iter().map(|p| p.name);
        assert_eq!(described.collect::<Vec<_>>(), OF_SHAPE);
    }
}
