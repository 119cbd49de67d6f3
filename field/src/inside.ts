// What the screens see while a volunteer is in, and what they can do. Made when the PIN is right, gone when it is locked:
// locking loads the page anew, so that nothing opened stays in memory.

import { type Accessor, type Setter, createMemo, createSignal } from "solid-js";
import { Registry } from "./registry/registry";
import { todays } from "./registry/today";
import { type Area, readAreas } from "./store/area";
import { type Work, note, readWork } from "./store/records";
import { askToKeep } from "./store/space";
import { readThing, writeThings } from "./store/things";
import type { InboxEntry } from "./sync/api";
import { type Known, readKnown } from "./sync/fetch";
import { Rounds } from "./sync/round";
import type { Session } from "./vault/session";
import { isoDay } from "./words/dates";

export const NOTICE = "mudmai-notice"; // said once after the page was loaded anew

export class Inside {
  readonly rounds: Rounds;
  readonly work: Accessor<Work[]>;
  readonly known: Accessor<Known | undefined>;
  readonly registry: Accessor<Registry>;
  readonly today: Accessor<string>;
  readonly todays;
  readonly unread: Accessor<InboxEntry[]>;
  /** Something is being filled in that could not be written down: the phone is full. */
  readonly unsaved = createSignal(false);
  /** Counts up whenever the assemblies on the phone may have changed. */
  readonly meetingsChanged: Accessor<number>;
  private readonly bumpMeetings: () => void;
  private readonly setWork: Setter<Work[]>;
  private readonly setKnown: Setter<Known | undefined>;
  private readonly setAreas: Setter<Area[]>;
  private readonly seen;

  private constructor(
    readonly session: Session,
    start: { areas: Area[]; work: Work[]; known: Known | undefined; seen: string[] },
  ) {
    const [areas, setAreas] = createSignal(start.areas);
    [this.work, this.setWork] = createSignal(start.work);
    [this.known, this.setKnown] = createSignal(start.known);
    const [meetings, setMeetings] = createSignal(1);
    this.meetingsChanged = meetings;
    this.bumpMeetings = () => void setMeetings((n) => n + 1);
    this.seen = createSignal(start.seen);
    this.setAreas = setAreas;
    this.registry = createMemo(() => new Registry(areas(), this.known()?.catalogue));
    // The server's day at the last contact: a phone's clock that stands in the past is not believed.
    this.today = () => [isoDay(Date.now()), this.known()?.today ?? ""].sort()[1] ?? "";
    this.todays = createMemo(() => todays(this.registry(), this.today(), this.work()));
    this.unread = createMemo(() => (this.known()?.inbox.entries ?? []).filter((entry) => !this.seen[0]().includes(entryKey(entry))));
    this.rounds = new Rounds(session, { changed: (what) => this.reload(what), wiped: () => startAnew("wiped") });
  }

  static async open(session: Session): Promise<Inside> {
    const [areas, work, known, seen] = await Promise.all([readAreas(session), readWork(session), readKnown(session), readThing<string[]>(session, "seen")]);
    void askToKeep();
    return new Inside(session, { areas, work, known, seen: seen ?? [] });
  }

  async reload(what: "work" | "all" = "work"): Promise<void> {
    if (what === "all") {
      const [areas, known] = await Promise.all([readAreas(this.session), readKnown(this.session)]);
      this.setKnown(known);
      this.setAreas(areas);
      this.bumpMeetings();
    }
    this.setWork(await readWork(this.session));
  }

  async reloadMeetings(): Promise<void> {
    this.bumpMeetings();
    await this.reload("all");
  }

  /** Work that the server does not have yet. */
  get waiting(): Work[] {
    return this.work().filter((each) => each.state === "queued");
  }

  /** Send a piece again that the server would not take. */
  async retry(work: Work): Promise<void> {
    await note(this.session, work, { held: false, message: "" });
    await this.reload();
    await this.rounds.now();
  }

  /** Of an area that is too large for a phone, hold this part. */
  async choosePart(area: string): Promise<void> {
    const chosen = (await readThing<string[]>(this.session, "only")) ?? this.registry().areas.map((each) => each.area);
    await writeThings(this.session, [["only", [...new Set([...chosen, area])]]]);
    await this.rounds.now();
  }

  async newToken(token: string): Promise<void> {
    await writeThings(this.session, [["token", token]]);
    await this.rounds.now();
  }

  async markRead(): Promise<void> {
    const keys = (this.known()?.inbox.entries ?? []).map(entryKey);
    await writeThings(this.session, [["seen", keys]]);
    this.seen[1](keys);
  }
}

export const entryKey = (entry: InboxEntry): string => [entry.submission, entry.person, entry.attribute, entry.message].join("/");

/** Load the page anew; whoever comes next must unlock. `notice` says why. */
export function startAnew(notice: "locked" | "wiped" | "signed_out" | "" = ""): void {
  if (notice) sessionStorage.setItem(NOTICE, notice);
  if (notice !== "locked") location.hash = ""; // who unlocks again stands where he stood
  location.reload();
}
