// Which screen is shown. It stands behind the # of the address, so that the phone's own way back works.

import { createSignal } from "solid-js";

export const SCREENS = ["today", "houses", "map", "work", "more", "family", "person", "fill", "new-house", "new-person", "inquiry", "inbox", "assemblies", "assembly", "assembly-sign", "settings"] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  id: string;
  query: URLSearchParams;
}

function read(): Route {
  const [path = "", query = ""] = location.hash.slice(2).split("?");
  const [screen = "", id = ""] = path.split("/");
  const known = SCREENS.find((each) => each === screen);
  return { screen: known ?? "today", id: known ? id : "", query: new URLSearchParams(query) };
}

const [current, setCurrent] = createSignal(read());
export const route = current;

addEventListener("hashchange", () => {
  setCurrent(read());
  scrollTo(0, 0);
});

/** Read the address anew, after it was changed without a step. */
export const refresh = (): void => void setCurrent(read());

export function linkTo(screen: Screen, id = "", query: { [name: string]: string } = {}): string {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
  return `#/${screen}${id && `/${id}`}${words && `?${words}`}`;
}

export function go(screen: Screen, id = "", query: { [name: string]: string } = {}): void {
  location.hash = linkTo(screen, id, query);
}

/** In place of the screen that is shown: the way back leads past it. */
export function goInstead(screen: Screen, id = "", query: { [name: string]: string } = {}): void {
  history.replaceState(null, "", linkTo(screen, id, query));
  refresh();
  scrollTo(0, 0);
}

/** Another address for the screen that is shown, which stays as it is: found again when the page is loaded anew. */
export function rename(screen: Screen, id: string, query: { [name: string]: string }): void {
  history.replaceState(null, "", linkTo(screen, id, query));
}

export function back(): void {
  if (history.length > 1) history.back();
  else goInstead("today");
}
