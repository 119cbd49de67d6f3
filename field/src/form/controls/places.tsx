/** Where it is: the best fix of the device, moved on a map when it is off; lines and shapes point by point. */
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Icon } from "../../parts/icon";
import { useDesk } from "../context";
import type { ControlProps } from "../question";
import { coordinates } from "../wording";

const PATIENCE_MS = 30_000;
const NO_FIX_POOR_M = 50;

type Trouble = "denied" | "failed" | null;

/** Watches until the fix is good, patience ends or stop() is called; the best fix so far is told each time it gets better. */
function useLocator(good: () => number, tell: (fix: GeolocationCoordinates) => void) {
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>(null);
  let watch: number | undefined;
  let patience: number | undefined;
  const stop = () => {
    if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    clearTimeout(patience);
    watch = undefined;
    setBusy(false);
  };
  const start = () => {
    stop();
    setTrouble(null);
    if (!("geolocation" in navigator)) {
      setTrouble("failed");
      return;
    }
    setBusy(true);
    let best = Infinity;
    patience = window.setTimeout(() => {
      if (best === Infinity) setTrouble("failed");
      stop();
    }, PATIENCE_MS);
    watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (coords.accuracy < best) {
          best = coords.accuracy;
          tell(coords);
        }
        if (best <= good()) stop();
      },
      (error) => {
        if (best !== Infinity) return;
        setTrouble(error.code === error.PERMISSION_DENIED ? "denied" : "failed");
        stop();
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  };
  onCleanup(stop);
  return { busy, trouble, start, stop };
}

function asText(fix: GeolocationCoordinates): string {
  return `${fix.latitude} ${fix.longitude} ${fix.altitude ?? 0} ${fix.accuracy}`;
}

function Trouble(props: { trouble: Trouble }): JSX.Element {
  const desk = useDesk();
  return (
    <Show when={props.trouble}>
      <p class="f-fault" role="alert">
        <Icon name="warn" size={18} />
        <span>{props.trouble === "denied" ? desk.say().locateDenied : desk.say().locateFailed}</span>
      </p>
    </Show>
  );
}

export function PointField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const [mapOpen, setMapOpen] = createSignal(false);
  const place = () => coordinates(props.question.value);
  const locator = useLocator(
    () => props.question.accuracy.good,
    (fix) => props.question.set(asText(fix)),
  );
  const poor = () => (place()?.accuracy ?? 0) > (props.question.accuracy.worst ?? NO_FIX_POOR_M);
  return (
    <div class="f-place-field" role="group" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <Show when={place()}>
        {(at) => (
          <p class="f-value">
            <Icon name="pin" size={20} /> {at().lat.toFixed(6)}, {at().lon.toFixed(6)}
            <Show when={at().accuracy}>{(metres) => <small>{desk.say().accuracy(Math.round(metres()))}</small>}</Show>
          </p>
        )}
      </Show>
      <p class="f-hint" role="status">
        {locator.busy()
          ? place()?.accuracy
            ? desk.say().locatingBest(Math.round(place()?.accuracy ?? 0))
            : desk.say().locating
          : poor()
            ? desk.say().accuracyPoor
            : ""}
      </p>
      <Trouble trouble={locator.trouble()} />
      <Show when={!props.question.readonly}>
        <div class="f-act">
          <Show
            when={locator.busy()}
            fallback={
              <button type="button" class="f-btn" onClick={locator.start}>
                <Icon name="locate" size={20} />
                {place() ? desk.say().locateAgain : desk.say().locate}
              </button>
            }
          >
            <button type="button" class="f-btn" disabled={!place()} onClick={locator.stop}>
              {desk.say().locateStop}
            </button>
          </Show>
          <Show when={desk.MapPick && !locator.busy()}>
            <button type="button" class="f-btn f-quiet" aria-expanded={mapOpen()} onClick={() => setMapOpen(!mapOpen())}>
              <Icon name="map" size={20} />
              {mapOpen() ? desk.say().close : desk.say().map}
            </button>
          </Show>
        </div>
        <Show when={mapOpen() && desk.MapPick}>
          <Dynamic
            component={desk.MapPick}
            lat={place()?.lat ?? NaN}
            lon={place()?.lon ?? NaN}
            accuracy={place()?.accuracy ?? null}
            onPick={(lat: number, lon: number) => props.question.set(`${lat} ${lon} 0 0`)}
          />
        </Show>
      </Show>
    </div>
  );
}

/** A line needs two points, a shape three; a shape is closed with its first point again. */
export function LineField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const closed = props.question.kind === "shape";
  const standing = props.question.value.split(";").map((point) => point.trim()).filter(Boolean); // prettier-ignore
  const [points, setPoints] = createSignal<string[]>(closed ? standing.slice(0, -1) : standing);
  const [fix, setFix] = createSignal<string>();
  const keep = (next: string[]) => {
    setPoints(next);
    const enough = next.length >= (closed ? 3 : 2);
    const ring = closed && next[0] ? [...next, next[0]] : next;
    props.question.set(enough ? ring.join("; ") : "");
    props.question.slip(next.length > 0 && !enough);
  };
  const locator = useLocator(
    () => props.question.accuracy.good,
    (found) => setFix(asText(found)),
  );
  const add = () => {
    const found = fix();
    locator.stop();
    setFix(undefined);
    if (found) keep([...points(), found]);
  };
  return (
    <div role="group" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <ol class="f-rank">
        <For each={points()}>
          {(point, index) => (
            <li>
              <span class="f-grow">
                {desk.say().point(index() + 1)}
                <small>{point.split(" ").slice(0, 2).map((each) => Number(each).toFixed(5)).join(", ")}</small>
              </span>
              <button
                type="button"
                class="f-icon-btn"
                aria-label={`${desk.say().remove}: ${desk.say().point(index() + 1)}`}
                onClick={() => keep(points().filter((_, at) => at !== index()))}
              >
                <Icon name="trash" size={20} />
              </button>
            </li>
          )}
        </For>
      </ol>
      <p class="f-hint" role="status">
        {locator.busy()
          ? fix()
            ? desk.say().locatingBest(Math.round(coordinates(fix() ?? "")?.accuracy ?? 0))
            : desk.say().locating
          : desk.say().pointsNeeded(closed ? 3 : 2)}
      </p>
      <Trouble trouble={locator.trouble()} />
      <Show when={!props.question.readonly}>
        <Show
          when={fix()}
          fallback={
            <button type="button" class="f-btn" disabled={locator.busy()} onClick={locator.start}>
              <Icon name="locate" size={20} />
              {desk.say().addPoint}
            </button>
          }
        >
          <button type="button" class="f-btn" onClick={add}>
            {desk.say().locateStop}
          </button>
        </Show>
      </Show>
    </div>
  ); // prettier-ignore
}
