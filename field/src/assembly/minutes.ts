// What stands after the steps of an assembly: the same rules as mudmai.assembly.rules.minutes, for a meeting without a
// signal. tests/assembly/minutes.test.ts holds both to the same stories.

import type { Step } from "./chain";

export type Phase = "new" | "open" | "closed" | "certified" | "cancelled";
export const POSITIONS = ["headman", "assistant", "volunteer", "council", "officer", "witness"] as const;
export type Position = (typeof POSITIONS)[number];
const USUAL_SIGNERS: Position[] = ["headman", "assistant", "volunteer"];

export interface Row {
  no: number;
  name: string;
  house: string;
  person: string;
  reasons: string[];
  verdict: "" | "kept" | "struck";
  why: string;
  added: boolean;
}

export interface Objection {
  no: number;
  row: number;
  who: string;
  words: string;
  answer: string;
}

export interface Signature {
  name: string;
  position: Position;
  at: string;
  way: "drawn" | "pin";
}

export interface Minutes {
  title: string;
  heldOn: string;
  place: string;
  rows: Row[];
  attendance: { name: string; position: string }[];
  villagers: number;
  objections: Objection[];
  notes: string[];
  photos: string[];
  signers: Position[];
  signatures: Signature[];
  phase: Phase;
}

/** Why a step does not count; a key of the words of the screen. */
export class StepRefused extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}
export type Reason =
  | "out_of_phase" | "missing" | "no_such_row" | "on_list" | "unspoken" | "unanswered" | "nobody_there" | "few_signers" | "signed_already" | "unsigned" | "unknown_step";

const told = (body: Step["body"], name: string): string => {
  const value = String(body[name] ?? "").trim();
  if (!value) throw new StepRefused("missing");
  return value;
};
const text = (body: Step["body"], name: string): string => String(body[name] ?? "");
const position = (value: string): Position => {
  const found = POSITIONS.find((each) => each === value);
  if (!found) throw new StepRefused("missing");
  return found;
};

export const blank = (): Minutes => ({
  title: "", heldOn: "", place: "", rows: [], attendance: [], villagers: 0, objections: [], notes: [], photos: [],
  signers: USUAL_SIGNERS, signatures: [], phase: "new",
});

function row(minutes: Minutes, no: unknown): Row {
  const found = minutes.rows.find((each) => each.no === Number(no));
  if (!found) throw new StepRefused("no_such_row");
  return found;
}

type Does = (minutes: Minutes, body: Step["body"], at: string) => void;

const DOES: { [kind: string]: [Phase[], Does] } = {
  frozen: [["new"], (minutes, body) => {
    minutes.title = told(body, "title");
    minutes.heldOn = told(body, "held_on");
    minutes.place = text(body, "place");
    minutes.rows = (body.rows as Step["body"][]).map((each) => ({
      no: Number(each.no), name: told(each, "name"), house: text(each, "house"), person: text(each, "person"),
      reasons: (each.reasons as string[] | undefined) ?? [], verdict: "", why: "", added: false,
    }));
    minutes.phase = "open";
  }],
  attended: [["open"], (minutes, body) => {
    if (body.villagers) minutes.villagers = Number(body.villagers);
    if (body.name) minutes.attendance.push({ name: text(body, "name"), position: text(body, "position") });
  }],
  kept: [["open"], (minutes, body) => {
    for (const no of body.rows as number[]) Object.assign(row(minutes, no), { verdict: "kept", why: text(body, "why") });
  }],
  struck: [["open"], (minutes, body) => {
    Object.assign(row(minutes, body.row), { verdict: "struck", why: told(body, "why") });
  }],
  added: [["open"], (minutes, body) => {
    const person = text(body, "person");
    if (person && minutes.rows.some((each) => each.person === person && each.verdict !== "struck")) throw new StepRefused("on_list");
    const no = Math.max(0, ...minutes.rows.map((each) => each.no)) + 1;
    minutes.rows.push({ no, name: told(body, "name"), house: text(body, "house"), person, reasons: [], verdict: "kept", why: told(body, "why"), added: true });
  }],
  objected: [["open"], (minutes, body) => {
    const about = Number(body.row ?? 0);
    if (about) row(minutes, about);
    minutes.objections.push({ no: minutes.objections.length + 1, row: about, who: told(body, "who"), words: told(body, "words"), answer: text(body, "answer") });
  }],
  answered: [["open"], (minutes, body) => {
    const found = minutes.objections.find((each) => each.no === Number(body.objection));
    if (!found) throw new StepRefused("no_such_row");
    found.answer = told(body, "answer");
  }],
  noted: [["open"], (minutes, body) => void minutes.notes.push(told(body, "words"))],
  photographed: [["open"], (minutes, body) => void minutes.photos.push(told(body, "sha256"))],
  closed: [["open"], (minutes, body) => {
    const wanted = (body.signers as string[] | undefined)?.length ? (body.signers as string[]) : USUAL_SIGNERS;
    const signers = POSITIONS.filter((each) => wanted.includes(each));
    if (minutes.rows.some((each) => !each.verdict)) throw new StepRefused("unspoken");
    if (minutes.objections.some((each) => !each.answer)) throw new StepRefused("unanswered");
    if (!minutes.attendance.length) throw new StepRefused("nobody_there");
    if (signers.length < 2) throw new StepRefused("few_signers");
    minutes.signers = signers;
    minutes.phase = "closed";
  }],
  reopened: [["closed"], (minutes, body) => {
    told(body, "why");
    minutes.signatures = [];
    minutes.phase = "open";
  }],
  signed: [["closed"], (minutes, body, at) => {
    const [name, way] = [told(body, "name"), told(body, "way")];
    const as = position(told(body, "position"));
    if (minutes.signatures.some((each) => each.name === name && each.position === as)) throw new StepRefused("signed_already");
    const drawn = way === "drawn" && ((body.strokes as unknown[] | undefined)?.length ?? 0) > 0;
    if (!drawn && way !== "pin") throw new StepRefused("missing");
    minutes.signatures.push({ name, position: as, at, way: drawn ? "drawn" : "pin" });
  }],
  certified: [["closed"], (minutes) => {
    if (unsigned(minutes).length) throw new StepRefused("unsigned");
    minutes.phase = "certified";
  }],
  cancelled: [["open", "closed"], (minutes, body) => {
    told(body, "why");
    minutes.phase = "cancelled";
  }],
};

export const unsigned = (minutes: Minutes): Position[] =>
  minutes.signers.filter((each) => !minutes.signatures.some((signature) => signature.position === each));
export const standing = (minutes: Minutes): Row[] => minutes.rows.filter((each) => each.verdict !== "struck");
export const unspoken = (minutes: Minutes): Row[] => minutes.rows.filter((each) => !each.verdict);

/** Let one step count. Throws StepRefused. */
export function apply(minutes: Minutes, step: Step): void {
  const [phases, does] = DOES[step.kind] ?? [[], () => undefined];
  if (!DOES[step.kind]) throw new StepRefused("unknown_step");
  if (!phases.includes(minutes.phase)) throw new StepRefused("out_of_phase");
  does(minutes, step.body, step.at);
}

/** What stands after these steps. Throws StepRefused. */
export function after(steps: string[]): Minutes {
  const minutes = blank();
  for (const each of steps) apply(minutes, JSON.parse(each) as Step);
  return minutes;
}
