/** Boundaries, painted by class where the server gave one, each with its name once, in the middle. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from "geojson";
import type { LayerSpecification, Map, MapLayerMouseEvent } from "maplibre-gl";
import { absolute, BOLD, type MapConfig, token } from "./config";
import { showCard } from "./card";
import { roomAround } from "./room";

type Area = Feature<Polygon | MultiPolygon, { code: string; name: string; class?: number; shown?: string; url?: string }>;

const FEW = 24; // so many names find room on a phone; of more, some wait until one zooms in

export async function addAreas(map: Map, config: MapConfig): Promise<void> {
  if (!config.areas) return;
  const answer = await fetch(absolute(config.areas), { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${config.areas}: ${answer.status}`);
  const areas = (await answer.json()) as FeatureCollection<Polygon | MultiPolygon, Area["properties"]>;
  map.addSource("areas", { type: "geojson", data: areas });
  map.addSource("area-names", { type: "geojson", data: names(areas.features as Area[]) });
  const under = (id: string) => (map.getLayer(id) ? id : undefined);
  const few = areas.features.length <= FEW;
  for (const layer of layers(config, few)) map.addLayer(layer, under(layer.type === "symbol" ? "cluster-number" : "houses"));
  if (config.fill && !config.pin) map.on("click", "area-fill", (event) => openArea(map, event));
  if (!config.center && !config.bounds && areas.features.length) map.fitBounds(box(areas.features as Area[]), { padding: roomAround(map.getContainer()), animate: false });
}

function layers(config: MapConfig, few: boolean): LayerSpecification[] {
  const classes = [0, 1, 2, 3, 4].flatMap((step) => [step, token(`class-${step}`)]);
  const paint = ["match", ["coalesce", ["get", "class"], -1], ...classes, "#ffffff"] as never;
  return [
    { id: "area-fill", type: "fill", source: "areas", paint: { "fill-color": config.fill ? paint : "#ffffff", "fill-opacity": config.fill ? 0.78 : 0.25 } },
    { id: "area-edge", type: "line", source: "areas", paint: { "line-color": config.fill ? "#ffffff" : token("brand"), "line-width": 3, "line-opacity": 0.9 } },
    { id: "area-line", type: "line", source: "areas", paint: { "line-color": token("brand-dark"), "line-width": 1.2 } },
    {
      id: "area-name",
      type: "symbol",
      source: "area-names",
      layout: {
        "text-field": ["get", "text"],
        "text-font": [BOLD],
        "text-size": 15,
        "text-max-width": 9,
        "text-variable-anchor": ["center", "bottom", "top", "left", "right"], // steps aside for the numbers of houses
        "text-radial-offset": config.tiles ? 1.5 : 0.8,
        "text-overlap": few ? "always" : ["step", ["zoom"], "never", 12, "always"],
        "symbol-sort-key": ["-", 0, ["get", "size"]],
      },
      paint: { "text-color": token("ink"), "text-halo-color": "#ffffff", "text-halo-width": 2.5 },
    },
  ];
}

function openArea(map: Map, event: MapLayerMouseEvent): void {
  const area = event.features?.[0]?.properties as Area["properties"] | undefined;
  const onHouse = map.getLayer("houses") && map.queryRenderedFeatures(event.point, { layers: ["houses", "clusters"] }).length;
  if (area && !onHouse) showCard(map, event.lngLat, { title: area.name, lines: [area.shown ?? ""], url: area.url });
}

function names(areas: Area[]): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: areas.map((area) => {
      const { center, size } = middle(area.geometry);
      const text = area.properties.shown ? `${area.properties.name}\n${area.properties.shown}` : area.properties.name;
      return { type: "Feature", geometry: { type: "Point", coordinates: center }, properties: { text, size } };
    }),
  };
}

/** Centre of gravity of the largest outer ring, and its size. */
function middle(geometry: Polygon | MultiPolygon): { center: Position; size: number } {
  const rings = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((polygon) => polygon[0] ?? []);
  return rings.map(gravity).reduce((best, each) => (each.size > best.size ? each : best), { center: [0, 0], size: -1 });
}

function gravity(ring: Position[]): { center: Position; size: number } {
  let [area, x, y] = [0, 0, 0];
  const [originX = 0, originY = 0] = ring[0] ?? [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = [ring[i]![0]! - originX, ring[i]![1]! - originY];
    const [bx, by] = [ring[i + 1]![0]! - originX, ring[i + 1]![1]! - originY];
    const cross = ax * by - bx * ay;
    [area, x, y] = [area + cross, x + (ax + bx) * cross, y + (ay + by) * cross];
  }
  const center: Position = area ? [originX + x / (3 * area), originY + y / (3 * area)] : [originX, originY];
  return { center, size: Math.abs(area) };
}

function box(areas: Area[]): [number, number, number, number] {
  const all = areas.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2) as Position[]);
  const [lons, lats] = [all.map((point) => point[0]!), all.map((point) => point[1]!)];
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  return [least(lons), least(lats), most(lons), most(lats)];
}
