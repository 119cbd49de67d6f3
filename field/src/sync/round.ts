// One round with the server: send what waits, then bring what changed. Tried again by itself, ever more seldom while the
// server cannot be reached.

import { createSignal } from "solid-js";
import { carry } from "../assembly/meeting";
import { readAreas } from "../store/area";
import { StorageFull } from "../store/space";
import { readWork, tidy } from "../store/records";
import { readThing } from "../store/things";
import { type Session, wipe } from "../vault/session";
import { LOCK, LockedOut, Refused, SignInExpired, Unreachable, knock, sayWiped } from "./api";
import { bring } from "./fetch";
import { send } from "./send";

/** What the contact with the server is like, for the words on the screen. */
export type Contact =
  | { state: "quiet" | "sending" | "fetching" | "unreachable" | "expired" | "full" | "busy" }
  | { state: "refused" | "too_old"; message: string };

const MINUTE = 60_000;
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 10 * MINUTE;
const USUAL = 5 * MINUTE;
const UNTIL_SETTLED = 15_000; // a job of the server takes seconds

export const retryAfter = (failures: number): number => Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(failures - 1, 10));

export interface Watcher {
  /** The work or the areas on the phone have changed. */
  changed(what: "work" | "all"): Promise<void>;
  /** This phone was locked out and everything is deleted. */
  wiped(): void;
}

export class Rounds {
  private readonly contactSignal = createSignal<Contact>({ state: "quiet" });
  private readonly progressSignal = createSignal<{ id: string; percent: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private running: Promise<void> | undefined;
  private stopped = false;
  private again = false;

  constructor(
    private readonly session: Session,
    private readonly watcher: Watcher,
  ) {}

  readonly contact = this.contactSignal[0];
  readonly progress = this.progressSignal[0];

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Begin a round now; one that runs already is followed by another. */
  now(): Promise<void> {
    clearTimeout(this.timer);
    this.again = this.running !== undefined;
    this.running ??= this.round().finally(() => {
      this.running = undefined;
      if (this.again && !this.stopped) void this.now();
    });
    return this.running;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private later(wait: number): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.now(), wait);
  }

  private async round(): Promise<void> {
    const [, say] = this.contactSignal;
    const wait = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (!lock) {
        say({ state: "busy" }); // another tab of this phone is at it
        return 30_000;
      }
      const token = await readThing<string>(this.session, "token");
      if (token === undefined) {
        say({ state: "expired" });
        return undefined;
      }
      try {
        return await this.talk(token);
      } catch (error) {
        return await this.failed(error);
      }
    });
    this.progressSignal[1](undefined);
    if (wait !== undefined) this.later(wait);
  }

  private async talk(token: string): Promise<number> {
    const [, say] = this.contactSignal;
    const progress = (id: string, sent: number, whole: number) => this.progressSignal[1]({ id, percent: Math.round((100 * sent) / whole) });
    for (const work of (await readWork(this.session)).reverse()) {
      if (work.state !== "queued" || work.held) continue;
      say({ state: "sending" });
      await send(this.session, token, work, { progress });
      await this.watcher.changed("work");
    }
    say({ state: "fetching" });
    const work = await readWork(this.session);
    await bring(this.session, token, await readAreas(this.session), work);
    await tidy(this.session, work);
    await this.meetings(token);
    await this.watcher.changed("all");
    this.failures = 0;
    say({ state: "quiet" });
    const after = await readWork(this.session);
    if (after.some((each) => each.state === "queued" && !each.held)) return FIRST_RETRY;
    return after.some((each) => each.state === "sent" && Date.now() - (each.sentAt ?? 0) < 3 * MINUTE) ? UNTIL_SETTLED : USUAL;
  }

  /** A token that opens nothing may have run out, or the phone was locked out. */
  private isLockedOut(): Promise<boolean> {
    return knock(this.session.id).then(
      (told) => told.wipe,
      () => false,
    );
  }

  /** Assemblies go along; what the server does not take of them is shown with them and stops nothing else. */
  private async meetings(token: string): Promise<void> {
    try {
      await carry(this.session, token);
    } catch (error) {
      if (!(error instanceof Refused) || error instanceof SignInExpired || error instanceof LockedOut) throw error;
    }
  }

  /** How long to wait after what went wrong; undefined: until somebody does something. */
  private async failed(error: unknown): Promise<number | undefined> {
    const [, say] = this.contactSignal;
    if (error instanceof LockedOut || (error instanceof SignInExpired && (await this.isLockedOut()))) {
      this.stop();
      await wipe(this.session.id);
      await sayWiped(this.session.id).catch(() => undefined); // nothing depends on its arriving
      this.watcher.wiped();
      return undefined;
    }
    if (error instanceof SignInExpired) {
      say({ state: "expired" });
      return undefined;
    }
    if (error instanceof StorageFull) {
      say({ state: "full" });
      return USUAL;
    }
    this.failures += 1;
    if (error instanceof Refused) {
      if (error.status === 429) {
        say({ state: "unreachable" });
        return Math.max(FIRST_RETRY, error.wait * 1000);
      }
      say({ state: error.status === 426 ? "too_old" : "refused", message: error.message });
      return LONGEST_RETRY;
    }
    say({ state: "unreachable" });
    if (!(error instanceof Unreachable)) console.error(error);
    return retryAfter(this.failures);
  }
}
