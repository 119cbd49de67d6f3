/** One question: its words, its control, and what is not right about the answer. */
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { Icon } from "../parts/icon";
import type { Question } from "./adapter";
import { BarcodeField } from "./controls/barcode";
import { Choices } from "./controls/choices";
import { DateField, MomentField, TimeField } from "./controls/dates";
import { FileField, PictureField } from "./controls/files";
import { LineField, PointField } from "./controls/places";
import { RangeField } from "./controls/range";
import { RankField } from "./controls/rank";
import { NumberField, TextField } from "./controls/text";
import { useDesk } from "./context";
import { Pictures, ReadAloud, Text } from "./rich";
import { faultInWords } from "./wording";

export interface ControlProps {
  question: Question;
  id: string; // of the one control a label belongs to
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const ONE_CONTROL = new Set(["text", "int", "decimal", "time", "barcode"]);

export function elementId(question: Question): string {
  return `q-${question.id}`;
}

function Note(props: { question: Question }): JSX.Element {
  const desk = useDesk();
  const loud = props.question.kind === "alert";
  const careful = props.question.looks("warn");
  return (
    <div
      id={elementId(props.question)}
      class="f-note"
      classList={{ "f-alert": loud, "f-warn": careful }}
      role={loud ? "alert" : careful ? "status" : undefined}
      tabIndex={-1}
      data-path={props.question.path}
    >
      <Show when={loud || careful}>
        <p class="f-note-head">
          <Icon name="warn" size={22} />
          <strong>{loud ? desk.say().alert : desk.say().warn}</strong>
        </p>
      </Show>
      <Show when={props.question.label}>
        {(words) => (
          <div class="f-row">
            <p>
              <Text words={words()} />
            </p>
            <ReadAloud text={words().plain} />
          </div>
        )}
      </Show>
      <Show when={props.question.label}>{(words) => <Pictures words={words()} />}</Show>
      <Show when={props.question.hint}>
        {(words) => (
          <p class="f-hint">
            <Text words={words()} />
          </p>
        )}
      </Show>
      <Show when={props.question.value}>
        <p class="f-value">{props.question.value}</p>
      </Show>
    </div>
  );
}

function Control(props: ControlProps): JSX.Element {
  const kind = props.question.kind;
  return (
    <Switch fallback={<TextField {...props} />}>
      <Match when={kind === "int" || kind === "decimal"}><NumberField {...props} /></Match>
      <Match when={kind === "one" || kind === "many" || kind === "trigger"}><Choices {...props} /></Match>
      <Match when={kind === "date" || kind === "partial-date"}><DateField {...props} /></Match>
      <Match when={kind === "time"}><TimeField {...props} /></Match>
      <Match when={kind === "dateTime"}><MomentField {...props} /></Match>
      <Match when={kind === "geopoint"}><PointField {...props} /></Match>
      <Match when={kind === "trace" || kind === "shape"}><LineField {...props} /></Match>
      <Match when={kind === "image"}><PictureField {...props} /></Match>
      <Match when={kind === "audio" || kind === "video" || kind === "file"}><FileField {...props} /></Match>
      <Match when={kind === "barcode"}><BarcodeField {...props} /></Match>
      <Match when={kind === "range"}><RangeField {...props} /></Match>
      <Match when={kind === "rank"}><RankField {...props} /></Match>
    </Switch>
  ); // prettier-ignore
}

function Asked(props: { question: Question }): JSX.Element {
  const desk = useDesk();
  const [left, setLeft] = createSignal(false);
  const id = elementId(props.question);
  // What is missing is told when the page is done; what is wrong as soon as the volunteer has gone on.
  const fault = () => {
    const found = props.question.fault;
    return found && (desk.revealed() || (left() && found.kind !== "required")) ? found : null;
  };
  const describedBy = () =>
    [props.question.hint && `${id}-hint`, fault() && `${id}-fault`].filter(Boolean).join(" ") || undefined;
  const label = () => (
    <>
      <Show when={props.question.label} fallback={props.question.name}>{(words) => <Text words={words()} />}</Show>
      <Show when={props.question.required}>
        <span class="f-required" aria-hidden="true">*</span>
        <span class="vh">{desk.say().required}</span>
      </Show>
    </>
  ); // prettier-ignore
  return (
    <div
      id={id}
      class="f-q"
      classList={{ "f-wrong": !!fault() }}
      data-path={props.question.path}
      data-kind={props.question.kind}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setLeft(true);
      }}
    >
      <div class="f-row">
        {ONE_CONTROL.has(props.question.kind) ? (
          <label class="f-label" id={`${id}-label`} for={`${id}-in`}>{label()}</label>
        ) : (
          <p class="f-label" id={`${id}-label`}>{label()}</p>
        )}
        <Show when={props.question.label}>{(words) => <ReadAloud text={words().plain} />}</Show>
      </div>
      <Show when={props.question.label}>{(words) => <Pictures words={words()} />}</Show>
      <Show when={props.question.hint}>
        {(words) => (
          <div class="f-hint" id={`${id}-hint`}>
            <Text words={words()} />
            <Pictures words={words()} />
          </div>
        )}
      </Show>
      <Show when={props.question.guidance}>
        {(text) => (
          <details class="f-guidance">
            <summary>{desk.say().guidance}</summary>
            <p>{text()}</p>
          </details>
        )}
      </Show>
      <Control
        question={props.question}
        id={`${id}-in`}
        labelId={`${id}-label`}
        describedBy={describedBy()}
        invalid={!!fault()}
      />
      <Show when={fault()}>
        {(found) => (
          <p class="f-fault" id={`${id}-fault`} role="alert">
            <Icon name="warn" size={18} />
            <span>{faultInWords(props.question, found(), desk.say())}</span>
          </p>
        )}
      </Show>
    </div>
  ); // prettier-ignore
}

export function Ask(props: { question: Question }): JSX.Element {
  const isNote = () => props.question.kind === "note" || props.question.kind === "alert";
  // A head of a table of choices says what the columns are; each row below says it in full here.
  return (
    <Show when={props.question.shown && !(props.question.kind === "one" && props.question.looks("label"))}>
      <Show when={!isNote()} fallback={<Note question={props.question} />}>
        <Asked question={props.question} />
      </Show>
    </Show>
  );
}
