// A house: who lives there, what is known, what may be done.

import { For, Show } from "solid-js";
import { FormLinks } from "../parts/forms";
import { Facts } from "../parts/facts";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Heading } from "../parts/parts";
import { HouseTags, PersonRow } from "../parts/rows";
import { WorkRow } from "../parts/work_row";
import { houseLine, houseTitle } from "../registry/describe";
import { linkTo, route } from "../route";
import { t } from "../words";
import { day } from "../words/dates";

const SHOWN = 5;

export function Family() {
  const inside = useInside();
  const house = () => inside.registry().house(route().id);
  const own = () => inside.work().filter((work) => work.household === route().id).slice(0, SHOWN);
  return (
    <Show when={house()} fallback={<Gone />}>
      {(here) => (
        <>
          <Heading title={houseTitle(here())} text={houseLine(inside.registry(), here())} />
          <HouseTags house={here()} />
          <Show when={here().visitedOn}>
            <p class="mut">{t("visited", { day: day(here().visitedOn) })}</p>
          </Show>
          <section class="card" aria-labelledby="forms">
            <h2 id="forms">
              <Icon name="edit" />
              {t("start_for_house")}
            </h2>
            <FormLinks about={["household", "place"]} begin={{ house: here().key }} />
          </section>
          <section class="card" aria-labelledby="members">
            <h2 id="members">
              <Icon name="people" />
              {t("members")}
              <span class="n">{t("people_n", { n: here().members.length })}</span>
            </h2>
            <Show when={here().members.length > 0} fallback={<p class="mut">{t("no_members")}</p>}>
              <ul class="rows">
                <For each={here().members}>{(person) => <PersonRow person={person} />}</For>
              </ul>
            </Show>
            <a class="btn big" href={linkTo("new-person", "", { house: here().key })}>
              <Icon name="plus" />
              {t("new_person")}
            </a>
          </section>
          <Show when={own().length > 0}>
            <section class="card" aria-labelledby="own">
              <h2 id="own">
                <Icon name="form" />
                {t("own_work_here")}
              </h2>
              <ul class="rows">
                <For each={own()}>{(work) => <WorkRow work={work} />}</For>
              </ul>
            </section>
          </Show>
          <Facts of={here()} />
          <Show when={here().point}>
            <a class="btn big" href={linkTo("map", "", { house: here().key })}>
              <Icon name="map" />
              {t("show_on_map")}
            </a>
          </Show>
        </>
      )}
    </Show>
  );
}

export function Gone() {
  return (
    <Empty icon="missing" title={t("house_not_here")} text={t("house_not_here_text")}>
      <a class="btn" href={linkTo("houses")}>
        {t("tab_houses")}
      </a>
    </Empty>
  );
}
