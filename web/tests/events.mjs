/** The list of events as a view: filters, facets, brush, map, keyboard; the address holds it all. */
import assert from "node:assert/strict";
import { changed, count, moving } from "./harness.mjs";

/** @import { Site } from "./harness.mjs" */

/**
 * @param {Site} site
 * @param {(name: string, run: () => Promise<void>) => void} test
 */
export function events(site, test) {
  test("a filter changes the view in place, and the address brings it back", () =>
    site.at("/events", async (page) => {
      await moving(page);
      await page.evaluate(() => Object.assign(window, { same: true }));
      const whole = await count(page);
      await page.selectOption("#mode", "bombing");
      await changed(page, (search) => search.get("mode") === "bombing");
      const some = await count(page);
      assert.ok(some > 0 && some < whole, `${some} of ${whole}`);
      assert.ok(await page.evaluate(() => "same" in window), "the page was loaded anew");
      assert.equal(await page.locator("tocsin-map.live").count(), 1);
      assert.match((await page.locator("tocsin-map").getAttribute("data-spots")) ?? "", /mode=bombing/);
      await page.goBack();
      await page.locator(".chips li").waitFor({ state: "detached" });
      await changed(page, (search) => !search.has("mode"));
      assert.equal(await count(page), whole);
      await page.goto(`${site.base}/events?mode=bombing`);
      assert.equal(await count(page), some);
    }));

  test("a facet narrows, and its chip takes it away again", () =>
    site.at("/events", async (page) => {
      const whole = await count(page);
      const part = page.locator(".facet a").first();
      const n = Number(await part.locator(".n").textContent());
      await part.click();
      await changed(page, (search) => search.size === 1);
      assert.equal(await count(page), n);
      await page.locator(".chips a").first().click();
      await changed(page, (search) => search.size === 0);
      assert.equal(await count(page), whole);
    }));

  test("words are searched in the documents", () =>
    site.at("/events", async (page) => {
      const whole = await count(page);
      await page.fill("#text", "mosque");
      await page.press("#text", "Enter");
      await changed(page, (search) => search.get("text") === "mosque");
      const some = await count(page);
      assert.ok(some > 0 && some < whole);
    }));

  test("a brush over the bars becomes a period", () =>
    site.at("/events", async (page) => {
      const whole = await count(page);
      const chart = page.locator("tocsin-brush");
      await chart.scrollIntoViewIfNeeded();
      const box = await chart.boundingBox();
      assert.ok(box);
      const y = box.y + 60;
      await page.mouse.move(box.x + box.width * 0.3, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.45, y, { steps: 4 });
      await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
      await page.mouse.up();
      await changed(page, (search) => search.has("from") && search.has("to"));
      const some = await count(page);
      assert.ok(some > 0 && some < whole, `${some} of ${whole}`);
      assert.ok((await page.locator("svg.timeline rect.off").count()) > 0, "the rest stands back");
      const search = new URL(page.url()).searchParams;
      assert.match(search.get("from") ?? "", /^\d{4}-\d{2}-01$/);
      assert.equal(await page.inputValue("#from"), search.get("from"));
    }));

  test("the brush obeys the keyboard and keeps the focus", () =>
    site.at("/events", async (page) => {
      const handle = page.locator("#brush-from");
      await handle.focus();
      const before = await handle.getAttribute("aria-valuetext");
      await page.keyboard.press("PageUp");
      await page.keyboard.press("ArrowRight");
      assert.notEqual(await handle.getAttribute("aria-valuetext"), before);
      await page.keyboard.press("Enter");
      await changed(page, (search) => search.has("from") && !search.has("to"));
      assert.equal(await page.evaluate(() => document.activeElement?.id), "brush-from");
    }));

  test("a bar is still a link to its year", () =>
    site.at("/events", async (page) => {
      await page.locator("svg.timeline a").nth(2).click({ position: { x: 4, y: 100 } });
      await changed(page, (search) => search.has("from") && search.has("to"));
    }));

  test("a click on a spot says what happened there", () =>
    site.at("/events?country=ML", async (page) => {
      await moving(page);
      const canvas = await page.locator(".livemap-canvas").boundingBox();
      assert.ok(canvas);
      await page.locator(".inview .place").first().click();
      const card = page.locator(".card");
      await card.waitFor();
      const name = await card.locator("strong").textContent();
      assert.ok(name?.includes("Mali"), name ?? "");
      await page.locator(".maplibregl-popup-close-button").click();
      await page.waitForTimeout(900);
      // The list brought the spot to the middle: what is there now is the spot.
      await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
      await card.waitFor();
      assert.equal(await card.locator("strong").textContent(), name);
      assert.match(await page.evaluate(() => location.hash), /^#map=/);
      await card.getByRole("link", { name: "Events near here" }).click();
      await changed(page, (search) => search.has("near") && search.get("country") === "ML");
    }));

  test("the address brings the map back to where it looked", () =>
    site.at("/events#map=5.0/12.00/8.50", async (page) => {
      await moving(page);
      const listed = await page.locator(".inview .place").allTextContents();
      assert.ok(listed.length > 0 && listed.every((place) => /Nigeria|Niger|Cameroon|Chad|Mali|Burkina|Benin/.test(place)), listed.join());
      await page.getByRole("button", { name: "List only these" }).click();
      await changed(page, (search) => search.has("near"));
    }));

  test("all that a mouse can do the keyboard can", () =>
    site.at("/events", async (page) => {
      await moving(page);
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
      /** @type {string[]} */
      const reached = [];
      for (let i = 0; i < 90; i += 1) {
        await page.keyboard.press("Tab");
        reached.push(await page.evaluate(() => {
          const here = document.activeElement;
          return here ? `${here.localName}.${here.getAttribute("class") ?? ""}#${here.id}` : "";
        }));
      }
      for (const part of ["#country", "#mode", "canvas.maplibregl", "button.place", "#brush-from", "#brush-to"]) {
        assert.ok(reached.some((one) => one.includes(part)), `${part} is not reached: ${reached.join(" ")}`);
      }
    }));

  test("a view that cannot be loaded says so, and the page stays", () =>
    site.at("/events", async (page) => {
      const whole = await count(page);
      await page.route(/events\?/, (route) => route.abort());
      await page.locator(".facet a").first().click();
      await page.getByRole("alert").waitFor();
      assert.equal(await count(page), whole);
      await page.unroute(/events\?/);
      await page.getByRole("alert").getByRole("link").click();
      await changed(page, (search) => search.size === 1);
      assert.equal(await page.getByRole("alert").count(), 0);
    }, { complains: true }));

  test("a hundred thousand spots are drawn, and the map still answers", () =>
    site.at("/events", async (page) => {
      await moving(page);
      assert.match((await page.locator(".inview-sum").textContent()) ?? "", /00,000 events|99,\d{3} events/);
      const begun = Date.now();
      await page.getByRole("button", { name: "Zoom in" }).click();
      await page.waitForFunction(() => location.hash.startsWith("#map="));
      assert.ok(Date.now() - begun < 20_000, "it does not answer");
    }, {
      before: async (page) => {
        const features = Array.from({ length: 100_000 }, (_, i) => ({
          type: "Feature",
          // The golden angle spreads them without a pattern, and the same each time.
          geometry: { type: "Point", coordinates: [((i * 137.508) % 270) - 120, ((i * 61.803) % 100) - 40] },
          properties: { name: `Spot ${i}`, page: `/events/${i}`, events: 1, with_number: 1, killed_low: i % 7, killed_high: i % 7, about: false },
        }));
        const body = JSON.stringify({ type: "FeatureCollection", features });
        await page.route(/api\/v1\/spots/, (route) => route.fulfill({ contentType: "application/geo+json", body }));
      },
    }));

  test("nothing is asked of any other host", async () => {
    /** @type {string[]} */
    const strangers = [];
    await site.at("/events", async (page) => moving(page), {
      before: async (page) => {
        page.on("request", (request) => {
          const url = request.url();
          if (!url.startsWith(site.base) && !/^(data|blob):/.test(url)) strangers.push(url);
        });
      },
    });
    assert.deepEqual(strangers, []);
  });
}
