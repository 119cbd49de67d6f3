// The phone's own database. What is secret lies in it sealed (vault/keys.ts); in clear stand only names of volunteers,
// random ids, states, sizes and times.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Sealed, Wrapped } from "../vault/keys";

/** One volunteer on this phone. Its id is the device id that the server knows. */
export interface Vault {
  id: string;
  username: string;
  name: string;
  made: number;
  wrapped: Wrapped;
  wrong: number; // wrong PINs in a row
  lastWrong: number;
}

/** A named thing of one volunteer: a part of an area, a form, the token … */
export interface Thing {
  vault: string;
  name: string;
  sealed: Sealed;
}

/** draft: being filled in. queued: to be sent. sent: the server has it, its copy here stays until it is settled there.
 * done: settled, flagged or left by the office; only the line in the list is left. */
export type State = "draft" | "queued" | "sent" | "done";

export interface Record {
  id: string; // the instanceID of the form, or the id of the inquiry that is answered
  vault: string;
  kind: "form" | "reply";
  state: State;
  changed: number;
  held: boolean; // the server would not take it; not sent again before somebody asks for it
  sealed: Sealed; // of Content (store/records.ts)
}

export interface Photo {
  record: string;
  name: string;
  vault: string;
  type: string;
  size: number;
  sealed: Sealed;
}

export interface Schema extends DBSchema {
  vaults: { key: string; value: Vault };
  things: { key: [string, string]; value: Thing };
  records: { key: string; value: Record; indexes: { vault: string } };
  files: { key: [string, string]; value: Photo; indexes: { vault: string; record: string } };
}

export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

export function database(): Promise<Database> {
  opened ??= openDB<Schema>("mudmai-field", 1, {
    upgrade(db) {
      db.createObjectStore("vaults", { keyPath: "id" });
      db.createObjectStore("things", { keyPath: ["vault", "name"] });
      db.createObjectStore("records", { keyPath: "id" }).createIndex("vault", "vault");
      const files = db.createObjectStore("files", { keyPath: ["record", "name"] });
      files.createIndex("vault", "vault");
      files.createIndex("record", "record");
    },
    // Another tab brought a newer app: let it change the database, and start anew with it.
    blocking: (_old, _new, event) => {
      (event.target as IDBDatabase).close();
      globalThis.location?.reload();
    },
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
}
