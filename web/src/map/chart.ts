/** The moving map itself: MapLibre over our own base map, with the places in view as a list beside it. */
import "maplibre-gl/dist/maplibre-gl.css";
import type { GeoJSONSource, MapGeoJSONFeature, MapLayerMouseEvent } from "maplibre-gl";
import { AttributionControl, Map as Drawn, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { hashOf, lookOf } from "../address";
import type { Words } from "../words";
import { base } from "./base";
import { card, InView } from "./panel";
import type { Spot, Spots } from "./spots";
import { bounds, spots } from "./spots";
import { ALONE_AT, colours, style } from "./style";

setWorkerUrl(worker);

/** Where the selection is, and the list that it is of. */
export interface Selection {
  readonly spots: string;
  readonly list: string;
}

const WORLD: [number, number, number, number] = [-125, -50, 155, 68];
const CLOSEST_FIT = 5.5;
const NIGHT = "(prefers-color-scheme: dark)";
const CALM = "(prefers-reduced-motion: reduce)";

export class Chart {
  readonly #map: Drawn;
  readonly #panel: InView;
  readonly #ended = new AbortController();
  #asking = new AbortController();
  #popup: Popup | undefined;

  private constructor(
    private readonly host: HTMLElement,
    private selection: Selection,
    private readonly words: Words,
    private data: Spots,
    private readonly ground: Awaited<ReturnType<typeof base>>,
  ) {
    const frame = document.createElement("div");
    frame.className = "livemap";
    const canvas = document.createElement("div");
    canvas.className = "livemap-canvas";
    frame.append(canvas);
    host.prepend(frame);
    const look = lookOf(location.hash);
    this.#map = new Drawn({
      container: canvas,
      style: style(ground, data, colours(host)),
      ...(look ? { center: [look.lon, look.lat], zoom: look.zoom } : this.#fit()),
      minZoom: 0.3,
      maxZoom: 12,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      cooperativeGestures: true,
      attributionControl: false,
      fadeDuration: matchMedia(CALM).matches ? 0 : 200,
      locale: {
        "Map.Title": words.map_title,
        "NavigationControl.ZoomIn": words.zoom_in,
        "NavigationControl.ZoomOut": words.zoom_out,
        "Popup.Close": words.map_close,
        "CooperativeGesturesHandler.WindowsHelpText": words.map_scroll,
        "CooperativeGesturesHandler.MacHelpText": words.map_scroll_mac,
        "CooperativeGesturesHandler.MobileHelpText": words.map_touch,
      },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), "top-left");
    this.#map.addControl(new AttributionControl({ compact: true }), "bottom-left");
    this.#map.getCanvas().setAttribute("aria-description", words.map_keys);
    this.#panel = new InView(words, {
      open: (spot, at) => this.#open(spot, at, true),
      whole: () => this.#whole(),
      only: () => this.#only(),
    });
    frame.append(this.#panel.element);
    this.#listen();
  }

  /** The map in `host`, when its first picture is drawn. */
  static async in(host: HTMLElement, selection: Selection, words: Words): Promise<Chart> {
    const asking = new AbortController();
    const [ground, data] = await Promise.all([base(), spots(selection.spots, asking.signal)]);
    const chart = new Chart(host, selection, words, data, ground);
    await new Promise<void>((done, failed) => {
      chart.#map.once("idle", () => done());
      setTimeout(() => failed(new Error("no picture after a minute")), 60_000);
    }).catch((error: unknown) => {
      chart.end();
      throw error;
    });
    return chart;
  }

  /** Shows another selection, in the same view. */
  show(selection: Selection): void {
    this.selection = selection;
    this.#asking.abort();
    this.#asking = new AbortController();
    spots(selection.spots, this.#asking.signal).then(
      (data) => {
        this.data = data;
        this.#popup?.remove();
        this.#map.setStyle(style(this.ground, data, colours(this.host)), { diff: false });
        if (!lookOf(location.hash)) this.#map.fitBounds(this.#box(), { padding: 40, maxZoom: CLOSEST_FIT });
      },
      (error: unknown) => {
        if (!this.#asking.signal.aborted) this.#panel.failed(String(error));
      },
    );
  }

  /** Ends the map and gives its memory back. */
  end(): void {
    this.#ended.abort();
    this.#asking.abort();
    this.#map.getContainer().parentElement?.remove();
    this.#map.remove();
  }

  #fit(): { bounds: [number, number, number, number]; fitBoundsOptions: { padding: number; maxZoom: number } } {
    return { bounds: this.#box(), fitBoundsOptions: { padding: 40, maxZoom: CLOSEST_FIT } };
  }

  #box(): [number, number, number, number] {
    const box = bounds(this.data.features);
    return box && box[2] - box[0] < 150 ? box : WORLD;
  }

  #listen(): void {
    const map = this.#map;
    const { signal } = this.#ended;
    for (const layer of ["points", "clusters"]) {
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
    map.on("click", "points", (event) => this.#picked(event));
    map.on("click", "clusters", (event) => void this.#opened(event));
    map.on("moveend", (event) => {
      this.#list();
      // Only what a person did is state: the first fit belongs to the selection.
      if ("originalEvent" in event && event.originalEvent) this.#remember();
    });
    map.on("idle", () => this.#list());
    matchMedia(NIGHT).addEventListener(
      "change",
      () => map.setStyle(style(this.ground, this.data, colours(this.host)), { diff: false }),
      { signal },
    );
  }

  #remember(): void {
    const { lng: lon, lat } = this.#map.getCenter();
    history.replaceState(history.state, "", hashOf({ zoom: this.#map.getZoom(), lat, lon }));
  }

  #picked({ features, lngLat }: MapLayerMouseEvent): void {
    const spot = features?.[0] && this.#spotOf(features[0]);
    if (spot) this.#open(spot.properties, [spot.geometry.coordinates[0] ?? lngLat.lng, spot.geometry.coordinates[1] ?? lngLat.lat], false);
  }

  /** The spot as it came: what a tile holds has its numbers cut. */
  #spotOf(found: MapGeoJSONFeature): Spots["features"][number] | undefined {
    return this.data.features.find((spot) => spot.properties.page === found.properties["page"]);
  }

  /** Into a cluster, as far as it takes until it falls apart. */
  async #opened({ features }: MapLayerMouseEvent): Promise<void> {
    const [cluster] = features ?? [];
    if (cluster?.geometry.type !== "Point") return;
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    const source = this.#map.getSource<GeoJSONSource>("spots");
    const zoom = await source?.getClusterExpansionZoom(Number(cluster.properties["cluster_id"]));
    this.#fly([lon, lat], zoom ?? this.#map.getZoom() + 2);
  }

  #fly(center: [number, number], zoom: number, then?: () => void): void {
    this.#map.once("moveend", () => {
      this.#remember();
      then?.();
    });
    this.#map.easeTo({ center, zoom, essential: false, duration: matchMedia(CALM).matches ? 0 : 500 });
  }

  /** Says what is known of a spot; what was chosen from the list is brought to the middle first. */
  #open(spot: Spot, at: [number, number], fly: boolean): void {
    const open = (): void => {
      this.#popup?.remove();
      this.#popup = new Popup({ maxWidth: "18rem", focusAfterOpen: fly, offset: 10 })
        .setLngLat(at)
        .setDOMContent(card(spot, at, this.selection.list, this.words))
        .addTo(this.#map);
    };
    if (fly) this.#fly(at, Math.max(this.#map.getZoom(), ALONE_AT - 1.5), open);
    else open();
  }

  #whole(): void {
    history.replaceState(history.state, "", location.pathname + location.search);
    this.#map.fitBounds(this.#box(), { padding: 40, maxZoom: CLOSEST_FIT });
  }

  /** Makes what is in view the selection: the circle that holds it. */
  #only(): void {
    const centre = this.#map.getCenter().wrap();
    const km = Math.ceil(centre.distanceTo(this.#map.getBounds().getNorthEast()) / 1000);
    this.#panel.go(this.selection.list, centre.lat, centre.lng, Math.min(km, 20_000));
  }

  #list(): void {
    const box = this.#map.getBounds();
    this.#panel.show(
      this.data.features.filter(({ geometry: { coordinates: [lon = 0, lat = 0] } }) => box.contains([lon, lat])),
    );
  }
}
