// How the screen looks, the lock, room on the phone, leaving.

import { Show, createResource, createSignal } from "solid-js";
import { startAnew } from "../inside";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Choices, Confirm, Heading, Note } from "../parts/parts";
import { say } from "../parts/toast";
import { contrast, language, setContrast, setLanguage, setSize, size } from "../settings";
import { room } from "../store/space";
import { readThing } from "../store/things";
import { APP_VERSION, signOut } from "../sync/api";
import { pinFault } from "../vault/delay";
import { WrongPin } from "../vault/keys";
import { changePin, wipe } from "../vault/session";
import { t } from "../words";
import { PinField } from "./pin";

const LOW = 50 * 2 ** 20;

const megabytes = (bytes: number): string =>
  bytes > 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.max(0.1, bytes / 2 ** 20).toFixed(1)} MB`;

export function Settings() {
  const inside = useInside();
  return (
    <>
      <Heading title={t("settings")} />
      <section class="card">
        <Choices legend={t("text_size")} value={size()} onChoose={setSize} choices={[["normal", t("size_normal")], ["big", t("size_big")]]} />
        <Choices
          legend={t("contrast")}
          value={contrast()}
          onChoose={setContrast}
          choices={[["normal", t("contrast_normal")], ["high", t("contrast_high")]]}
        />
        <Choices legend={t("language")} value={language()} onChoose={setLanguage} choices={[["th", "ไทย"], ["en", "English"]]} />
      </section>
      <section class="card stack">
        <p>
          <small>{t("signed_in_as")}</small>
          <b>{inside.session.vault.name}</b>
        </p>
        <p class="mut">{t("privacy")}</p>
        <button type="button" class="btn big" onClick={() => startAnew("locked")}>
          <Icon name="lock" />
          {t("lock_now")}
        </button>
        <p class="mut">{t("lock_help")}</p>
        <ChangePin />
      </section>
      <Storage />
      <Leave />
      <p class="mut">{t("version", { version: APP_VERSION })}</p>
    </>
  );
}

function ChangePin() {
  const inside = useInside();
  const [open, setOpen] = createSignal(false);
  const [old, setOld] = createSignal("");
  const [fresh, setFresh] = createSignal("");
  const [faults, setFaults] = createSignal({ old: "", fresh: "" });
  const change = async () => {
    const fault = pinFault(fresh());
    setFaults({ old: "", fresh: fault && t(fault) });
    if (fault) return;
    try {
      await changePin(inside.session, old(), fresh());
    } catch (error) {
      if (!(error instanceof WrongPin)) throw error;
      return setFaults({ old: t("pin_wrong"), fresh: "" });
    }
    setOpen(false);
    setOld("");
    setFresh("");
    say(t("pin_changed"));
  };
  return (
    <Show
      when={open()}
      fallback={
        <button type="button" class="btn big" onClick={() => setOpen(true)}>
          <Icon name="key" />
          {t("change_pin")}
        </button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <PinField label={t("pin_old")} value={old()} error={faults().old} focus onInput={setOld} />
        <PinField label={t("pin_new")} value={fresh()} error={faults().fresh} onInput={setFresh} />
        <button class="btn pri big">{t("change_pin")}</button>
      </form>
    </Show>
  );
}

function Storage() {
  const inside = useInside();
  const [space] = createResource(room);
  return (
    <section class="card stack" aria-labelledby="storage">
      <h2 id="storage">{t("storage")}</h2>
      <p>{t("held_here", { houses: inside.registry().houses.length, people: inside.registry().people.length })}</p>
      <Show when={space()}>
        {(now) => (
          <>
            <p>{t("storage_used", { used: megabytes(now().used), free: megabytes(now().free) })}</p>
            <Show when={now().free < LOW}>
              <Note kind="warn">{t("storage_low")}</Note>
            </Show>
            <p class="mut">{now().kept ? t("storage_kept") : t("storage_not_kept")}</p>
          </>
        )}
      </Show>
    </section>
  );
}

function Leave() {
  const inside = useInside();
  const [asking, setAsking] = createSignal(false);
  const unsent = () => inside.work().filter((each) => each.state === "draft" || each.state === "queued").length;
  const leave = async () => {
    inside.rounds.stop();
    const token = await readThing<string>(inside.session, "token");
    await wipe(inside.session.id);
    if (token) await signOut(token).catch(() => undefined); // without a network the token runs out by itself
    startAnew("signed_out");
  };
  return (
    <section class="card stack">
      <button type="button" class="btn danger big" onClick={() => setAsking(true)}>
        <Icon name="signout" />
        {t("sign_out")}
      </button>
      <p class="mut">{t("sign_out_help")}</p>
      <Show when={asking()}>
        <Confirm
          title={t("sign_out")}
          text={unsent() > 0 ? t("sign_out_unsent", { n: unsent() }) : t("sign_out_sure")}
          yes={t("sign_out_yes")}
          danger
          onYes={() => void leave()}
          onNo={() => setAsking(false)}
        />
      </Show>
    </section>
  );
}
