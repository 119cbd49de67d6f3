// Who has unlocked the phone: one volunteer at a time, or nobody.

import { type Database, type Vault, database } from "../store/database";
import { StorageFull, freely } from "../store/space";
import { stillToWait } from "./delay";
import { type Sealed, WrongPin, makeKey, openKey, rewrapKey, seal, sealJson, unseal, unsealJson } from "./keys";

export class TooOftenWrong extends Error {
  constructor(readonly wait: number) {
    super();
  }
}

/** An unlocked vault: reads and writes what one volunteer has on this phone. */
export class Session {
  constructor(
    readonly db: Database,
    readonly vault: Vault,
    private readonly key: CryptoKey,
  ) {}

  get id(): string {
    return this.vault.id;
  }
  seal(place: string, content: ArrayBuffer): Promise<Sealed> {
    return seal(this.key, `${this.id}/${place}`, content);
  }
  unseal(place: string, sealed: Sealed): Promise<ArrayBuffer> {
    return unseal(this.key, `${this.id}/${place}`, sealed);
  }
  sealJson(place: string, value: unknown): Promise<Sealed> {
    return sealJson(this.key, `${this.id}/${place}`, value);
  }
  unsealJson<T>(place: string, sealed: Sealed): Promise<T> {
    return unsealJson<T>(this.key, `${this.id}/${place}`, sealed);
  }
}

export async function vaults(): Promise<Vault[]> {
  return (await (await database()).getAll("vaults")).sort((a, b) => a.made - b.made);
}

/** Make a vault for a volunteer who has just signed in. `id` is the device id told to the server. */
export async function makeVault(who: { id: string; username: string; name: string }, pin: string): Promise<Session> {
  const { wrapped, key } = await makeKey(pin);
  const vault: Vault = { ...who, made: Date.now(), wrapped, wrong: 0, lastWrong: 0 };
  const db = await database();
  await db.put("vaults", vault);
  return new Session(db, vault, key);
}

/** Write a vault down; on a full phone it opens all the same. */
async function noted(db: Database, vault: Vault): Promise<void> {
  await freely(() => db.put("vaults", vault)).catch((error: unknown) => {
    if (!(error instanceof StorageFull)) throw error;
  });
}

/** Unlock. Throws WrongPin, or TooOftenWrong before the wait is over. */
export async function openVault(id: string, pin: string): Promise<Session> {
  const db = await database();
  const vault = await db.get("vaults", id);
  if (!vault) throw new WrongPin();
  const wait = stillToWait(vault.wrong, vault.lastWrong, Date.now());
  if (wait > 0) throw new TooOftenWrong(wait);
  // Counted before it is tried: who switches the phone off in between gains nothing.
  await noted(db, { ...vault, wrong: vault.wrong + 1, lastWrong: Date.now() });
  const key = await openKey(vault.wrapped, pin);
  const opened = { ...vault, wrong: 0 };
  await noted(db, opened);
  return new Session(db, opened, key);
}

/** Give the vault another PIN. Throws WrongPin. */
export async function changePin(session: Session, pin: string, newPin: string): Promise<void> {
  session.vault.wrapped = await rewrapKey(session.vault.wrapped, pin, newPin);
  await session.db.put("vaults", session.vault);
}

/** How much work of a vault the server does not have yet; known without its PIN. */
export async function unsentOf(id: string): Promise<{ drafts: number; queued: number }> {
  const records = await (await database()).getAllFromIndex("records", "vault", id);
  const count = (state: string) => records.filter((record) => record.state === state).length;
  return { drafts: count("draft"), queued: count("queued") };
}

/** Delete everything of a volunteer on this phone. It cannot be brought back. */
export async function wipe(id: string): Promise<void> {
  const db = await database();
  const work = db.transaction(["vaults", "things", "records", "files"], "readwrite");
  await work.objectStore("vaults").delete(id); // first: without the wrapped key the rest is noise
  await work.objectStore("things").delete(IDBKeyRange.bound([id], [id, []]));
  for (const name of ["records", "files"] as const) {
    for (let at = await work.objectStore(name).index("vault").openCursor(id); at; at = await at.continue()) await at.delete();
  }
  await work.done;
}
