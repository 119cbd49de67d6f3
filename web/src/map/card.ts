/** A small card over the map. Text is set as text: what is written in a list never becomes markup. */
import { type LngLatLike, type Map, Popup } from "maplibre-gl";
import { word } from "./config";

export interface Card {
  title: string;
  lines?: string[];
  url?: string;
}

export function showCard(map: Map, at: LngLatLike, card: Card): void {
  const root = document.createElement("div");
  const title = document.createElement("b");
  title.textContent = card.title;
  root.append(title);
  for (const line of card.lines ?? []) {
    if (!line) continue;
    const small = document.createElement("small");
    small.textContent = line;
    root.append(small);
  }
  if (card.url) {
    const link = document.createElement("a");
    link.href = card.url;
    link.textContent = word(map.getContainer().parentElement!, "open");
    root.append(link);
  }
  new Popup({ maxWidth: "300px", focusAfterOpen: true }).setLngLat(at).setDOMContent(root).addTo(map);
}
