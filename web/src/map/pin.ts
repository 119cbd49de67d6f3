/** Setting the point of a house: by a tap, by dragging, by the device's own position, or by typing into the two fields. */
import { type GeolocateControl, type Map, Marker } from "maplibre-gl";
import { type LonLat, type MapConfig, token, word } from "./config";
import { say } from "./words";

const DIGITS = 6; // about 10 cm

interface Fields {
  lat: HTMLInputElement;
  lon: HTMLInputElement;
  accuracy: HTMLInputElement | null;
  save: HTMLButtonElement | null;
}

export function showPoint(map: Map, point: LonLat, draggable = false): Marker {
  return new Marker({ color: token("bad"), scale: 1.3, draggable }).setLngLat(point).addTo(map);
}

export function startPin(map: Map, config: MapConfig, box: HTMLElement, locate: GeolocateControl): void {
  const fields = findFields(box);
  if (!fields) return;
  let marker: Marker | null = null;

  const place = (point: LonLat, accuracy = ""): void => {
    if (marker) marker.setLngLat(point);
    else {
      marker = showPoint(map, point, true);
      marker.on("dragend", () => place(marker!.getLngLat().toArray() as LonLat));
    }
    [fields.lon.value, fields.lat.value] = [point[0].toFixed(DIGITS), point[1].toFixed(DIGITS)];
    if (fields.accuracy) fields.accuracy.value = accuracy;
    if (fields.save) fields.save.disabled = false;
    say(box, word(box, "placed"));
  };

  const typed = (): void => {
    const [lat, lon] = [Number.parseFloat(fields.lat.value), Number.parseFloat(fields.lon.value)];
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return;
    place([lon, lat]);
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 16) });
  };

  if (fields.save) fields.save.disabled = !config.point;
  if (config.point) place(config.point);
  say(box, word(box, config.point ? "drag" : "tap"));
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", (event) => place(event.lngLat.toArray() as LonLat));
  locate.on("geolocate", ({ coords }) => place([coords.longitude, coords.latitude], coords.accuracy.toFixed(0)));
  for (const field of [fields.lat, fields.lon]) field.addEventListener("change", typed);
}

function findFields(box: HTMLElement): Fields | null {
  const form = box.closest("form");
  const lat = form?.querySelector<HTMLInputElement>("[data-map-lat], [name=lat]");
  const lon = form?.querySelector<HTMLInputElement>("[data-map-lon], [name=lon]");
  if (!form || !lat || !lon) return null;
  const accuracy = form.querySelector<HTMLInputElement>("[data-map-accuracy], [name=pin_accuracy_m]");
  return { lat, lon, accuracy, save: form.querySelector<HTMLButtonElement>("[data-map-save]") };
}
