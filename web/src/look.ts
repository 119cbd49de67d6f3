/** Text size and contrast. Kept in cookies, so that the server draws the next page right from its first byte. */
const YEAR = 60 * 60 * 24 * 365;

document.documentElement.classList.add("js");

function remember(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

function press(selector: string, isOn: (button: HTMLElement) => boolean): void {
  for (const button of document.querySelectorAll<HTMLElement>(selector)) {
    button.setAttribute("aria-pressed", String(isOn(button)));
  }
}

document.addEventListener("click", (event) => {
  const root = document.documentElement;
  const button = (event.target as Element).closest<HTMLElement>("[data-size-set], [data-contrast-toggle]");
  if (!button) return;
  if (button.dataset.sizeSet) {
    root.dataset.size = button.dataset.sizeSet;
    remember("look_size", button.dataset.sizeSet);
    press("[data-size-set]", (each) => each.dataset.sizeSet === root.dataset.size);
  } else {
    root.dataset.contrast = root.dataset.contrast === "high" ? "normal" : "high";
    remember("look_contrast", root.dataset.contrast);
    press("[data-contrast-toggle]", () => root.dataset.contrast === "high");
  }
});
