// The map: boundaries, houses, oneself. Drawn on a canvas without pictures from elsewhere, so that it needs no network.

import { type Accessor, type JSX, createEffect, createMemo, createSignal, onCleanup, onMount } from "solid-js";
import type { GeoJson } from "../sync/api";
import { contrast } from "../settings";
import { Icon } from "../parts/icon";
import { t } from "../words";
import { type Box, type Place, type View, around, moved, toScreen, zoomed } from "./plane";

export interface Pin extends Place {
  key: string;
  label: string;
  kind: "due" | "never" | "visited";
}

interface Props {
  pins: Pin[];
  boundaries: GeoJson | undefined;
  me: (Place & { accuracy: number }) | undefined;
  view: Accessor<View | undefined>;
  onView: (view: View) => void;
  onPin?: (key: string) => void;
  chosen?: string;
  label: string;
  class?: string;
  children?: JSX.Element;
}

const FINGER = 28; // a tap so far from a pin still means it
const OUTLIERS = 0.025; // of the pins at each end, where no boundary is known
const LABELS_FROM = 9_000; // scale from which numbers of houses are written
const LABEL = { width: 46, height: 18 }; // room for a number
const CROWD = 60; // more pins than this are drawn small
const COLOURS = { due: "#a61b1b", never: "#d98a00", visited: "#0b5d4e" };

type Ring = [lon: number, lat: number][];

interface Outline {
  rings: Ring[];
  name: string;
  label: [lon: number, lat: number] | undefined; // where its name is written
}

const outlinesOf = (boundaries: GeoJson | undefined): Outline[] =>
  (boundaries?.features ?? []).map(({ geometry, properties }) => ({
    name: properties?.name ?? "",
    label: properties?.label,
    rings: !geometry ? [] : geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
  }));

export const placesOf = (boundaries: GeoJson | undefined): Place[] =>
  outlinesOf(boundaries).flatMap(({ rings }) => rings.flat().map(([lon, lat]) => ({ lat, lon })));

