/** Reading aloud, where the device has a voice for the language. */

const TAGS = { th: "th", en: "en" } as const;

function voice(language: keyof typeof TAGS): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in globalThis)) return undefined;
  return speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().startsWith(TAGS[language]));
}

export function canSpeak(language: keyof typeof TAGS): boolean {
  return voice(language) !== undefined;
}

/** Read it aloud, in place of what is being read. Without a voice nothing is heard. */
export function speak(text: string, language: keyof typeof TAGS): void {
  const found = voice(language);
  if (!found) return;
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.voice = found;
  spoken.lang = found.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}

export function hush(): void {
  if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
}
