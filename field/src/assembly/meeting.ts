// Assemblies on the phone: taken along with all their steps, gone on with where there is no signal, and brought back.

import { LOCK, Refused, call, localTime } from "../sync/api";
import { namesOf, readBytes, readThing, readThings, writeBytes, writeThings } from "../store/things";
import type { Session } from "../vault/session";
import { hashesOf, written } from "./chain";
import { type Minutes, after, apply } from "./minutes";

export interface Meeting {
  id: string;
  village: string;
  mayRun: boolean;
  withdrawn: boolean;
  steps: string[]; // all, also those that only this phone has
  sent: number; // how many of them the server has
  /** Steps of this phone that could not follow, since another phone went on first; kept to be read. */
  refused: string[];
  message: string;
}

interface Held {
  id: string;
  village: string;
  may_run: boolean;
  batch_withdrawn: boolean;
  steps: string[];
}

const BASE = "/assemblies/phone/";
const nameOf = (id: string) => `assembly/${id}`;
const pictureOf = (id: string, sha256: string) => `assembly-photo/${id}/${sha256}`;

export async function readMeetings(session: Session): Promise<Meeting[]> {
  const found = await readThings<Meeting>(session, "assembly/");
  return found.map(([, meeting]) => meeting).sort((a, b) => (a.id < b.id ? 1 : -1));
}

export const readMeeting = (session: Session, id: string): Promise<Meeting | undefined> => readThing<Meeting>(session, nameOf(id));
const keep = (session: Session, meeting: Meeting): Promise<void> => writeThings(session, [[nameOf(meeting.id), meeting]]);

export const minutesOf = (meeting: Meeting): Minutes => after(meeting.steps);

/** Write one step on this phone; it is sent when there is a signal. Throws StepRefused, StorageFull. */
export async function addStep(session: Session, meeting: Meeting, kind: string, body: { [name: string]: unknown }): Promise<Meeting> {
  const text = written(meeting.steps.length + 1, kind, localTime(), session.vault.name, body);
  apply(minutesOf(meeting), JSON.parse(text));
  const longer = { ...meeting, steps: [...meeting.steps, text] };
  await keep(session, longer);
  return longer;
}

/** Keep a picture and the step that names it. */
export async function addPicture(session: Session, meeting: Meeting, sha256: string, bytes: ArrayBuffer): Promise<Meeting> {
  await writeBytes(session, pictureOf(meeting.id, sha256), bytes);
  return addStep(session, meeting, "photographed", { sha256, caption: "" });
}

export const picture = (session: Session, id: string, sha256: string): Promise<ArrayBuffer | undefined> => readBytes(session, pictureOf(id, sha256));

/** What the phone and the server have, put together. Steps of the phone that follow the server's stay to be sent; steps that
 * another phone overtook are kept apart, to be read. */
export function together(kept: Meeting | undefined, held: Held): Meeting {
  const told = { id: held.id, village: held.village, mayRun: held.may_run, withdrawn: held.batch_withdrawn };
  const own = kept?.steps ?? [];
  const before = { refused: kept?.refused ?? [], message: kept?.message ?? "" };
  const same = held.steps.findIndex((text, at) => own[at] !== text);
  const common = same === -1 ? held.steps.length : same;
  if (common === held.steps.length) return { ...told, ...before, steps: own.length > common ? own : held.steps, sent: common };
  const overtaken = own.slice(common).filter((text) => !held.steps.includes(text));
  return { ...told, ...before, steps: held.steps, sent: held.steps.length, refused: [...before.refused, ...overtaken] };
}

async function put(token: string, path: string, body: BodyInit, type: string): Promise<void> {
  await call(path, { method: "PUT", token, base: BASE, headers: { "Content-Type": type }, body });
}

async function sendSteps(session: Session, token: string, meeting: Meeting): Promise<Meeting> {
  const hashes = await hashesOf(meeting.id, meeting.steps);
  let now = meeting;
  for (let n = meeting.sent + 1; n <= meeting.steps.length; n++) {
    const text = meeting.steps[n - 1] ?? "";
    try {
      await put(token, `${meeting.id}/steps/${n}`, JSON.stringify({ text, hash: hashes[n] }), "application/json");
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401 || error.status === 429) throw error;
      now = { ...now, message: error.message }; // the next round brings what overtook it
      await keep(session, now);
      return now;
    }
    now = { ...now, sent: n, message: "" };
    await keep(session, now);
  }
  return now;
}

async function sendPictures(session: Session, token: string, meeting: Meeting): Promise<void> {
  const start = `assembly-photo/${meeting.id}/`;
  for (const name of await namesOf(session, start)) {
    const sha256 = name.slice(start.length);
    const named = meeting.steps.slice(0, meeting.sent).some((text) => text.includes(sha256));
    const bytes = named ? await readBytes(session, name) : undefined;
    if (!bytes) continue;
    await put(token, `${meeting.id}/photos/${sha256}`, bytes, "image/jpeg");
    await writeThings(session, [], [name]);
  }
}

/** Bring the assemblies along, and bring back what was written on this phone. Throws what api.call throws, and StorageFull. */
export async function carry(session: Session, token: string): Promise<void> {
  const answer = (await (await call("take", { token, base: BASE })).json()) as Held[];
  const kept = new Map((await readMeetings(session)).map((meeting) => [meeting.id, meeting]));
  for (const held of answer) {
    const meeting = together(kept.get(held.id), held);
    kept.delete(held.id);
    await keep(session, meeting);
    await sendPictures(session, token, await sendSteps(session, token, meeting));
  }
  const gone = [...kept.values()].filter((meeting) => meeting.sent === meeting.steps.length && !meeting.refused.length);
  await writeThings(session, [], gone.map((meeting) => nameOf(meeting.id)));
}

/** Certify a list that everybody has signed: needs the network, since the registry is told. Throws what api.call throws. */
export function certify(session: Session, token: string, meeting: Meeting): Promise<void> {
  // What was written here comes first, and no round may be at it meanwhile.
  return navigator.locks.request(LOCK, async () => {
    await carry(session, token);
    await call(`${meeting.id}/certify`, { token, base: BASE });
    await carry(session, token);
  });
}
