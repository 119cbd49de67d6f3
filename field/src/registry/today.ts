// What there is to do today, reckoned on the phone.

import type { Work } from "../store/records";
import type { House, Registry } from "./registry";

export interface Today {
  due: House[]; // a visit is due, longest overdue first
  never: House[]; // never visited
  unpinned: House[]; // whose place is not known
}

/** Houses for which work lies on this phone that the server has not settled yet: they are not asked for again. */
export const inHand = (work: Work[]): Set<string> =>
  new Set(work.filter((each) => each.household && (each.state === "queued" || each.state === "sent")).map((each) => each.household));

export function todays(registry: Registry, today: string, work: Work[]): Today {
  const busy = inHand(work);
  const open = registry.houses.filter((house) => !busy.has(house.key));
  const due = open.filter((house) => house.dueOn && house.dueOn <= today);
  due.sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  return { due, never: open.filter((house) => !house.visitedOn), unpinned: open.filter((house) => !house.point) };
}
