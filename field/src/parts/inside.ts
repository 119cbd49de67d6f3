// What the screens of an unlocked app read and do; given to them by app.tsx.

import { createContext, useContext } from "solid-js";
import type { Inside } from "../inside";

export const InsideContext = createContext<Inside>();

export function useInside(): Inside {
  const inside = useContext(InsideContext);
  if (!inside) throw new Error("locked");
  return inside;
}
