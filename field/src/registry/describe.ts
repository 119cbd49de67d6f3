// Houses, people and facts in words.

import { language } from "../settings";
import { t } from "../words";
import { day } from "../words/dates";
import type { House, Person, Registry } from "./registry";

export const houseTitle = (house: House): string =>
  !house.isKnown ? t("no_house") : house.number ? t("house_no", { number: house.number }) : t("no_house_no");

/** The village of a code of eight digits; the area's own name where that is all there is. */
export function villageName(registry: Registry, code: string): string {
  const area = registry.areas.find((each) => each.area === code);
  if (area) return area.name;
  return code.length === 8 ? t("moo", { moo: Number(code.slice(6)) }) : (registry.areas.find((each) => code.startsWith(each.area))?.name ?? code);
}

export const houseLine = (registry: Registry, house: House): string =>
  [villageName(registry, house.village), house.get("soi"), house.get("road")].filter(Boolean).join(" · ");

export function personLine(registry: Registry, person: Person, today: string): string {
  const age = person.age(today);
  const parts = [
    valueWords(registry, "sex", person.get("sex")),
    age === undefined ? "" : t("years", { n: age }),
    person.get("nickname") && `“${person.get("nickname")}”`,
    valueWords(registry, "relation_to_head", person.get("relation_to_head")),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** The word of an attribute in the chosen language. */
export function attributeWords(registry: Registry, code: string): string {
  const attribute = registry.attribute(code);
  return attribute ? attribute[language()] : code;
}

/** A value as people say it: codes by their words, days with พ.ศ., numbers with their unit. */
export function valueWords(registry: Registry, code: string, value: string): string {
  const attribute = registry.attribute(code);
  if (!value || !attribute) return value;
  const at = language() === "th" ? 0 : 1;
  const { kind, list, unit } = attribute;
  if (list) return (kind === "codes" ? value.split(" ") : [value]).map((each) => registry.choice(list, each)?.[at] ?? each).join(", ");
  if (kind === "yes_no") return value === "yes" ? (at === 0 ? "ใช่" : "yes") : at === 0 ? "ไม่ใช่" : "no";
  if (kind === "date") return day(value);
  if (kind === "baht" || kind === "whole") {
    const number = Number(value);
    const words = Number.isFinite(number) && number >= 10_000 ? number.toLocaleString("en") : value;
    return kind === "baht" ? `${words} ${at === 0 ? "บาท" : "baht"}` : unit ? `${words} ${unit}` : words;
  }
  return unit ? `${value} ${unit}` : value;
}

// Told elsewhere on the page, or of no use to somebody who stands at the door.
const SAID = new Set([
  ..."title given_name family_name nickname sex birth_date relation_to_head status area house_no moo village_name soi road".split(" "),
  ..."lat lon pin_accuracy_m last_visited_on next_visit_on lives_at registered_at listed_area tambon district province".split(" "),
]);

/** [code, label, value] of all that is known and not said elsewhere. */
export const factsOf = (registry: Registry, of: House | Person): [string, string, string][] =>
  of.all.filter(([code, value]) => value !== "" && !SAID.has(code)).map(([code, value]) => [code, attributeWords(registry, code), valueWords(registry, code, value)]);
