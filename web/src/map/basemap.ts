/** The operator's own basemap: a PMTiles file in the Protomaps schema, with Thai names. Loaded only where there is one. */
import { layers, namedFlavor } from "@protomaps/basemaps";
import { addProtocol, type LayerSpecification, type SourceSpecification } from "maplibre-gl";
import { Protocol } from "pmtiles";
import { absolute, FONT } from "./config";

export const BASEMAP = "basemap";

export function basemapSource(address: string): SourceSpecification {
  addProtocol("pmtiles", new Protocol().tile);
  return { type: "vector", url: `pmtiles://${absolute(address)}`, attribution: "© OpenStreetMap" };
}

/** All layers with our letters and without sprites: we serve no picture files. */
export function basemapLayers(): LayerSpecification[] {
  return layers(BASEMAP, namedFlavor("light"), { lang: "th" })
    .map((layer) => structuredClone(layer) as LayerSpecification)
    .filter((layer) => layer.type !== "symbol" || layer.layout?.["text-field"] !== undefined)
    .map((layer) => {
      if (layer.type !== "symbol" || !layer.layout) return layer;
      delete layer.layout["icon-image"];
      layer.layout["text-font"] = [FONT];
      return layer;
    });
}
