// Keeps the app's own files on the phone, so that it opens without a network. The two words in capitals between
// underscores are filled in by vite.config.ts. Data never passes here: questions to the server are left alone.
const VERSION = "__VERSION__";
const FILES = __FILES__;
const SHELL = "/field/";
const CACHE = `field-${VERSION}`;

self.addEventListener("install", (event) => {
  const kept = async () => (await caches.open(CACHE)).addAll([...FILES, SHELL].map((url) => new Request(url, { cache: "reload" })));
  event.waitUntil(kept());
});

self.addEventListener("activate", (event) => {
  const tidied = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("field-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidied());
});

// The page asks for this when nothing is being filled in.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const kept = async (what) => (await (await caches.open(CACHE)).match(what, { ignoreVary: true })) ?? fetch(event.request);
  if (event.request.mode === "navigate" && url.pathname === SHELL) event.respondWith(kept(SHELL));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname));
});
