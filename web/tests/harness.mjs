/**
 * What all tests share: the program serving the record of the demo corpus, a Chromium that draws
 * with the processor (WebGL included), and pages that fail a test when anything goes wrong in them.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The record of the demo corpus. */
export function ledger() {
  const path = process.env["LEDGER"];
  if (!path) throw new Error("run these tests with `cargo xtask browser`");
  return path;
}

/**
 * Starts the program over `ledger`; gives the address, and what ends it.
 * @param {string} ledger
 */
export async function serve(ledger) {
  const program = process.env["TOCSIN"];
  if (!program) throw new Error("run these tests with `cargo xtask browser`");
  const child = spawn(program, ["serve", "--ledger", ledger, "--address", "127.0.0.1:0"]);
  for await (const line of createInterface(child.stdout)) {
    const found = /http:\S+\d/.exec(line);
    if (found) return { base: found[0], end: () => child.kill() };
  }
  throw new Error("the program ended before it served");
}

/** Starts the browser. */
export async function browse() {
  // Chromium has no sandbox to offer to the user who may do everything, as in containers.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] || "/usr/bin/chromium",
    args: [
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
      ...(isRoot ? ["--no-sandbox"] : []),
    ],
  });
}

/** A browser at a server. */
export class Site {
  /**
   * @param {Browser} browser
   * @param {string} base
   */
  constructor(browser, base) {
    this.browser = browser;
    this.base = base;
  }

  /**
   * Runs `look` on the page at `path`; fails if the page complains, unless that is expected.
   * @param {string} path
   * @param {(page: Page) => Promise<void>} look
   * @param {BrowserContextOptions & { complains?: boolean, before?: (page: Page) => Promise<void> }} [how]
   */
  async at(path, look, { complains = false, before, ...options } = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      /** @type {string[]} */
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      await before?.(page);
      const answer = await page.goto(this.base + path);
      assert.ok(answer?.ok() || complains, `${path}: ${answer?.status()}`);
      await look(page);
      if (!complains) assert.deepEqual(complaints, [], `${path} complains`);
    } finally {
      await context.close();
    }
  }

  /**
   * What the API answers.
   * @param {string} path
   * @returns {Promise<any>}
   */
  async api(path) {
    const answer = await fetch(`${this.base}/api/v1${path}`);
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }
}

/**
 * Waits until the map of the page moves.
 * @param {Page} page
 */
export async function moving(page) {
  await page.locator("tocsin-map").first().scrollIntoViewIfNeeded();
  await page.locator("tocsin-map.live").first().waitFor();
}

/**
 * Fails with what axe finds.
 * @param {Page} page
 */
export async function accessible(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (rules) => {
    // @ts-expect-error: the line above defined it.
    const { violations } = await window.axe.run(document, { runOnly: rules });
    return violations.map((/** @type {any} */ one) => {
      const where = one.nodes.slice(0, 3).map((/** @type {any} */ node) => node.html);
      return `${one.id}: ${one.help}\n    ${where.join("\n    ")}`;
    });
  }, RULES);
  assert.deepEqual(found, []);
}

/**
 * Fails if the page is wider than its window.
 * @param {Page} page
 */
export async function fits(page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok((content ?? 0) <= (window ?? 0), `${content} pixels in ${window}`);
}

/**
 * The number of events that the list says it has.
 * @param {Page} page
 */
export async function count(page) {
  const text = await page.locator(".count strong").textContent();
  return Number((text ?? "").replace(/\D/g, ""));
}

/**
 * Waits until the view has changed to an address that `holds`.
 * @param {Page} page
 * @param {(search: URLSearchParams) => boolean} holds
 */
export async function changed(page, holds) {
  await page.waitForURL((url) => holds(url.searchParams));
  await page.locator("main:not([aria-busy])").waitFor();
}
