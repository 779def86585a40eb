/**
 * Cuts polygons at the antimeridian. A ring that goes over it jumps from 180 to -180 degrees, and a
 * flat map draws the jump as a line around the world. The ring is rolled out, so that longitudes go
 * on past 180, cut into the part on each side, and what is outside is brought back by 360 degrees.
 */
import type { MultiPolygon, Polygon, Position } from "geojson";

type Ring = Position[];
type Side = (x: number) => boolean;

/** The same ring with longitudes that never jump. */
function rolledOut(ring: Ring): Ring {
  let turn = 0;
  let before: number | undefined;
  return ring.map(([x = 0, y = 0]) => {
    if (before !== undefined && x - before > 180) turn -= 360;
    if (before !== undefined && x - before < -180) turn += 360;
    before = x;
    return [x + turn, y];
  });
}

/** The part of `ring` on one side of the meridian `at`, by Sutherland's and Hodgman's way. */
function clipped(ring: Ring, at: number, inside: Side): Ring {
  const out: Ring = [];
  let [fromX, fromY] = ring.at(-1) ?? [0, 0];
  for (const [x = 0, y = 0] of ring) {
    if (inside(x) !== inside(fromX ?? 0) && x !== fromX) {
      const share = (at - (fromX ?? 0)) / (x - (fromX ?? 0));
      out.push([at, (fromY ?? 0) + share * (y - (fromY ?? 0))]);
    }
    if (inside(x)) out.push([x, y]);
    [fromX, fromY] = [x, y];
  }
  const [first] = out;
  if (first && out.length > 2) out.push(first);
  return out.length > 3 ? out : [];
}

/** The parts of a polygon that lie between -180 and 180 degrees. */
function parts(rings: readonly Ring[]): Ring[][] {
  const whole = rings.map(rolledOut);
  const xs = whole.flat().map(([x = 0]) => x);
  if (xs.every((x) => x >= -180 && x <= 180)) return [whole];
  const bands = [-360, 0, 360].map((turn) => {
    const moved = whole.map((ring) => ring.map(([x = 0, y = 0]) => [x + turn, y]));
    return moved
      .map((ring) => clipped(ring, 180, (x) => x <= 180))
      .map((ring) => clipped(ring, -180, (x) => x >= -180))
      .filter((ring) => ring.length > 0);
  });
  return bands.filter((band) => band.length > 0);
}

/** `shape` without a line that crosses the antimeridian. */
export function cut(shape: Polygon | MultiPolygon): MultiPolygon {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  return { type: "MultiPolygon", coordinates: polygons.flatMap(parts) };
}
