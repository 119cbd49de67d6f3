/** Room left free around what is shown: the buttons at the right, the legend at the bottom of a wide screen. */
import type { PaddingOptions } from "maplibre-gl";

const PHONE = 820;

export function roomAround(canvas: HTMLElement): PaddingOptions {
  const legend = canvas.closest(".map-box")?.querySelector<HTMLElement>(".map-legend");
  const bottom = legend && window.innerWidth > PHONE ? legend.offsetHeight + 30 : 24;
  return { top: 24, left: 24, right: window.innerWidth > PHONE ? 76 : 24, bottom };
}
