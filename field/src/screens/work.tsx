// The volunteer's own work: what is begun, what waits, what was sent.

import { For, Show, createSignal } from "solid-js";
import { Icon, type IconName } from "../parts/icon";
import { useInside } from "../parts/inside";
import { online } from "../parts/network";
import { Confirm, Empty } from "../parts/parts";
import { WorkRow } from "../parts/work_row";
import { type State, type Work, discard } from "../store/records";
import { type Word, t } from "../words";
import { moment } from "../words/dates";

const GROUPS: [State, Word, IconName][] = [
  ["draft", "work_drafts", "edit"],
  ["queued", "work_waiting", "clock"],
  ["sent", "work_sent", "import"],
  ["done", "work_done", "check"],
];

export function WorkScreen() {
  const inside = useInside();
  const [doomed, setDoomed] = createSignal<Work>();
  const of = (state: State) => inside.work().filter((each) => each.state === state);
  const throwAway = async (work: Work) => {
    setDoomed(undefined);
    await discard(inside.session, work.id);
    await inside.reload();
  };
  return (
    <>
      <h1>{t("tab_work")}</h1>
      <Talk />
      <Show when={inside.work().length === 0}>
        <Empty icon="form" title={t("no_work")} text={t("no_work_text")} />
      </Show>
      <For each={GROUPS}>
        {([state, word, icon]) => (
          <Show when={of(state).length > 0}>
            <section class="card" aria-labelledby={`work-${state}`}>
              <h2 id={`work-${state}`}>
                <Icon name={icon} />
                {t(word)}
                <span class="n">{t("works_n", { n: of(state).length })}</span>
              </h2>
              <ul class="rows">
                <For each={of(state)}>
                  {(work) => (
                    <WorkRow work={work}>
                      <Show when={state === "draft"}>
                        <button type="button" class="btn quiet" aria-label={`${t("discard")} ${work.about}`} onClick={() => setDoomed(work)}>
                          <Icon name="trash" />
                          {t("discard")}
                        </button>
                      </Show>
                    </WorkRow>
                  )}
                </For>
              </ul>
            </section>
          </Show>
        )}
      </For>
      <Show when={doomed()}>
        {(work) => (
          <Confirm
            title={t("discard")}
            text={t("discard_sure")}
            yes={t("discard_yes")}
            danger
            onYes={() => void throwAway(work())}
            onNo={() => setDoomed(undefined)}
          />
        )}
      </Show>
    </>
  );
}

/** When the phone last talked with the server, and talking now. */
function Talk() {
  const inside = useInside();
  const state = () => inside.rounds.contact().state;
  const busy = () => state() === "sending" || state() === "fetching";
  const words = () => {
    if (state() === "sending") return t("contact_sending");
    if (state() === "fetching") return t("contact_fetching");
    if (state() === "busy") return t("contact_busy");
    if (state() === "unreachable" || !online()) return t("contact_unreachable");
    return inside.waiting.length > 0 ? t("contact_quiet_waiting") : t("contact_quiet");
  };
  return (
    <section class="card stack">
      <p role="status" class="message">
        <Icon name={busy() ? "refresh" : online() ? "check" : "offline"} />
        <span>
          {words()}
          <small>{inside.known() ? t("last_contact", { when: moment(inside.known()?.at ?? 0) }) : t("never_contact")}</small>
        </span>
      </p>
      <button type="button" class="btn pri big" disabled={busy()} onClick={() => void inside.rounds.now()}>
        <Icon name="refresh" />
        {t("send_now")}
      </button>
    </section>
  );
}
