// Finding houses and people without a network, and whether somebody new is known already.

import type { House, Person, Registry } from "./registry";
import { arabicDigits, houseKey, nameKey, soundKey } from "./thai";

interface Keys {
  person: Person;
  given: string;
  family: string;
  nickname: string;
  givenSound: string;
  familySound: string;
}

const made = new WeakMap<Registry, Keys[]>();

function keysOf(registry: Registry): Keys[] {
  let keys = made.get(registry);
  if (!keys) {
    keys = registry.people.map((person) => ({
      person,
      given: nameKey(person.get("given_name")),
      family: nameKey(person.get("family_name")),
      nickname: nameKey(person.get("nickname")),
      givenSound: soundKey(person.get("given_name")),
      familySound: soundKey(person.get("family_name")),
    }));
    made.set(registry, keys);
  }
  return keys;
}

export interface Found {
  houses: House[];
  people: Person[];
}

const MOST = 60;

/** How well a name fits what was typed: 0 best, undefined not at all. Titles may be typed or left out. */
function fit(keys: Keys, typed: string, typedSound: string): number | undefined {
  if (keys.given.startsWith(typed) || (keys.given + keys.family).startsWith(typed)) return 0;
  if (keys.family.startsWith(typed)) return 1;
  if (keys.nickname.startsWith(typed)) return 2;
  if (typedSound.length > 1 && (keys.givenSound + keys.familySound).startsWith(typedSound)) return 3;
  if (typedSound.length > 1 && keys.familySound.startsWith(typedSound)) return 4;
  return undefined;
}

const TITLE = /^(นาย|นางสาว|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง)\s*/;

export function search(registry: Registry, text: string): Found {
  const typed = text.trim();
  if (!typed) return { houses: [], people: [] };
  if (/\d/.test(arabicDigits(typed))) {
    const number = houseKey(typed);
    const houses = registry.houses.filter((house) => houseKey(house.number).startsWith(number));
    houses.sort((a, b) => houseKey(a.number).length - houseKey(b.number).length);
    return { houses: houses.slice(0, MOST), people: [] };
  }
  const bare = typed.replace(TITLE, "") || typed;
  const [name, sound] = [nameKey(bare), soundKey(bare)];
  const fits = keysOf(registry).flatMap((keys) => {
    const rank = fit(keys, name, sound);
    return rank === undefined ? [] : [{ rank, person: keys.person }];
  });
  fits.sort((a, b) => a.rank - b.rank);
  return { houses: [], people: fits.slice(0, MOST).map(({ person }) => person) };
}

export interface Newcomer {
  given: string;
  family: string;
  birth: string; // ISO, as exact as it is known; "" unknown
  cid: string;
}

/** Who on the phone may be this person, likeliest first. Who is told apart by birth year or id is left out. */
export function alike(registry: Registry, who: Newcomer): Person[] {
  const [given, family] = [nameKey(who.given), nameKey(who.family)];
  const [givenSound, familySound] = [soundKey(who.given), soundKey(who.family)];
  const scored = keysOf(registry).flatMap((keys) => {
    const cid = keys.person.get("cid");
    if (who.cid && cid) return who.cid === cid ? [{ score: 9, person: keys.person }] : [];
    let score = given === keys.given ? 3 : givenSound === keys.givenSound ? 2 : 0;
    if (!score || !given) return [];
    if (family && keys.family) score += family === keys.family ? 3 : familySound === keys.familySound ? 2 : -1;
    score += closeness(who.birth, keys.person.get("birth_date"));
    return score >= 3 ? [{ score, person: keys.person }] : [];
  });
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, 8).map(({ person }) => person);
}

/** Of two birth dates: how much they speak for one person. Years are often off by one where an age was told. */
function closeness(one: string, other: string): number {
  if (!one || !other) return 0;
  const exact = Math.min(one.length, other.length);
  if (one.slice(0, exact) === other.slice(0, exact)) return exact >= 10 ? 3 : 2;
  const apart = Math.abs(Number(one.slice(0, 4)) - Number(other.slice(0, 4)));
  return apart <= 1 ? 1 : apart <= 3 ? -1 : -4;
}
