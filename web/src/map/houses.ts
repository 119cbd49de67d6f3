/** Houses as dots, many as a circle with their number; the server clusters (properties n, id, label, note, need). */
import type { LayerSpecification, Map, MapLayerMouseEvent } from "maplibre-gl";
import type { Point } from "geojson";
import { absolute, BOLD, FONT, type MapConfig, token } from "./config";
import { showCard } from "./card";

const DEEPEST_TILES = 16;
const MANY = [">", ["coalesce", ["get", "n"], 1], 1] as never;
const ONE = ["!", MANY] as never;
const NEEDS = [">", ["coalesce", ["get", "need"], 0], 0];

export function addHouses(map: Map, config: MapConfig): void {
  if (!config.tiles) return;
  map.addSource("houses", { type: "vector", tiles: [absolute(config.tiles)], minzoom: 0, maxzoom: DEEPEST_TILES });
  for (const layer of layers(config)) map.addLayer(layer);
  for (const id of ["houses", "clusters"]) {
    map.on("mouseenter", id, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", id, () => (map.getCanvas().style.cursor = ""));
  }
  if (config.pin) return; // a tap sets the pin there, it opens nothing
  map.on("click", "clusters", (event) => map.easeTo({ center: at(event), zoom: map.getZoom() + 2 }));
  map.on("click", "houses", (event) => openHouse(map, config, event));
}

/** Over painted areas the circles are white, or they would read as one more class. */
function layers(config: MapConfig): LayerSpecification[] {
  const [ground, ink] = config.fill ? ["#ffffff", token("ink")] : [token("brand"), "#ffffff"];
  const colour = ["case", NEEDS, token("bad"), token("brand")] as never;
  const source = { source: "houses", "source-layer": "houses" } as const;
  return [
    {
      id: "houses",
      type: "circle",
      ...source,
      filter: ONE,
      paint: {
        "circle-color": colour,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 4, 15, 7, 18, 11],
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "clusters",
      type: "circle",
      ...source,
      filter: MANY,
      paint: {
        "circle-color": ground,
        "circle-opacity": 0.92,
        "circle-radius": ["step", ["get", "n"], 14, 10, 17, 100, 22, 1000, 28],
        "circle-stroke-color": config.fill ? token("brand-dark") : "#ffffff",
        "circle-stroke-width": config.fill ? 2 : 3,
      },
    },
    {
      id: "cluster-number",
      type: "symbol",
      ...source,
      filter: MANY,
      layout: { "text-field": ["to-string", ["get", "n"]], "text-font": [BOLD], "text-size": 14, "text-allow-overlap": true, "text-padding": 8 },
      paint: { "text-color": ink },
    },
    {
      id: "house-name",
      type: "symbol",
      ...source,
      filter: ONE,
      minzoom: 16,
      layout: { "text-field": ["get", "label"], "text-font": [FONT], "text-size": 13, "text-offset": [0, 1.1], "text-anchor": "top" },
      paint: { "text-color": token("ink"), "text-halo-color": "#ffffff", "text-halo-width": 1.8 },
    },
  ];
}

function at(event: MapLayerMouseEvent): [number, number] {
  return (event.features![0]!.geometry as Point).coordinates as [number, number];
}

function openHouse(map: Map, config: MapConfig, event: MapLayerMouseEvent): void {
  const house = event.features![0]!.properties as { id?: string; label?: string; note?: string };
  const url = house.id ? config.houseUrl?.replace("{id}", encodeURIComponent(house.id)) : undefined;
  showCard(map, at(event), { title: house.label ?? "", lines: [house.note ?? ""], url });
}
