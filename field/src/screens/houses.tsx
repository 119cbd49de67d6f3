// Finding a house or a person, and the list of all houses.

import { For, Show, createDeferred, createMemo, createSignal } from "solid-js";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty } from "../parts/parts";
import { HouseRow, PersonRow } from "../parts/rows";
import { villageName } from "../registry/describe";
import { search } from "../registry/search";
import { linkTo, route, goInstead } from "../route";
import { t } from "../words";

const STEP = 50;
type Filter = "" | "due" | "never" | "unpinned";

export function Houses() {
  const inside = useInside();
  const [typed, setTyped] = createSignal("");
  const text = createDeferred(typed, { timeoutMs: 200 });
  const found = createMemo(() => search(inside.registry(), text()));
  return (
    <>
      <h1 class="vh">{t("tab_houses")}</h1>
      <div class="searching">
        <label class="vh" for="search">
          {t("search")}
        </label>
        <input
          id="search"
          class="input"
          type="search"
          placeholder={t("search")}
          autocomplete="off"
          enterkeyhint="search"
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Show when={typed().trim()} fallback={<AllHouses />}>
        <Show
          when={found().houses.length + found().people.length > 0}
          fallback={<Empty icon="search" title={t("nothing_found", { text: typed().trim() })} text={t("nothing_found_text")} />}
        >
          <div class="card">
            <ul class="rows" aria-live="polite">
              <For each={found().houses}>{(house) => <HouseRow house={house} />}</For>
              <For each={found().people}>{(person) => <PersonRow person={person} withHouse />}</For>
            </ul>
          </div>
        </Show>
      </Show>
      <div class="act">
        <a class="btn" href={linkTo("new-house")}>
          <Icon name="house" />
          {t("new_house")}
        </a>
        <a class="btn" href={linkTo("new-person", "", { name: /\d/.test(typed()) ? "" : typed().trim() })}>
          <Icon name="person" />
          {t("new_person")}
        </a>
      </div>
    </>
  );
}

function AllHouses() {
  const inside = useInside();
  const [shown, setShown] = createSignal(STEP);
  const only = () => route().query.get("show") ?? "";
  const village = () => route().query.get("village") ?? "";
  const choose = (show: string, where: string) => {
    setShown(STEP);
    goInstead("houses", "", { show, village: where });
  };
  const villages = createMemo(() => [...new Set(inside.registry().houses.map((house) => house.village))]);
  const houses = createMemo(() => {
    const todo = inside.todays();
    const all = only() === "due" ? todo.due : only() === "never" ? todo.never : only() === "unpinned" ? todo.unpinned : inside.registry().houses;
    return village() ? all.filter((house) => house.village === village()) : all;
  });
  const chips = (): [Filter, string][] => [
    ["", t("all_houses")],
    ["due", t("due")],
    ["never", t("never")],
    ["unpinned", t("unpinned")],
  ];
  return (
    <>
      <Show when={villages().length > 1}>
        <div class="field">
          <label for="village">{t("village")}</label>
          <select id="village" value={village()} onChange={(event) => choose(only(), event.currentTarget.value)}>
            <option value="">{t("all_villages")}</option>
            <For each={villages()}>{(code) => <option value={code}>{villageName(inside.registry(), code)}</option>}</For>
          </select>
        </div>
      </Show>
      <div class="chips" role="group" aria-label={t("filter")}>
        <For each={chips()}>
          {([value, label]) => (
            <button type="button" class="chip" aria-pressed={only() === value} onClick={() => choose(value, village())}>
              {label}
            </button>
          )}
        </For>
      </div>
      <p class="mut">{t("houses_n", { n: houses().length })}</p>
      <Show when={houses().length > 0}>
        <div class="card">
          <ul class="rows">
            <For each={houses().slice(0, shown())}>{(house) => <HouseRow house={house} />}</For>
          </ul>
          <Show when={houses().length > shown()}>
            <button type="button" class="btn big" onClick={() => setShown(shown() + STEP)}>
              {t("more_rows", { n: Math.min(STEP, houses().length - shown()) })}
            </button>
          </Show>
        </div>
      </Show>
    </>
  );
}
