/**
 * What the map says in words: a card for a spot, and beside the map the places that are in view,
 * those of most killed first. The list is the way around the map for whoever cannot point.
 */
import type { Feature, Point } from "geojson";
import { withParameters } from "../address";
import type { Words } from "../words";
import type { Spot, Sum } from "./spots";
import { sum, toll } from "./spots";

/** How many places are listed. */
const FEW = 12;
/** Around a spot: what rounding to a tenth of a degree may have moved. */
const AROUND_KM = 15;

interface Acts {
  readonly open: (spot: Spot, at: [number, number]) => void;
  readonly whole: () => void;
  readonly only: () => void;
}

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = "",
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

function link(href: string, text: string): HTMLAnchorElement {
  const anchor = make("a", "", text);
  anchor.href = href;
  return anchor;
}

/** `3 events, 12–20 killed` */
function told(total: Sum, words: Words): string {
  const events = `${total.events.toLocaleString("en")} ${total.events === 1 ? words.n_event : words.n_events}`;
  const killed = toll(total);
  return killed ? `${events}, ${killed} ${words.n_killed}` : events;
}

/** The list of what is around a point, of the same selection. */
function around(list: string, lat: number, lon: number, km: number): string {
  return withParameters(list, { near: `${lat.toFixed(2)},${lon.toFixed(2)}`, radius: String(km) });
}

/** What is known of one spot. */
export function card(spot: Spot, [lon, lat]: [number, number], list: string, words: Words): HTMLElement {
  return make(
    "div",
    "card",
    make("strong", "", spot.name),
    make("p", "", told(sum([spot]), words)),
    make("p", "", link(spot.page, words.map_open), " · ", link(around(list, lat, lon, AROUND_KM), words.map_near)),
  );
}

/** The few of most killed, then of most events. A whole sort of many would be felt. */
function worst(found: readonly Feature<Point, Spot>[]): Feature<Point, Spot>[] {
  const few: Feature<Point, Spot>[] = [];
  const isWorse = ({ properties: a }: Feature<Point, Spot>, { properties: b }: Feature<Point, Spot>): boolean =>
    a.killed_low > b.killed_low || (a.killed_low === b.killed_low && a.events > b.events);
  for (const spot of found) {
    const last = few[FEW - 1];
    if (last && !isWorse(spot, last)) continue;
    const at = few.findIndex((one) => isWorse(spot, one));
    few.splice(at < 0 ? few.length : at, 0, spot);
    few.length = Math.min(few.length, FEW);
  }
  return few;
}

/** The places in view. */
export class InView {
  readonly element = make("div", "inview");
  readonly #head = make("p", "inview-sum");
  readonly #places = make("ol");
  readonly #way = make("a");
  #shown = "";

  constructor(
    private readonly words: Words,
    private readonly acts: Acts,
  ) {
    const button = (text: string, act: () => void): HTMLButtonElement => {
      const made = make("button", "plain", text);
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    };
    this.#way.hidden = true;
    this.element.append(
      make("p", "inview-head", words.map_in_view),
      this.#head,
      this.#places,
      make("p", "inview-acts", button(words.map_whole, acts.whole), button(words.map_only_view, acts.only)),
      this.#way,
    );
  }

  /** Lists these. */
  show(found: readonly Feature<Point, Spot>[]): void {
    const few = worst(found);
    const key = JSON.stringify([found.length, few.map((spot) => spot.properties.page)]);
    // What has the focus is not taken away while nothing has changed.
    if (key === this.#shown) return;
    this.#shown = key;
    this.#head.textContent = told(sum(found.map((spot) => spot.properties)), this.words);
    this.#places.replaceChildren(
      ...few.map(({ properties, geometry: { coordinates: [lon = 0, lat = 0] } }) => {
        const place = make("button", "place", make("span", "", properties.name), make("span", "n", toll(sum([properties])) || "–"));
        place.type = "button";
        place.addEventListener("click", () => this.acts.open(properties, [lon, lat]));
        return make("li", "", place);
      }),
    );
  }

  /** Says that a selection could not be read. */
  failed(why: string): void {
    this.#head.textContent = `${this.words.map_failed} (${why})`;
  }

  /** Goes to what is around a point, by a link, so that the page may follow it in its own way. */
  go(list: string, lat: number, lon: number, km: number): void {
    this.#way.href = around(list, lat, lon, km);
    this.#way.click();
  }
}
