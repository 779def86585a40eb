/**
 * How long the pages take to their first paint over a large ledger: no test, since times depend on
 * the machine. TOCSIN names the program, LEDGER the ledger (`cargo xtask load` makes one).
 */
import { browse, ledger, serve, Site } from "./harness.mjs";

const PAGES = ["/about", "/", "/events", "/events?country=NG", "/events?text=market", "/actors", "/places", "/sources", "/documents", "/review"];
const TIMES = 3;

const server = await serve(ledger());
const browser = await browse();
try {
  // The first answer waits until the record is read, and the first page until the browser is ready.
  await fetch(`${server.base}/api/v1/statistics`);
  const site = new Site(browser, server.base);
  for (const path of PAGES) {
    /** @type {string[]} */
    const times = [];
    for (let n = 0; n < TIMES; n += 1) {
      const look = async (/** @type {import("playwright-core").Page} */ page) => {
        await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
        const at = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
        times.push((at ?? NaN).toFixed(0));
      };
      await site.at(path, look, { complains: true });
    }
    console.log(`${path}: first paint after ${times.join(", ")} ms`);
  }
} finally {
  await browser.close();
  server.end();
}
process.exit(0);
