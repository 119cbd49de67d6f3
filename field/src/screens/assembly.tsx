// One assembly: the list name by name, who was there, what was said, photos, and signing.

import { For, Match, Show, Switch, createResource, createSignal } from "solid-js";
import { Ask, List, type Write } from "../assembly/list";
import { type Meeting, addPicture, addStep, certify, minutesOf, readMeeting } from "../assembly/meeting";
import { type Minutes, POSITIONS, StepRefused, unsigned, unspoken } from "../assembly/minutes";
import { positionWords, reasonWords, w } from "../assembly/words";
import { shrunk, LONGEST_SIDE } from "../form/controls/pictures";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { online } from "../parts/network";
import { Confirm, Empty, Field, Heading, Note, Tag } from "../parts/parts";
import { say } from "../parts/toast";
import { search } from "../registry/search";
import { linkTo, route } from "../route";
import { StorageFull } from "../store/space";
import { readThing } from "../store/things";
import { sha256 } from "../sync/digest";
import { t } from "../words";
import { day, moment } from "../words/dates";

export default function AssemblyScreen() {
  const inside = useInside();
  const [meeting, { mutate }] = createResource(
    () => [route().id, inside.meetingsChanged()] as const,
    ([id]) => readMeeting(inside.session, id),
  );
  return (
    <Show when={meeting()} fallback={<Show when={!meeting.loading}><Empty icon="people" title={w("none")} /></Show>}>
      {(held) => <Held meeting={held()} onChange={(next) => mutate(() => next)} />}
    </Show>
  );
}

function Held(props: { meeting: Meeting; onChange: (next: Meeting) => void }) {
  const inside = useInside();
  const [fault, setFault] = createSignal("");
  const [asks, setAsks] = createSignal<"rest" | "close">();
  const minutes = () => minutesOf(props.meeting);
  const mayWrite = () => props.meeting.mayRun && minutes().phase === "open";
  const attempt = async (does: () => Promise<Meeting>): Promise<boolean> => {
    try {
      props.onChange(await does());
      setFault("");
      void inside.rounds.now();
      return true;
    } catch (error) {
      if (error instanceof StepRefused) setFault(reasonWords(error.reason));
      else setFault(error instanceof StorageFull ? t("full_text") : t("went_wrong"));
      return false;
    }
  };
  const write: Write = (kind, body) => attempt(() => addStep(inside.session, props.meeting, kind, body));
  return (
    <>
      <Heading title={minutes().title} text={`${props.meeting.village} · ${day(minutes().heldOn)}${minutes().place && ` · ${minutes().place}`}`} />
      <div class="tags">
        <Tag kind={minutes().phase === "certified" ? "ok" : minutes().phase === "closed" ? "warn" : "info"}>{w(minutes().phase)}</Tag>
        <Show when={props.meeting.steps.length > props.meeting.sent}>
          <Tag kind="warn" icon="clock">
            {w("not_sent", { n: props.meeting.steps.length - props.meeting.sent })}
          </Tag>
        </Show>
      </div>
      <Show when={!props.meeting.mayRun}>
        <Note>{w("look_only")}</Note>
      </Show>
      <Show when={props.meeting.refused.length}>
        <Note kind="bad" alert>
          {w("refused")}
          <ul>
            <For each={props.meeting.refused}>{(text) => <li>{inWords(text)}</li>}</For>
          </ul>
        </Note>
      </Show>
      <Show when={fault()}>
        <Note kind="bad" alert>
          {fault()}
        </Note>
      </Show>
      <Signing meeting={props.meeting} minutes={minutes()} write={write} onFault={setFault} />
      <section class="card stack">
        <h2>{mayWrite() && unspoken(minutes()).length ? w("left_n", { n: unspoken(minutes()).length }) : w("names_n", { n: minutes().rows.length })}</h2>
        <List rows={minutes().rows} mayWrite={mayWrite()} write={write} />
        <Show when={mayWrite()}>
          <Show when={unspoken(minutes()).length}>
            <button type="button" class="btn big" onClick={() => setAsks("rest")}>
              <Icon name="check" />
              {w("keep_rest")}
            </button>
          </Show>
          <AddName minutes={minutes()} write={write} />
        </Show>
      </section>
      <Objections minutes={minutes()} mayWrite={mayWrite()} write={write} />
      <Present minutes={minutes()} mayWrite={mayWrite()} write={write} />
      <section class="card stack">
        <h2>{w("minutes")}</h2>
        <For each={minutes().notes}>{(words) => <p class="pre">{words}</p>}</For>
        <Show when={mayWrite()}>
          <Ask words={["agreed"]} long yes={w("write")} onYes={([words]) => write("noted", { words })} />
        </Show>
      </section>
      <section class="card stack">
        <h2>{w("photos")}</h2>
        <p class="mut">{w("photos_n", { n: minutes().photos.length })}</p>
        <Show when={mayWrite()}>
          <label class="btn big">
            <Icon name="camera" />
            {w("take_photo")}
            <input
              class="vh"
              type="file"
              accept="image/*"
              capture="environment"
              onChange={async ({ currentTarget: field }) => {
                const file = field.files?.[0];
                if (!file) return;
                const small = await shrunk(file, LONGEST_SIDE).catch(() => undefined);
                field.value = "";
                if (!small) return setFault(w("no_picture"));
                const bytes = await small.arrayBuffer();
                await attempt(async () => addPicture(inside.session, props.meeting, await sha256(bytes), bytes));
              }}
            />
          </label>
        </Show>
      </section>
      <Show when={mayWrite()}>
        <button type="button" class="btn pri big" onClick={() => setAsks("close")}>
          <Icon name="lock" />
          {w("close")}
        </button>
      </Show>
      <Show when={asks() === "rest"}>
        <Confirm
          title={w("keep_rest")}
          text={w("keep_rest_ask")}
          yes={w("keep_rest")}
          onNo={() => setAsks(undefined)}
          onYes={async () => {
            setAsks(undefined);
            await write("kept", { rows: unspoken(minutes()).map((row) => row.no) });
          }}
        />
      </Show>
      <Show when={asks() === "close"}>
        <Confirm
          title={w("close")}
          text={w("close_ask")}
          yes={w("close")}
          onNo={() => setAsks(undefined)}
          onYes={async () => {
            setAsks(undefined);
            await write("closed", {});
            scrollTo(0, 0);
          }}
        />
      </Show>
    </>
  );
}

