import { beforeAll, expect, test, vi } from "vitest";
import type { Area } from "../src/store/area";
import type { Row } from "../src/sync/digest";

// The screen's settings are read when a module is loaded; a node has no screen.
vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
vi.stubGlobal("document", { documentElement: { dataset: {} } });

let registry: import("../src/registry/registry").Registry;
let tools: typeof import("../src/registry/search") & typeof import("../src/registry/today") & typeof import("../src/registry/prefill");

const COLUMNS = {
  household: ["house_no", "area", "lat", "lon", "pin_accuracy_m", "last_visited_on"],
  person: ["title", "given_name", "family_name", "nickname", "birth_date", "next_visit_on", "cid"],
};
const ROWS: Row[] = [
  ["a1", ["12/3", "52030601", "18.23", "99.41", "8", "2026-10-01"], [["p1", "นาง", "ปั้น", "ใจดี", "ปุ๊ก", "1950-03-15", "2026-11-01", ""]]],
  ["b2", ["12", "52030601", "", "", "", ""], [["p2", "นาย", "วรรณา", "สุขใจ", "", "1962", "", "1101700230708"]]],
  [`${"0".repeat(24)}52030601`, ["", "52030601", "", "", "", ""], [["p3", "นาย", "ไกล", "บ้าน", "", "", "2026-10-30", ""]]],
];

beforeAll(async () => {
  const { Registry } = await import("../src/registry/registry");
  tools = { ...(await import("../src/registry/search")), ...(await import("../src/registry/today")), ...(await import("../src/registry/prefill")) };
  const area: Area = {
    area: "52030601", name: "ม.1", columns: COLUMNS, digest: "", digests: new Map(), households: new Map(ROWS.map((row) => [row[0], row])),
  }; // prettier-ignore
  registry = new Registry([area], undefined);
});

test.each([
  ["ปั้น", ["p1"]], ["นางปั้น ใจดี", ["p1"]], ["ใจดี", ["p1"]], ["ปุ๊ก", ["p1"]], ["วันนา", ["p2"]], ["ไม่มี", []],
])("%s is found", (typed, keys) => {
  expect(tools.search(registry, typed).people.map((person) => person.key)).toEqual(keys);
}); // prettier-ignore

test("house numbers are found as they are said, the shortest first", () => {
  expect(tools.search(registry, "๑๒").houses.map((house) => house.number)).toEqual(["12", "12/3"]);
  expect(tools.search(registry, "12 ทับ 3").houses.map((house) => house.number)).toEqual(["12/3"]);
});

test("somebody new is known already where name and birth say so", () => {
  const like = (given: string, family: string, birth = "", cid = "") =>
    tools.alike(registry, { given, family, birth, cid }).map((person) => person.key);
  expect(like("ปั้น", "ใจดี", "1950")).toEqual(["p1"]);
  expect(like("ปั่น", "ไจดี")).toEqual(["p1"]); // written otherwise
  expect(like("ปั้น", "ใจดี", "1991")).toEqual([]); // forty years younger
  expect(like("อื่น", "ไกล", "", "1101700230708")).toEqual(["p2"]);
  expect(like("วรรณา", "สุขใจ", "1962", "1101700230709")).toEqual([]); // another number, another person
});

test("today holds what is due, never visited and not pinned, and leaves out what was just done", () => {
  const todo = tools.todays(registry, "2026-11-02", []);
  expect([todo.due, todo.never, todo.unpinned].map((houses) => houses.map((house) => house.key))).toEqual([["a1"], ["b2"], ["b2"]]);
  expect(todo.people.map((person) => person.key)).toEqual(["p3"]);
  const work = [{ household: "a1", state: "queued" }] as Parameters<typeof tools.todays>[2];
  expect(tools.todays(registry, "2026-11-02", work).due).toEqual([]);
});

test("a form is given what is known, by the names of the catalogue", () => {
  const house = registry.house("a1");
  const known = tools.knownFor({ ...(house && { house }), newcomer: { given: "ใหม่", family: "", birth: "", cid: "" } });
  expect(known.household).toMatchObject({ household_key: "a1", house_no: "12/3", point: "18.23 99.41 0 8" });
  expect(known.members).toEqual([
    { title: "นาง", given_name: "ปั้น", family_name: "ใจดี", nickname: "ปุ๊ก", birth_date: "1950-03-15", next_visit_on: "2026-11-01", person_key: "p1" },
    { given_name: "ใหม่" },
  ]);
});
