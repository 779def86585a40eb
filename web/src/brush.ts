/**
 * `<tocsin-brush>`: two handles over the bars of a timeline. What is between them becomes `from`
 * and `to` of the list, in steps of a month. The bars stay links; a drag across them is the brush.
 * Each handle is a slider for the keyboard: arrows move by a month, Page Up and Down by a year.
 */
import { withParameters } from "./address";
import type { Words } from "./words";
import { words } from "./words";

/** How long keys may rest before what they chose is shown. */
const REST_MS = 700;
/** A press that moves less is a click. */
const STILL_PX = 5;

type End = "from" | "to";

export class Brush extends HTMLElement {
  /** The first month of the drawing, and how many there are. */
  #first = 0;
  #months = 0;
  #from = 0;
  #to = 0;
  #span = document.createElement("div");
  #handles: Partial<Record<End, HTMLElement>> = {};
  #rest = 0;
  #ended = new AbortController();

  connectedCallback(): void {
    const first = month(this.dataset["first"]);
    const last = month(this.dataset["last"]);
    const svg = this.querySelector("svg");
    if (first === undefined || last === undefined || last <= first || !svg || this.querySelector(".brush")) return;
    this.#first = first;
    this.#months = last - first + 1;
    this.#from = this.#within(month(this.dataset["from"]) ?? first);
    this.#to = this.#within((month(this.dataset["to"]) ?? last) + 1);
    this.#build(words());
    this.#draw();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#rest);
    this.#ended.abort();
    this.#ended = new AbortController();
    this.querySelector(".brush")?.remove();
  }

  /** The place of a month on the axis. */
  #within(at: number): number {
    return Math.min(this.#months, Math.max(0, at - this.#first));
  }

  #build(w: Words): void {
    const layer = document.createElement("div");
    layer.className = "brush";
    this.#span.className = "brush-span";
    layer.append(this.#span);
    for (const [end, label] of [["from", w.brush_from], ["to", w.brush_to]] as const) {
      const handle = document.createElement("div");
      handle.id = `brush-${end}`;
      handle.className = "brush-handle";
      handle.tabIndex = 0;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", label);
      handle.setAttribute("aria-description", w.brush_keys);
      handle.addEventListener("keydown", (event) => this.#key(end, event));
      layer.append(handle);
      this.#handles[end] = handle;
    }
    this.append(layer);
    const { signal } = this.#ended;
    this.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    this.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  }

  #draw(): void {
    const percent = (at: number): string => `${((at / this.#months) * 100).toFixed(3)}%`;
    this.#span.style.left = percent(this.#from);
    this.#span.style.width = percent(this.#to - this.#from);
    this.classList.toggle("whole", this.#from === 0 && this.#to === this.#months);
    for (const end of ["from", "to"] as const) {
      const handle = this.#handles[end];
      const at = end === "from" ? this.#from : this.#to;
      if (!handle) continue;
      handle.style.left = percent(at);
      const [least, most] = end === "from" ? [0, this.#to - 1] : [this.#from + 1, this.#months];
      handle.setAttribute("aria-valuemin", String(least));
      handle.setAttribute("aria-valuemax", String(most));
      handle.setAttribute("aria-valuenow", String(at));
      handle.setAttribute("aria-valuetext", name(this.#first + at - (end === "to" ? 1 : 0)));
    }
  }

  #set(end: End, at: number): void {
    if (end === "from") this.#from = Math.max(0, Math.min(at, this.#to - 1));
    else this.#to = Math.min(this.#months, Math.max(at, this.#from + 1));
    this.#draw();
  }

  #key(end: End, event: KeyboardEvent): void {
    const at = end === "from" ? this.#from : this.#to;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
      PageDown: at - 12, PageUp: at + 12, Home: 0, End: this.#months,
    };
    const to = steps[event.key];
    clearTimeout(this.#rest);
    if (event.key === "Enter") return this.#apply();
    if (to === undefined) return;
    event.preventDefault();
    this.#set(end, to);
    this.#rest = window.setTimeout(() => this.#apply(), REST_MS);
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return;
    const box = this.getBoundingClientRect();
    const place = (x: number): number => ((x - box.left) / box.width) * this.#months;
    const target = event.target instanceof Element ? event.target : undefined;
    const held = (["from", "to"] as const).find((end) => this.#handles[end] === target);
    const begun = event.clientX;
    const anchor = held === "from" ? this.#to : held === "to" ? this.#from : place(begun);
    const following = new AbortController();
    let moved = false;
    const follow = (to: PointerEvent): void => {
      if (!moved && Math.abs(to.clientX - begun) < STILL_PX) return;
      if (!moved) this.setPointerCapture(event.pointerId);
      moved = true;
      const here = place(to.clientX);
      this.#from = Math.max(0, Math.min(this.#months - 1, Math.floor(Math.min(anchor, here) + (held ? 0.5 : 0))));
      this.#to = Math.min(this.#months, Math.max(this.#from + 1, Math.ceil(Math.max(anchor, here) - (held ? 0.5 : 0))));
      this.#draw();
    };
    const finish = (): void => {
      following.abort();
      if (!moved) return;
      // The click that ends a drag is not one on the bar beneath.
      this.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      setTimeout(() => this.#apply(), 0);
    };
    this.addEventListener("pointermove", follow, { signal: following.signal });
    this.addEventListener("pointerup", finish, { signal: following.signal });
    this.addEventListener("pointercancel", () => following.abort(), { signal: following.signal });
  }

  /** Goes to the list of what is between the handles. */
  #apply(): void {
    clearTimeout(this.#rest);
    const from = this.#from === 0 ? "" : `${name(this.#first + this.#from)}-01`;
    const to = this.#to === this.#months ? "" : lastDay(this.#first + this.#to - 1);
    const way = document.createElement("a");
    way.href = withParameters(this.dataset["list"] ?? "/events", { from, to });
    way.hidden = true;
    this.append(way);
    way.click();
    way.remove();
  }
}

/** A month, counted from the year 0. */
function month(name: string | undefined): number | undefined {
  const found = /^(\d{4})-(\d{2})/.exec(name ?? "");
  return found ? Number(found[1]) * 12 + Number(found[2]) - 1 : undefined;
}

function name(at: number): string {
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
}

function lastDay(at: number): string {
  const day = new Date(Date.UTC(Math.floor(at / 12), (at % 12) + 1, 0)).getUTCDate();
  return `${name(at)}-${String(day).padStart(2, "0")}`;
}