export function Chart(props: Props) {
  let canvas: HTMLCanvasElement | undefined;
  const [box, setBox] = createSignal<Box>({ width: 0, height: 0 });
  const fingers = new Map<number, [x: number, y: number]>();
  let travelled = 0;

  const whole = createMemo(() => around(placesOf(props.boundaries), box()) ?? around(props.pins, box(), OUTLIERS));
  const view = (): View | undefined => props.view() ?? whole();

  const draw = () => {
    const context = canvas?.getContext("2d");
    const now = view();
    const { width, height } = box();
    if (!canvas || !context || !width) return;
    const sharp = devicePixelRatio || 1;
    canvas.width = width * sharp;
    canvas.height = height * sharp;
    context.scale(sharp, sharp);
    if (!now) return;
    drawAreas(context, now);
    drawMe(context, now);
    drawPins(context, now);
  };
  const write = (context: CanvasRenderingContext2D, text: string, x: number, y: number, size: number) => {
    context.font = `${size}px "Noto Sans Thai Looped", sans-serif`;
    context.lineWidth = 4;
    context.strokeStyle = "#fff";
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  const drawAreas = (context: CanvasRenderingContext2D, now: View) => {
    context.textAlign = "center";
    for (const { rings, name, label } of outlinesOf(props.boundaries)) {
      const drawn = rings.map((ring) => ring.map(([lon, lat]) => toScreen({ lat, lon }, now, box())));
      context.beginPath();
      for (const ring of drawn) {
        ring.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
        context.closePath();
      }
      context.fillStyle = "#fff";
      context.fill("evenodd");
      context.lineWidth = contrast() === "high" ? 3 : 1.5;
      context.strokeStyle = contrast() === "high" ? "#000" : "#7b8b86";
      context.stroke();
      if (!label) continue;
      context.fillStyle = "#4d5b57";
      write(context, name, ...toScreen({ lon: label[0], lat: label[1] }, now, box()), 13);
    }
  };
  const drawMe = (context: CanvasRenderingContext2D, now: View) => {
    if (!props.me) return;
    const [x, y] = toScreen(props.me, now, box());
    const reach = Math.max(10, (props.me.accuracy / 111_320) * now.scale);
    const circle = (radius: number, colour: string) => {
      context.beginPath();
      context.arc(x, y, radius, 0, 7);
      context.fillStyle = colour;
      context.fill();
    };
    circle(reach, "rgb(27 79 128 / 0.15)");
    circle(9, "#fff");
    circle(7, "#1b4f80");
  };
  const drawPins = (context: CanvasRenderingContext2D, now: View) => {
    const { width, height } = box();
    const shown = props.pins
      .map((pin) => ({ pin, at: toScreen(pin, now, box()) }))
      .filter(({ at: [x, y] }) => x >= -20 && y >= -20 && x <= width + 20 && y <= height + 20);
    const usual = now.scale > LABELS_FROM && shown.length <= CROWD ? 9 : 6;
    const sizeOf = (pin: Pin) => usual + (pin.key === props.chosen ? 4 : 0);
    for (const { pin, at } of shown) drawPin(context, pin, at, sizeOf(pin));
    if (now.scale <= LABELS_FROM) return;
    // A number that would lie over another one is left out; nearer, there is room for it.
    const taken: [x: number, y: number][] = [];
    const first = (pin: Pin) => Number(pin.key !== props.chosen) + Number(pin.kind !== "due");
    context.fillStyle = "#17211f";
    for (const { pin, at } of shown.sort((one, other) => first(one.pin) - first(other.pin))) {
      const [x, y] = [at[0], at[1] - sizeOf(pin) - 5];
      if (taken.some(([otherX, otherY]) => Math.abs(otherX - x) < LABEL.width && Math.abs(otherY - y) < LABEL.height)) continue;
      taken.push([x, y]);
      write(context, pin.label, x, y, 13);
    }
  };
  const drawPin = (context: CanvasRenderingContext2D, pin: Pin, [x, y]: [number, number], size: number) => {
    context.beginPath();
    // Never visited is a square: colour alone is not seen by everybody.
    if (pin.kind === "never") context.rect(x - size, y - size, 2 * size, 2 * size);
    else context.arc(x, y, size, 0, 7);
    context.fillStyle = COLOURS[pin.kind];
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = pin.key === props.chosen ? "#17211f" : "#fff";
    context.stroke();
  };

  onMount(() => {
    if (!canvas) return;
    const watcher = new ResizeObserver(([entry]) => entry && setBox({ width: entry.contentRect.width, height: entry.contentRect.height }));
    watcher.observe(canvas);
    onCleanup(() => watcher.disconnect());
  });
  createEffect(draw);

  const at = (event: PointerEvent | WheelEvent): [number, number] => {
    const edge = canvas?.getBoundingClientRect();
    return [event.clientX - (edge?.left ?? 0), event.clientY - (edge?.top ?? 0)];
  };
  const centre = (): [x: number, y: number, spread: number] => {
    const [a = [0, 0], b] = [...fingers.values()];
    return b ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, Math.hypot(a[0] - b[0], a[1] - b[1])] : [a[0], a[1], 0];
  };
  const down = (event: PointerEvent) => {
    canvas?.setPointerCapture(event.pointerId);
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, at(event));
  };
  const move = (event: PointerEvent) => {
    const now = view();
    if (!fingers.has(event.pointerId) || !now) return;
    const [x, y, spread] = centre();
    fingers.set(event.pointerId, at(event));
    const [nextX, nextY, nextSpread] = centre();
    travelled += Math.hypot(nextX - x, nextY - y) + Math.abs(nextSpread - spread);
    const next = moved(now, nextX - x, nextY - y);
    props.onView(spread && nextSpread ? zoomed(next, nextSpread / spread, nextX, nextY, box()) : next);
  };
  const up = (event: PointerEvent) => {
    const only = fingers.size === 1;
    fingers.delete(event.pointerId);
    const now = view();
    if (event.type !== "pointerup" || !only || travelled > 10 || !now) return;
    const [x, y] = at(event);
    const near = props.pins.map((pin) => {
      const [pinX, pinY] = toScreen(pin, now, box());
      return { key: pin.key, away: Math.hypot(pinX - x, pinY - y) };
    });
    const [nearest] = near.filter(({ away }) => away < FINGER).sort((a, b) => a.away - b.away);
    if (nearest) props.onPin?.(nearest.key);
  };
  const zoom = (by: number, x = box().width / 2, y = box().height / 2) => {
    const now = view();
    if (now) props.onView(zoomed(now, by, x, y, box()));
  };
  const keys: { [key: string]: (now: View) => View } = {
    ArrowUp: (now) => moved(now, 0, 60),
    ArrowDown: (now) => moved(now, 0, -60),
    ArrowLeft: (now) => moved(now, 60, 0),
    ArrowRight: (now) => moved(now, -60, 0),
  };
  const key = (event: KeyboardEvent) => {
    const now = view();
    const step = keys[event.key];
    if (!now || !step) return;
    event.preventDefault();
    props.onView(step(now));
  };

  return (
    <div class={`chart ${props.class ?? ""}`}>
      <canvas
        ref={(element) => (canvas = element)}
        role="img"
        tabindex="0"
        aria-label={props.label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onKeyDown={key}
        onWheel={(event) => {
          event.preventDefault();
          zoom(event.deltaY < 0 ? 1.25 : 0.8, ...at(event));
        }}
      />
      <div class="zoom">
        <button type="button" class="btn round" aria-label={t("zoom_in")} onClick={() => zoom(1.7)}>
          <Icon name="plus" />
        </button>
        <button type="button" class="btn round" aria-label={t("zoom_out")} onClick={() => zoom(1 / 1.7)}>
          <Icon name="minus" />
        </button>
      </div>
      {props.children}
    </div>
  );
}
