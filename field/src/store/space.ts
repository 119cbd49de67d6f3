// Room on the phone: what to do when there is none left.

export class StorageFull extends Error {}

/** What a browser throws when the disk or the site's share of it is full. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === "QuotaExceededError" || (error.name === "UnknownError" && /full|space/i.test(error.message)));

/** Do something that writes; a full phone becomes StorageFull, which screens explain. */
export async function freely<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isFull(error) ? new StorageFull() : error;
  }
}

/** End a transaction of several writes. What went wrong stands in the transaction; the single writes only say "aborted". */
export async function together(writes: Promise<unknown>[], done: Promise<void>): Promise<void> {
  for (const write of writes) write.catch(() => undefined);
  await freely(() => done);
}

export interface Room {
  used: number; // bytes
  free: number;
  kept: boolean; // the browser promised not to clear it by itself
}

export async function room(): Promise<Room | undefined> {
  if (!navigator.storage?.estimate) return undefined;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, free: Math.max(0, quota - usage), kept: (await navigator.storage.persisted?.()) ?? false };
}

/** Ask the browser to clear nothing by itself when the phone is short of room. */
export const askToKeep = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;
