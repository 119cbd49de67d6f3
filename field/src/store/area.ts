// What the phone holds of the volunteer's areas. An area lies in a few sealed buckets, so that a change of one house
// writes one of them and opening 3,000 houses takes a few dozen decryptions.

import { type Columns, type Row, digestOfArea, digestOfHousehold } from "../sync/digest";
import type { Session } from "../vault/session";
import { namesOf, readThings, writeThings } from "./things";

const BUCKETS = 32;
// Keys may begin with a time; their ends are evenly spread.
const bucketOf = (key: string): number => Number.parseInt(key.slice(-2), 16) % BUCKETS;

export interface Area {
  area: string;
  name: string;
  columns: Columns;
  digest: string;
  households: Map<string, Row>;
  digests: Map<string, string>;
}

/** A block of an answer to `sync`. */
export interface Block {
  area: string;
  name: string;
  digest: string;
  whole: boolean;
  columns: Columns;
  households: Row[];
  gone: string[];
}

type Head = Pick<Area, "area" | "name" | "columns" | "digest">;
type Bucket = [digest: string, row: Row][];

const headName = (area: string) => `area/${area}`;
const bucketName = (area: string, bucket: number) => `area/${area}/${bucket}`;

export async function readAreas(session: Session): Promise<Area[]> {
  const areas = new Map<string, Area>();
  const buckets: [string, Bucket][] = [];
  for (const [name, value] of await readThings<Head | Bucket>(session, "area/")) {
    const [, area = "", bucket] = name.split("/");
    if (bucket !== undefined) buckets.push([area, value as Bucket]);
    else areas.set(area, { ...(value as Head), households: new Map(), digests: new Map() });
  }
  for (const [area, bucket] of buckets) {
    const into = areas.get(area);
    for (const [digest, row] of bucket) {
      into?.households.set(row[0], row);
      into?.digests.set(row[0], digest);
    }
  }
  return [...areas.values()].sort((a, b) => a.area.localeCompare(b.area));
}

/** What the phone holds after a block. Where its digest is not what the server told, `digest` is "": next time everything
 * is asked for. The area that was given stays as it is. */
export async function withBlock(before: Area | undefined, block: Block): Promise<Area> {
  const keep = block.whole ? undefined : before;
  const households = new Map(keep?.households);
  const digests = new Map(keep?.digests);
  for (const key of block.gone) {
    households.delete(key);
    digests.delete(key);
  }
  for (const row of block.households) {
    households.set(row[0], row);
    digests.set(row[0], await digestOfHousehold(row));
  }
  const reckoned = await digestOfArea(block.columns, digests);
  const { area, name, columns } = block;
  return { area, name, columns, households, digests, digest: reckoned === block.digest ? reckoned : "" };
}

/** Write an area after a block; only the buckets it touched. Throws StorageFull, and then nothing has changed. */
export async function keepArea(session: Session, area: Area, block: Block): Promise<void> {
  const touched = new Set(block.whole ? Array(BUCKETS).keys() : [...block.households.map((row) => row[0]), ...block.gone].map(bucketOf));
  const buckets = new Map<number, Bucket>([...touched].map((bucket) => [bucket, []]));
  for (const [key, row] of area.households) buckets.get(bucketOf(key))?.push([area.digests.get(key) ?? "", row]);
  const head: Head = { area: area.area, name: area.name, columns: area.columns, digest: area.digest };
  const written = [...buckets].filter(([, rows]) => rows.length > 0);
  const empty = [...buckets].filter(([, rows]) => rows.length === 0);
  await writeThings(
    session,
    [[headName(area.area), head], ...written.map(([bucket, rows]): [string, unknown] => [bucketName(area.area, bucket), rows])],
    empty.map(([bucket]) => bucketName(area.area, bucket)),
  );
}

export async function dropArea(session: Session, area: string): Promise<void> {
  await writeThings(session, [], [headName(area), ...(await namesOf(session, `${headName(area)}/`))]);
}
