// The list of an assembly, name by name, with what can be done with each.

import { For, Show, createSignal } from "solid-js";
import { Icon } from "../parts/icon";
import { Field, Tag } from "../parts/parts";
import { t } from "../words";
import type { Row } from "./minutes";
import { type AssemblyWord, w } from "./words";

export type Write = (kind: string, body: { [name: string]: unknown }) => Promise<boolean>;

interface Asks {
  row: number;
  what: "strike" | "object";
}

export function List(props: { rows: Row[]; mayWrite: boolean; write: Write }) {
  const [asks, setAsks] = createSignal<Asks>();
  const asking = (row: Row, what: Asks["what"]) => asks()?.row === row.no && asks()?.what === what;
  return (
    <ol class="names">
      <For each={props.rows}>
        {(row) => (
          <li classList={{ out: row.verdict === "struck" }} id={`row-${row.no}`}>
            <div class="row">
              <span class="no" aria-hidden="true">
                {row.no}
              </span>
              <span class="grow">
                <b>{row.name}</b>
                <small>
                  {row.house ? w("house", { no: row.house }) : w("no_house")}
                  <Show when={row.added}> · {w("added")}</Show>
                </small>
                <Show when={row.why}>
                  <small>{row.why}</small>
                </Show>
              </span>
              <Show when={row.verdict}>
                {(verdict) => (
                  <Tag kind={verdict() === "kept" ? "ok" : "bad"} icon={verdict() === "kept" ? "check" : "cross"}>
                    {w(verdict() as AssemblyWord)}
                  </Tag>
                )}
              </Show>
            </div>
            <Show when={props.mayWrite}>
              <div class="act">
                <Show when={row.verdict !== "kept"}>
                  <button type="button" class="btn" onClick={() => void props.write("kept", { rows: [row.no] })}>
                    <Icon name="check" />
                    {w(row.verdict === "struck" ? "put_back" : "keep")}
                    <span class="vh"> {row.name}</span>
                  </button>
                </Show>
                <Show when={row.verdict !== "struck"}>
                  <button type="button" class="btn" aria-expanded={asking(row, "strike")} onClick={() => setAsks({ row: row.no, what: "strike" })}>
                    <Icon name="cross" />
                    {w("strike")}
                    <span class="vh"> {row.name}</span>
                  </button>
                </Show>
                <button type="button" class="btn" aria-expanded={asking(row, "object")} onClick={() => setAsks({ row: row.no, what: "object" })}>
                  <Icon name="warn" />
                  {w("object")}
                  <span class="vh"> {row.name}</span>
                </button>
              </div>
              <Show when={asking(row, "strike")}>
                <Ask
                  words={["why"]}
                  yes={w("struck")}
                  onNo={() => setAsks(undefined)}
                  onYes={async ([why]) => (await props.write("struck", { row: row.no, why })) && setAsks(undefined)}
                />
              </Show>
              <Show when={asking(row, "object")}>
                <Ask
                  words={["who", "said"]}
                  yes={w("write")}
                  onNo={() => setAsks(undefined)}
                  onYes={async ([who, words]) => (await props.write("objected", { row: row.no, who, words })) && setAsks(undefined)}
                />
              </Show>
            </Show>
          </li>
        )}
      </For>
    </ol>
  );
}

/** A few fields with what is done with them. */
export function Ask(props: { words: AssemblyWord[]; yes: string; onYes: (values: string[]) => unknown; onNo?: () => void; long?: boolean }) {
  const [values, setValues] = createSignal(props.words.map(() => ""));
  const put = (at: number, value: string) => setValues(values().map((each, place) => (place === at ? value : each)));
  return (
    <form
      class="stack ask"
      onSubmit={async (event) => {
        event.preventDefault();
        if (await props.onYes(values())) setValues(props.words.map(() => ""));
      }}
    >
      <For each={props.words}>{(word, at) => <Field label={w(word)} value={values()[at()] ?? ""} onInput={(value) => put(at(), value)} long={props.long} maxlength={2000} />}</For>
      <div class="act">
        <Show when={props.onNo}>
          <button type="button" class="btn" onClick={() => props.onNo?.()}>
            {t("cancel")}
          </button>
        </Show>
        <button class="btn pri">
          <Icon name="check" />
          {props.yes}
        </button>
      </div>
    </form>
  );
}
