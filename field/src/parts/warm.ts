// Makes the first form open as quickly as the next.

import type { Inside } from "../inside";
import { route } from "../route";
import { readThing } from "../store/things";
import { xformName } from "../sync/fetch";

const SETTLED = 1500; // ms after unlocking: the screen is drawn, and the first contact has begun

/** While there is nothing else to do, let the engine of the forms set itself up with one that is going to be opened. */
export function warmUp(inside: Inside): () => void {
  const whenIdle = globalThis.requestIdleCallback ?? ((does: () => void) => setTimeout(does, 0));
  const timer = setTimeout(() => whenIdle(() => void warm(inside).catch(() => undefined)), SETTLED);
  return () => clearTimeout(timer);
}

async function warm(inside: Inside): Promise<void> {
  if (route().screen === "fill") return; // it is at it already
  const form = inside.known()?.forms[0];
  const xform = form && (await readThing<string>(inside.session, xformName(form.md5)));
  const forms = await import("../form");
  await forms.warm(xform === undefined ? undefined : { xform, media: async () => undefined });
}
