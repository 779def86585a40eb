/**
 * How the map looks: the colours of the page, read from its style sheet, so that day, night and a
 * change between them are decided there alone. Letters are drawn from the fonts of the machine.
 */
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { Base } from "./base";
import type { Spots } from "./spots";

/** The colours that the map takes from the page. */
export interface Colours {
  readonly paper: string;
  readonly land: string;
  readonly edge: string;
  readonly dim: string;
  readonly deep: string;
  readonly ink: string;
}

/** The colours of the page around `element`. */
export function colours(element: Element): Colours {
  const given = getComputedStyle(element);
  const colour = (name: string): string => given.getPropertyValue(name).trim() || "#888888";
  return {
    paper: colour("--sea"),
    land: colour("--ground"),
    edge: colour("--edge"),
    dim: colour("--dim"),
    deep: colour("--deep"),
    ink: colour("--ink"),
  };
}

const FONT = ["system-ui", "Noto Sans", "Helvetica Neue", "Arial"];
/** The radius of what killed nobody, and of what killed most. */
const LEAST_RADIUS = 5;
const MOST_RADIUS = 26;
const CLUSTER_REACH = 44;
/** At this zoom and closer every spot stands alone. */
export const ALONE_AT = 7;

/** The area of a circle grows with the number killed, of which `most` is the largest. */
function radius(most: number, least: number): ExpressionSpecification {
  const share: ExpressionSpecification = ["sqrt", ["/", ["get", "killed_low"], Math.max(1, most)]];
  return ["+", least, ["*", MOST_RADIUS - LEAST_RADIUS, ["min", 1, share]]];
}

/** The style with its data. */
export function style(base: Base, spots: Spots, { paper, land, edge, dim, deep, ink }: Colours): StyleSpecification {
  const most = spots.features.reduce((all, spot) => all + spot.properties.killed_low, 0);
  // The sum of all is one circle at the least zoom; half of it is a fair upper end for parts.
  const scale = Math.max(1, most / 4);
  const circle = {
    "circle-color": deep,
    "circle-opacity": 0.42,
    "circle-stroke-color": deep,
    "circle-stroke-width": 1.2,
  };
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: base.land, tolerance: 0.2, attribution: "Natural Earth" },
      names: { type: "geojson", data: base.names },
      spots: {
        type: "geojson",
        data: spots,
        cluster: true,
        clusterRadius: CLUSTER_REACH,
        clusterMaxZoom: ALONE_AT - 1,
        clusterProperties: {
          events: ["+", ["get", "events"]],
          killed_low: ["+", ["get", "killed_low"]],
        },
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": paper } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": land } },
      {
        id: "borders",
        type: "line",
        source: "land",
        paint: { "line-color": edge, "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.4, 6, 1.2] },
      },
      {
        id: "names",
        type: "symbol",
        source: "names",
        minzoom: 1.5,
        layout: {
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 1.5, 10, 6, 14],
          "text-max-width": 7,
          "text-padding": 6,
          "symbol-sort-key": ["-", 0, ["get", "size"]],
        },
        paint: { "text-color": dim, "text-halo-color": land, "text-halo-width": 1.2 },
      },
      {
        id: "clusters",
        type: "circle",
        source: "spots",
        filter: ["has", "point_count"],
        paint: { ...circle, "circle-radius": radius(scale, 11) },
      },
      {
        id: "points",
        type: "circle",
        source: "spots",
        filter: ["!", ["has", "point_count"]],
        paint: { ...circle, "circle-radius": radius(scale, LEAST_RADIUS) },
      },
      {
        id: "counts",
        type: "symbol",
        source: "spots",
        filter: ["any", ["has", "point_count"], [">", ["get", "events"], 1]],
        layout: {
          "text-field": ["to-string", ["get", "events"]],
          "text-font": FONT,
          "text-size": 12,
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": ink, "text-halo-color": land, "text-halo-width": 0.6 },
      },
    ],
  };
}