/** A step that did not count, in a few words. */
function inWords(text: string): string {
  const { kind, body } = JSON.parse(text) as { kind: string; body: { [name: string]: unknown } };
  const words = [body.row ?? (body.rows as unknown[] | undefined)?.join(", "), body.name, body.why, body.who, body.words, body.answer];
  return [kind === "kept" || kind === "struck" ? w(kind) : "", ...words].filter(Boolean).join(" · ");
}

function Signing(props: { meeting: Meeting; minutes: Minutes; write: Write; onFault: (words: string) => void }) {
  const inside = useInside();
  const missing = () => unsigned(props.minutes);
  const tell = async () => {
    const token = await readThing<string>(inside.session, "token");
    if (!token) return props.onFault(t("no_contact"));
    try {
      await certify(inside.session, token, props.meeting);
      props.onFault("");
      await inside.reloadMeetings();
    } catch (error) {
      props.onFault((error instanceof Error && error.message) || t("no_contact"));
    }
  };
  return (
    <Show when={props.minutes.phase !== "open"}>
      <section class="card stack">
        <h2>{w("sign")}</h2>
        <Show when={props.minutes.signatures.length}>
          <ul class="said">
            <For each={props.minutes.signatures}>
              {(each) => (
                <li>
                  <b>{each.name}</b> <small>{positionWords(each.position)} · {moment(Date.parse(each.at))}</small>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Switch>
          <Match when={props.minutes.phase === "certified"}>
            <Note kind="ok">{w("certified_note")}</Note>
          </Match>
          <Match when={props.minutes.phase === "closed"}>
            <Show when={missing().length} fallback={<Note kind="ok">{w("signed_all")}</Note>}>
              <Note kind="warn">{w("still", { who: missing().map(positionWords).join(", ") })}</Note>
            </Show>
            <Show when={props.meeting.mayRun}>
              <a class="btn pri big" href={linkTo("assembly-sign", props.meeting.id)}>
                <Icon name="edit" />
                {w("sign")}
              </a>
              <Show when={!missing().length}>
                <Show when={online()} fallback={<Note>{w("certify_needs")}</Note>}>
                  <button type="button" class="btn pri big" onClick={() => void tell()}>
                    <Icon name="check" />
                    {w("certify")}
                  </button>
                </Show>
              </Show>
              <details>
                <summary class="btn">{w("reopen")}</summary>
                <Ask words={["reopen_why"]} yes={w("write")} onYes={([why]) => props.write("reopened", { why })} />
              </details>
            </Show>
          </Match>
        </Switch>
      </section>
    </Show>
  );
}

function AddName(props: { minutes: Minutes; write: Write }) {
  const inside = useInside();
  const [name, setName] = createSignal("");
  const [house, setHouse] = createSignal("");
  const [why, setWhy] = createSignal("");
  const listed = () => new Set(props.minutes.rows.filter((row) => row.verdict !== "struck").map((row) => row.person));
  const found = () => (name().trim().length < 2 ? [] : search(inside.registry(), name()).people.filter((person) => !listed().has(person.key)).slice(0, 5));
  const add = async (body: { [name: string]: unknown }) => {
    if (!(await props.write("added", { ...body, why: why().trim() }))) return;
    for (const clear of [setName, setHouse, setWhy]) clear("");
    say(w("kept_here"));
  };
  return (
    <details>
      <summary class="btn big">
        <Icon name="plus" />
        {w("add_name")}
      </summary>
      <div class="stack ask">
        <Field label={w("name")} value={name()} onInput={setName} maxlength={200} />
        <Field label={w("why")} value={why()} onInput={setWhy} maxlength={500} />
        <Show when={found().length}>
          <p class="mut">{w("found")}</p>
          <For each={found()}>
            {(person) => (
              <button type="button" class="btn big" onClick={() => void add({ name: person.name, person: person.key, household: person.house.key, house: person.house.number })}>
                <Icon name="plus" />
                {person.name} · {w("house", { no: person.house.number || "–" })}
              </button>
            )}
          </For>
        </Show>
        <Field label={w("house_no")} value={house()} onInput={setHouse} maxlength={40} />
        <button type="button" class="btn" onClick={() => void add({ name: name().trim(), house: house().trim() })}>
          <Icon name="plus" />
          {w("unknown")}
        </button>
      </div>
    </details>
  );
}

function Objections(props: { minutes: Minutes; mayWrite: boolean; write: Write }) {
  return (
    <Show when={props.minutes.objections.length}>
      <section class="card stack">
        <h2>{w("objections")}</h2>
        <For each={props.minutes.objections}>
          {(each) => (
            <div>
              <b>{each.who}</b> <Show when={each.row}><small>({each.row})</small></Show>
              <p>{each.words}</p>
              <Show when={each.answer} fallback={<Show when={props.mayWrite}><Ask words={["answer"]} long yes={w("write")} onYes={([answer]) => props.write("answered", { objection: each.no, answer })} /></Show>}>
                <p class="mut">{each.answer}</p>
              </Show>
            </div>
          )}
        </For>
      </section>
    </Show>
  );
}

function Present(props: { minutes: Minutes; mayWrite: boolean; write: Write }) {
  const [name, setName] = createSignal("");
  const [position, setPosition] = createSignal("");
  const [all, setAll] = createSignal("");
  const add = async (event: Event) => {
    event.preventDefault();
    if (!name().trim() && !all().trim()) return;
    if (await props.write("attended", { name: name().trim(), position: position(), villagers: Number(all()) || 0 })) {
      for (const clear of [setName, setPosition, setAll]) clear("");
    }
  };
  return (
    <section class="card stack">
      <h2>{w("present")}</h2>
      <ul class="said">
        <For each={props.minutes.attendance}>
          {(each) => (
            <li>
              <b>{each.name}</b> <small>{positionWords(each.position)}</small>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.minutes.villagers}>
        <p class="mut">{w("people_n", { n: props.minutes.villagers })}</p>
      </Show>
      <Show when={props.mayWrite}>
        <form class="stack ask" onSubmit={(event) => void add(event)}>
          <Field label={w("person")} value={name()} onInput={setName} maxlength={150} />
          <PositionField value={position()} onChoose={setPosition} withVillager />
          <Field label={w("in_all")} value={all()} onInput={setAll} inputmode="numeric" maxlength={4} tidy={(typed) => typed.replace(/\D/g, "")} />
          <button class="btn">
            <Icon name="plus" />
            {w("write")}
          </button>
        </form>
      </Show>
    </section>
  );
}

export function PositionField(props: { value: string; onChoose: (value: string) => void; withVillager?: boolean }) {
  return (
    <label class="field">
      <span>{w("position")}</span>
      <select value={props.value} onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}>
        <option value="">{props.withVillager ? w("villager") : "—"}</option>
        <For each={POSITIONS}>{(each) => <option value={each}>{positionWords(each)}</option>}</For>
      </select>
    </label>
  );
}
