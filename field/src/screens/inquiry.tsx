// A question of the office, to be answered after asking the people themselves.

import { For, Show, createSignal } from "solid-js";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Field, Heading } from "../parts/parts";
import { say } from "../parts/toast";
import { back, linkTo, route } from "../route";
import { keepFilled } from "../store/records";
import { StorageFull } from "../store/space";
import type { Inquiry as Asked } from "../sync/api";
import { t } from "../words";
import { day } from "../words/dates";

/** One of those whom the question is about, with what is known where the phone has it. */
function Side(props: { side: Asked["sides"][number] }) {
  const inside = useInside();
  const link = () => {
    const { person, household } = props.side;
    if (inside.registry().person(person)) return linkTo("person", person);
    return inside.registry().house(household) ? linkTo("family", household) : undefined;
  };
  return (
    <li>
      <a class="row" href={link()}>
        <Icon name="person" />
        <b class="grow">{props.side.who}</b>
        <Show when={link()}>
          <Icon name="right" />
        </Show>
      </a>
    </li>
  );
}

export function Inquiry() {
  const inside = useInside();
  const inquiry = () => inside.known()?.inquiries.find((each) => each.id === route().id);
  const [answer, setAnswer] = createSignal("");
  const [source, setSource] = createSignal("");
  const [fault, setFault] = createSignal("");
  const send = async () => {
    const asked = inquiry();
    if (!asked) return;
    if (!answer().trim()) return setFault(t("answer_missing"));
    const now = Date.now();
    const work = {
      id: asked.id,
      vault: inside.session.id,
      kind: "reply" as const,
      state: "queued" as const,
      changed: now,
      held: false,
      title: t("reply_title"),
      about: asked.sides.map((side) => side.who).join(" · "),
      formId: "",
      household: "",
      person: "",
      started: now,
      xml: "",
      names: [],
    };
    const xml = JSON.stringify({ reply: answer().trim(), told_by: source().trim() });
    try {
      await keepFilled(inside.session, work, { xml, changed: new Map(), names: [] });
    } catch (error) {
      return setFault(error instanceof StorageFull ? t("full_text") : t("went_wrong"));
    }
    await inside.reload();
    say(t("queued_toast"));
    back();
    void inside.rounds.now();
  };
  return (
    <Show when={inquiry()} fallback={<Empty icon="check" title={t("inquiry_gone")} />}>
      {(asked) => (
        <>
          <Heading title={t("inquiry")} text={t("asked_by", { name: asked().asked_by, day: day(asked().asked_on) })} />
          <section class="card stack">
            <p>{asked().note}</p>
            <ul class="rows">
              <For each={asked().sides}>{(side) => <Side side={side} />}</For>
            </ul>
          </section>
          <form
            class="card"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <Field label={t("your_answer")} value={answer()} error={fault()} long onInput={setAnswer} maxlength={2000} />
            <Field label={t("told_by")} help={t("told_by_help")} value={source()} onInput={setSource} maxlength={200} />
            <button class="btn pri big">{t("send_answer")}</button>
          </form>
        </>
      )}
    </Show>
  );
}
