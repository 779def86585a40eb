/**
 * All tests, in one process with one browser. Each has a name that says what it shows; ONLY in the
 * environment runs those whose names have it in them. Three run at once.
 */
import { copyFileSync } from "node:fs";
import { events } from "./events.mjs";
import { browse, ledger, serve, Site } from "./harness.mjs";
import { pages } from "./pages.mjs";
import { review } from "./review.mjs";
import { units } from "./units.mjs";

const AT_ONCE = 3;
const LONGEST_MS = 180_000;

/** @type {[string, () => Promise<void>][]} */
const tests = [];
/** @type {(name: string, run: () => Promise<void>) => void} */
const test = (name, run) => tests.push([name, run]);

const begun = Date.now();
const server = await serve(ledger());
// What is reviewed and added here must not move what other tests count.
const copy = `${ledger()}.copy`;
copyFileSync(ledger(), copy);
const other = await serve(copy);
const browser = await browse();
let failed = 0;
try {
  const site = new Site(browser, server.base);
  units(test);
  events(site, test);
  review(new Site(browser, other.base), test);
  await pages(site, test);
  const only = process.env["ONLY"];
  const chosen = tests.filter(([name]) => !only || name.includes(only));
  const waiting = [...chosen];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const passed = await passes(...next);
      if (!passed) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(`${chosen.length - failed} browser tests passed, ${failed} failed, in ${seconds} s`);
} finally {
  await browser.close();
  server.end();
  other.end();
}
process.exit(failed ? 1 : 0);

/**
 * @param {string} name
 * @param {() => Promise<void>} run
 */
async function passes(name, run) {
  const from = Date.now();
  /** @type {NodeJS.Timeout | undefined} */
  let clock;
  const late = new Promise((_, tell) => {
    clock = setTimeout(() => tell(new Error(`not done after ${LONGEST_MS / 1000} s`)), LONGEST_MS);
  });
  try {
    await Promise.race([run(), late]);
    console.log(`ok   ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${name}\n${String(error instanceof Error ? error.stack : error).replace(/^/gm, "     ")}`);
    return false;
  } finally {
    clearTimeout(clock);
  }
}
