import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Block, keepArea, readAreas, withBlock } from "../src/store/area";
import { database } from "../src/store/database";
import { type Row, digestOfArea, digestOfHousehold } from "../src/sync/digest";
import { makeKey } from "../src/vault/keys";
import { Session } from "../src/vault/session";

const COLUMNS = { household: ["area", "house_no"], person: ["given_name"] };
const row = (n: number, number = String(n)): Row => [n.toString(16).padStart(32, "0"), ["52030601", number], [[`p${n}`, "ปั้น"]]];
const hex = (text: string) => createHash("sha256").update(text).digest("hex");

async function session(): Promise<Session> {
  const { wrapped, key } = await makeKey("290614", 10);
  const vault = { id: crypto.randomUUID(), username: "noi", name: "น้อย", made: 0, wrapped, wrong: 0, lastWrong: 0 };
  return new Session(await database(), vault, key);
}

async function block(rows: Row[], more: Partial<Block> = {}): Promise<Block> {
  const digests = new Map(await Promise.all(rows.map(async (each): Promise<[string, string]> => [each[0], await digestOfHousehold(each)])));
  const digest = await digestOfArea(COLUMNS, digests);
  return { area: "52030601", name: "ม.1", digest, whole: true, columns: COLUMNS, households: rows, gone: [], ...more };
}

test("the digest is the one of docs/sync.md", async () => {
  const one = row(1);
  const digest = hex(JSON.stringify(one)).slice(0, 32);
  expect(await digestOfHousehold(one)).toBe(digest);
  const text = `${JSON.stringify([["area", "house_no"], ["given_name"]])}\n${one[0]} ${digest}\n`;
  expect(await digestOfArea(COLUMNS, new Map([[one[0], digest]]))).toBe(hex(text));
});

test("what changed takes the place of what was, and what is gone is gone", async () => {
  const here = await session();
  const first = await block(Array.from({ length: 200 }, (_, n) => row(n)));
  await keepArea(here, await withBlock(undefined, first), first);
  const [kept] = await readAreas(here);
  expect(kept?.households.size).toBe(200);
  expect(kept?.digest).toBe(first.digest);

  const after = [...Array.from({ length: 199 }, (_, n) => row(n)).slice(1), row(0, "12/3")];
  const { digest } = await block(after);
  const change = { ...first, digest, whole: false, households: [row(0, "12/3")], gone: [row(199)[0]] };
  await keepArea(here, await withBlock(kept, change), change);
  const [now] = await readAreas(here);
  expect(now?.digest).toBe(digest);
  expect(now?.households.size).toBe(199);
  expect(now?.households.get(row(0)[0])?.[1][1]).toBe("12/3");
});

test("a phone that ends up with something else than the server asks for everything next time", async () => {
  const wrong = await block([row(1)], { digest: "0".repeat(64) });
  expect((await withBlock(undefined, wrong)).digest).toBe("");
});
