// The volunteer's own work: drafts, what waits to be sent, what was sent. Nothing here is deleted before the server has
// said what became of it.

import type { Photo, Record, State } from "./database";

export type { State };
import { freely, together } from "./space";
import type { Session } from "../vault/session";

/** What is sealed of a record. Of work that is done only the words for the list are left. */
export interface Content {
  title: string; // of the form
  about: string; // which house or person
  formId: string; // of the version of the form; "" for a reply
  household: string;
  person: string;
  started: number;
  xml: string; // of a reply: its JSON
  names: string[]; // of its files
  sentAt?: number;
  outcome?: string; // settled, flagged, left
  message?: string; // what the server said of it
  copies?: number; // files that are not sent yet, told while it waits
}

export type Work = Omit<Record, "sealed"> & Content;

/** What the form gives while it is filled in: `changed` files are new or other than before, `names` are all it has. */
export interface Filled {
  xml: string;
  changed: Map<string, Blob>;
  names: string[];
}

const place = (id: string) => `record/${id}`;
const filePlace = (id: string, name: string) => `file/${id}/${name}`;

async function opened(session: Session, record: Record): Promise<Work> {
  const { sealed, ...rest } = record;
  return { ...rest, ...(await session.unsealJson<Content>(place(record.id), sealed)) };
}

async function closed(session: Session, work: Work): Promise<Record> {
  const { id, vault, kind, state, changed, held, ...content } = work;
  return { id, vault, kind, state, changed, held, sealed: await session.sealJson(place(id), content) };
}

/** All work of the volunteer, newest first. */
export async function readWork(session: Session): Promise<Work[]> {
  const records = await session.db.getAllFromIndex("records", "vault", session.id);
  const work = await Promise.all(records.map((record) => opened(session, record)));
  return work.sort((a, b) => b.changed - a.changed);
}

export async function oneWork(session: Session, id: string): Promise<Work | undefined> {
  const record = await session.db.get("records", id);
  return record && record.vault === session.id ? opened(session, record) : undefined;
}

/** Put a record and its files as they are now, all or nothing. Files that `names` no longer has are deleted.
 * Throws StorageFull, and then what was kept before is still there. */
export async function keepFilled(session: Session, work: Work, filled: Filled): Promise<void> {
  const record = await closed(session, { ...work, xml: filled.xml, names: filled.names });
  const photos: Photo[] = [];
  for (const [name, blob] of filled.changed) {
    const sealed = await session.seal(filePlace(work.id, name), await blob.arrayBuffer());
    photos.push({ record: work.id, name, vault: session.id, type: blob.type, size: blob.size, sealed });
  }
  const step = session.db.transaction(["records", "files"], "readwrite");
  const files = step.objectStore("files");
  const unnamed = (await files.index("record").getAllKeys(work.id)).filter(([, name]) => !filled.names.includes(name));
  const writes = [...unnamed.map((key) => files.delete(key)), ...photos.map((photo) => files.put(photo))];
  await together([...writes, step.objectStore("records").put(record)], step.done);
}

/** Note what became of a record; its files stay. */
export async function note(session: Session, work: Work, changes: Partial<Work>): Promise<Work> {
  const noted = { ...work, ...changes };
  const record = await closed(session, noted);
  await freely(() => session.db.put("records", record));
  return noted;
}

/** The server has taken it in for good: delete the copy, keep the line. */
export async function finish(session: Session, work: Work, outcome: string, message: string): Promise<void> {
  const record = await closed(session, { ...work, state: "done", xml: "", names: [], outcome, message });
  const step = session.db.transaction(["records", "files"], "readwrite");
  const files = step.objectStore("files");
  const copies = await files.index("record").getAllKeys(work.id);
  await together([...copies.map((key) => files.delete(key)), step.objectStore("records").put(record)], step.done);
}

/** Throw a draft away, with its files. */
export async function discard(session: Session, id: string): Promise<void> {
  const step = session.db.transaction(["records", "files"], "readwrite");
  const files = step.objectStore("files");
  const copies = await files.index("record").getAllKeys(id);
  await together([...copies.map((key) => files.delete(key)), step.objectStore("records").delete(id)], step.done);
}

export async function photosOf(session: Session, id: string): Promise<Map<string, Blob>> {
  const photos = await session.db.getAllFromIndex("files", "record", id);
  const opened = photos.map(async (photo): Promise<[string, Blob]> => [photo.name, await blobOf(session, photo)]);
  return new Map(await Promise.all(opened));
}

export async function photo(session: Session, id: string, name: string): Promise<Blob | undefined> {
  const kept = await session.db.get("files", [id, name]);
  return kept && blobOf(session, kept);
}

const blobOf = async (session: Session, photo: Photo): Promise<Blob> =>
  new Blob([await session.unseal(filePlace(photo.record, photo.name), photo.sealed)], { type: photo.type });

const KEPT_LINES = 200;

/** Of work that is done the newest lines stay. */
export async function tidy(session: Session, work: Work[]): Promise<void> {
  const old = work.filter((each) => each.state === "done").slice(KEPT_LINES);
  for (const each of old) await discard(session, each.id);
}

export const countOf = (work: Work[], state: State): number => work.filter((each) => each.state === state).length;
