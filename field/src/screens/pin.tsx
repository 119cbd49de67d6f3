// The field of a PIN, and unlocking with it.

import { Show, createSignal, onCleanup, onMount } from "solid-js";
import { Field } from "../parts/parts";
import { arabicDigits } from "../registry/thai";
import type { Vault } from "../store/database";
import { stillToWait } from "../vault/delay";
import { WrongPin } from "../vault/keys";
import { type Session, TooOftenWrong, openVault, vaults } from "../vault/session";
import { t } from "../words";

/** Six digits; Thai digits are digits too, all else is left out. */
const digitsOf = (text: string): string => arabicDigits(text).replace(/\D/g, "").slice(0, 6);

interface PinFieldProps {
  label: string;
  help?: string;
  value: string;
  error?: string;
  focus?: boolean;
  onInput: (pin: string) => void;
}

export function PinField(props: PinFieldProps) {
  return (
    <Field
      label={props.label}
      help={props.help}
      error={props.error}
      value={props.value}
      type="password"
      inputmode="numeric"
      maxlength={6}
      focus={props.focus}
      class="pin"
      tidy={digitsOf}
      onInput={props.onInput}
    />
  );
}

const waitWords = (wait: number): string => {
  const seconds = Math.ceil(wait / 1000);
  return seconds < 60 ? t("seconds", { n: seconds }) : t("minutes", { n: Math.ceil(seconds / 60) });
};

export function EnterPin(props: { vault: Vault; onOpen: (session: Session) => Promise<void>; onForgot: () => void }) {
  const [pin, setPin] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal(false);
  const [wait, setWait] = createSignal(0);

  const look = async () => {
    const vault = (await vaults()).find((each) => each.id === props.vault.id);
    if (vault) setWait(stillToWait(vault.wrong, vault.lastWrong, Date.now()));
  };
  onMount(look);
  const timer = setInterval(() => wait() > 0 && void look(), 1000);
  onCleanup(() => clearInterval(timer));

  const unlock = async () => {
    if (busy() || pin().length < 6) return;
    setBusy(true);
    setWrong(false);
    try {
      await props.onOpen(await openVault(props.vault.id, pin()));
    } catch (error) {
      setPin("");
      if (error instanceof TooOftenWrong) setWait(error.wait);
      else if (error instanceof WrongPin) setWrong(true);
      else throw error;
      await look();
    } finally {
      setBusy(false);
    }
  };
  const fault = () => (wait() > 0 ? t("pin_wait", { wait: waitWords(wait()) }) : wrong() ? t("pin_wrong") : "");

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <h1>{t("pin_of", { name: props.vault.name })}</h1>
      <PinField
        label={t("pin")}
        value={pin()}
        error={fault()}
        focus
        onInput={(value) => {
          setPin(value);
          if (value.length === 6) void unlock();
        }}
      />
      <button class="btn pri big" disabled={busy() || wait() > 0}>
        {busy() ? t("unlocking") : t("unlock")}
      </button>
      <Show when={!busy()}>
        <button type="button" class="btn quiet big" onClick={props.onForgot}>
          {t("pin_forgot")}
        </button>
      </Show>
    </form>
  );
}
