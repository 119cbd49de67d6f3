import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { database } from "../src/store/database";
import { type Work, keepFilled, oneWork, photosOf, readWork } from "../src/store/records";
import { SignInExpired, Unreachable } from "../src/sync/api";
import { retryAfter } from "../src/sync/round";
import { send } from "../src/sync/send";
import { makeKey } from "../src/vault/keys";
import { Session } from "../src/vault/session";

const told = { progress: () => undefined };
const PIECE = 256 * 1024;

async function queued(): Promise<{ here: Session; work: Work }> {
  const { wrapped, key } = await makeKey("290614", 10);
  const vault = { id: crypto.randomUUID(), username: "noi", name: "น้อย", made: 0, wrapped, wrong: 0, lastWrong: 0 };
  const here = new Session(await database(), vault, key);
  const work: Work = {
    id: crypto.randomUUID(), vault: vault.id, kind: "form", state: "queued", changed: 1, held: false, title: "สำรวจ", about: "12/3",
    formId: "f", household: "", person: "", started: 1, xml: "", names: [],
  }; // prettier-ignore
  const photo = new Blob([new Uint8Array(PIECE + 100)], { type: "image/jpeg" });
  await keepFilled(here, work, { xml: "<data/>", changed: new Map([["a.jpg", photo]]), names: ["a.jpg"] });
  return { here, work: (await oneWork(here, work.id)) as Work };
}

const json = (body: object, status = 200) => new Response(JSON.stringify({ protocol: 1, ...body }), { status });

/** A server of which each answer is made by hand. Returns what it was asked. */
function server(...answers: ((headers: Headers) => Response | Promise<Response>)[]): { url: string; offset: string | null }[] {
  const asked: { url: string; offset: string | null }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    asked.push({ url: url.replace(/.*\/v1\//, ""), offset: headers.get("Upload-Offset") });
    const answer = answers.shift();
    if (!answer) throw new TypeError("cut");
    return answer(headers);
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("the form goes first, then its photo from where the server left off", async () => {
  const { here, work } = await queued();
  const asked = server(
    () => json({ state: "waiting", message: "", files: { "a.jpg": { have: PIECE, size: PIECE + 100 } } }),
    () => json({ have: PIECE + 100 }),
  );
  await send(here, "t", work, told);
  expect(asked.map((each) => each.offset)).toEqual([null, String(PIECE)]);
  expect((await oneWork(here, work.id))?.state).toBe("sent");
  expect((await photosOf(here, work.id)).size).toBe(1); // kept until it is settled there
});

test("cut anywhere, everything stays and waits", async () => {
  const { here, work } = await queued();
  server(
    () => json({ state: "waiting", message: "", files: { "a.jpg": { have: 0, size: 0 } } }),
    () => json({ have: PIECE }),
  );
  await expect(send(here, "t", work, told)).rejects.toBeInstanceOf(Unreachable);
  expect((await oneWork(here, work.id))?.state).toBe("queued");
  expect((await photosOf(here, work.id)).get("a.jpg")?.size).toBe(PIECE + 100);
});

test("a wrong offset and a forgotten file are put right at once", async () => {
  const { here, work } = await queued();
  const asked = server(
    () => json({ state: "waiting", message: "", files: { "a.jpg": { have: 7, size: PIECE + 100 } } }),
    () => json({ code: "wrong_offset", have: PIECE }, 409),
    () => json({ have: PIECE + 100 }),
  );
  await send(here, "t", work, told);
  expect(asked.map((each) => each.offset)).toEqual([null, "7", String(PIECE)]);
});

test("what the server will not take is put aside with its sentence, and kept", async () => {
  const { here, work } = await queued();
  server(() => json({ code: "too_large", message: "ใหญ่เกินไป" }, 413));
  await send(here, "t", work, told);
  expect(await oneWork(here, work.id)).toMatchObject({ state: "queued", held: true, message: "ใหญ่เกินไป", xml: "<data/>" });
});

test("a sign-in that ran out stops the round and touches nothing", async () => {
  const { here, work } = await queued();
  server(() => json({ code: "no_token", message: "" }, 401));
  await expect(send(here, "t", work, told)).rejects.toBeInstanceOf(SignInExpired);
  expect(await oneWork(here, work.id)).toMatchObject({ state: "queued", held: false });
});

test("another volunteer of this phone sees nothing of it", async () => {
  const { work } = await queued();
  const { here: other } = await queued();
  expect(await oneWork(other, work.id)).toBeUndefined();
  expect((await readWork(other)).map((each) => each.id)).not.toContain(work.id);
});

test("it is tried again ever more seldom, at least each ten minutes", () => {
  expect([1, 2, 3, 20].map(retryAfter)).toEqual([5_000, 10_000, 20_000, 600_000]);
});
