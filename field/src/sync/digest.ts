// The digest of what the phone holds of an area; docs/sync.md, "The digest".

/** [key, values, members]; a member is [key, ...values]. */
export type Row = [key: string, values: string[], members: string[][]];

export interface Columns {
  household: string[];
  person: string[];
}

export async function sha256(content: string | ArrayBuffer): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const digestOfHousehold = async (row: Row): Promise<string> => (await sha256(JSON.stringify(row))).slice(0, 32);

/** `digests`: key of a household → its digest. */
export function digestOfArea(columns: Columns, digests: ReadonlyMap<string, string>): Promise<string> {
  const lines = [...digests.keys()].sort().map((key) => `${key} ${digests.get(key)}\n`);
  return sha256(`${JSON.stringify([columns.household, columns.person])}\n${lines.join("")}`);
}
