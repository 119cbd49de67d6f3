/** Keeps the draft while it is being written: soon after a change, and at once when the app goes out of sight. */
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import type { Filling, Saved } from "./adapter";

const SOON_MS = 700; // after the last change
const LATEST_MS = 1500; // after the first one that is not kept yet, also while somebody writes without a pause

export type Kept = { at: Date } | "failed" | null;

export function keepDraft(filling: Filling, onDraft: (saved: Saved) => Promise<void> | void) {
  const [kept, setKept] = createSignal<Kept>(null);
  let timer: number | undefined;
  let since = 0; // when the first change came that is not kept yet
  let unsaved = false;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const now = (): Promise<void> => {
    clearTimeout(timer);
    if (!unsaved || stopped) return running;
    unsaved = false;
    running = running.then(async () => {
      try {
        await onDraft(await filling.save());
        setKept({ at: new Date() });
      } catch {
        unsaved = true;
        since = Date.now();
        setKept("failed");
        soon();
      }
    });
    return running;
  };
  const soon = () => {
    clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(() => void now(), Math.min(SOON_MS, Math.max(0, since + LATEST_MS - Date.now())));
  };
  const hidden = () => {
    if (document.visibilityState === "hidden") void now();
  };
  createEffect(
    on(
      filling.changes,
      () => {
        if (!unsaved) since = Date.now();
        unsaved = true;
        soon();
      },
      { defer: true },
    ),
  );
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", now);
  onCleanup(() => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", now);
    void now();
    clearTimeout(timer);
  });
  return {
    kept,
    now,
    /** Nothing more is kept as a draft: the form is being sent. Resolves when the last draft is down. */
    stop: (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
    goOn: () => {
      stopped = false;
      unsaved = true;
    },
  };
}
