/** A page for tests and measurements: opens, shows and fills forms by the same code as the app. Not part of the app. */
import { createSignal, Show } from "solid-js";
import { render } from "solid-js/web";
import "../styles/app.css";
import { FormView, openForm, warm, type Filling, type Known, type Language, type Saved } from ".";
import { fill } from "./fill";

interface Given {
  xform: string;
  media?: Record<string, string>; // base64 by name
  known?: Known;
  draft?: string;
  answers?: Record<string, string>;
  turn?: number;
  language?: Language;
}

const TYPES: Record<string, string> = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", svg: "image/svg+xml", gif: "image/gif", mp3: "audio/mpeg" };

function open(given: Given): Promise<Filling> {
  const media = async (name: string) => {
    const found = given.media?.[name];
    if (found === undefined) return undefined;
    const bytes = Uint8Array.from(atob(found), (letter) => letter.charCodeAt(0));
    return new Blob([bytes], { type: TYPES[name.split(".").pop() ?? ""] ?? "" });
  };
  const start = {
    ...(given.known && { known: given.known }),
    ...(given.draft && { draft: { xml: given.draft, files: new Map() } }),
  };
  return openForm({ xform: given.xform, media }, { language: given.language ?? "th", ...start });
}

const [shown, setShown] = createSignal<{ filling: Filling; language: Language } | null>(null);
const harness = {
  async warm(given: Given) {
    await warm({ xform: given.xform, media: async () => undefined });
  },
  filling: null as Filling | null,
  drafts: [] as Saved[],
  sent: [] as Saved[],
  async fill(given: Given) {
    const filling = await open(given);
    const faults = await fill(filling, given.answers, given.turn);
    const saved = await filling.save();
    const files = await Promise.all([...saved.changed].map(async ([name, blob]) => [name, blob.type, [...new Uint8Array(await blob.arrayBuffer())]]));
    return { faults, xml: saved.xml, instanceId: saved.instanceId, title: saved.title, names: saved.names, files };
  },
  /** Answer what is asked under these names and still missing. */
  answer(given: Record<string, string>) {
    for (const question of harness.filling?.questions() ?? []) {
      const told = given[question.name];
      if (told === undefined || question.value) continue;
      if (question.kind === "one") question.choose([told]);
      else question.set(told);
    }
  },
  async show(given: Given) {
    harness.filling = await open(given);
    setShown({ filling: harness.filling, language: given.language ?? "th" });
  },
};
export type Harness = typeof harness;
Object.assign(window, { harness });

render(
  () => (
    <Show when={shown()} keyed>
      {(form) => (
        <main class="whole">
          <FormView
            filling={form.filling}
            language={form.language}
            onDraft={(saved) => void harness.drafts.push(saved)}
            onSend={(saved) => {
              harness.sent.push(saved);
              document.documentElement.dataset["sent"] = String(harness.sent.length);
            }}
            onLeave={() => setShown(null)}
          />
        </main>
      )}
    </Show>
  ),
  document.getElementById("app") as HTMLElement,
);
document.documentElement.dataset["harness"] = "ready";
