// A piece of the volunteer's own work: where it stands, in words.

import { type JSX, Show } from "solid-js";
import type { Work } from "../store/records";
import { linkTo } from "../route";
import { type Word, t } from "../words";
import { moment } from "../words/dates";
import { Icon, type IconName } from "./icon";
import { useInside } from "./inside";
import { Tag } from "./parts";

const LOOKS: { [state: string]: [kind: "warn" | "ok" | "info" | "bad" | "", icon: IconName] } = {
  draft: ["warn", "edit"],
  queued: ["warn", "clock"],
  sent: ["info", "import"],
  settled: ["ok", "check"],
  flagged: ["warn", "eye"],
  left: ["bad", "cross"],
};

export function WorkRow(props: { work: Work; children?: JSX.Element }) {
  const inside = useInside();
  const standing = () => (props.work.state === "done" ? (props.work.outcome ?? "settled") : props.work.state);
  const percent = () => {
    const now = inside.rounds.progress();
    return now?.id === props.work.id ? now.percent : undefined;
  };
  const when = () => {
    const { state, sentAt, changed } = props.work;
    return sentAt && state !== "queued" ? t("sent_at", { when: moment(sentAt) }) : t("kept_at", { when: moment(changed) });
  };
  const words = () => (
    <span class="grow">
      <b>{props.work.about}</b>
      <small>{props.work.title}</small>
      <small>
        {when()}
        <Show when={props.work.names.length > 0}> · {t("photos_n", { n: props.work.names.length })}</Show>
      </small>
      <span class="tags">
        <Tag kind={LOOKS[standing()]?.[0] ?? ""} icon={LOOKS[standing()]?.[1]}>
          {t(`state_${standing()}` as Word)}
        </Tag>
        <Show when={percent() !== undefined}>
          <Tag kind="info">{t("sent_percent", { n: percent() ?? 0 })}</Tag>
        </Show>
      </span>
      <Show when={props.work.message}>
        <small>{props.work.message}</small>
      </Show>
    </span>
  );
  return (
    <li>
      <Show
        when={props.work.state === "draft"}
        fallback={
          <div class="row">
            {words()}
            <Show when={props.work.held}>
              <button type="button" class="btn" onClick={() => void inside.retry(props.work)}>
                {t("try_again")}
              </button>
            </Show>
          </div>
        }
      >
        <a class="row" href={linkTo("fill", props.work.formId, { draft: props.work.id })}>
          {words()}
          <Icon name="right" />
        </a>
      </Show>
      {props.children}
    </li>
  );
}
