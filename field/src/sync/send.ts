// Sends what waits: the form first, then its photos in pieces from where the server left off. May be cut anywhere and
// begun again; sending twice does no harm.

import { type Work, finish, note, photo } from "../store/records";
import type { Session } from "../vault/session";
import { Refused, putPiece, putSubmission, reply } from "./api";
import { sha256 } from "./digest";

const PIECE = 256 * 1024;
// Refusals that are no fault of this piece of work; the round stops, and tries again later.
const LATER = new Set(["too_often", "cut_short", "no_token", "locked_out"]);

export interface Told {
  /** A part of a piece of work has gone. */
  progress(id: string, sent: number, whole: number): void;
}

type Find = (name: string) => Promise<Blob | undefined>;

async function sendPhoto(find: Find, token: string, work: Work, name: string, have: number, told: Told): Promise<void> {
  const blob = await find(name);
  if (!blob) return; // the server keeps waiting for it and an officer sees that
  const content = await blob.arrayBuffer();
  const digest = await sha256(content);
  const whole = content.byteLength;
  let offset = have;
  let begunAgain = false;
  do {
    const bytes = content.slice(offset, offset + PIECE);
    try {
      offset = await putPiece(token, work.id, name, { offset, whole, sha256: digest, bytes, type: blob.type });
    } catch (error) {
      if (!(error instanceof Refused) || begunAgain || (error.status !== 409 && error.status !== 422)) throw error;
      offset = error.status === 409 ? (error.body.have ?? 0) : 0;
      begunAgain = true;
    }
    told.progress(work.id, offset, whole);
  } while (offset < whole);
}

async function sendForm(find: Find, token: string, work: Work, told: Told): Promise<void> {
  const kept = await putSubmission(token, work.id, work.xml);
  for (const [name, { have, size }] of Object.entries(kept.files ?? {})) {
    if (have === 0 || have < size) await sendPhoto(find, token, work, name, have, told);
  }
}

/** Send what a full phone cannot keep, straight from the screen. Throws what api.call throws. */
export const sendFromMemory = (token: string, work: Work, files: ReadonlyMap<string, Blob>): Promise<void> =>
  sendForm(async (name) => files.get(name), token, work, { progress: () => undefined });

async function sendReply(session: Session, token: string, work: Work): Promise<void> {
  try {
    await reply(token, work.id, work.xml);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "not_asked") throw error; // else somebody was faster
  }
  await finish(session, { ...work, sentAt: Date.now() }, "settled", "");
}

/** Send one piece of work. What the server will not take is put aside with its sentence (`held`) and stays on the phone.
 * Throws Unreachable, SignInExpired, LockedOut, or a Refused that concerns more than this piece. */
export async function send(session: Session, token: string, work: Work, told: Told): Promise<void> {
  try {
    if (work.kind === "reply") await sendReply(session, token, work);
    else {
      await sendForm((name) => photo(session, work.id, name), token, work, told);
      await note(session, work, { state: "sent", sentAt: Date.now(), message: "" });
    }
  } catch (error) {
    if (!(error instanceof Refused) || LATER.has(error.code)) throw error;
    await note(session, work, { held: true, message: error.message });
  }
}
