// A newer app: it is brought by the service worker in the background, and takes over when the volunteer says so.

import { createSignal } from "solid-js";

const [waiting, setWaiting] = createSignal<ServiceWorker>();
export const newVersion = (): boolean => waiting() !== undefined;

/** Let the newer app take over; the page loads anew when it has. */
export const updateNow = (): void => waiting()?.postMessage("take over");

const HOUR = 3_600_000;

export async function watchUpdates(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  let controller = workers.controller;
  // The first worker only takes its place. With a newer one, which another tab may have asked for, files of this app go.
  workers.addEventListener("controllerchange", () => {
    if (controller) location.reload();
    controller = workers.controller;
  });
  const registration = await workers.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const look = (worker: ServiceWorker | null) => {
    if (worker?.state === "installed" && workers.controller) setWaiting(worker);
  };
  look(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => look(coming));
  });
  setInterval(() => void registration.update().catch(() => undefined), HOUR);
}
