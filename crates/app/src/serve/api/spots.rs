//! Where the events of a selection were, for a map.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::schema::OfSelection;
use crate::serve::answer::answer;
use crate::serve::app::App;
use crate::serve::draw::world;
use crate::serve::links;
use crate::serve::parameters::{OF_SELECTION, Parameters};
use crate::serve::past::AT;
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::Ledger;
use crate::store::seek::Rows;
use crate::store::tally::Spot;

/// No map needs more; those of most killed are given first.
const MOST: usize = 50_000;

/// Where events were, to a tenth of a degree, with sums
///
/// A feature is a spot: its events are counted together, as in the statistics. Campaigns told as one
/// are left out. Events without a known point are not here; the list has them.
#[utoipa::path(
    get,
    path = "/spots",
    params(OfSelection),
    responses(
        (status = 200, description = "A collection of points; order and paging have no effect", body = Object, content_type = "application/geo+json"),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn spots(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &OF_SELECTION)?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &parameters)).await?)
}

fn read(app: &App, ledger: &Ledger, parameters: &Parameters) -> Result<Response, Refusal> {
    let filter = parameters.selection(Rows::Events, &app.known, ledger)?.filter;
    let spots = ledger.spots(&filter, MOST)?;
    let feature = |spot: &Spot| Feature {
        sort: "Feature",
        geometry: Point {
            sort: "Point",
            // A hundredth is as exact as a tenth needs.
            coordinates: [spot.lon, spot.lat].map(|degrees| (degrees * 100.0).round() / 100.0),
        },
        properties: Properties {
            name: world::name(spot, &app.known),
            page: links::kept_at(&links::spot(spot), parameters.get(AT)),
            events: spot.tally.events,
            with_number: spot.tally.told,
            killed_low: spot.tally.least,
            killed_high: spot.tally.most,
            about: spot.tally.rough,
        },
    };
    let features = spots.iter().map(feature).collect();
    let body = serde_json::to_vec(&Collection { sort: "FeatureCollection", features });
    let body = body.map_err(|_| Refusal::Broken)?;
    Ok(([(header::CONTENT_TYPE, "application/geo+json")], body).into_response())
}

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "type")]
    sort: &'static str,
    features: Vec<Feature>,
}

#[derive(Serialize)]
struct Feature {
    #[serde(rename = "type")]
    sort: &'static str,
    geometry: Point,
    properties: Properties,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    sort: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties {
    name: String,
    page: String,
    events: u64,
    with_number: u64,
    killed_low: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    killed_high: Option<u64>,
    about: bool,
}
