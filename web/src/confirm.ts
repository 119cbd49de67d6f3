/** data-confirm="…" on a form or button, and hx-confirm, ask in the page's own dialog (shared/confirm.html). */
const allowed = new WeakSet<HTMLElement>();

function ask(question: string, action: string | undefined, then: () => void): void {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm");
  if (!dialog) return then();
  dialog.querySelector("[data-question]")!.textContent = question;
  const yes = dialog.querySelector<HTMLButtonElement>("[value=yes]")!;
  yes.textContent = action || yes.dataset.label || yes.textContent;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && then(), { once: true });
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const button = (event as SubmitEvent).submitter;
  const holder = [button, form].find((each) => each?.dataset.confirm);
  if (!holder?.dataset.confirm || allowed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(holder.dataset.confirm, holder.dataset.confirmAction ?? button?.textContent?.trim(), () => {
    allowed.add(form);
    form.requestSubmit(button);
  });
}, true);

document.addEventListener("htmx:confirm", (event) => {
  const { question, issueRequest, elt } = (event as CustomEvent).detail;
  if (!question) return;
  event.preventDefault();
  ask(question, (elt as HTMLElement).dataset.confirmAction, () => issueRequest(true));
});
