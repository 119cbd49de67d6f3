// Steps of a village assembly bound to one another by hash, as mudmai.assembly.rules.chain does it; docs/assembly.md.

import { sha256 } from "../sync/digest";

export interface Step {
  n: number;
  kind: string;
  at: string;
  by: string;
  salt: string;
  body: { [name: string]: unknown };
}

export const hashOf = (previous: string, text: string): Promise<string> => sha256(`${previous}\n${text}`);

/** What the first step is bound to: the id of the assembly without its strokes. */
export const startOf = (id: string): string => id.replaceAll("-", "").toLowerCase();

/** The hash after every step: `hashes[n]` follows from the first n steps. */
export async function hashesOf(id: string, steps: string[]): Promise<string[]> {
  const hashes = [startOf(id)];
  for (const text of steps) hashes.push(await hashOf(hashes[hashes.length - 1] ?? "", text));
  return hashes;
}

/** The text of a new step. */
export function written(n: number, kind: string, at: string, by: string, body: Step["body"]): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const salt = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return JSON.stringify({ n, kind, at, by, salt, body } satisfies Step);
}

/** The first 32 digits of a hash in groups of four, as they are printed. */
export const inGroups = (hash: string): string => (hash.slice(0, 32).toUpperCase().match(/.{4}/g) ?? []).join(" ");
