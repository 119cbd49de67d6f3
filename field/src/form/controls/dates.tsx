/** Days with Thai months and years of the Buddhist era, whole or in part; times. */
import { createEffect, createSignal, For, on, Show, untrack, type JSX } from "solid-js";
import { useDesk } from "../context";
import type { ControlProps } from "../question";
import { isoFrom, MONTHS, plainDigits, todayIso, typedFrom, type Grain, type Typed } from "../thai";

interface DayProps extends ControlProps {
  iso: string; // "" when none stands
  grain: Grain;
  take: (iso: string | null) => void; // null: what is typed is no day
  unitsBelow?: JSX.Element;
}

function Day(props: DayProps): JSX.Element {
  const desk = useDesk();
  const cut = () => (props.grain === "year" ? props.iso.slice(0, 4) : props.grain === "month" ? props.iso.slice(0, 7) : props.iso);
  const [typed, setTyped] = createSignal<Typed>(typedFrom(cut()));
  createEffect(
    on(
      () => props.iso,
      (iso) => {
        const mine = isoFrom(untrack(typed), props.grain);
        if (iso !== (mine ?? "")) setTyped(typedFrom(cut()));
      },
      { defer: true },
    ),
  );
  const change = (part: Partial<Typed>) => {
    const next = { ...typed(), ...part };
    setTyped(next);
    props.take(isoFrom(next, props.grain));
  };
  const invalid = () => props.invalid || undefined;
  return (
    <div class="f-date" role="group" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <Show when={props.grain === "day" || props.grain === "any"}>
        <label>
          <span>{desk.say().day}</span>
          <input
            class="f-input"
            inputMode="numeric"
            maxLength={2}
            autocomplete="off"
            aria-invalid={invalid()}
            readOnly={props.question.readonly}
            value={typed().day}
            onInput={(event) => change({ day: plainDigits(event.currentTarget.value) })}
          />
        </label>
      </Show>
      <Show when={props.grain !== "year"}>
        <label class="f-month">
          <span>{desk.say().month}</span>
          <select
            class="f-input"
            aria-invalid={invalid()}
            disabled={props.question.readonly}
            onChange={(event) => change({ month: event.currentTarget.value })}
          >
            <option value="" selected={typed().month === ""}>
              –
            </option>
            <For each={MONTHS[desk.language()]}>
              {(name, index) => (
                <option value={index() + 1} selected={typed().month === String(index() + 1)}>
                  {name}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
      <label class="f-year">
        <span>{desk.say().year}</span>
        <input
          class="f-input"
          inputMode="numeric"
          maxLength={4}
          autocomplete="off"
          aria-required={props.question.required}
          aria-invalid={invalid()}
          readOnly={props.question.readonly}
          value={typed().year}
          onInput={(event) => change({ year: plainDigits(event.currentTarget.value) })}
        />
      </label>
    </div>
  );
}

export function DateField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const grain = (): Grain => {
    if (props.question.kind === "partial-date") return "any";
    return props.question.looks("year") ? "year" : props.question.looks("month-year") ? "month" : "day";
  };
  const take = (iso: string | null) => {
    const understood = props.question.set(iso ?? "");
    props.question.slip(iso === null || !understood);
  };
  return (
    <>
      <Day {...props} iso={props.question.value} grain={grain()} take={take} />
      <Show when={grain() === "any"}>
        <p class="f-hint">{desk.say().dayUnknown}</p>
      </Show>
      <Show when={grain() === "day" && props.question.required && !props.question.readonly && !props.question.value}>
        <button type="button" class="f-btn f-quiet" onClick={() => take(todayIso())}>
          {desk.say().today}
        </button>
      </Show>
    </>
  );
}

/** As `+07:00`, of this device on that day. */
function offset(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const two = (part: number) => String(Math.floor(Math.abs(part))).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function Clock(props: ControlProps & { value: string; take: (time: string) => void; labelled?: boolean }): JSX.Element {
  return (
    <input
      id={props.labelled ? undefined : props.id}
      class="f-input f-time"
      type="time"
      aria-required={props.question.required}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      readOnly={props.question.readonly}
      value={props.value}
      onInput={(event) => props.take(event.currentTarget.value)}
    />
  );
}

export function TimeField(props: ControlProps): JSX.Element {
  const take = (time: string) => props.question.set(time && `${time}:00.000${offset(new Date())}`);
  return <Clock {...props} value={props.question.value.slice(0, 5)} take={take} />;
}

export function MomentField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const [day, setDay] = createSignal<string | null>(props.question.value.slice(0, 10));
  const [time, setTime] = createSignal(props.question.value.slice(11, 16));
  createEffect(
    on(
      () => props.question.value,
      (value) => {
        if (!value) return;
        setDay(value.slice(0, 10));
        setTime(value.slice(11, 16));
      },
      { defer: true },
    ),
  );
  const take = () => {
    const whole = day() && time() ? `${day()}T${time()}:00.000${offset(new Date(`${day()}T${time()}`))}` : "";
    const understood = props.question.set(whole);
    props.question.slip(!understood || (!whole && (day() !== "" || time() !== "")));
  };
  return (
    <>
      <Day {...props} iso={day() ?? ""} grain="day" take={(iso) => { setDay(iso); take(); }} />
      <label class="f-part">
        <span>{desk.say().time}</span>
        <Clock {...props} labelled value={time()} take={(text) => { setTime(text); take(); }} />
      </label>
    </>
  ); // prettier-ignore
}
