// What the app says. Thai is written first; English stands beside it.

import { language } from "../settings";
import { en } from "./en";
import { th } from "./th";

export type Word = keyof typeof th;

/** The sentence of a key in the chosen language; `{n}` and its like are filled in. */
export function t(word: Word, values: { [name: string]: string | number } = {}): string {
  const sentence = (language() === "en" ? en : th)[word];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
