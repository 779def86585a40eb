/** Every page: it says what it is for, fits a phone, and axe finds nothing, by day and by night. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, fits, moving } from "./harness.mjs";

/** @import { Site } from "./harness.mjs" */
/** @import { Page } from "playwright-core" */

/**
 * The pages by name.
 * @param {Site} site
 * @returns {Promise<[string, string][]>}
 */
export async function all(site) {
  const { rows } = await site.api("/events?sort=killed&limit=100");
  const told = rows.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.reports > a.reports ? b : a));
  const actors = (await site.api("/actors")).rows;
  return [
    ["overview", "/"],
    ["events", "/events"],
    ["events-filtered", "/events?country=NG&sort=killed"],
    ["events-none", "/events?country=NG&killed_at_least=99999"],
    ["event", `/events/${told.id}`],
    ["document", `/documents/${told.document}`],
    ["documents", "/documents?text=market"],
    ["actors", "/actors"],
    ["actor", `/actors/${actors[0].id}`],
    ["places", "/places"],
    ["country", `/places/${told.country}`],
    ["sources", "/sources"],
    ["review", "/review"],
    ["ingest", "/ingest"],
    ["about", "/about"],
    ["not-found", "/events/ffffffffffff"],
  ];
}

/**
 * @param {Site} site
 * @param {(name: string, run: () => Promise<void>) => void} test
 */
export async function pages(site, test) {
  for (const [name, path] of await all(site)) {
    const complains = name === "not-found";
    test(`${name}: accessible by day, and is drawn`, () =>
      site.at(path, async (page) => {
        await settled(page);
        assert.equal(await page.locator("h1").count(), 1);
        await accessible(page);
        await picture(page, name);
      }, { complains }));
    test(`${name}: accessible by night, and fits a phone`, () =>
      site.at(path, async (page) => {
        await settled(page);
        await fits(page);
        await accessible(page);
        if (["overview", "events", "event"].includes(name)) await picture(page, `${name}-phone`);
      }, { complains, colorScheme: "dark", viewport: { width: 400, height: 860 } }));
  }

  test("without script every page is whole, with the drawing of its map", () =>
    site.at("/events", async (page) => {
      assert.ok((await page.locator("svg.world circle").count()) > 10);
      assert.ok((await page.locator("svg.timeline a").count()) > 3);
      await page.locator(".facet a").first().click();
      assert.match(page.url(), /\/events\?country=/);
    }, { javaScriptEnabled: false }));

  test("without WebGL the drawing of the map stays", () =>
    site.at("/events", async (page) => {
      await page.waitForTimeout(300);
      assert.equal(await page.locator("tocsin-map.live").count(), 0);
      assert.ok(await page.locator("svg.world").isVisible());
    }, {
      before: async (page) => {
        await page.addInitScript(() => {
          HTMLCanvasElement.prototype.getContext = () => null;
        });
      },
    }));

  test("print has the drawing, and no controls", () =>
    site.at("/events", async (page) => {
      await moving(page);
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator("svg.world").isVisible());
      for (const hidden of [".livemap", ".filters", ".top nav", ".brush"]) {
        assert.ok(await page.locator(hidden).first().isHidden(), hidden);
      }
      assert.ok((await page.pdf()).length > 20_000);
    }));
}

/**
 * Waits for what the page loads after itself.
 * @param {Page} page
 */
async function settled(page) {
  if (await page.locator("tocsin-map").count()) await moving(page);
  await page.evaluate(() => window.scrollTo(0, 0));
}

/**
 * Writes what the window shows, where pictures are asked for.
 * @param {Page} page
 * @param {string} name
 */
async function picture(page, name) {
  const folder = process.env["PICTURES"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  // A page of paper has its map further down.
  if (name.startsWith("events") && !name.endsWith("phone")) {
    await page.locator(".count").evaluate((line) => line.scrollIntoView());
  }
  const png = await page.screenshot({ animations: "disabled" });
  // Chromium writes WebP, a third of the size, from a canvas.
  const bytes = await page.context().newPage().then(async (blank) => {
    const url = await blank.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", 0.82);
    }, png.toString("base64"));
    await blank.close();
    return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  });
  writeFileSync(join(folder, `${name}.webp`), bytes);
}
