/**
 * The base map as a file of its own: Natural Earth's countries at 1:50,000,000, on a grid of ten
 * thousand steps, which halves it and is not seen at the scales at which places of news are known.
 * Only names stay as properties. Antarctica is left out: nothing there is in the news, and in
 * Mercator's projection it is the largest thing there is.
 */
import { quantize } from "topojson-client";
import type { GeometryCollection, Objects, Topology } from "topojson-specification";

type Countries = Topology<{ countries: GeometryCollection }>;

const GRID = 1e4;
const ANTARCTICA = "010";

/** The arcs as plain points: a quantised topology cannot be quantised again. */
function points<T extends Objects>(topology: Topology<T>): Topology<T> {
  const { transform } = topology;
  if (!transform) return topology;
  const [kx, ky] = transform.scale;
  const [dx, dy] = transform.translate;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([stepX = 0, stepY = 0]) => {
      x += stepX;
      y += stepY;
      return [x * kx + dx, y * ky + dy];
    });
  });
  const { transform: _, ...rest } = topology;
  return { ...rest, arcs };
}

/** The smaller map, as JSON. */
export function baseMap(atlas: Countries): string {
  const { countries } = atlas.objects;
  const geometries = countries.geometries.filter((country) => country.id !== ANTARCTICA);
  const kept = { ...atlas, objects: { countries: { ...countries, geometries } } };
  return JSON.stringify(quantize(points(kept), GRID));
}
