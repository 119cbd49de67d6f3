// What a form is given of what is known, by the names of the catalogue, which are the names of its questions.

import type { Known } from "../form/source";
import type { Newcomer } from "./search";
import type { House, Person } from "./registry";

export interface NewHouse {
  area: string;
  house_no: string;
}

const filled = (pairs: [string, string][]) => Object.fromEntries(pairs.filter(([, value]) => value !== ""));

export const personValues = (person: Person) => ({ ...filled(person.all), person_key: person.key });

export function householdValues(house: House): { [name: string]: string } {
  const known: { [name: string]: string } = filled(house.all);
  if (house.isKnown) known.household_key = house.key;
  if (house.point) known.point = `${known.lat} ${known.lon} 0 ${known.pin_accuracy_m || 0}`;
  return known;
}

const newcomerValues = (who: Newcomer) =>
  filled([["given_name", who.given], ["family_name", who.family], ["birth_date", who.birth], ["cid", who.cid]]); // prettier-ignore

export interface About {
  house?: House;
  person?: Person;
  newHouse?: NewHouse;
  newcomer?: Newcomer;
}

/** Everything a form may ask about; a form takes what it has questions for. */
export function knownFor({ house, person, newHouse, newcomer }: About): Known {
  const household = house ? householdValues(house) : { ...newHouse };
  const members = (house?.members ?? []).map(personValues);
  const fresh = newcomer && newcomerValues(newcomer);
  return {
    household,
    members: fresh ? [...members, fresh] : members,
    person: person ? personValues(person) : fresh,
  };
}
