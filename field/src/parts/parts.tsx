// Small pieces that several screens show.

import { type JSX, Show, createUniqueId, onMount } from "solid-js";
import { back } from "../route";
import { t } from "../words";
import { Icon, type IconName } from "./icon";

export function Note(props: { kind?: "warn" | "bad" | "ok"; icon?: IconName; alert?: boolean; children: JSX.Element }) {
  const icon = (): IconName => props.icon ?? (props.kind === "ok" ? "check" : props.kind ? "warn" : "info");
  return (
    <div class={`note ${props.kind ?? ""}`} role={props.alert ? "alert" : undefined}>
      <Icon name={icon()} size={20} />
      <div class="grow">{props.children}</div>
    </div>
  );
}

export function Empty(props: { icon: IconName; title: string; text?: string; children?: JSX.Element }) {
  return (
    <div class="empty">
      <Icon name={props.icon} size={36} />
      <h2>{props.title}</h2>
      <Show when={props.text}>
        <p>{props.text}</p>
      </Show>
      {props.children}
    </div>
  );
}

export function Tag(props: { kind?: "bad" | "warn" | "ok" | "info" | ""; icon?: IconName; children: JSX.Element }) {
  return (
    <span class={`tag ${props.kind ?? ""}`}>
      <Show when={props.icon}>{(name) => <Icon name={name()} size={15} />}</Show>
      {props.children}
    </span>
  );
}

/** The heading of a screen that was reached from another one. */
export function Heading(props: { title: string; text?: string; children?: JSX.Element }) {
  return (
    <header class="heading">
      <button type="button" class="btn quiet round" aria-label={t("back")} onClick={back}>
        <Icon name="left" size={26} />
      </button>
      <div class="grow">
        <h1>{props.title}</h1>
        <Show when={props.text}>
          <p class="mut">{props.text}</p>
        </Show>
      </div>
      {props.children}
    </header>
  );
}

interface FieldProps {
  label: string;
  help?: string;
  error?: string;
  value: string;
  onInput: (value: string) => void;
  type?: string;
  inputmode?: "numeric" | "text" | "search";
  autocomplete?: string;
  maxlength?: number;
  focus?: boolean;
  long?: boolean;
  class?: string;
  /** What is kept of what was typed, shown at once. */
  tidy?: (text: string) => string;
}

/** A labelled field with its help and its error, tied together for screen readers. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  const described = () => [props.help && `${id}-help`, props.error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  let input: HTMLInputElement | HTMLTextAreaElement | undefined;
  onMount(() => props.focus && input?.focus());
  const common = () => ({
    id,
    value: props.value,
    autocomplete: props.autocomplete ?? "off",
    maxlength: props.maxlength,
    "aria-describedby": described(),
    "aria-invalid": props.error ? ("true" as const) : undefined,
    onInput: ({ currentTarget: typed }: { currentTarget: { value: string } }) => {
      const value = props.tidy ? props.tidy(typed.value) : typed.value;
      if (value !== typed.value) typed.value = value;
      props.onInput(value);
    },
  });
  return (
    <div class="field" classList={{ wrong: Boolean(props.error) }}>
      <label for={id}>{props.label}</label>
      <Show when={props.help}>
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      </Show>
      <Show
        when={props.long}
        fallback={<input {...common()} ref={(element) => (input = element)} class={props.class} type={props.type ?? "text"} inputmode={props.inputmode} />}
      >
        <textarea {...common()} ref={(element) => (input = element)} rows="4" />
      </Show>
      <Show when={props.error}>
        <p class="err" id={`${id}-error`} role="alert">
          <Icon name="warn" size={18} />
          {props.error}
        </p>
      </Show>
    </div>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  yes: string;
  danger?: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const id = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={props.onNo} onClose={props.onNo}>
      <h2 id={id}>{props.title}</h2>
      <p>{props.text}</p>
      <div class="act">
        <button type="button" class="btn" onClick={() => dialog?.close()}>
          {t("cancel")}
        </button>
        <button type="button" class={props.danger ? "btn danger pri" : "btn pri"} onClick={props.onYes}>
          {props.yes}
        </button>
      </div>
    </dialog>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  value: T;
  choices: readonly [T, string][];
  onChoose: (value: T) => void;
}

/** A few choices of which one holds. */
export function Choices<T extends string>(props: ChoiceProps<T>) {
  const name = createUniqueId();
  return (
    <fieldset class="field">
      <legend>{props.legend}</legend>
      <div class="choices">
        {props.choices.map(([value, label]) => (
          <label class="choice">
            <input type="radio" name={name} checked={props.value === value} onChange={() => props.onChoose(value)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
