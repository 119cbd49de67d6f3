// Before anybody is in: who is it, the PIN, or signing in with a name and a password.

import { For, Match, Show, Switch, createSignal, onMount } from "solid-js";
import { Inside, NOTICE } from "../inside";
import { Icon } from "../parts/icon";
import { Note } from "../parts/parts";
import type { Vault } from "../store/database";
import { unsentOf, vaults, wipe } from "../vault/session";
import type { Session } from "../vault/session";
import { refresh } from "../route";
import { type Word, t } from "../words";
import { MakePin } from "./make_pin";
import { EnterPin } from "./pin";
import { SignIn, type Welcomed } from "./sign_in";

const LAST = "mudmai-last";

type Step =
  | { at: "wait" | "choose" | "sign_in" }
  | { at: "pin" | "forgot" | "same"; vault: Vault; welcomed?: Welcomed }
  | { at: "make_pin"; welcomed: Welcomed };

export function Gate(props: { onOpen: (inside: Inside) => void }) {
  const [step, setStep] = createSignal<Step>({ at: "wait" });
  const [known, setKnown] = createSignal<Vault[]>([]);
  const notice = sessionStorage.getItem(NOTICE);
  sessionStorage.removeItem(NOTICE);

  const begin = async () => {
    const found = await vaults();
    setKnown(found);
    const [only, ...others] = found;
    setStep(!only ? { at: "sign_in" } : others.length > 0 ? { at: "choose" } : { at: "pin", vault: only });
  };
  onMount(begin);

  const open = async (session: Session) => {
    // The address tells where somebody stood; that is nothing for the next one.
    if (sessionStorage.getItem(LAST) !== session.id) history.replaceState(null, "", "#/today");
    sessionStorage.setItem(LAST, session.id);
    refresh();
    props.onOpen(await Inside.open(session));
  };
  const welcome = (welcomed: Welcomed) => {
    const same = known().find((vault) => vault.username === welcomed.username);
    setStep(same ? { at: "same", vault: same, welcomed } : { at: "make_pin", welcomed });
  };
  /** The new lock takes the place of the old one, unless work lies behind that. */
  const made = async (session: Session) => {
    for (const vault of known().filter((each) => each.username === session.vault.username)) {
      const { drafts, queued } = await unsentOf(vault.id);
      if (drafts + queued === 0) await wipe(vault.id);
    }
    await open(session);
  };
  const vault = () => (step() as { vault: Vault }).vault;
  const welcomed = () => (step() as { welcomed: Welcomed }).welcomed;

  return (
    <main id="main" class="gate" tabindex="-1">
      <div class="seal">
        <img src="/static/field/icon.svg" alt="" width="76" height="76" />
      </div>
      <Show when={notice && step().at !== "wait"}>
        <Note kind={notice === "wiped" ? "bad" : "ok"} icon={notice === "wiped" ? "warn" : "lock"}>
          {t(`notice_${notice}` as Word)}
        </Note>
      </Show>
      <Switch>
        <Match when={step().at === "choose"}>
          <Choose vaults={known()} onChoose={(chosen) => setStep({ at: "pin", vault: chosen })} onAnother={() => setStep({ at: "sign_in" })} />
        </Match>
        <Match when={step().at === "pin"}>
          <EnterPin vault={vault()} onOpen={open} onForgot={() => setStep({ at: "forgot", vault: vault() })} />
          <button type="button" class="btn quiet big" onClick={() => setStep({ at: known().length > 1 ? "choose" : "sign_in" })}>
            <Icon name="people" />
            {t("another")}
          </button>
        </Match>
        <Match when={step().at === "forgot"}>
          <Forgot vault={vault()} onBack={() => setStep({ at: "pin", vault: vault() })} onAnew={() => setStep({ at: "sign_in" })} />
        </Match>
        <Match when={step().at === "sign_in"}>
          <SignIn onWelcome={welcome} onBack={known().length > 0 ? begin : undefined} />
        </Match>
        <Match when={step().at === "same"}>
          <Forgot
            vault={vault()}
            same
            onBack={() => setStep({ at: "pin", vault: vault() })}
            onAnew={() => setStep({ at: "make_pin", welcomed: welcomed() })}
          />
        </Match>
        <Match when={step().at === "make_pin"}>
          <MakePin welcomed={welcomed()} onMade={made} />
        </Match>
      </Switch>
    </main>
  );
}

/** Names that stand twice are locks whose PIN was forgotten, and the new one: the older says so. */
const isOld = (vault: Vault, all: Vault[]) => all.some((each) => each.username === vault.username && each.made > vault.made);

function Choose(props: { vaults: Vault[]; onChoose: (vault: Vault) => void; onAnother: () => void }) {
  return (
    <>
      <h1>{t("who")}</h1>
      <div class="card">
        <ul class="rows">
          <For each={props.vaults}>
            {(vault) => (
              <li>
                <button type="button" class="row" onClick={() => props.onChoose(vault)}>
                  <span class="av" aria-hidden="true">
                    <Icon name={isOld(vault, props.vaults) ? "key" : "person"} />
                  </span>
                  <span class="grow">
                    <b>{vault.name}</b>
                    <small>{isOld(vault, props.vaults) ? t("old_vault") : vault.username}</small>
                  </span>
                  <Icon name="right" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </div>
      <button type="button" class="btn big" onClick={props.onAnother}>
        <Icon name="plus" />
        {t("another")}
      </button>
    </>
  );
}

function Forgot(props: { vault: Vault; same?: boolean; onBack: () => void; onAnew: () => void }) {
  const [unsent, setUnsent] = createSignal<{ drafts: number; queued: number }>();
  onMount(async () => setUnsent(await unsentOf(props.vault.id)));
  return (
    <>
      <h1>{props.same ? t("same_user", { name: props.vault.name }) : t("forgot_title")}</h1>
      <p>{props.same ? t("same_user_text") : t("forgot_text")}</p>
      <Show when={unsent()}>
        {(count) => (
          <Show when={count().drafts + count().queued > 0} fallback={<Note kind="ok">{t("forgot_none")}</Note>}>
            <Note kind="warn">{t("forgot_unsent", { ...count(), n: count().drafts + count().queued })}</Note>
          </Show>
        )}
      </Show>
      <button type="button" class="btn pri big" onClick={props.onBack}>
        {props.same ? t("use_pin") : t("forgot_try")}
      </button>
      <button type="button" class="btn big" onClick={props.onAnew}>
        {t("forgot_anew")}
      </button>
    </>
  );
}
