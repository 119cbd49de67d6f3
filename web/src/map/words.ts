/** The one line of text over the map: what to do, or what went wrong. */
export function say(box: HTMLElement, text: string, bad = false): void {
  const line = box.querySelector<HTMLElement>(".map-word");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("bad", bad);
}
