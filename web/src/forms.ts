/** Forms: filters that submit themselves, files that are dropped, "choose all", one press of a button only. */
document.addEventListener("change", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.matches("form[data-autosubmit] :is(select, input[type=checkbox], input[type=radio], input[type=date])")) {
    field.form?.requestSubmit();
  }
  if (field.matches("[data-check-all]")) {
    const boxes = document.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(field.dataset.checkAll ?? "")}"]`);
    for (const box of boxes) box.checked = field.checked;
  }
  if (field.matches(".drop input[type=file]")) showNames(field);
});

function showNames(field: HTMLInputElement): void {
  const names = field.closest(".drop")?.querySelector(".files");
  if (names) names.textContent = [...(field.files ?? [])].map((file) => file.name).join(", ");
  if (field.closest("form")?.matches("[data-autosubmit]")) field.form?.requestSubmit();
}

for (const type of ["dragenter", "dragover", "dragleave", "drop"] as const) {
  document.addEventListener(type, (event) => {
    const zone = (event.target as Element).closest?.<HTMLElement>(".drop");
    if (!zone) return;
    zone.classList.toggle("over", type === "dragenter" || type === "dragover");
    // The field covers the zone, so the browser itself puts the dropped files into it.
  });
}

/** Saved twice by an impatient double click is saved twice for ever: the second press within three seconds is dropped. */
const sent = new WeakMap<HTMLFormElement, number>();
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  const now = Date.now();
  if (now - (sent.get(form) ?? 0) < 3000) event.preventDefault();
  else sent.set(form, now);
});
