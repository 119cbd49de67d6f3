/** The whole form told in words before it is sent, with what is missing at the top. */
import { createMemo, For, Show, type JSX } from "solid-js";
import { Icon } from "../parts/icon";
import type { Part, Question } from "./adapter";
import { useDesk } from "./context";
import { cardsAround, type Page } from "./pages";
import { cardName } from "./parts";
import { faultInWords, answerInWords } from "./wording";

interface ReviewProps {
  pages: Page[];
  titleOf: (page: Page) => string;
  goTo: (question: Question) => void;
  open: (page: Page) => void;
}

function Answers(props: { parts: readonly Part[] }): JSX.Element {
  const desk = useDesk();
  const told = (question: Question) => {
    if (question.kind === "note" || question.kind === "alert") return false;
    return question.value !== "" || question.required;
  };
  return (
    <For each={props.parts.filter((part) => part.shown)}>
      {(part) => {
        if (part.what === "section") return <Answers parts={part.parts} />;
        if (part.what === "repeat")
          return (
            <For each={part.cards}>
              {(card, index) => (
                <div class="f-told-card">
                  <h4>
                    {desk.say().number(part.label?.plain ?? "", index() + 1)} {cardName(card, desk.language(), desk.say())}
                  </h4>
                  <Answers parts={card.parts} />
                </div>
              )}
            </For>
          );
        return (
          <Show when={told(part)}>
            <div class="f-told">
              <span class="f-told-label">{part.label?.plain ?? part.name}</span>
              <Show when={answerInWords(part, desk.language(), desk.say())} fallback={<span class="f-none">{desk.say().answerNone}</span>}>
                {(answer) => <b>{answer()}</b>}
              </Show>
            </div>
          </Show>
        );
      }}
    </For>
  );
}

export function Review(props: ReviewProps): JSX.Element {
  const desk = useDesk();
  const faulty = createMemo(() => desk.filling.faulty());
  const whose = (question: Question) =>
    (cardsAround(desk.filling.parts, question) ?? []).map((card) => cardName(card, desk.language(), desk.say())).filter(Boolean).join(" "); // prettier-ignore
  return (
    <>
      <Show
        when={faulty().length}
        fallback={
          <p class="f-note f-good">
            <Icon name="check" size={22} /> {desk.say().reviewGood}
          </p>
        }
      >
        <section class="f-missing" aria-labelledby="f-missing">
          <h3 id="f-missing">
            <Icon name="warn" size={22} /> {desk.say().faults(faulty().length)}
          </h3>
          <ul>
            <For each={faulty()}>
              {(question) => (
                <li>
                  <button type="button" class="f-go" onClick={() => props.goTo(question)}>
                    <span class="f-grow">
                      <b>{question.label?.plain ?? question.name}</b>
                      <small>{[whose(question), faultInWords(question, question.fault ?? { kind: "slip", message: null }, desk.say())].filter(Boolean).join(" · ")}</small>
                    </span>
                    <Icon name="arrow" size={20} />
                  </button>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <For each={props.pages}>
        {(page) => (
          <section class="f-section">
            <div class="f-row">
              <h3>{props.titleOf(page)}</h3>
              <button type="button" class="f-btn f-quiet" aria-label={`${desk.say().change}: ${props.titleOf(page)}`} onClick={() => props.open(page)}>
                <Icon name="edit" size={18} />
                {desk.say().change}
              </button>
            </div>
            <Answers parts={page.parts} />
          </section>
        )}
      </For>
    </>
  ); // prettier-ignore
}
