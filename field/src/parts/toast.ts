// A sentence that goes by itself.

import { createSignal } from "solid-js";

const SHOWN_FOR = 5000;
const [toast, setToast] = createSignal("");
let timer: ReturnType<typeof setTimeout> | undefined;

export { toast };

export function say(sentence: string): void {
  clearTimeout(timer);
  setToast(sentence);
  timer = setTimeout(() => setToast(""), SHOWN_FOR);
}
