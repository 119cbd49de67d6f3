// Filling in a form: what is known goes in, what is filled in is kept as it is written. Loaded when a form is opened, for
// it brings the engine.

import { Match, Show, Switch, createResource } from "solid-js";
import { FormView, type Saved, openForm } from "../form";
import { useInside } from "../parts/inside";
import { Empty, Note } from "../parts/parts";
import { say } from "../parts/toast";
import { Pick } from "../map/pick";
import { houseTitle, villageName } from "../registry/describe";
import { type About, knownFor } from "../registry/prefill";
import { back, goInstead, rename, route } from "../route";
import { language } from "../settings";
import { type Work, discard, keepFilled, oneWork, photosOf } from "../store/records";
import { StorageFull } from "../store/space";
import { readBytes, readThing } from "../store/things";
import { mediaName, xformName } from "../sync/fetch";
import { sendFromMemory } from "../sync/send";
import { t } from "../words";

export default function Fill() {
  const inside = useInside();
  const { session } = inside;
  const { id: version, query } = route(); // the screen stays with what it was opened for
  const form = inside.known()?.forms.find((each) => each.id === version);
  const [unsaved, setUnsaved] = inside.unsaved;

  const about = (): About => {
    const person = inside.registry().person(query.get("person") ?? "");
    const house = inside.registry().house(query.get("house") ?? "") ?? person?.house;
    const word = (name: string) => query.get(name) ?? "";
    return {
      ...(house && { house }),
      ...(person && { person }),
      ...(word("area") && { newHouse: { area: word("area"), house_no: word("number") } }),
      ...(word("given") && { newcomer: { given: word("given"), family: word("family"), birth: word("birth"), cid: word("cid") } }),
    };
  };
  const aboutWords = ({ house, person, newHouse, newcomer }: About): string => {
    const registry = inside.registry();
    const where = house ? `${houseTitle(house)} ${villageName(registry, house.village)}` : "";
    if (person) return [person.name, where].filter(Boolean).join(" · ");
    if (newcomer) return [`${newcomer.given} ${newcomer.family}`.trim(), where].filter(Boolean).join(" · ");
    if (newHouse) return `${newHouse.house_no ? t("house_no", { number: newHouse.house_no }) : t("new_house")} ${villageName(registry, newHouse.area)}`;
    return where || t("new_house");
  };

  let work: Work | undefined;

  const [opened] = createResource(async () => {
    if (!form) return undefined;
    const xform = await readThing<string>(session, xformName(form.md5));
    if (xform === undefined) return undefined;
    const media = async (name: string) => {
      const found = form.media.find((each) => each.name === name);
      const bytes = found && (await readBytes(session, mediaName(found.md5)));
      return bytes && new Blob([bytes], { type: found.mime });
    };
    const draft = query.get("draft");
    work = draft ? await oneWork(session, draft) : undefined;
    if (draft && work?.state !== "draft") return undefined;
    const start = work ? { draft: { xml: work.xml, files: await photosOf(session, work.id) } } : { known: knownFor(about()) };
    const device = { deviceID: session.id, username: session.vault.username };
    return openForm({ xform, media }, { language: language(), device, ...start });
  });

  /** What is kept of a form as it is now. */
  const workOf = (saved: Saved, state: "draft" | "queued"): Work => {
    const told = about();
    const now = Date.now();
    const begun: Work = work ?? {
      id: saved.instanceId,
      vault: session.id,
      kind: "form",
      state,
      changed: now,
      held: false,
      title: form?.title ?? "",
      about: aboutWords(told),
      formId: version,
      household: told.house?.isKnown ? told.house.key : "",
      person: told.person?.key ?? "",
      started: now,
      xml: "",
      names: [],
    };
    return { ...begun, state, changed: now, xml: saved.xml, names: saved.names };
  };
  const keep = async (saved: Saved, state: "draft" | "queued") => {
    const next = workOf(saved, state);
    try {
      await keepFilled(session, next, saved);
    } catch (error) {
      if (error instanceof StorageFull) setUnsaved(true);
      throw error;
    }
    setUnsaved(false);
    work = next;
    await inside.reload();
  };
  const keepDraft = async (saved: Saved) => {
    const first = !work;
    await keep(saved, "draft");
    if (first && work) rename("fill", version, { draft: work.id });
  };
  const finish = (sentence: string) => {
    say(sentence);
    if (work?.household) goInstead("family", work.household);
    else goInstead("work");
    void inside.rounds.now();
  };
  /** A full phone with a network sends without keeping. */
  const sendAtOnce = async (saved: Saved) => {
    const token = await readThing<string>(session, "token");
    const next = workOf(saved, "queued");
    await sendFromMemory(token ?? "", next, new Map([...(await photosOf(session, next.id)), ...saved.changed]));
    setUnsaved(false);
    try {
      await discard(session, next.id);
      await keepFilled(session, { ...next, state: "sent", sentAt: Date.now() }, { xml: saved.xml, changed: new Map(), names: [] });
    } catch (error) {
      if (!(error instanceof StorageFull)) throw error; // not even a line fits: the draft stays, and sending it again is harmless
    }
    await inside.reload();
    finish(t("full_sent"));
  };
  const send = async (saved: Saved) => {
    try {
      await keep(saved, "queued");
    } catch (error) {
      if (!(error instanceof StorageFull)) throw error;
      return sendAtOnce(saved);
    }
    finish(t("queued_toast"));
  };

  return (
    <main id="main" class="filling" tabindex="-1">
      <Show when={unsaved()}>
        <Note kind="bad" alert>
          <b>{t("full_title")}</b>
          <p>{t("full_text")}</p>
        </Note>
      </Show>
      <Switch
        fallback={
          <Empty icon="form" title={t("form_gone")} text={t("form_gone_text")}>
            <button type="button" class="btn" onClick={back}>
              {t("back")}
            </button>
          </Empty>
        }
      >
        <Match when={opened.loading}>
          <p class="empty" role="status">
            {t("loading")}
          </p>
        </Match>
        <Match when={opened.error}>
          <Empty icon="warn" title={t("form_broken")} text={t("form_broken_text")}>
            <button type="button" class="btn" onClick={back}>
              {t("back")}
            </button>
          </Empty>
        </Match>
        <Match when={opened()}>
          {(filling) => (
            <FormView
              filling={filling()}
              language={language()}
              title={form?.title ?? ""}
              onDraft={keepDraft}
              onSend={send}
              onLeave={() => {
                if (work) say(t("draft_toast"));
                back();
              }}
              MapPick={Pick}
            />
          )}
        </Match>
      </Switch>
    </main>
  );
}
