/** Review and ingest: what changes the record, over a copy of it. */
import assert from "node:assert/strict";

/** @import { Site } from "./harness.mjs" */
/** @import { Page } from "playwright-core" */

const NEWS = `KANO, 5 March 2024 — A bomb at a market in Kano killed at least 12 people on Sunday, police said.
The Harrow Front said that it had planted the bomb.`;

/**
 * The number of the entry that the page says it made.
 * @param {Page} page
 */
async function entry(page) {
  await page.waitForURL(/[?&]entry=\d+/);
  return Number(new URL(page.url()).searchParams.get("entry"));
}

/**
 * @param {Site} site
 * @param {(name: string, run: () => Promise<void>) => void} test
 */
export function review(site, test) {
  /**
   * The job that the page shows, when it has ended.
   * @param {Page} page
   */
  async function ended(page) {
    await page.waitForURL(/\/ingest\/jobs\//);
    const id = new URL(page.url()).pathname.split("/").pop();
    for (let i = 0; i < 60; i += 1) {
      const job = await site.api(`/jobs/${id}`);
      if (job.state === "done") return job;
      assert.notEqual(job.state, "failed", JSON.stringify(job));
      await page.waitForTimeout(1000);
    }
    throw new Error("the job does not end");
  }

  test("a question is answered by a key, and the answer taken back by another", () =>
    site.at("/review?only=fields", async (page) => {
      const question = await page.locator(".question h2").textContent();
      assert.match(question ?? "", /Which value counts/);
      const before = await page.locator(".kicker").first().textContent();
      await page.keyboard.press("1");
      const kept = await entry(page);
      const { rows } = await site.api("/judgements");
      assert.equal(rows.at(-1)?.entry, kept);
      assert.notEqual(await page.locator(".kicker").first().textContent(), before);
      await page.keyboard.press("u");
      await page.waitForURL(/undone=/);
      const undone = (await site.api("/judgements")).rows.find((/** @type {any} */ one) => one.entry === kept);
      assert.ok(undone.undone > kept);
    }));

  test("what is typed and not understood is said, and the question stays", () =>
    site.at("/review", async (page) => {
      const question = await page.locator(".question h2").textContent();
      await page.keyboard.press("c");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "line");
      await page.keyboard.type("twelve or so");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
      assert.equal(await page.locator(".question h2").textContent(), question);
    }, { complains: true }));

  test("keys can be turned off", () =>
    site.at("/review", async (page) => {
      const at = page.url();
      await page.locator(".keys-choice input").uncheck();
      await page.keyboard.press("n");
      await page.waitForTimeout(300);
      assert.equal(page.url(), at);
      await page.locator(".keys-choice input").check();
      await page.keyboard.press("n");
      await page.waitForURL(/item=/);
    }));

  test("questions are answered without script, too", () =>
    site.at("/review?only=fields", async (page) => {
      await page.locator(".choice").first().click();
      assert.ok((await entry(page)) > 0);
    }, { javaScriptEnabled: false }));

  test("a form that no page of ours made is refused", async () => {
    const body = new URLSearchParams({ form: "guessed", line: "a", item: "", only: "" });
    const answer = await fetch(`${site.base}/review`, { method: "POST", body, redirect: "manual" });
    assert.equal(answer.status, 403);
  });

  test("a pasted text becomes documents and reports", () =>
    site.at("/ingest", async (page) => {
      await page.fill("#text", NEWS);
      await page.fill("#title", "Market bomb in Kano");
      await page.fill("#day", "2024-03-05");
      await page.locator("form[action='/ingest/paste'] button").click();
      await ended(page);
      assert.ok((await site.api("/events?place=Kano")).rows.length > 0);
    }));

  test("files that are dropped are read, and one that cannot be is told of", () =>
    site.at("/ingest", async (page) => {
      const dropped = await page.evaluateHandle((news) => {
        const files = new DataTransfer();
        files.items.add(new File([`<html><body><p>${news}</p></body></html>`], "news.html"));
        files.items.add(new File([new Uint8Array([0x1f, 0x8b, 0x08, 0, 1, 2])], "broken.gz"));
        return files;
      }, NEWS.replaceAll("Kano", "Jos").replace("KANO", "JOS"));
      await page.locator("tocsin-drop").dispatchEvent("drop", { dataTransfer: dropped });
      const names = await page.locator("#file").evaluate((field) =>
        [.../** @type {HTMLInputElement} */ (field).files ?? []].map((file) => file.name));
      assert.deepEqual(names, ["news.html", "broken.gz"]);
      await page.locator("form[action='/ingest/file'] button").click();
      // Each file is a job; the last one is shown.
      const job = await ended(page);
      assert.equal(job.problems[0]?.first, "broken.gz");
      assert.ok((await site.api("/events?place=Jos")).rows.length > 0);
    }));
}
