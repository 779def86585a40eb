/** Addresses as state: what is selected is in the query, where the map looks is behind the `#`. */

/** `address` with these parameters; empty ones are taken away, and so is the place in the list. */
export function withParameters(address: string, changes: Readonly<Record<string, string>>): string {
  const url = new URL(address, location.href);
  url.searchParams.delete("after");
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

/** What the map looks at. */
export interface Look {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

/** The look that `hash` holds, such as `#map=4.5/12.1/8.3`. */
export function lookOf(hash: string): Look | undefined {
  const found = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  const [zoom, lat, lon] = (found ?? []).slice(1).map(Number);
  const known = zoom !== undefined && lat !== undefined && lon !== undefined;
  if (!known || ![zoom, lat, lon].every(Number.isFinite)) return undefined;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom <= 24 ? { zoom, lat, lon } : undefined;
}

/** The hash of a look, no finer than it can be seen. */
export function hashOf({ zoom, lat, lon }: Look): string {
  const digits = Math.max(0, Math.ceil((zoom * Math.LN2) / Math.LN10));
  return `#map=${zoom.toFixed(1)}/${lat.toFixed(digits)}/${lon.toFixed(digits)}`;
}
