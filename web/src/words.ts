/**
 * The words of this layer. They stand with all others in the program and come with the page, as
 * JSON in an attribute of the script's element, so that a translation is made in one place.
 */
const NAMES = [
  "map_title",
  "map_keys",
  "zoom_in",
  "zoom_out",
  "map_whole",
  "map_in_view",
  "map_only_view",
  "map_open",
  "map_near",
  "map_close",
  "map_failed",
  "map_scroll",
  "map_scroll_mac",
  "map_touch",
  "n_events",
  "n_event",
  "n_killed",
  "brush_from",
  "brush_to",
  "brush_keys",
  "loading",
  "failed",
  "try_again",
] as const;

export type Words = Readonly<Record<(typeof NAMES)[number], string>>;

/** The words of this page; a word that is missing shows as its name. */
export function words(root: ParentNode = document): Words {
  const given = root.querySelector("[data-words]")?.getAttribute("data-words");
  let known: unknown = {};
  try {
    known = JSON.parse(given ?? "{}");
  } catch {
    // A page without words still works.
  }
  const word = (name: string): string => {
    const value = (known as Record<string, unknown>)[name];
    return typeof value === "string" ? value : name;
  };
  return Object.fromEntries(NAMES.map((name) => [name, word(name)])) as Words;
}
