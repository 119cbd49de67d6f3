// What there is to do today, reckoned on the phone.

import type { Work } from "../store/records";
import type { House, Person, Registry } from "./registry";

export interface Today {
  due: House[]; // a visit is due, longest overdue first
  people: Person[]; // of no known house, to be visited
  never: House[]; // never visited
  unpinned: House[]; // whose place is not known
}

/** Houses for which work lies on this phone that the server has not settled yet: they are not asked for again. */
export const inHand = (work: Work[]): Set<string> =>
  new Set(work.filter((each) => each.household && (each.state === "queued" || each.state === "sent")).map((each) => each.household));

const isDue = (on: string, today: string): boolean => on !== "" && on <= today;

export function todays(registry: Registry, today: string, work: Work[]): Today {
  const busy = inHand(work);
  const open = registry.houses.filter((house) => !busy.has(house.key));
  const due = open.filter((house) => isDue(house.dueOn, today));
  due.sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  const people = registry.people.filter((person) => !person.house.isKnown && isDue(person.get("next_visit_on"), today));
  return { due, people, never: open.filter((house) => !house.visitedOn), unpinned: open.filter((house) => !house.point) };
}
