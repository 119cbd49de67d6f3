/** What the server says about a map: JSON in data-config (keys below), texts in data-word-*. See docs/map.md. */
export type LonLat = [number, number];

export interface MapConfig {
  center?: LonLat;
  zoom?: number;
  bounds?: [number, number, number, number]; // west, south, east, north
  tiles?: string; // vector tiles with the layer "houses": /map/tiles/{z}/{x}/{y}.mvt
  areas?: string; // GeoJSON of boundaries: code, name and, for a choropleth, class 0-4, shown, url
  houseUrl?: string; // page of a house, with {id}
  basemap?: string; // a PMTiles file of our own server
  point?: LonLat; // one house
  pin?: boolean; // a tap sets the point of the form around the map
  fill?: boolean; // paint areas by class; without it only their borders
}

export function readConfig(element: HTMLElement): MapConfig {
  return JSON.parse(element.dataset.config ?? "{}") as MapConfig;
}

/** The text of data-word-<name>, already in the reader's language. */
export function word(element: HTMLElement, name: string): string {
  return element.getAttribute(`data-word-${name}`) ?? "";
}

/** Addresses in a worker have no page to be relative to. */
export function absolute(address: string): string {
  return address.startsWith("/") ? location.origin + address : address;
}

/** A colour of tokens.css, so that the map follows the contrast the reader chose. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export const FONT = "Noto Sans Thai Looped";
export const BOLD = "Noto Sans Thai Looped Bold";
