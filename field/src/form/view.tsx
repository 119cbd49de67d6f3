/** The form on the screen: a page at a time, the draft kept on the way, reviewed in words and sent. */
import { batch, createEffect, createMemo, createSignal, on, Show, type Component, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { Icon } from "../parts/icon";
import { hush } from "../speech";
import { questionsOf, type Filling, type Language, type Question, type Saved } from "./adapter";
import { DeskProvider, type Desk, type MapPickProps } from "./context";
import { keepDraft } from "./keeping";
import { cardsAround, faultyOn, isShown, pagesOf, type Page } from "./pages";
import { Parts } from "./parts";
import { elementId } from "./question";
import { Review } from "./review";
import { Pictures, Text } from "./rich";
import { SAY } from "./say";
import "./form.css";

export interface FormViewProps {
  filling: Filling;
  language: Language;
  title?: string;
  onDraft: (saved: Saved) => Promise<void> | void;
  onSend: (saved: Saved) => Promise<void> | void;
  onLeave: () => void;
  MapPick?: Component<MapPickProps>;
}

const REVIEW = "review";
const CAN_FOCUS = "input:not([disabled]), select:not([disabled]), textarea, button:not([disabled])";

export function FormView(props: FormViewProps): JSX.Element {
  const filling = props.filling;
  const language = () => props.language;
  const say = () => SAY[props.language];
  const draft = keepDraft(filling, (saved) => props.onDraft(saved));
  let heading: HTMLHeadingElement | undefined;

  const all = pagesOf(filling.parts);
  const pages = createMemo(() => all.filter(isShown));
  const [key, setKey] = createSignal(pages()[0]?.key ?? REVIEW);
  const [told, setTold] = createStore<Record<string, boolean>>({}); // pages whose faults are all told
  const [open, setOpen] = createStore<Record<string, boolean>>({});
  const [stuck, setStuck] = createSignal(false);
  const [sending, setSending] = createSignal<"no" | "now" | "failed">("no");

  // A page that an answer has made to vanish gives way to the one before it.
  const at = createMemo(() => {
    const found = pages().findIndex((page) => page.key === key());
    if (found >= 0 || key() === REVIEW) return found;
    const gone = all.findIndex((page) => page.key === key());
    return Math.max(0, pages().filter((page) => all.indexOf(page) < gone).length - 1);
  });
  const page = createMemo(() => (key() === REVIEW ? null : (pages()[at()] ?? null)));
  const titleOf = (of: Page): string => {
    const [only] = of.parts;
    const words = of.section?.label ?? (only?.what === "repeat" ? only.label : null) ?? of.within.at(-1)?.label;
    return words?.plain ?? props.title ?? filling.title;
  };

  createEffect(on(language, (spoken) => filling.speak(spoken), { defer: true }));
  // Members known already stay folded; a first empty card is open to be filled.
  for (const each of all) {
    for (const part of each.parts) {
      if (part.what === "repeat" && part.cards.length === 1 && part.cards[0] && !part.cards[0].known) setOpen(part.cards[0].id, true);
    }
  }

  const turn = (to: string) => {
    hush();
    batch(() => {
      setKey(to);
      setStuck(false);
      setSending("no");
    });
    queueMicrotask(() => {
      window.scrollTo(0, 0);
      heading?.focus({ preventScroll: true });
    });
  };
  const step = (by: number) => {
    const next = (key() === REVIEW ? pages().length : at()) + by;
    turn(pages()[next]?.key ?? REVIEW);
  };
  const show = (question: Question) => {
    for (const card of cardsAround(filling.parts, question) ?? []) setOpen(card.id, true);
    queueMicrotask(() => {
      const place = document.getElementById(elementId(question));
      place?.scrollIntoView({ block: "center" });
      (place?.querySelector<HTMLElement>(CAN_FOCUS) ?? place)?.focus({ preventScroll: true });
    });
  };
  const goTo = (question: Question) => {
    const found = pages().find((each) => cardsAround(each.parts, question));
    if (!found) return;
    turn(found.key);
    setTold(found.key, true);
    queueMicrotask(() => show(question));
  };
  const next = () => {
    const current = page();
    const [first] = current ? faultyOn(current) : [];
    if (!current || !first) return step(1);
    setTold(current.key, true);
    setStuck(true);
    show(first);
  };
  const send = async () => {
    if (sending() === "now") return;
    const [first] = filling.faulty();
    if (first) {
      window.scrollTo(0, 0);
      document.querySelector<HTMLElement>(".f-missing button")?.focus();
      return;
    }
    setSending("now");
    await draft.stop();
    try {
      await props.onSend(await filling.save());
    } catch {
      draft.goOn();
      setSending("failed");
    }
  };
  const leave = async () => {
    await draft.now();
    props.onLeave();
  };

  const alerts = createMemo(() => questionsOf(filling.parts).filter((question) => question.kind === "alert"));
  const alertElsewhere = () => {
    const here = page();
    return alerts().find((alert) => !here || !cardsAround(here.parts, alert));
  };
  const keptAt = () => {
    const kept = draft.kept();
    if (!kept) return "";
    if (kept === "failed") return say().draftFailed;
    return say().draftKept(kept.at.toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit", hour12: false }));
  };

  const desk: Desk = {
    filling,
    language,
    say,
    MapPick: props.MapPick,
    revealed: () => !!told[page()?.key ?? ""],
    isOpen: (card) => !!open[card],
    setOpen: (card, value) => setOpen(card, value),
  };

  return (
    <DeskProvider value={desk}>
      <div class="f-form" lang={language()}>
        <div class="f-head">
          <header class="f-top">
            <button type="button" class="f-icon-btn" aria-label={say().leave} onClick={() => void leave()}>
              <Icon name="left" size={24} />
            </button>
            <div class="f-grow">
              <h1>{props.title ?? filling.title}</h1>
              <p class="f-kept" role="status">
                {keptAt()}
              </p>
            </div>
            <Show when={page() && pages().length > 1}>
              <span class="f-count">{say().page(at() + 1, pages().length)}</span>
            </Show>
          </header>
          <progress
            class="f-progress"
            max={pages().length}
            value={key() === REVIEW ? pages().length : at()}
            aria-label={page() ? say().page(at() + 1, pages().length) : say().review}
          />
        </div>
        <Show when={alertElsewhere()}>
          {(alert) => (
            <button type="button" class="f-alarm" onClick={() => goTo(alert())}>
              <Icon name="warn" size={22} />
              <span class="f-grow">{say().alertNow}</span>
              <Icon name="arrow" size={20} />
            </button>
          )}
        </Show>
        <form
          class="f-page"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            next();
          }}
        >
          <Show
            when={page()}
            keyed
            fallback={
              <>
                <h2 ref={heading} tabIndex={-1}>
                  {say().review}
                </h2>
                <Review pages={pages()} titleOf={titleOf} goTo={goTo} open={(to) => turn(to.key)} />
              </>
            }
          >
            {(current) => (
              <>
                <Show when={current.within.some((section) => section.label)}>
                  <p class="f-within">
                    {current.within.map((section) => section.label?.plain).filter((label) => label && label !== titleOf(current)).join(" › ")}
                  </p>
                </Show>
                <h2 ref={heading} tabIndex={-1}>
                  <Show when={current.section?.label} fallback={titleOf(current)}>
                    {(words) => <Text words={words()} />}
                  </Show>
                </h2>
                <Show when={current.section?.label}>{(words) => <Pictures words={words()} />}</Show>
                <div class="f-sheet" classList={{ "f-bare": current.parts.length === 1 && current.parts[0]?.what === "repeat" }}>
                  <Parts parts={current.parts} />
                </div>
              </>
            )}
          </Show>
          <Show when={stuck() && page()}>
            <button type="button" class="f-btn f-quiet f-wide" onClick={() => step(1)}>
              {say().later}
            </button>
          </Show>
          <Show when={sending() === "failed"}>
            <p class="f-fault" role="alert">
              <Icon name="warn" size={18} />
              <span>{say().sendFailed}</span>
            </p>
          </Show>
          <div class="f-bar">
            <Show when={page() ? at() > 0 : pages().length > 0}>
              <button type="button" class="f-btn" onClick={() => step(-1)}>
                <Icon name="left" size={20} />
                {say().back}
              </button>
            </Show>
            <Show
              when={page()}
              fallback={
                <button type="button" class="f-btn f-main" aria-disabled={sending() === "now"} onClick={() => void send()}>
                  {sending() === "now" ? say().sending : say().send}
                </button>
              }
            >
              <button type="submit" class="f-btn f-main">
                {at() === pages().length - 1 ? say().check : say().next}
                <Icon name="right" size={20} />
              </button>
            </Show>
          </div>
        </form>
      </div>
    </DeskProvider>
  ); // prettier-ignore
}
