/** data-copy="text" or data-copy-from="#id" copies; data-print prints, once the letters of the printed page are there. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Plain http inside the office has no clipboard API: copy a selection as of old.
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copyFrom(button: HTMLElement): Promise<void> {
  const source = button.dataset.copyFrom ? document.querySelector<HTMLElement>(button.dataset.copyFrom) : null;
  await copy(button.dataset.copy ?? source?.innerText ?? "");
  const word = button.querySelector("[data-word]") ?? button;
  const before = word.textContent;
  word.textContent = button.dataset.copied ?? before;
  setTimeout(() => (word.textContent = before), 2000);
}

document.addEventListener("click", async (event) => {
  const target = event.target as Element;
  const button = target.closest<HTMLElement>("[data-copy], [data-copy-from]");
  if (button) await copyFrom(button);
  if (target.closest("[data-print]")) {
    await Promise.all(["400", "700"].map((weight) => document.fonts.load(`${weight} 1rem Sarabun`, "กa")));
    window.print();
  }
});
