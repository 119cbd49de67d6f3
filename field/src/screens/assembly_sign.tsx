// Signing on the phone: the phone goes from hand to hand.

import { Show, createResource, createSignal } from "solid-js";
import { SignatureBox } from "../assembly/signature";
import { type Meeting, addStep, minutesOf, readMeeting } from "../assembly/meeting";
import { StepRefused, unsigned } from "../assembly/minutes";
import { positionWords, reasonWords, w } from "../assembly/words";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Field, Heading, Note } from "../parts/parts";
import { say } from "../parts/toast";
import { back, route } from "../route";
import { StorageFull } from "../store/space";
import { openKey } from "../vault/keys";
import { t } from "../words";
import { PositionField } from "./assembly";

export default function AssemblySign() {
  const inside = useInside();
  const [meeting, { mutate }] = createResource(() => route().id, (id) => readMeeting(inside.session, id));
  const [name, setName] = createSignal("");
  const [position, setPosition] = createSignal("");
  const [pin, setPin] = createSignal("");
  const [own, setOwn] = createSignal("");
  const [fault, setFault] = createSignal("");
  let lines: number[][] = [];
  let clear = () => {};

  const write = async (held: Meeting, body: { [name: string]: unknown }) => {
    try {
      const next = await addStep(inside.session, held, "signed", body);
      mutate(() => next);
      clear();
      for (const empty of [setName, setPosition, setPin, setOwn, setFault]) empty("");
      say(w("kept_here"));
      void inside.rounds.now();
      if (!unsigned(minutesOf(next)).length) back();
    } catch (error) {
      if (error instanceof StepRefused) setFault(reasonWords(error.reason));
      else setFault(error instanceof StorageFull ? t("full_text") : t("went_wrong"));
    }
  };
  const confirm = async (held: Meeting) => {
    try {
      await openKey(inside.session.vault.wrapped, pin());
    } catch {
      return setFault(w("pin_wrong"));
    }
    await write(held, { name: inside.session.vault.name, position: own(), way: "pin" });
  };
  return (
    <Show when={meeting()}>
      {(held) => (
        <>
          <Heading title={w("sign")} text={w("sign_text")} />
          <Show when={unsigned(minutesOf(held())).length}>
            <Note kind="warn">{w("still", { who: unsigned(minutesOf(held())).map(positionWords).join(", ") })}</Note>
          </Show>
          <Show when={fault()}>
            <Note kind="bad" alert>
              {fault()}
            </Note>
          </Show>
          <section class="card stack">
            <Field label={w("signer")} value={name()} onInput={setName} maxlength={150} />
            <PositionField value={position()} onChoose={setPosition} />
            <SignatureBox onDraw={(drawn) => (lines = drawn)} clear={(does) => (clear = does)} />
            <div class="act">
              <button type="button" class="btn" onClick={() => clear()}>
                <Icon name="edit" />
                {w("again")}
              </button>
              <button type="button" class="btn pri" onClick={() => void write(held(), { name: name().trim(), position: position(), way: "drawn", strokes: lines })}>
                <Icon name="check" />
                {w("sign")}
              </button>
            </div>
          </section>
          <details class="card">
            <summary class="btn">{w("by_pin")}</summary>
            <div class="stack ask">
              <p>{inside.session.vault.name}</p>
              <PositionField value={own()} onChoose={setOwn} />
              <Field label={w("pin")} type="password" inputmode="numeric" value={pin()} onInput={setPin} maxlength={6} />
              <button type="button" class="btn" onClick={() => void confirm(held())}>
                <Icon name="check" />
                {w("sign")}
              </button>
            </div>
          </details>
        </>
      )}
    </Show>
  );
}
