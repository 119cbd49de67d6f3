// A house that is not in the registry yet: looked for first, then begun with a form.

import { For, Show, createMemo, createSignal } from "solid-js";
import { FormLinks } from "../parts/forms";
import { useInside } from "../parts/inside";
import { Field, Heading } from "../parts/parts";
import { HouseRow } from "../parts/rows";
import { villageName } from "../registry/describe";
import { houseKey } from "../registry/thai";
import { t } from "../words";

export function NewHouse() {
  const inside = useInside();
  const villages = createMemo(() => {
    const known = [...new Set(inside.registry().houses.map((house) => house.village))];
    return known.length > 0 ? known : inside.registry().areas.map((area) => area.area);
  });
  const [chosen, setChosen] = createSignal("");
  const village = () => chosen() || (villages().length === 1 ? (villages()[0] ?? "") : "");
  const [number, setNumber] = createSignal("");
  const same = createMemo(() => {
    const key = houseKey(number());
    return key ? inside.registry().houses.filter((house) => house.village === village() && houseKey(house.number) === key) : [];
  });
  return (
    <>
      <Heading title={t("new_house")} text={t("new_house_text")} />
      <section class="card">
        <Show when={villages().length > 1}>
          <div class="field">
            <label for="village">{t("which_village")}</label>
            <select id="village" value={village()} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="" />
              <For each={villages()}>{(code) => <option value={code}>{villageName(inside.registry(), code)}</option>}</For>
            </select>
          </div>
        </Show>
        <Field label={t("which_number")} help={t("which_number_help")} value={number()} onInput={setNumber} maxlength={40} />
      </section>
      <Show when={same().length > 0}>
        <section class="card hot" aria-live="polite">
          <h2>{t("house_known")}</h2>
          <p>{t("house_known_text")}</p>
          <ul class="rows">
            <For each={same()}>{(house) => <HouseRow house={house} />}</For>
          </ul>
        </section>
      </Show>
      <Show when={village()}>
        <section class="card">
          <h2>{t("is_new_house")}</h2>
          <FormLinks about={["household", "place"]} begin={{ area: village(), number: houseKey(number()) }} />
        </section>
      </Show>
    </>
  );
}
