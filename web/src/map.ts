/** Makes a map of every <div data-map data-config="{…}">: boundaries, houses, one point, or setting a pin. */
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { GeolocateControl, Map, NavigationControl, ScaleControl, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import "./styles/map.css";
import { addAreas } from "./map/areas";
import { BOLD, FONT, type MapConfig, readConfig, word } from "./map/config";
import { addHouses } from "./map/houses";
import { showPoint, startPin } from "./map/pin";
import { roomAround } from "./map/room";
import { say } from "./map/words";

setWorkerUrl(workerUrl);

const THAILAND: [number, number, number, number] = [97.3, 5.6, 105.7, 20.5];

/** A style without `glyphs`: MapLibre then draws text with the page's own fonts, and Thai vowels stand where they should. */
async function baseStyle(config: MapConfig): Promise<StyleSpecification> {
  const style: StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": "#eef3ea" } }],
  };
  if (!config.basemap) return style;
  const { BASEMAP, basemapLayers, basemapSource } = await import("./map/basemap");
  return { ...style, sources: { [BASEMAP]: basemapSource(config.basemap) }, layers: [...style.layers, ...basemapLayers()] };
}

function locale(box: HTMLElement): Record<string, string> {
  return {
    "Map.Title": box.getAttribute("aria-label") ?? "",
    "Marker.Title": word(box, "marker"),
    "NavigationControl.ZoomIn": word(box, "nearer"),
    "NavigationControl.ZoomOut": word(box, "farther"),
    "GeolocateControl.FindMyLocation": word(box, "locate"),
    "GeolocateControl.LocationNotAvailable": word(box, "nowhere"),
    "Popup.Close": word(box, "close"),
    "AttributionControl.ToggleAttribution": word(box, "sources"),
    "ScaleControl.Meters": word(box, "metres"),
    "ScaleControl.Kilometers": word(box, "kilometres"),
  };
}

function whereToStart(config: MapConfig): { center: [number, number]; zoom: number } | { bounds: [number, number, number, number] } {
  const center = config.point ?? config.center;
  if (center) return { center, zoom: config.zoom ?? 16 };
  return { bounds: config.bounds ?? THAILAND };
}

async function start(box: HTMLElement): Promise<void> {
  const config = readConfig(box);
  await Promise.all([document.fonts.load(`16px "${FONT}"`, "กa"), document.fonts.load(`700 16px "${BOLD}"`, "กa")]);
  const map = new Map({
    container: box.querySelector<HTMLElement>(".map-canvas")!,
    style: await baseStyle(config),
    ...whereToStart(config),
    fitBoundsOptions: { padding: roomAround(box) },
    maxZoom: 20,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: config.basemap ? {} : false,
    cooperativeGestures: false,
    locale: locale(box),
    canvasContextAttributes: { preserveDrawingBuffer: true }, // else paper shows an empty map
  });
  map.touchZoomRotate.disableRotation();
  const locate = new GeolocateControl({ positionOptions: { enableHighAccuracy: true }, fitBoundsOptions: { maxZoom: 17 } });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(locate, "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), config.pin ? "bottom-right" : "top-left");
  map.on("error", () => say(box, word(box, "broken"), true));
  window.addEventListener("beforeprint", () => map.resize());
  await map.once("load");
  addHouses(map, config);
  if (config.pin) startPin(map, config, box, locate);
  else if (config.point) showPoint(map, config.point);
  await addAreas(map, config);
  map.once("idle", () => (box.dataset.ready = "yes"));
}

for (const box of document.querySelectorAll<HTMLElement>("[data-map]")) {
  start(box).catch(() => say(box, word(box, "broken"), true));
}
