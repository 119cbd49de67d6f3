// A house and a person as a row one can press.

import { type JSX, Show } from "solid-js";
import { houseLine, houseTitle, personLine } from "../registry/describe";
import type { House, Person } from "../registry/registry";
import { inHand } from "../registry/today";
import { linkTo } from "../route";
import { t } from "../words";
import { day, daysBetween } from "../words/dates";
import { Icon } from "./icon";
import { useInside } from "./inside";
import { Tag } from "./parts";

/** What is to be known of a house at a glance. */
export function HouseTags(props: { house: House }) {
  const inside = useInside();
  const busy = () => inHand(inside.work()).has(props.house.key);
  const late = () => (props.house.dueOn ? daysBetween(props.house.dueOn, inside.today()) : -1);
  return (
    <div class="tags">
      <Show when={busy()}>
        <Tag kind="info" icon="check">
          {t("in_hand")}
        </Tag>
      </Show>
      <Show when={!busy() && late() > 0}>
        <Tag kind="bad" icon="clock">
          {t("overdue", { n: late() })}
        </Tag>
      </Show>
      <Show when={!busy() && late() === 0}>
        <Tag kind="warn" icon="clock">
          {t("due_today")}
        </Tag>
      </Show>
      <Show when={!busy() && !props.house.visitedOn}>
        <Tag kind="warn" icon="walk">
          {t("never")}
        </Tag>
      </Show>
      <Show when={!props.house.point}>
        <Tag icon="missing">{t("unpinned")}</Tag>
      </Show>
    </div>
  );
}

export function HouseRow(props: { house: House; more?: JSX.Element }) {
  const inside = useInside();
  const names = () => {
    const [head] = [...props.house.members].sort((a, b) => Number(b.get("relation_to_head") === "head") - Number(a.get("relation_to_head") === "head"));
    return head ? `${head.name}${props.house.members.length > 1 ? ` · ${t("people_n", { n: props.house.members.length })}` : ""}` : t("no_members");
  };
  return (
    <li>
      <a class="row" href={linkTo("family", props.house.key)}>
        <span class="grow">
          <b>{houseTitle(props.house)}</b>
          <small>{names()}</small>
          <small>
            {houseLine(inside.registry(), props.house)}
            <Show when={props.house.visitedOn}> · {t("visited", { day: day(props.house.visitedOn) })}</Show>
          </small>
          <HouseTags house={props.house} />
          {props.more}
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}

export function PersonRow(props: { person: Person; withHouse?: boolean }) {
  const inside = useInside();
  return (
    <li>
      <a class="row" href={linkTo("person", props.person.key)}>
        <span class="av" aria-hidden="true">
          <Icon name="person" />
        </span>
        <span class="grow">
          <b>{props.person.name}</b>
          <small>{personLine(inside.registry(), props.person, inside.today())}</small>
          <Show when={props.withHouse}>
            <small>
              {houseTitle(props.person.house)} · {houseLine(inside.registry(), props.person.house)}
            </small>
          </Show>
          <Show when={props.person.get("status") === "left"}>
            <div class="tags">
              <Tag kind="warn" icon="question">
                {t("left_register")}
              </Tag>
            </div>
          </Show>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}
