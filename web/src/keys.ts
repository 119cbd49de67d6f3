/** data-key="s" on a button or link: that key presses it, on a Thai keyboard as well. "/" goes to the search field. */
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

/** The key by its place on the board ("KeyS", "Digit1"), because with the Thai layout `key` is a Thai letter. */
function pressed(event: KeyboardEvent): string {
  const place = /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code)?.[1];
  return (place ?? event.key).toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = pressed(event);
  if (event.code === "Slash" || event.key === "/") {
    event.preventDefault();
    document.querySelector<HTMLInputElement>("#q")?.focus();
    return;
  }
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
