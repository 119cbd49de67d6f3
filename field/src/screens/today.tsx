// What there is to do today.

import { type Accessor, For, Show } from "solid-js";
import { Icon, type IconName } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Note, Tag } from "../parts/parts";
import { HouseRow, PersonRow } from "../parts/rows";
import { WorkRow } from "../parts/work_row";
import type { House } from "../registry/registry";
import { linkTo } from "../route";
import type { SyncAnswer } from "../sync/api";
import { type Word, t } from "../words";
import { day } from "../words/dates";

const SHOWN = 8;

export function Today() {
  const inside = useInside();
  const todo = inside.todays;
  const drafts = () => inside.work().filter((each) => each.state === "draft");
  const asked = () => {
    const answered = new Set(inside.work().filter((each) => each.kind === "reply").map((each) => each.id));
    return (inside.known()?.inquiries ?? []).filter((inquiry) => !answered.has(inquiry.id));
  };
  const nothing = () => drafts().length + asked().length + todo().due.length + todo().people.length + todo().never.length === 0;
  return (
    <>
      <div>
        <h1>{t("hello", { name: inside.session.vault.name })}</h1>
        <p class="mut">{t("today_is", { day: day(inside.today()) })}</p>
      </div>
      <Fetching />
      <For each={inside.known()?.tooLarge ?? []}>{(area) => <TooLarge area={area} />}</For>
      <Show when={drafts().length > 0}>
        <section class="card hot" aria-labelledby="drafts">
          <h2 id="drafts">
            <Icon name="edit" />
            {t("drafts")}
          </h2>
          <ul class="rows">
            <For each={drafts()}>{(work) => <WorkRow work={work} />}</For>
          </ul>
        </section>
      </Show>
      <Show when={asked().length > 0}>
        <section class="card" aria-labelledby="asked">
          <h2 id="asked">
            <Icon name="question" />
            {t("inquiries")}
          </h2>
          <ul class="rows">
            <For each={asked()}>
              {(inquiry) => (
                <li>
                  <a class="row" href={linkTo("inquiry", inquiry.id)}>
                    <span class="grow">
                      <b>{inquiry.sides.map((side) => side.who).join(" · ")}</b>
                      <small>{inquiry.note}</small>
                    </span>
                    <Icon name="right" />
                  </a>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={inside.unread().length > 0}>
        <a class="card row" href={linkTo("inbox")}>
          <Icon name="info" />
          <span class="grow">
            <b>{t("inbox")}</b>
          </span>
          <Tag kind="info">{t("unread", { n: inside.unread().length })}</Tag>
          <Icon name="right" />
        </a>
      </Show>
      <Show when={inside.registry().houses.length > 0}>
        <div class="todo">
          <Count icon="clock" word="due" n={todo().due.length} hot />
          <Count icon="walk" word="never" n={todo().never.length} />
          <Count icon="missing" word="unpinned" n={todo().unpinned.length} />
        </div>
      </Show>
      <List word="due" icon="clock" houses={() => todo().due} />
      <Show when={todo().people.length > 0}>
        <section class="card" aria-labelledby="due-people">
          <h2 id="due-people">
            <Icon name="person" />
            {t("due_people")}
            <span class="n">{t("people_n", { n: todo().people.length })}</span>
          </h2>
          <ul class="rows">
            <For each={todo().people.slice(0, SHOWN)}>{(person) => <PersonRow person={person} />}</For>
          </ul>
        </section>
      </Show>
      <List word="never" icon="walk" houses={() => todo().never} />
      <Show when={inside.registry().houses.length > 0 && nothing()}>
        <Empty icon="check" title={t("all_done")} text={t("all_done_text")} />
      </Show>
    </>
  );
}

/** The first time there is nothing to show yet: say whether it is on its way. */
function Fetching() {
  const inside = useInside();
  const fetching = () => ["fetching", "sending"].includes(inside.rounds.contact().state);
  return (
    <Show when={inside.registry().houses.length === 0}>
      <Show when={fetching()} fallback={<Empty icon="house" title={t("no_area")} text={t("no_area_text")} />}>
        <div class="empty" role="status">
          <Icon name="refresh" size={36} />
          <h2>{t("first_fetch")}</h2>
          <p>{t("first_fetch_text")}</p>
          <progress aria-label={t("first_fetch")} />
        </div>
      </Show>
    </Show>
  );
}

/** An area of too many people: the volunteer chooses the villages to hold. */
function TooLarge(props: { area: SyncAnswer["too_large"][number] }) {
  const inside = useInside();
  const held = () => inside.registry().areas.map((area) => area.area);
  return (
    <Note kind="warn">
      <p>{t("too_large", { name: props.area.name })}</p>
      <div class="act">
        <For each={props.area.choose.filter((part) => !held().includes(part.area))}>
          {(part) => (
            <button type="button" class="btn" onClick={() => void inside.choosePart(part.area)}>
              {part.name}
            </button>
          )}
        </For>
      </div>
    </Note>
  );
}

function Count(props: { icon: IconName; word: "due" | "never" | "unpinned"; n: number; hot?: boolean }) {
  return (
    <a href={linkTo("houses", "", { show: props.word })} classList={{ hot: Boolean(props.hot) && props.n > 0 }}>
      <Icon name={props.icon} size={26} />
      <b>{props.n}</b>
      {t(props.word)}
    </a>
  );
}

function List(props: { word: "due" | "never"; icon: IconName; houses: Accessor<House[]> }) {
  return (
    <Show when={props.houses().length > 0}>
      <section class="card" aria-labelledby={props.word}>
        <h2 id={props.word}>
          <Icon name={props.icon} />
          {t(props.word as Word)}
          <span class="n">{t("houses_n", { n: props.houses().length })}</span>
        </h2>
        <ul class="rows">
          <For each={props.houses().slice(0, SHOWN)}>{(house) => <HouseRow house={house} />}</For>
        </ul>
        <Show when={props.houses().length > SHOWN}>
          <a class="btn big" href={linkTo("houses", "", { show: props.word })}>
            {t("show_all")}
          </a>
        </Show>
      </section>
    </Show>
  );
}
