// Named things of the volunteer who is in: sealed one by one.

import type { Session } from "../vault/session";
import { freely, together } from "./space";

const within = (session: Session, start: string) => IDBKeyRange.bound([session.id, start], [session.id, `${start}\uffff`]);

export async function readThing<T>(session: Session, name: string): Promise<T | undefined> {
  const thing = await session.db.get("things", [session.id, name]);
  return thing && session.unsealJson<T>(name, thing.sealed);
}

/** All things whose names begin so: [name, value]. */
export async function readThings<T>(session: Session, start: string): Promise<[string, T][]> {
  const things = await session.db.getAll("things", within(session, start));
  return Promise.all(things.map(async ({ name, sealed }): Promise<[string, T]> => [name, await session.unsealJson<T>(name, sealed)]));
}

export async function namesOf(session: Session, start: string): Promise<string[]> {
  return (await session.db.getAllKeys("things", within(session, start))).map(([, name]) => name);
}

/** Write and delete together: all of it, or nothing. Throws StorageFull. */
export async function writeThings(session: Session, written: [name: string, value: unknown][], deleted: string[] = []): Promise<void> {
  const sealed = await Promise.all(
    written.map(async ([name, value]) => ({ vault: session.id, name, sealed: await session.sealJson(name, value) })),
  );
  const step = session.db.transaction("things", "readwrite");
  const deletions = deleted.map((name) => step.store.delete([session.id, name]));
  await together([...deletions, ...sealed.map((thing) => step.store.put(thing))], step.done);
}

/** Bytes as they are: pictures of forms. */
export async function readBytes(session: Session, name: string): Promise<ArrayBuffer | undefined> {
  const thing = await session.db.get("things", [session.id, name]);
  return thing && session.unseal(name, thing.sealed);
}

export async function writeBytes(session: Session, name: string, content: ArrayBuffer): Promise<void> {
  const sealed = await session.seal(name, content);
  await freely(() => session.db.put("things", { vault: session.id, name, sealed }));
}
