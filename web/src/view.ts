/**
 * Views that change in place: a link or a form of the list of events that leads to the list of
 * events fetches the page and takes over its parts, so that the map keeps its place and the reader
 * hers. The server makes the page in every case; without this all links work, and load.
 */
import type { Words } from "./words";

const PART = "data-part";

/** Makes links and forms of this page change it in place, if it has parts. */
export function follow(words: Words): void {
  const main = document.querySelector("main");
  if (!main?.querySelector(`[${PART}]`)) return;
  let asking = new AbortController();
  let shown = location.pathname + location.search;

  /** What the server did not wait for: the same page with map, timeline and facets. */
  const later = async (signal: AbortSignal): Promise<void> => {
    const address = main.querySelector<HTMLAnchorElement>("a[data-later]")?.href;
    if (!address) return;
    try {
      const answer = await fetch(address, { signal });
      if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The link is still there.
      if (!signal.aborted) console.warn(error);
    }
  };

  const show = async (address: string, push: boolean): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    main.setAttribute("aria-busy", "true");
    shown = address;
    try {
      const answer = await fetch(address, { signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // A refusal is a page of its own; it is shown as the server makes it.
      if (!answer.ok || !page.querySelector(`[${PART}]`)) return location.assign(address);
      if (push) history.pushState(null, "", address);
      takeOver(page);
      main.querySelector(".failed")?.remove();
      void later(signal);
    } catch (error) {
      if (signal.aborted) return;
      failed(main, address, words);
      console.warn(error);
    } finally {
      if (asking.signal === signal) main.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("click", (event) => {
    const anchor = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!anchor || !plain || event.defaultPrevented || anchor.hasAttribute("download")) return;
    const url = new URL(anchor.href, location.href);
    const inside = main.contains(anchor) && anchor.getAttribute("href")?.startsWith("#") !== true;
    if (!inside || url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    void show(url.pathname + url.search, true);
  });
  main.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
    const url = new URL(form.action);
    if (url.pathname !== location.pathname) return;
    event.preventDefault();
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    url.search = new URLSearchParams(given as [string, string][]).toString();
    void show(url.pathname + url.search, true);
  });
  // A list to choose from says at once what it holds; a field of text waits for its button.
  main.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) event.target.form?.requestSubmit();
  });
  void later(asking.signal);
  window.addEventListener("popstate", () => {
    const now = location.pathname + location.search;
    if (now !== shown) void show(now, false);
  });
}

/** Takes over the parts of `page`, and leaves the focus where it was. */
function takeOver(page: Document): void {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll(`[${PART}]`)) {
    const name = CSS.escape(part.getAttribute(PART) ?? "");
    const other = page.querySelector(`[${PART}="${name}"]`);
    if (!other) continue;
    for (const { name, value } of [...other.attributes]) {
      if (part.getAttribute(name) !== value) part.setAttribute(name, value);
    }
    if (part.localName === "tocsin-map") {
      part.querySelector("figure")?.replaceWith(other.querySelector("figure") ?? "");
    } else {
      const open = part instanceof HTMLDetailsElement && part.open;
      part.replaceChildren(...other.childNodes);
      if (part instanceof HTMLDetailsElement) part.open = open;
    }
  }
  document.title = page.title;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function failed(main: Element, address: string, words: Words): void {
  main.querySelector(".failed")?.remove();
  const box = document.createElement("p");
  box.className = "failed";
  box.setAttribute("role", "alert");
  const again = document.createElement("a");
  again.href = address;
  again.textContent = words.try_again;
  box.append(`${words.failed} `, again);
  main.prepend(box);
}
