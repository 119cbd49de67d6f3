/** Search as you type: arrow keys walk from the field through what was found; Escape or a click elsewhere closes it. */
const LIST = "#drop-found";

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${LIST} a`)];
}

function close(): void {
  document.querySelector(LIST)?.replaceChildren();
}

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  const all = links();
  if (!all.length || !target.closest(".search")) return;
  if (event.key === "Escape") return close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = all.indexOf(target) + step;
  (next < 0 ? document.querySelector<HTMLElement>("#q") : all[Math.min(next, all.length - 1)])?.focus();
});

document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest(".search")) close();
});
