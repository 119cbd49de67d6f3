// A flat map of a few kilometres: degrees to points of the screen and back.

export interface Place {
  lat: number;
  lon: number;
}

export interface View extends Place {
  scale: number; // points of the screen to a degree of latitude
}

export interface Box {
  width: number;
  height: number;
}

const METRES = 111_320; // to a degree of latitude
export const CLOSEST = METRES * 4; // 4 points to a metre
export const FARTHEST = 200;

const squeeze = (lat: number): number => Math.cos((lat * Math.PI) / 180);

export function toScreen(place: Place, view: View, box: Box): [x: number, y: number] {
  const x = box.width / 2 + (place.lon - view.lon) * squeeze(view.lat) * view.scale;
  return [x, box.height / 2 - (place.lat - view.lat) * view.scale];
}

export function toPlace(x: number, y: number, view: View, box: Box): Place {
  return {
    lat: view.lat - (y - box.height / 2) / view.scale,
    lon: view.lon + (x - box.width / 2) / view.scale / squeeze(view.lat),
  };
}

/** Closer or farther, so that what lies under a point of the screen stays there. */
export function zoomed(view: View, by: number, x: number, y: number, box: Box): View {
  const held = toPlace(x, y, view, box);
  const scale = Math.min(CLOSEST, Math.max(FARTHEST, view.scale * by));
  const there = toPlace(x, y, { ...view, scale }, box);
  return { lat: view.lat + held.lat - there.lat, lon: view.lon + held.lon - there.lon, scale };
}

export const moved = (view: View, dx: number, dy: number): View => ({
  lat: view.lat + dy / view.scale,
  lon: view.lon - dx / view.scale / squeeze(view.lat),
  scale: view.scale,
});

/** From the least to the greatest, without the outermost `share` at either end. */
function span(numbers: number[], share: number): [least: number, greatest: number] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * share);
  return [sorted[cut] ?? 0, sorted[sorted.length - 1 - cut] ?? 0];
}

/** The view in which these places are seen. `share` of them at each end may lie outside: one wrong pin far away must not
 * make the village a thumbnail. */
export function around(places: Place[], box: Box, share = 0): View | undefined {
  if (places.length === 0) return undefined;
  const [south, north] = span(places.map((place) => place.lat), share);
  const [west, east] = span(places.map((place) => place.lon), share);
  const lat = (south + north) / 2;
  const tall = Math.max(north - south, 0.002);
  const wide = Math.max((east - west) * squeeze(lat), 0.002);
  const scale = 0.88 * Math.min(box.height / tall, box.width / wide);
  return { lat, lon: (west + east) / 2, scale: Math.min(CLOSEST, Math.max(FARTHEST, scale)) };
}

/** Metres between two places that are not far apart. */
export const distance = (a: Place, b: Place): number => METRES * Math.hypot(a.lat - b.lat, (a.lon - b.lon) * squeeze(a.lat));
