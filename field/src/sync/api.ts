// Calls of the protocol of docs/sync.md, one function each, and what can come of them.

import type { Block } from "../store/area";
import { sha256 } from "./digest";

declare const __APP_VERSION__: string;

export const PROTOCOL = 1;
/** Held by whoever of this phone talks to the server: one tab at a time. */
export const LOCK = "mudmai-field-sync";
export const APP_VERSION: string = __APP_VERSION__; // of package.json, put in by vite.config.ts
const BASE = "/field/api/v1/";
const PATIENCE = 60_000; // ms without an answer

/** The server said no, with a sentence for the person. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: { wipe?: boolean; have?: number } = {},
    readonly wait = 0, // seconds
  ) {
    super(message);
  }
}
/** No answer, or the server is ill: try again later. */
export class Unreachable extends Error {}
/** The token opens nothing any more. */
export class SignInExpired extends Refused {}
/** Somebody locked this phone out: everything of this volunteer is to be deleted. */
export class LockedOut extends Refused {}

/** What the phone's clock shows, ISO with its offset. */
export function localTime(now = new Date()): string {
  const ahead = -now.getTimezoneOffset();
  const two = (n: number) => String(Math.trunc(n)).padStart(2, "0");
  const local = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  return `${local}${ahead < 0 ? "-" : "+"}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}

interface Call {
  method?: string;
  token?: string;
  headers?: { [name: string]: string };
  body?: BodyInit;
  base?: string;
}

async function refusal(answer: Response): Promise<Refused> {
  const body = (await answer.json().catch(() => ({}))) as { code?: string; message?: string; wipe?: boolean; have?: number };
  const { code = "", message = "" } = body;
  const wait = Number(answer.headers.get("Retry-After")) || 0;
  if (answer.status === 403 && body.wipe) return new LockedOut(403, code, message, body);
  if (answer.status === 401 && code === "no_token") return new SignInExpired(401, code, message, body);
  return new Refused(answer.status, code, message, body, wait);
}

/** Throws Unreachable, SignInExpired, LockedOut or Refused. */
export async function call(path: string, { method = "POST", token, headers, body, base = BASE }: Call = {}): Promise<Response> {
  const about = { "Mudmai-Protocol": String(PROTOCOL), "Mudmai-App": APP_VERSION, "Mudmai-Time": localTime() };
  const authorization: { [name: string]: string } = token ? { Authorization: `Bearer ${token}` } : {};
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const all = { ...about, ...authorization, ...headers };
    answer = await fetch(base + path, { method, headers: all, body, signal, credentials: "omit", cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
  if (answer.status >= 500) throw new Unreachable();
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function json<T>(path: string, body: unknown, token?: string): Promise<T> {
  const answer = await call(path, { token, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  try {
    return (await answer.json()) as T;
  } catch {
    throw new Unreachable(); // cut in the middle, or a page of the telephone company
  }
}

export interface User {
  id: number;
  username: string;
  name: string;
  language: string;
}

export interface SignedIn {
  token: string;
  user: User;
}

export interface Credentials {
  username: string;
  password: string;
  code?: string;
}

export const signIn = (device: string, name: string, who: Credentials): Promise<SignedIn> => json("sign-in", { device, name, ...who });
export const signOut = (token: string): Promise<Response> => call("sign-out", { token });
export const sayWiped = (device: string): Promise<unknown> => json("wiped", { device });
/** Whether a phone that nobody has unlocked is to be wiped. */
export const knock = (device: string): Promise<{ wipe: boolean }> => json("knock", { device });
export const reply = (token: string, id: string, body: string): Promise<Response> =>
  call(`inquiries/${id}/reply`, { token, headers: { "Content-Type": "application/json" }, body });

export interface FormAnswer {
  id: string;
  form_id: string;
  version: string;
  title: string;
  md5: string;
  about: "household" | "person" | "place";
  until?: string | null;
  xform?: string;
  media: { name: string; md5: string; mime: string; size: number }[];
}

export interface Attribute {
  th: string;
  en: string;
  kind: string;
  list?: string;
  unit?: string;
}

export interface Catalogue {
  md5: string;
  attributes?: { [code: string]: Attribute };
  lists?: { [list: string]: { [code: string]: [th: string, en: string] } };
}

export interface Boundaries {
  md5: string;
  geojson?: GeoJson;
}

export interface GeoJson {
  features: { properties: { name?: string; label?: [lon: number, lat: number] } | null; geometry: Geometry | null }[];
}
export type Geometry =
  | { type: "Polygon"; coordinates: [number, number][][] }
  | { type: "MultiPolygon"; coordinates: [number, number][][][] };

export interface Inquiry {
  id: string;
  note: string;
  asked_by: string;
  asked_on: string;
  about: "person" | "household";
  sides: { person: string; household: string; who: string }[];
}

export interface InboxEntry {
  kind: string;
  submission: string;
  household: string;
  person: string;
  attribute: string;
  yours: string;
  theirs: string;
  message: string;
}

export interface Inbox {
  md5: string;
  entries?: InboxEntry[];
}

export interface SyncQuestion {
  areas: { [area: string]: string };
  only?: string[]; // parts of an area that is too large for a phone; left out: every area of the user
  forms: string[];
  catalogue: string;
  boundaries: string;
  submissions: string[];
  inbox: string;
  waiting: number;
}

export interface Outcome {
  state: "unknown" | "waiting" | "received" | "settled" | "flagged" | "left";
  message: string;
}

export interface SyncAnswer {
  protocol: number;
  today: string;
  user: User;
  areas: Block[];
  areas_gone: string[];
  too_large: { area: string; name: string; choose: { area: string; name: string }[] }[];
  forms: FormAnswer[];
  catalogue: Catalogue;
  boundaries: Boundaries;
  inquiries: Inquiry[];
  inbox: Inbox;
  submissions: { [id: string]: Outcome };
}

export const sync = (token: string, question: SyncQuestion): Promise<SyncAnswer> => json("sync", question, token);

export async function media(token: string, version: string, name: string): Promise<ArrayBuffer> {
  const answer = await call(`forms/${version}/media/${encodeURIComponent(name)}`, { method: "GET", token });
  return answer.arrayBuffer().catch(() => {
    throw new Unreachable();
  });
}

export interface Kept extends Outcome {
  files?: { [name: string]: { have: number; size: number } };
}

/** Squeeze text where the phone can; a form of 20 kB becomes 3 kB. */
async function squeezed(text: string): Promise<{ body: BodyInit; headers: { [name: string]: string } }> {
  if (!("CompressionStream" in globalThis)) return { body: text, headers: {} };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return { body: await new Response(stream).arrayBuffer(), headers: { "Content-Encoding": "gzip" } };
}

export async function putSubmission(token: string, id: string, xml: string): Promise<Kept> {
  const { body, headers } = await squeezed(xml);
  const told = { "Content-Type": "application/xml", "Mudmai-Sha256": await sha256(xml), ...headers };
  const answer = await call(`submissions/${id}`, { method: "PUT", token, headers: told, body });
  return (await answer.json().catch(() => {
    throw new Unreachable();
  })) as Kept;
}

export interface Piece {
  offset: number;
  whole: number;
  sha256: string;
  bytes: ArrayBuffer;
  type: string;
}

export async function putPiece(token: string, id: string, name: string, piece: Piece): Promise<number> {
  const headers = {
    "Content-Type": piece.type || "application/octet-stream",
    "Upload-Offset": String(piece.offset),
    "Upload-Length": String(piece.whole),
    "Mudmai-Sha256": piece.sha256,
  };
  const path = `submissions/${id}/files/${encodeURIComponent(name)}`;
  const answer = await call(path, { method: "PUT", token, headers, body: piece.bytes });
  const told = (await answer.json().catch(() => ({}))) as { have?: number };
  return told.have ?? piece.offset + piece.bytes.byteLength;
}
