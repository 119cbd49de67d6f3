// The houses whose place is known, as the map draws them.

import type { Inside } from "../inside";
import type { House } from "../registry/registry";
import type { Pin } from "./chart";

const kindOf = (house: House, today: string): Pin["kind"] =>
  house.dueOn && house.dueOn <= today ? "due" : house.visitedOn ? "visited" : "never";

export function pinsOf(inside: Inside): Pin[] {
  const today = inside.today();
  return inside.registry().houses.flatMap((house) => {
    const point = house.point;
    return point ? [{ ...point, key: house.key, label: house.number, kind: kindOf(house, today) }] : [];
  });
}
