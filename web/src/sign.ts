/** [data-signature]: a form with a canvas to sign on with a finger; what is drawn goes along as lines of points on 1000 × 300. */
type Line = number[];

function begin(form: HTMLFormElement, canvas: HTMLCanvasElement): void {
  const pen = canvas.getContext("2d")!;
  const field = form.querySelector<HTMLInputElement>("[name=strokes]")!;
  let lines: Line[] = [];
  let line: Line | null = null;
  pen.lineWidth = 7;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#17324d";

  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [
      Math.round(((event.clientX - box.left) / box.width) * canvas.width),
      Math.round(((event.clientY - box.top) / box.height) * canvas.height),
    ];
  };
  const inside = (value: number): number => Math.min(1040, Math.max(-40, value));

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = at(event).map(inside);
    lines.push(line);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    const [x, y] = at(event).map(inside) as [number, number];
    const [lastX, lastY] = line.slice(-2) as [number, number];
    if (Math.hypot(x - lastX, y - lastY) < 3) return;
    pen.beginPath();
    pen.moveTo(lastX, lastY);
    pen.lineTo(x, y);
    pen.stroke();
    line.push(x, y);
  });
  for (const end of ["pointerup", "pointercancel"] as const) canvas.addEventListener(end, () => (line = null));
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    lines = [];
    pen.clearRect(0, 0, canvas.width, canvas.height);
  });
  form.addEventListener("submit", () => (field.value = JSON.stringify(lines)), { capture: true });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-signature]")) {
  const canvas = form.querySelector("canvas");
  if (canvas) begin(form, canvas);
}
