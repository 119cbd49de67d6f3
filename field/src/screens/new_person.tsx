// Somebody who may be new: is this person already known? Asked before a form is begun.

import { For, Show, createSignal } from "solid-js";
import { FormLinks } from "../parts/forms";
import { useInside } from "../parts/inside";
import { Field, Heading } from "../parts/parts";
import { PersonRow } from "../parts/rows";
import { houseTitle, villageName } from "../registry/describe";
import { type Newcomer, alike } from "../registry/search";
import { arabicDigits, clean, isCitizenId } from "../registry/thai";
import { route } from "../route";
import { t } from "../words";

const OLDEST = 130;
const ERA = 543;

export function NewPerson() {
  const inside = useInside();
  const [first = "", ...rest] = clean(route().query.get("name") ?? "").split(" ");
  const [given, setGiven] = createSignal(first);
  const [family, setFamily] = createSignal(rest.join(" "));
  const [year, setYear] = createSignal("");
  const [cid, setCid] = createSignal("");
  const [house, setHouse] = createSignal(route().query.get("house") ?? "");
  const [faults, setFaults] = createSignal({ given: "", year: "", cid: "" });
  const [who, setWho] = createSignal<Newcomer>();

  const check = () => {
    const now = Number(inside.today().slice(0, 4)) + ERA;
    const told = Number(year());
    const found = {
      given: clean(given()) ? "" : t("fill_in"),
      year: year() && !(told >= now - OLDEST && told <= now) ? t("birth_year_wrong", { from: now - OLDEST, to: now }) : "",
      cid: cid() && !isCitizenId(cid()) ? t("cid_wrong") : "",
    };
    setFaults(found);
    const birth = year() ? String(told - ERA) : "";
    setWho(Object.values(found).some(Boolean) ? undefined : { given: clean(given()), family: clean(family()), birth, cid: cid() });
  };
  const forget = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setWho(undefined);
  };
  const like = () => {
    const newcomer = who();
    return newcomer ? alike(inside.registry(), newcomer) : [];
  };
  const digits = (most: number) => (text: string) => arabicDigits(text).replace(/\D/g, "").slice(0, most);

  return (
    <>
      <Heading title={t("new_person")} text={t("new_person_text")} />
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <Field label={t("given_name")} value={given()} error={faults().given} onInput={forget(setGiven)} maxlength={100} />
        <Field label={t("family_name")} value={family()} onInput={forget(setFamily)} maxlength={100} />
        <Field
          label={t("birth_year")}
          help={t("birth_year_help")}
          value={year()}
          error={faults().year}
          inputmode="numeric"
          tidy={digits(4)}
          onInput={forget(setYear)}
        />
        <Field label={t("cid")} value={cid()} error={faults().cid} inputmode="numeric" tidy={digits(13)} onInput={forget(setCid)} />
        <button class="btn pri big">{t("check")}</button>
      </form>
      <Show when={who()}>
        {(newcomer) => (
          <>
            <section class="card" classList={{ hot: like().length > 0 }} aria-live="polite">
              <Show when={like().length > 0} fallback={<p>{t("nobody_alike")}</p>}>
                <h2>{t("alike")}</h2>
                <p>{t("alike_text")}</p>
                <ul class="rows">
                  <For each={like()}>{(person) => <PersonRow person={person} withHouse />}</For>
                </ul>
              </Show>
            </section>
            <section class="card">
              <h2>{like().length > 0 ? t("is_new_person") : t("is_new_person_form")}</h2>
              <WhichHouse house={house()} onChoose={setHouse} />
              <FormLinks
                about={["household", "person"]}
                begin={{ house: house(), given: newcomer().given, family: newcomer().family, birth: newcomer().birth, cid: newcomer().cid }}
              />
            </section>
          </>
        )}
      </Show>
    </>
  );
}

function WhichHouse(props: { house: string; onChoose: (key: string) => void }) {
  const inside = useInside();
  return (
    <div class="field">
      <label for="house">{t("which_house")}</label>
      <select id="house" value={props.house} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <option value="">{t("house_unknown_yet")}</option>
        <For each={inside.registry().houses}>
          {(house) => (
            <option value={house.key}>
              {houseTitle(house)} · {villageName(inside.registry(), house.village)}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
