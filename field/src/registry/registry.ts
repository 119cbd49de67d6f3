// The areas on the phone as houses and people, read from the rows as they came.

import type { Area } from "../store/area";
import type { Attribute, Catalogue } from "../sync/api";
import type { Row } from "../sync/digest";
import { ageOn } from "../words/dates";

/** Who lives in no known house stands in one whose key begins so. */
const NO_HOUSE = "0".repeat(24);

export class Person {
  constructor(
    readonly house: House,
    private readonly row: string[],
  ) {}
  get key(): string {
    return this.row[0] ?? "";
  }
  /** What is known of an attribute of the catalogue; "" where nothing is, or this user may not see it. */
  get(code: string): string {
    const at = this.house.columns.person.get(code);
    return at === undefined ? "" : (this.row[at + 1] ?? "");
  }
  get name(): string {
    return [this.get("title") + this.get("given_name"), this.get("family_name")].filter(Boolean).join(" ");
  }
  age(today: string): number | undefined {
    return ageOn(this.get("birth_date"), today);
  }
  get all(): [code: string, value: string][] {
    return [...this.house.columns.person].map(([code, at]) => [code, this.row[at + 1] ?? ""]);
  }
}

export interface At {
  household: ReadonlyMap<string, number>;
  person: ReadonlyMap<string, number>;
}

export class House {
  readonly members: Person[];
  constructor(
    readonly area: Area,
    readonly columns: At,
    private readonly row: Row,
  ) {
    this.members = row[2].map((member) => new Person(this, member));
  }
  get key(): string {
    return this.row[0];
  }
  get(code: string): string {
    const at = this.columns.household.get(code);
    return at === undefined ? "" : (this.row[1][at] ?? "");
  }
  get all(): [code: string, value: string][] {
    return [...this.columns.household].map(([code, at]) => [code, this.row[1][at] ?? ""]);
  }
  get isKnown(): boolean {
    return !this.key.startsWith(NO_HOUSE);
  }
  get number(): string {
    return this.get("house_no");
  }
  get village(): string {
    return this.get("area") || this.area.area;
  }
  get point(): { lat: number; lon: number } | undefined {
    const lat = Number.parseFloat(this.get("lat"));
    const lon = Number.parseFloat(this.get("lon"));
    return Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : undefined;
  }
  get visitedOn(): string {
    return this.get("last_visited_on");
  }
  /** The earliest day on which one of its people is to be visited; "" where none is planned. */
  get dueOn(): string {
    return this.members.map((member) => member.get("next_visit_on")).filter(Boolean).sort()[0] ?? "";
  }
}

const places = (codes: string[]): Map<string, number> => new Map(codes.map((code, at) => [code, at]));
const byNumber = new Intl.Collator("th", { numeric: true });

export class Registry {
  readonly houses: House[] = []; // those that are known, by village and number
  readonly people: Person[] = []; // all, also those of no known house
  private readonly byKey = new Map<string, House>();
  private readonly personByKey = new Map<string, Person>();

  constructor(
    readonly areas: Area[],
    private readonly catalogue: Catalogue | undefined,
  ) {
    for (const area of areas) {
      const columns = { household: places(area.columns.household), person: places(area.columns.person) };
      for (const row of area.households.values()) {
        if (this.byKey.has(row[0])) continue; // areas of one user may overlap
        const house = new House(area, columns, row);
        this.byKey.set(house.key, house);
        if (house.isKnown) this.houses.push(house);
        for (const person of house.members) {
          this.people.push(person);
          this.personByKey.set(person.key, person);
        }
      }
    }
    this.houses.sort((a, b) => a.village.localeCompare(b.village) || byNumber.compare(a.number, b.number));
  }

  house(key: string): House | undefined {
    return this.byKey.get(key);
  }
  person(key: string): Person | undefined {
    return this.personByKey.get(key);
  }
  attribute(code: string): Attribute | undefined {
    return this.catalogue?.attributes?.[code];
  }
  /** The words of a code of a list: [Thai, English]. */
  choice(list: string, code: string): [string, string] | undefined {
    return this.catalogue?.lists?.[list]?.[code];
  }
}
