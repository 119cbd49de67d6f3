// One person: what is known, and the forms about a person.

import { Show } from "solid-js";
import { FormLinks } from "../parts/forms";
import { Facts } from "../parts/facts";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Heading, Note } from "../parts/parts";
import { houseLine, houseTitle, personLine } from "../registry/describe";
import { linkTo, route } from "../route";
import { t } from "../words";
import { Gone } from "./family";

export function PersonScreen() {
  const inside = useInside();
  const person = () => inside.registry().person(route().id);
  return (
    <Show when={person()} fallback={<Gone />}>
      {(here) => (
        <>
          <Heading title={here().name} text={personLine(inside.registry(), here(), inside.today())} />
          <Show when={here().get("status") === "left"}>
            <Note kind="warn">{t("left_register")}</Note>
          </Show>
          <section class="card" aria-labelledby="forms">
            <h2 id="forms">
              <Icon name="edit" />
              {t("start_for_person", { name: here().get("given_name") })}
            </h2>
            <FormLinks about={["person"]} begin={{ person: here().key }} />
          </section>
          <Show when={here().house.isKnown}>
            <a class="card row" href={linkTo("family", here().house.key)}>
              <Icon name="house" />
              <span class="grow">
                <b>{houseTitle(here().house)}</b>
                <small>{houseLine(inside.registry(), here().house)}</small>
              </span>
              <Icon name="right" />
            </a>
          </Show>
          <Facts of={here()} />
        </>
      )}
    </Show>
  );
}
