/** A number between two ends: buttons for a short scale, a slider for a long one. */
import { createMemo, For, Show, type JSX } from "solid-js";
import { Icon } from "../../parts/icon";
import { useDesk } from "../context";
import type { ControlProps } from "../question";

const SHORT_SCALE = 11;

export function RangeField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const { start, end, step } = props.question.bounds;
  const size = Math.abs(step) || 1;
  const steps = Math.floor(Math.abs(end - start) / size) + 1;
  const digits = (String(size).split(".")[1] ?? "").length;
  const at = (index: number) => (start + (end >= start ? 1 : -1) * index * size).toFixed(digits);
  const scale = createMemo(() => Array.from({ length: steps }, (_, index) => at(index)));
  const position = () => scale().findIndex((value) => Number(value) === Number(props.question.value));
  const move = (by: number) => {
    const next = props.question.value === "" ? 0 : position() + by;
    const value = scale()[Math.min(Math.max(next, 0), steps - 1)];
    if (value !== undefined) props.question.set(value);
  };
  return (
    <Show
      when={steps > SHORT_SCALE}
      fallback={
        <div
          class="f-choices f-steps"
          role="radiogroup"
          aria-labelledby={props.labelId}
          aria-describedby={props.describedBy}
          aria-required={props.question.required}
          aria-invalid={props.invalid || undefined}
        >
          <For each={scale()}>
            {(value) => (
              <label class="f-step">
                <input
                  type="radio"
                  class="vh"
                  name={props.id}
                  value={value}
                  checked={props.question.value !== "" && Number(props.question.value) === Number(value)}
                  disabled={props.question.readonly}
                  onChange={() => props.question.set(value)}
                />
                <span>{value}</span>
              </label>
            )}
          </For>
        </div>
      }
    >
      <div role="group" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
        <p class="f-value" aria-live="polite">
          {props.question.value || desk.say().slider}
        </p>
        <div class="f-slider">
          <button type="button" class="f-icon-btn" aria-label={desk.say().less} disabled={props.question.readonly} onClick={() => move(-1)}>
            <Icon name="minus" size={22} />
          </button>
          <input
            id={props.id}
            type="range"
            aria-labelledby={props.labelId}
            aria-invalid={props.invalid || undefined}
            min={0}
            max={steps - 1}
            disabled={props.question.readonly}
            aria-valuetext={props.question.value || desk.say().unanswered}
            value={props.question.value === "" ? Math.floor(steps / 2) : position()}
            onInput={(event) => props.question.set(at(event.currentTarget.valueAsNumber))}
          />
          <button type="button" class="f-icon-btn" aria-label={desk.say().more} disabled={props.question.readonly} onClick={() => move(1)}>
            <Icon name="plus" size={22} />
          </button>
        </div>
      </div>
    </Show>
  );
}
