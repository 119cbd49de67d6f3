/** [data-signature]: a form with a canvas to sign on with a finger; the lines that are drawn go along with it. */
import { signOn } from "./signature";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-signature]")) {
  const canvas = form.querySelector("canvas");
  const field = form.querySelector<HTMLInputElement>("[name=strokes]");
  if (!canvas || !field) continue;
  const clear = signOn(canvas, (lines) => (field.value = JSON.stringify(lines)));
  form.querySelector("[data-clear]")?.addEventListener("click", clear);
}
