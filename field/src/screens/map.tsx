// The map of the volunteer's houses, and the same as a list: who cannot see it finds the nearest houses there.

import { For, Show, createMemo, createSignal } from "solid-js";
import { Chart, placesOf } from "../map/chart";
import { pinsOf } from "../map/pins";
import { type Place, type View, distance } from "../map/plane";
import { followMe } from "../map/position";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Note } from "../parts/parts";
import { HouseRow } from "../parts/rows";
import { route } from "../route";
import { t } from "../words";

const NEAREST = 12;
const CLOSE = 111_320 * 0.8;

export function MapScreen() {
  const inside = useInside();
  const asked = inside.registry().house(route().query.get("house") ?? "");
  const [chosen, setChosen] = createSignal(asked?.key ?? "");
  const [view, setView] = createSignal<View | undefined>(asked?.point && { ...asked.point, scale: CLOSE });
  const { me, state, start } = followMe();
  const pins = createMemo(() => pinsOf(inside));
  const boundaries = () => inside.known()?.boundaries.geojson;

  const goToMe = () => {
    start();
    const here = me();
    if (here) setView({ lat: here.lat, lon: here.lon, scale: CLOSE });
  };
  const nearest = createMemo(() => {
    const here: Place | undefined = me() ?? view();
    if (!here) return [];
    const found = pins().map((pin) => ({ house: inside.registry().house(pin.key), away: distance(here, pin) }));
    return found.sort((a, b) => a.away - b.away).slice(0, NEAREST);
  });
  const far = (metres: number) => (metres < 1000 ? t("metres", { n: Math.round(metres / 10) * 10 }) : t("km", { n: (metres / 1000).toFixed(1) }));
  const house = () => inside.registry().house(chosen());

  return (
    <>
      <h1 class="vh">{t("tab_map")}</h1>
      <Chart
        class="tall"
        label={t("map_label", { n: pins().length })}
        pins={pins()}
        boundaries={boundaries()}
        me={me()}
        view={view}
        onView={setView}
        onPin={setChosen}
        chosen={chosen()}
      />
      <div class="below stack">
        <div class="act">
          <button type="button" class="btn" onClick={goToMe}>
            <Icon name="locate" />
            {state() === "looking" ? t("locating") : t("me")}
          </button>
          <button type="button" class="btn" onClick={() => setView(undefined)}>
            <Icon name="map" />
            {t("whole_area")}
          </button>
        </div>
        <Show when={state() === "failed"}>
          <Note kind="warn" alert>
            {t("no_position")}
          </Note>
        </Show>
        <Show when={me()}>{(here) => <p class="mut">{t("accuracy", { n: Math.round(here().accuracy) })}</p>}</Show>
        <ul class="legend">
          <li>
            <span class="dot due" />
            {t("legend_due")}
          </li>
          <li>
            <span class="dot never" />
            {t("legend_never")}
          </li>
          <li>
            <span class="dot visited" />
            {t("legend_visited")}
          </li>
        </ul>
        <Show when={pins().length === 0 && placesOf(boundaries()).length === 0}>
          <Note>{t("no_pins")}</Note>
        </Show>
        <Show when={house()}>
          {(found) => (
            <div class="card hot" aria-live="polite">
              <ul class="rows">
                <HouseRow house={found()} />
              </ul>
            </div>
          )}
        </Show>
        <Show when={nearest().length > 0}>
          <section class="card" aria-labelledby="near">
            <h2 id="near">
              <Icon name="house" />
              {me() ? t("near") : t("near_middle")}
            </h2>
            <ul class="rows">
              <For each={nearest()}>
                {({ house: one, away }) => <Show when={one}>{(found) => <HouseRow house={found()} more={<small>{far(away)}</small>} />}</Show>}
              </For>
            </ul>
          </section>
        </Show>
      </div>
    </>
  );
}
