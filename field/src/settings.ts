// How the screen looks, kept in clear: it is needed before anybody has unlocked, and says nothing about anybody.

import { createSignal } from "solid-js";

export type Language = "th" | "en";
export type Size = "normal" | "big";
export type Contrast = "normal" | "high";

function kept<T extends string>(name: string, choices: readonly [T, ...T[]], apply: (value: T) => void) {
  const found = choices.find((choice) => choice === localStorage.getItem(`mudmai-${name}`));
  const [value, setValue] = createSignal<T>(found ?? choices[0]);
  const set = (next: T) => {
    setValue(() => next);
    localStorage.setItem(`mudmai-${name}`, next);
    apply(next);
  };
  apply(value());
  return [value, set] as const;
}

const root = document.documentElement;
export const [language, setLanguage] = kept<Language>("language", ["th", "en"], (value) => (root.lang = value));
export const [size, setSize] = kept<Size>("size", ["normal", "big"], (value) => (root.dataset.size = value));
export const [contrast, setContrast] = kept<Contrast>("contrast", ["normal", "high"], (value) => (root.dataset.contrast = value));
