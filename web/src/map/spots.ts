/** The events of a selection by where they were, as the API gives them, and sums of some of them. */
import type { Feature, FeatureCollection, Point } from "geojson";

/** What happened at a spot. */
export interface Spot {
  /** How many events. */
  readonly events: number;
  /** No fewer were killed. */
  readonly killed_low: number;
  /** No more were killed; absent where there is no upper end. */
  readonly killed_high?: number;
  /** How many of the events give a number. */
  readonly with_number: number;
  /** Some number is only about right. */
  readonly about: boolean;
  /** Its name, such as `Kano, Nigeria`. */
  readonly name: string;
  /** The address of its page. */
  readonly page: string;
}

export type Spots = FeatureCollection<Point, Spot>;

/** The selection at `address`. */
export async function spots(address: string, signal: AbortSignal): Promise<Spots> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Spots;
}

/** A sum over spots. */
export interface Sum {
  events: number;
  low: number;
  high: number;
  open: boolean;
  about: boolean;
  told: number;
}

/** All of these together. A sum has no upper end as soon as one of its parts has none. */
export function sum(all: Iterable<Spot>): Sum {
  const total = { events: 0, low: 0, high: 0, open: false, about: false, told: 0 };
  for (const spot of all) {
    total.events += spot.events;
    total.low += spot.killed_low;
    total.high += spot.killed_high ?? spot.killed_low;
    total.open ||= spot.killed_high === undefined;
    total.about ||= spot.about;
    total.told += spot.with_number;
  }
  return total;
}

/** A number with its bounds, as the pages show it: `12`, `12–20`, `12+`, `~30`; empty if not told. */
export function toll({ low, high, open, about, told }: Sum): string {
  if (told === 0) return "";
  const n = (value: number): string => value.toLocaleString("en");
  const sign = about ? "~" : "";
  if (open) return `${sign}${n(low)}+`;
  return low < high ? `${sign}${n(low)}–${n(high)}` : `${sign}${n(low)}`;
}

/** The smallest box that holds all spots: west, south, east, north. */
export function bounds(features: readonly Feature<Point>[]): [number, number, number, number] | undefined {
  if (features.length === 0) return undefined;
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const { geometry } of features) {
    const [lon = 0, lat = 0] = geometry.coordinates;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}
