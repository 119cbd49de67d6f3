// Putting the pin right: the map moves under it.

import { createMemo, createSignal } from "solid-js";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { t } from "../words";
import { Chart } from "./chart";
import { pinsOf } from "./pins";
import type { View } from "./plane";

interface Props {
  lat: number;
  lon: number;
  accuracy: number | null;
  onPick: (lat: number, lon: number) => void;
}

const CLOSE = 111_320 * 1.2; // a screen is some 300 m wide

export function Pick(props: Props) {
  const inside = useInside();
  const [view, setView] = createSignal<View>({ lat: props.lat, lon: props.lon, scale: CLOSE });
  const pins = createMemo(() => pinsOf(inside));
  return (
    <div>
      <p>{t("drag_pin")}</p>
      <Chart
        class="pick"
        label={t("drag_pin")}
        pins={pins()}
        boundaries={inside.known()?.boundaries.geojson}
        me={{ lat: props.lat, lon: props.lon, accuracy: props.accuracy ?? 0 }}
        view={view}
        onView={setView}
      >
        <span class="aim">
          <Icon name="pin" size={44} />
        </span>
      </Chart>
      <button type="button" class="btn pri big" onClick={() => props.onPick(view().lat, view().lon)}>
        <Icon name="check" />
        {t("pin_here")}
      </button>
    </div>
  );
}
