// A question of the office, to be answered after asking the people themselves.

import { Show, createSignal } from "solid-js";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Field, Heading } from "../parts/parts";
import { say } from "../parts/toast";
import { back, linkTo, route } from "../route";
import { keepFilled } from "../store/records";
import { StorageFull } from "../store/space";
import { t } from "../words";
import { day } from "../words/dates";

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
      about: asked.who,
      formId: "",
      household: asked.household,
      person: asked.person,
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
            <h2>{asked().who}</h2>
            <p>{asked().note}</p>
            <Show when={inside.registry().person(asked().person)}>
              <a class="btn" href={linkTo("person", asked().person)}>
                <Icon name="person" />
                {t("what_is_known")}
              </a>
            </Show>
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
