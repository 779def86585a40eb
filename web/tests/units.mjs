/** What needs no browser: cutting at the antimeridian, sums, addresses. */
import assert from "node:assert/strict";
import { runnerImport } from "vite";

/** @param {string} name */
async function load(name) {
  const { module } = await runnerImport(new URL(`../src/${name}`, import.meta.url).pathname);
  return /** @type {any} */ (module);
}

/** @param {(name: string, run: () => Promise<void>) => void} test */
export function units(test) {
  test("a ring over the antimeridian becomes two", async () => {
    const { cut } = await load("map/cut.ts");
    const ring = [[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]];
    const { coordinates } = cut({ type: "Polygon", coordinates: [ring] });
    const spans = coordinates.map((/** @type {number[][][]} */ [outer = []]) => {
      const xs = outer.map(([x = 0]) => x);
      return [Math.min(...xs), Math.max(...xs)];
    });
    assert.deepEqual(spans.sort((/** @type {number[]} */ [a = 0], /** @type {number[]} */ [b = 0]) => a - b), [[-180, -170], [170, 180]]);
  });

  test("what does not cross is left as it is", async () => {
    const { cut } = await load("map/cut.ts");
    const ring = [[0, 0], [10, 0], [10, 10], [0, 0]];
    assert.deepEqual(cut({ type: "Polygon", coordinates: [ring] }).coordinates, [[ring]]);
  });

  test("a sum has no upper end as soon as one part has none", async () => {
    const { sum, toll } = await load("map/spots.ts");
    const spot = { events: 1, with_number: 1, about: false, name: "", page: "" };
    const one = { ...spot, killed_low: 12, killed_high: 20 };
    assert.equal(toll(sum([one])), "12–20");
    assert.equal(toll(sum([one, { ...spot, killed_low: 1300 }])), "1,312+");
    assert.equal(toll(sum([{ ...spot, killed_low: 0, killed_high: 0, with_number: 0 }])), "");
  });

  test("a look goes through the address and back, and nonsense does not", async () => {
    const { hashOf, lookOf } = await load("address.ts");
    assert.deepEqual(lookOf(hashOf({ zoom: 5, lat: 12.3, lon: -8.5 })), { zoom: 5, lat: 12.3, lon: -8.5 });
    for (const hash of ["", "#map=", "#map=1/2", "#map=1/91/0", "#map=x/1/1", "#r-1"]) {
      assert.equal(lookOf(hash), undefined, hash);
    }
  });
}
