// What the contact with the server is like, where the volunteer should know or do something.

import { Match, Show, Switch, createSignal } from "solid-js";
import { useInside } from "../parts/inside";
import { Note } from "../parts/parts";
import { updateNow } from "../parts/update";
import { t } from "../words";
import { SignIn } from "./sign_in";

export function Contact() {
  const inside = useInside();
  const [asking, setAsking] = createSignal(false);
  const contact = inside.rounds.contact;
  const message = () => {
    const now = contact();
    return "message" in now ? now.message : "";
  };
  return (
    <Switch>
      <Match when={contact().state === "expired"}>
        <Note kind="warn" icon="key">
          <p>{t("contact_expired")}</p>
          <Show
            when={asking()}
            fallback={
              <button type="button" class="btn pri" onClick={() => setAsking(true)}>
                {t("enter_password")}
              </button>
            }
          >
            <SignIn
              username={inside.session.vault.username}
              device={inside.session.id}
              onBack={() => setAsking(false)}
              onWelcome={({ token }) => {
                setAsking(false);
                void inside.newToken(token);
              }}
            />
          </Show>
        </Note>
      </Match>
      <Match when={contact().state === "full"}>
        <Note kind="bad">{t("contact_full")}</Note>
      </Match>
      <Match when={contact().state === "too_old"}>
        <Note kind="warn" icon="refresh">
          <p>{message()}</p>
          <button type="button" class="btn" onClick={updateNow}>
            {t("update_now")}
          </button>
        </Note>
      </Match>
      <Match when={contact().state === "refused"}>
        <Note kind="warn">{message()}</Note>
      </Match>
    </Switch>
  );
}
