/** Signing on a canvas with a finger, in the back office and in the phone app: lines of x, y, x, y … on 1000 × 300, as the paper draws them. */
export const WIDTH = 1000;
export const HEIGHT = 300;
const NEAR = 3; // a finger trembles
const EDGE = 40; // so far a line may run over the box

/** Let people sign on the canvas; `onDraw` is told all lines whenever one ends. Returns what wipes the box. */
export function signOn(canvas: HTMLCanvasElement, onDraw: (lines: number[][]) => void): () => void {
  const pen = canvas.getContext("2d");
  if (!pen) return () => undefined;
  let lines: number[][] = [];
  let line: number[] | undefined;
  Object.assign(pen, { lineWidth: 7, lineCap: "round", lineJoin: "round", strokeStyle: "#17324d" });
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    const inside = (value: number) => Math.round(Math.min(WIDTH + EDGE, Math.max(-EDGE, value)));
    return [inside(((event.clientX - box.left) / box.width) * WIDTH), inside(((event.clientY - box.top) / box.height) * HEIGHT)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = at(event);
    lines.push(line);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
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
    onDraw(lines);
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  return () => {
    lines = [];
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    onDraw(lines);
  };
}
