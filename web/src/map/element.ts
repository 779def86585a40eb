/**
 * `<tocsin-map>`: a map that moves in the place of the one that the server drew. The drawing stays
 * where there is no WebGL, until the first picture is ready, and in print. What weighs (MapLibre)
 * is loaded when the element is about to be seen.
 */
import { words } from "../words";
import type { Chart } from "./chart";

/** How far from the window loading begins. */
const AHEAD = "300px";

export class EventsMap extends HTMLElement {
  static readonly observedAttributes = ["data-spots", "data-list"];

  #chart: Chart | undefined;
  #watch: IntersectionObserver | undefined;
  #begun = false;

  connectedCallback(): void {
    if (this.#watch || this.#begun || !hasWebGl()) return;
    this.#watch = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) void this.#begin();
    }, { rootMargin: AHEAD });
    this.#watch.observe(this);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
    this.#watch = undefined;
    this.#chart?.end();
    this.#chart = undefined;
    this.#begun = false;
    this.classList.remove("live");
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== null && before !== now) this.#chart?.show(this.#selection());
  }

  #selection(): { spots: string; list: string } {
    return { spots: this.dataset["spots"] ?? "", list: this.dataset["list"] ?? "/events" };
  }

  async #begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    this.#watch?.disconnect();
    try {
      const { Chart } = await import("./chart");
      if (!this.isConnected) return;
      this.#chart = await Chart.in(this, this.#selection(), words());
      this.classList.add("live");
      this.dispatchEvent(new CustomEvent("tocsin:ready", { bubbles: true }));
    } catch (error) {
      // The server's drawing is still there, and says the same.
      console.warn("the map stays as it was drawn:", error);
      this.#chart?.end();
      this.#chart = undefined;
    }
  }
}

function hasWebGl(): boolean {
  try {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
