/** Words and numbers. */
import { createEffect, createSignal, on, Show, type JSX } from "solid-js";
import type { ControlProps } from "../question";
import { plainDigits } from "../thai";

export function TextField(props: ControlProps): JSX.Element {
  const shared = () => ({
    id: props.id,
    "aria-required": props.question.required,
    "aria-invalid": props.invalid || undefined,
    "aria-describedby": props.describedBy,
    readOnly: props.question.readonly,
  });
  const take = (text: string) => props.question.set(props.question.isNumericText ? plainDigits(text) : text);
  return (
    <Show
      when={props.question.rows}
      fallback={
        <input
          class="f-input"
          type="text"
          autocomplete="off"
          inputMode={props.question.isNumericText ? "numeric" : props.question.looks("url") ? "url" : undefined}
          value={props.question.value}
          onInput={(event) => take(event.currentTarget.value)}
          {...shared()}
        />
      }
    >
      {(rows) => (
        <textarea
          class="f-input"
          rows={rows()}
          value={props.question.value}
          onInput={(event) => take(event.currentTarget.value)}
          {...shared()}
        />
      )}
    </Show>
  );
}

const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;

export function NumberField(props: ControlProps): JSX.Element {
  const grouped = (value: string) =>
    props.question.looks("thousands-sep") && value ? Number(value).toLocaleString("en-US", { maximumFractionDigits: 10 }) : value;
  const [text, setText] = createSignal(grouped(props.question.value));
  // What the form itself changes (a calculation, what is known) comes in; what is being typed stays as it is typed.
  createEffect(
    on(
      () => props.question.value,
      (value) => {
        if (value && Number(plainDigits(text())) !== Number(value)) setText(grouped(value));
        if (!value && !props.question.fault) setText("");
      },
      { defer: true },
    ),
  );
  const take = (typed: string) => {
    setText(typed);
    const plain = plainDigits(typed).trim();
    const readable = plain === "" || (props.question.kind === "int" ? WHOLE : DECIMAL).test(plain);
    const understood = props.question.set(readable ? plain : "");
    props.question.slip(!readable || !understood);
  };
  return (
    <input
      id={props.id}
      class="f-input f-number"
      type="text"
      autocomplete="off"
      inputMode={props.question.kind === "int" ? "numeric" : "decimal"}
      aria-required={props.question.required}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      readOnly={props.question.readonly}
      value={text()}
      onInput={(event) => take(event.currentTarget.value)}
      onBlur={() => !props.invalid && props.question.value && setText(grouped(props.question.value))}
    />
  );
}
