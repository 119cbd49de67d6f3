// A box to sign in with a finger. What is drawn are lines of x, y, x, y … on 1000 × 300, as the paper draws them.

import { onMount } from "solid-js";
import { w } from "./words";

export const WIDTH = 1000;
export const HEIGHT = 300;
const NEAR = 3; // a finger trembles

export function SignatureBox(props: { onDraw: (lines: number[][]) => void; clear: (clear: () => void) => void }) {
  let canvas: HTMLCanvasElement | undefined;
  onMount(() => {
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    const board = canvas;
    let lines: number[][] = [];
    let line: number[] | undefined;
    Object.assign(pen, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: "#17324d" });
    const at = (event: PointerEvent): [number, number] => {
      const box = board.getBoundingClientRect();
      const inside = (value: number) => Math.round(Math.min(WIDTH + 40, Math.max(-40, value)));
      return [inside(((event.clientX - box.left) / box.width) * WIDTH), inside(((event.clientY - box.top) / box.height) * HEIGHT)];
    };
    board.addEventListener("pointerdown", (event) => {
      board.setPointerCapture(event.pointerId);
      line = at(event);
      lines.push(line);
      event.preventDefault();
    });
    board.addEventListener("pointermove", (event) => {
      if (!line) return;
      const [x, y] = at(event);
      const [lastX = x, lastY = y] = line.slice(-2);
      if (Math.hypot(x - lastX, y - lastY) < NEAR) return;
      pen.beginPath();
      pen.moveTo(lastX, lastY);
      pen.lineTo(x, y);
      pen.stroke();
      line.push(x, y);
    });
    const end = () => {
      line = undefined;
      props.onDraw(lines);
    };
    board.addEventListener("pointerup", end);
    board.addEventListener("pointercancel", end);
    props.clear(() => {
      lines = [];
      pen.clearRect(0, 0, WIDTH, HEIGHT);
      props.onDraw(lines);
    });
  });
  return <canvas ref={(element) => (canvas = element)} class="signature" width={WIDTH} height={HEIGHT} role="img" aria-label={w("box")} />;
}
