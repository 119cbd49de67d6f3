/**
 * A form as on the phone, for a page of the back office that is framed in a phone's width:
 * <div data-xform="address" data-media="address/" data-language="th">. Nothing is sent or kept.
 */
import { createSignal, Match, Switch, type JSX } from "solid-js";
import { render } from "solid-js/web";
import "./styles/preview.css";
import type { Filling, Language } from "./form";

type Forms = typeof import("./form");

const WORDS = {
  th: { opening: "กำลังเปิดแบบฟอร์ม…", failed: "เปิดแบบฟอร์มนี้บนโทรศัพท์ไม่ได้:", done: "จบแบบฟอร์ม ในหน้านี้ไม่มีการส่งข้อมูล", again: "เริ่มใหม่" },
  en: { opening: "Opening the form…", failed: "This form does not open on a phone:", done: "End of the form. Nothing is sent from here.", again: "Start again" },
};

function Preview(props: { xform: string; media: string; language: Language }): JSX.Element {
  const words = WORDS[props.language];
  const [filling, setFilling] = createSignal<{ form: Filling; FormView: Forms["FormView"] }>();
  const [failure, setFailure] = createSignal<string>();
  const [done, setDone] = createSignal(false);
  const media = async (name: string) => {
    const answer = await fetch(props.media + encodeURIComponent(name));
    return answer.ok ? answer.blob() : undefined;
  };
  const start = async () => {
    setDone(false);
    setFilling(undefined);
    try {
      const answer = await fetch(props.xform);
      if (!answer.ok) throw new Error(`${answer.status} ${props.xform}`);
      const { openForm, FormView } = await import("./form"); // with its styles
      const form = await openForm({ xform: await answer.text(), media }, { language: props.language });
      setFilling({ form, FormView });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  void start();
  return (
    <Switch fallback={<p class="p-word" role="status">{words.opening}</p>}>
      <Match when={failure()}>
        {(message) => <p class="p-word" role="alert">{words.failed} <code>{message()}</code></p>}
      </Match>
      <Match when={done()}>
        <div class="p-word" role="status">
          <p>{words.done}</p>
          <button type="button" class="f-btn" onClick={() => void start()}>{words.again}</button>
        </div>
      </Match>
      <Match when={filling()} keyed>
        {({ form, FormView }) => (
          <FormView
            filling={form}
            language={props.language}
            onDraft={() => undefined}
            onSend={() => void setDone(true)}
            onLeave={() => void start()}
          />
        )}
      </Match>
    </Switch>
  ); // prettier-ignore
}

const place = document.querySelector<HTMLElement>("[data-xform]");
if (place) {
  const { xform = "", media = "", language } = place.dataset;
  render(
    () => (
      <main>
        <Preview xform={xform} media={media} language={language === "en" ? "en" : "th"} />
      </main>
    ),
    place,
  );
}
