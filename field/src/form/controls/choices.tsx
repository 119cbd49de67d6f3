/** One or several of a list: cards with a radio or a tick, a native list, a search for long lists, pictures, a scale. */
import { createMemo, createSignal, For, Index, Show, type JSX } from "solid-js";
import { Icon } from "../../parts/icon";
import type { Choice } from "../adapter";
import { useDesk, useMedia } from "../context";
import type { ControlProps } from "../question";
import { Pictures, Text } from "../rich";

const MANY_CHOICES = 25; // beyond this one searches
const SHOWN_AT_ONCE = 20;
const MANY_CARDS = 7; // beyond this they stand side by side where their words are short

interface OneProps extends ControlProps {
  choice: Choice;
  toggle: (value: string, on: boolean) => void;
  pictured?: boolean;
}

function Option(props: OneProps): JSX.Element {
  const single = () => props.question.kind === "one";
  const image = useMedia(() => (props.pictured ? props.choice.words.image : null));
  return (
    <label class="f-choice" classList={{ "f-pictured": props.pictured }}>
      <Show when={image()}>{(url) => <img src={url()} alt="" />}</Show>
      <input
        type={single() ? "radio" : "checkbox"}
        name={props.id}
        value={props.choice.value}
        checked={props.question.values.includes(props.choice.value)}
        disabled={props.question.readonly}
        aria-invalid={(!single() && props.invalid) || undefined}
        onChange={(event) => props.toggle(props.choice.value, event.currentTarget.checked)}
      />
      <span>
        <Text words={props.choice.words} />
        <Show when={!props.pictured}>
          <Pictures words={props.choice.words} />
        </Show>
      </span>
    </label>
  );
}

function NativeList(props: ControlProps & { choices: Choice[] }): JSX.Element {
  const desk = useDesk();
  return (
    <select
      id={props.id}
      class="f-input"
      aria-labelledby={props.labelId}
      aria-describedby={props.describedBy}
      aria-required={props.question.required}
      aria-invalid={props.invalid || undefined}
      disabled={props.question.readonly}
      onChange={(event) => props.question.choose(event.currentTarget.value ? [event.currentTarget.value] : [])}
    >
      <option value="" selected={props.question.values.length === 0}>
        – {desk.say().choose} –
      </option>
      <For each={props.choices}>
        {(choice) => (
          <option value={choice.value} selected={props.question.values.includes(choice.value)}>
            {choice.words.plain}
          </option>
        )}
      </For>
    </select>
  );
}

function Tick(props: ControlProps): JSX.Element {
  const desk = useDesk();
  return (
    <label class="f-choice">
      <input
        type="checkbox"
        aria-describedby={[props.labelId, props.describedBy].filter(Boolean).join(" ")}
        aria-invalid={props.invalid || undefined}
        aria-required={props.question.required}
        checked={props.question.value !== ""}
        disabled={props.question.readonly}
        onChange={(event) => props.question.set(event.currentTarget.checked ? "OK" : "")}
      />
      <span>{desk.say().understood}</span>
    </label>
  );
}

function List(props: ControlProps & { choices: Choice[] }): JSX.Element {
  const desk = useDesk();
  const [wanted, setWanted] = createSignal("");
  const single = () => props.question.kind === "one";
  const searched = () => props.choices.length > MANY_CHOICES || props.question.looks("autocomplete");
  const pictured = () => props.choices.some((choice) => choice.words.image);
  const found = createMemo(() => {
    const words = wanted().trim().toLowerCase();
    return words ? props.choices.filter((choice) => choice.words.plain.toLowerCase().includes(words)) : props.choices;
  });
  const shown = () => {
    if (!searched()) return props.choices;
    const chosen = props.choices.filter((choice) => props.question.values.includes(choice.value));
    return [...new Set([...chosen, ...found().slice(0, SHOWN_AT_ONCE)])];
  };
  const toggle = (value: string, on: boolean) => {
    if (single()) props.question.choose([value]);
    else props.question.choose(on ? [...props.question.values, value] : props.question.values.filter((each) => each !== value));
  };
  return (
    <div
      role={single() ? "radiogroup" : "group"}
      aria-labelledby={props.labelId}
      aria-describedby={props.describedBy}
      aria-required={single() ? props.question.required : undefined}
      aria-invalid={(single() && props.invalid) || undefined}
    >
      <Show when={searched()}>
        <input
          class="f-input"
          type="search"
          aria-label={desk.say().search}
          placeholder={desk.say().search}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <p class="f-hint" role="status">
          {found().length === 0
            ? desk.say().nothingFound
            : found().length > SHOWN_AT_ONCE
              ? desk.say().foundMore(SHOWN_AT_ONCE, found().length)
              : desk.say().found(found().length)}
        </p>
      </Show>
      <div
        class="f-choices"
        classList={{
          "f-grid": pictured(),
          "f-pairs": props.choices.length > MANY_CARDS && !pictured(),
          "f-scale": props.question.looks("likert") && props.choices.length > 2 && props.choices.length <= 5,
          "f-side": props.choices.length === 2 && props.choices.every((choice) => choice.words.plain.length <= 14) && !pictured(),
        }}
      >
        <Index each={shown()}>{(choice) => <Option {...props} choice={choice()} toggle={toggle} pictured={pictured()} />}</Index>
      </div>
      <Show when={single() && !props.question.required && !props.question.readonly && props.question.values.length}>
        <button type="button" class="f-btn f-quiet" onClick={() => props.question.choose([])}>
          <Icon name="cross" size={18} />
          {desk.say().remove}
        </button>
      </Show>
    </div>
  );
}

export function Choices(props: ControlProps): JSX.Element {
  const choices = createMemo(() => props.question.choices);
  const native = () =>
    props.question.kind === "one" && props.question.looks("minimal") && !props.question.looks("autocomplete") && choices().length <= 100;
  return (
    <Show when={props.question.kind !== "trigger"} fallback={<Tick {...props} />}>
      <Show when={native()} fallback={<List {...props} choices={choices()} />}>
        <NativeList {...props} choices={choices()} />
      </Show>
    </Show>
  );
}
