// Locks when nobody has touched the phone for a while.

const MINUTE = 60_000;
export const LOCK_AFTER_IDLE = 10 * MINUTE;
export const LOCK_AFTER_HIDDEN = 5 * MINUTE;

/** Call `lock` after a pause, as soon as `mayLock` allows it. Returns how to stop watching. */
export function watchIdle(lock: () => void, mayLock: () => boolean, now = Date.now): () => void {
  let touched = now();
  const touch = () => {
    touched = now();
  };
  const look = () => {
    const limit = document.visibilityState === "hidden" ? LOCK_AFTER_HIDDEN : LOCK_AFTER_IDLE;
    if (now() - touched >= limit && mayLock()) lock();
  };
  const shown = () => {
    // Clocks of hidden pages stand still on many phones: looked at again when the page comes back.
    if (document.visibilityState === "visible" && now() - touched >= LOCK_AFTER_HIDDEN && mayLock()) lock();
    else touch();
  };
  const timer = setInterval(look, MINUTE / 4);
  const events = ["pointerdown", "keydown", "input"] as const;
  for (const event of events) addEventListener(event, touch, { passive: true });
  document.addEventListener("visibilitychange", shown);
  return () => {
    clearInterval(timer);
    for (const event of events) removeEventListener(event, touch);
    document.removeEventListener("visibilitychange", shown);
  };
}
