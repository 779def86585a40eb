/** The base map: countries as shapes, and a point in each for its name. No tile from outside. */
import baseMap from "virtual:base-map";
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Point, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { cut } from "./cut";

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Shapes and names. `size` is in square degrees and decides which name is shown first. */
export interface Base {
  readonly land: FeatureCollection<MultiPolygon>;
  readonly names: FeatureCollection<Point, { name: string; size: number }>;
}

let known: Promise<Base> | undefined;

/** The base map, loaded once. */
export function base(): Promise<Base> {
  known ??= load();
  return known;
}

async function load(): Promise<Base> {
  const answer = await fetch(baseMap);
  if (!answer.ok) throw new Error(`the base map: ${answer.status}`);
  const topology = (await answer.json()) as Countries;
  const all = feature(topology, topology.objects.countries).features;
  const shapes = all.filter(isArea).map((country) => ({ ...country, geometry: cut(country.geometry) }));
  return {
    land: { type: "FeatureCollection", features: shapes },
    names: { type: "FeatureCollection", features: shapes.map(label) },
  };
}

function isArea(
  country: Feature<Geometry, { name: string }>,
): country is Feature<Polygon | MultiPolygon, { name: string }> {
  return country.geometry.type === "Polygon" || country.geometry.type === "MultiPolygon";
}

/** The name of a country in the middle of its largest part. */
function label(country: Feature<MultiPolygon, { name: string }>): Feature<Point, { name: string; size: number }> {
  let best = { size: 0, at: [0, 0] };
  for (const [outer = []] of country.geometry.coordinates) {
    const here = middle(outer);
    if (here.size > best.size) best = here;
  }
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: best.at },
    properties: { name: country.properties.name, size: Math.round(best.size) },
  };
}

/** The centroid of a ring and its area. */
function middle(ring: readonly Position[]): { size: number; at: number[] } {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([ax = 0, ay = 0], i) => {
    const [bx = 0, by = 0] = ring[i + 1] ?? ring[0] ?? [];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return area === 0 ? { size: 0, at: [0, 0] } : { size: Math.abs(area / 2), at: [x / (3 * area), y / (3 * area)] };
}
