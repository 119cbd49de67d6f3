// Brings what changed on the server: areas, forms, what was asked, what became of what was sent.

import { type Area, dropArea, keepArea, withBlock } from "../store/area";
import { type Work, finish, note } from "../store/records";
import { namesOf, readThing, writeBytes, writeThings } from "../store/things";
import type { Session } from "../vault/session";
import * as api from "./api";

/** What the phone knows beside the areas; sealed as one thing. */
export interface Known {
  user: api.User;
  today: string; // by the server's clock, at the last contact
  at: number; // of the last contact
  forms: api.FormAnswer[];
  catalogue: api.Catalogue;
  boundaries: api.Boundaries;
  inquiries: api.Inquiry[];
  inbox: api.Inbox;
  tooLarge: api.SyncAnswer["too_large"];
}

const FINISHED = new Set(["settled", "flagged", "left"]);
const MOST_ASKED = 500;

export const readKnown = (session: Session): Promise<Known | undefined> => readThing<Known>(session, "known");
export const xformName = (md5: string): string => `form/${md5}`;
export const mediaName = (md5: string): string => `media/${md5}`;

/** Ask once, and keep the answer. Returns the areas as they are now.
 * Throws what api.call throws, and StorageFull; what was kept before then still stands. */
export async function bring(session: Session, token: string, areas: Area[], work: Work[]): Promise<Area[]> {
  const before = await readKnown(session);
  const only = await readThing<string[]>(session, "only");
  const forms = await namesOf(session, "form/");
  const sent = work.filter((each) => each.state === "sent").slice(0, MOST_ASKED);
  const answer = await api.sync(token, {
    areas: Object.fromEntries(areas.map((each) => [each.area, each.digest])),
    ...(only && { only }),
    forms: forms.map((name) => name.slice("form/".length)),
    catalogue: before?.catalogue.md5 ?? "",
    boundaries: before?.boundaries.md5 ?? "",
    submissions: sent.map((each) => each.id),
    inbox: before?.inbox.md5 ?? "",
    waiting: work.filter((each) => each.state === "queued").length,
  });
  await settle(session, sent, answer.submissions);
  const now = await takeAreas(session, areas, answer);
  await takeForms(session, token, forms, answer.forms, work);
  await writeThings(session, [["known", known(before, answer)]]);
  return now;
}

async function settle(session: Session, sent: Work[], outcomes: api.SyncAnswer["submissions"]): Promise<void> {
  for (const work of sent) {
    const outcome = outcomes[work.id];
    if (!outcome) continue;
    if (FINISHED.has(outcome.state)) await finish(session, work, outcome.state, outcome.message);
    // Restored from a backup, or a photo is missing there: send again what is missing.
    else if (outcome.state === "unknown" || outcome.state === "waiting") await note(session, work, { state: "queued" });
  }
}

async function takeAreas(session: Session, areas: Area[], answer: api.SyncAnswer): Promise<Area[]> {
  const now = new Map(areas.map((each) => [each.area, each]));
  for (const block of answer.areas) {
    const area = await withBlock(now.get(block.area), block);
    await keepArea(session, area, block);
    now.set(block.area, area);
  }
  for (const gone of answer.areas_gone) {
    await dropArea(session, gone);
    now.delete(gone);
  }
  return [...now.values()].sort((a, b) => a.area.localeCompare(b.area));
}

async function takeForms(session: Session, token: string, had: string[], forms: api.FormAnswer[], work: Work[]): Promise<void> {
  const wanted = new Set(forms.map((form) => xformName(form.md5)));
  // A draft is finished with the form it was begun with, though that is replaced.
  const before = await readKnown(session);
  const inUse = new Set(work.filter((each) => each.state === "draft").map((each) => each.formId));
  for (const form of before?.forms ?? []) if (inUse.has(form.id)) wanted.add(xformName(form.md5));
  const fresh = forms.filter((form) => form.xform !== undefined);
  await writeThings(
    session,
    fresh.map((form): [string, unknown] => [xformName(form.md5), form.xform]),
    had.filter((name) => !wanted.has(name)),
  );
  const pictures = new Set(await namesOf(session, "media/"));
  for (const form of forms) {
    for (const { name, md5 } of form.media) {
      if (pictures.has(mediaName(md5))) continue;
      await writeBytes(session, mediaName(md5), await api.media(token, form.id, name));
      pictures.add(mediaName(md5));
    }
  }
}

function known(before: Known | undefined, answer: api.SyncAnswer): Known {
  const { user, today, forms, catalogue, boundaries, inbox, inquiries } = answer;
  const entries = inbox.entries ?? before?.inbox.entries ?? [];
  const offered = new Set(forms.map((form) => form.id));
  // Versions that are offered no more stay known for the drafts begun with them; `until` in the past hides them.
  const replaced = (before?.forms ?? []).filter((form) => !offered.has(form.id)).map((form) => ({ ...form, until: "0000-00-00" }));
  return {
    user,
    today,
    at: Date.now(),
    forms: [...forms.map(({ xform: _, ...form }) => form), ...replaced.slice(0, 30)],
    catalogue: catalogue.attributes ? catalogue : (before?.catalogue ?? catalogue),
    boundaries: boundaries.geojson ? boundaries : (before?.boundaries ?? boundaries),
    inbox: { md5: inbox.md5, entries },
    inquiries,
    tooLarge: answer.too_large ?? [],
  };
}
