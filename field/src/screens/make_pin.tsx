// A PIN for somebody who has just signed in.

import { createSignal } from "solid-js";
import { writeThings } from "../store/things";
import { pinFault } from "../vault/delay";
import { type Session, makeVault } from "../vault/session";
import { t } from "../words";
import { PinField } from "./pin";
import type { Welcomed } from "./sign_in";

export function MakePin(props: { welcomed: Welcomed; onMade: (session: Session) => Promise<void> }) {
  const [pin, setPin] = createSignal("");
  const [again, setAgain] = createSignal("");
  const [faults, setFaults] = createSignal({ pin: "", again: "" });
  const [busy, setBusy] = createSignal(false);

  const make = async () => {
    const fault = pinFault(pin());
    const differs = !fault && pin() !== again();
    setFaults({ pin: fault && t(fault), again: differs ? t("pin_differs") : "" });
    if (fault || differs || busy()) return;
    setBusy(true);
    try {
      const { device, username, name, token } = props.welcomed;
      const session = await makeVault({ id: device, username, name }, pin());
      await writeThings(session, [["token", token]]);
      await props.onMade(session);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <h1>{t("pin_make")}</h1>
      <p>{t("pin_make_text")}</p>
      <PinField label={t("pin")} value={pin()} error={faults().pin} focus onInput={setPin} />
      <PinField label={t("pin_again")} value={again()} error={faults().again} onInput={setAgain} />
      <button class="btn pri big" disabled={busy()}>
        {t("pin_set")}
      </button>
    </form>
  );
}
