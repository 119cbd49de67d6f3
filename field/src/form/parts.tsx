/** Sections inside a page, and repeats as cards that open one at a time. */
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { Icon } from "../parts/icon";
import { questionsOf, type Card, type Language, type Part, type Repeat, type Section } from "./adapter";
import { useDesk } from "./context";
import { Ask } from "./question";
import { Pictures, Text } from "./rich";
import type { Say } from "./say";
import { answerInWords } from "./wording";

const NAMED_BY = ["title", "given_name", "family_name"];
const TELLING = new Set(["text", "one", "int"]);

/** Who or what the card is about: the name of a person, else the first answer in it; "" when nothing is answered. */
export function cardName(card: Card, language: Language, say: Say): string {
  const asked = questionsOf(card.parts);
  const named = NAMED_BY.map((name) => asked.find((question) => question.name === name && question.value));
  if (named[1] ?? named[2]) return named.map((question) => (question ? answerInWords(question, language, say) : "")).join(" ").trim(); // prettier-ignore
  const first = asked.find((question) => TELLING.has(question.kind) && question.value);
  return first ? answerInWords(first, language, say) : "";
}

function RepeatCard(props: { repeat: Repeat; card: Card; index: number; label: string; gone: () => void }): JSX.Element {
  const desk = useDesk();
  const [asking, setAsking] = createSignal(false);
  const open = () => desk.isOpen(props.card.id);
  const name = createMemo(() => cardName(props.card, desk.language(), desk.say()));
  const place = () => desk.say().number(props.label, props.index + 1);
  const faults = () => (desk.revealed() ? questionsOf(props.card.parts).filter((question) => question.fault).length : 0);
  const bodyId = () => `c-${props.card.id}`;
  return (
    <article class="f-card" classList={{ "f-open": open() }}>
      <h3>
        <button
          type="button"
          class="f-fold"
          id={`h-${props.card.id}`}
          aria-expanded={open()}
          aria-controls={bodyId()}
          onClick={() => desk.setOpen(props.card.id, !open())}
        >
          <span class="f-grow">
            <span class="f-place-name">{place()}</span>
            <Show when={name()}>
              <b>{name()}</b>
            </Show>
            <Show when={faults()}>
              <span class="f-fault">
                <Icon name="warn" size={18} />
                <span>{desk.say().faults(faults())}</span>
              </span>
            </Show>
          </span>
          <Icon name={open() ? "up" : "down"} size={22} />
        </button>
      </h3>
      <div id={bodyId()} role="group" aria-labelledby={`h-${props.card.id}`} hidden={!open()}>
        <Show when={open()}>
          <div class="f-card-body">
            <Parts parts={props.card.parts} />
            <div class="f-act">
              <button type="button" class="f-btn" onClick={() => desk.setOpen(props.card.id, false)}>
                <Icon name="check" size={20} />
                {desk.say().closeCard}
              </button>
              <Show when={!props.repeat.fixed && !props.card.known && !asking()}>
                <button type="button" class="f-btn f-quiet f-bad" onClick={() => setAsking(true)}>
                  <Icon name="trash" size={20} />
                  {desk.say().remove}
                </button>
              </Show>
            </div>
            <Show when={asking()}>
              <div class="f-sure" role="alertdialog" aria-labelledby={`s-${props.card.id}`}>
                <p id={`s-${props.card.id}`}>{desk.say().removeAsk(name() || place())}</p>
                <div class="f-act">
                  <button
                    type="button"
                    class="f-btn f-danger"
                    onClick={() => {
                      props.repeat.remove(props.index);
                      props.gone();
                    }}
                  >
                    {desk.say().remove}
                  </button>
                  <button
                    type="button"
                    class="f-btn f-quiet"
                    ref={(button) => queueMicrotask(() => button.focus())}
                    onClick={() => setAsking(false)}
                  >
                    {desk.say().cancel}
                  </button>
                </div>
              </div>
            </Show>
          </div>
        </Show>
      </div>
    </article>
  );
}

function Repeated(props: { repeat: Repeat }): JSX.Element {
  const desk = useDesk();
  let adder: HTMLButtonElement | undefined;
  const label = () => props.repeat.label?.plain ?? "";
  const add = () => {
    for (const card of props.repeat.cards) desk.setOpen(card.id, false);
    props.repeat.add();
    const added = props.repeat.cards.at(-1);
    if (!added) return;
    desk.setOpen(added.id, true);
    queueMicrotask(() => document.getElementById(`h-${added.id}`)?.focus());
  };
  return (
    <div class="f-repeat">
      <For each={props.repeat.cards}>
        {(card, index) => (
          <RepeatCard repeat={props.repeat} card={card} index={index()} label={label()} gone={() => adder?.focus()} />
        )}
      </For>
      <Show when={!props.repeat.fixed}>
        <button type="button" class="f-btn f-wide" ref={(button) => (adder = button)} onClick={add}>
          <Icon name="plus" size={22} />
          {desk.say().moreOf(label())}
        </button>
      </Show>
    </div>
  );
}

function Sectioned(props: { section: Section }): JSX.Element {
  return (
    <section class="f-section" aria-labelledby={props.section.label ? `s-${props.section.id}` : undefined}>
      <Show when={props.section.label}>
        {(words) => (
          <>
            <h3 id={`s-${props.section.id}`}>
              <Text words={words()} />
            </h3>
            <Pictures words={words()} />
          </>
        )}
      </Show>
      <Parts parts={props.section.parts} />
    </section>
  );
}

export function Parts(props: { parts: readonly Part[] }): JSX.Element {
  return (
    <For each={props.parts}>
      {(part) => (
        <Show when={part.shown}>
          {part.what === "question" ? (
            <Ask question={part} />
          ) : part.what === "section" ? (
            <Sectioned section={part} />
          ) : (
            <Repeated repeat={part} />
          )}
        </Show>
      )}
    </For>
  );
}
