// Signing in with a name and a password.

import { Show, createSignal } from "solid-js";
import { Field, Note } from "../parts/parts";
import { Refused, type SignedIn, Unreachable, signIn } from "../sync/api";
import { t } from "../words";

export interface Welcomed {
  device: string;
  username: string;
  name: string;
  token: string;
}

/** What the office calls this phone in its list. */
function phoneName(): string {
  const about = navigator.userAgent;
  const found = /Android [^;)]*; ([^;)]+)/.exec(about)?.[1] ?? /(iPhone|iPad|Windows|Macintosh|Linux)/.exec(about)?.[1];
  return (found ?? "").replace(/ Build.*/, "").slice(0, 60);
}

interface AskProps {
  /** Signed in before on this phone: only the password is asked for. */
  username?: string;
  device?: string;
  onWelcome: (welcomed: Welcomed) => void;
  onBack?: (() => void) | undefined;
}

export function SignIn(props: AskProps) {
  const [values, setValues] = createSignal({ username: props.username ?? "", password: "", code: "" });
  const [needsCode, setNeedsCode] = createSignal(false);
  const [shown, setShown] = createSignal(false);
  const [problem, setProblem] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  const set = (name: keyof ReturnType<typeof values>) => (value: string) => setValues({ ...values(), [name]: value });

  const ask = (device: string): Promise<SignedIn> => {
    const { username, password, code } = values();
    return signIn(device, phoneName(), { username: username.trim(), password, ...(needsCode() && { code: code.trim() }) });
  };
  const enter = async () => {
    if (!values().username || !values().password) return setProblem(t("fill_in"));
    setBusy(true);
    setProblem("");
    const device = props.device ?? crypto.randomUUID();
    try {
      const { token, user } = await ask(device);
      props.onWelcome({ device, username: user.username, name: user.name, token });
    } catch (error) {
      if (error instanceof Refused && error.code === "code_needed") setNeedsCode(true);
      setProblem(error instanceof Unreachable ? t("no_contact") : error instanceof Refused ? error.message : t("went_wrong"));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Show when={!props.username}>
        <h1>{t("welcome")}</h1>
        <p>{t("welcome_text")}</p>
      </Show>
      <Show when={!props.username}>
        <Field label={t("username")} value={values().username} autocomplete="username" onInput={set("username")} />
      </Show>
      <Field
        label={props.username ? t("password_of", { name: props.username }) : t("password")}
        value={values().password}
        type={shown() ? "text" : "password"}
        autocomplete="current-password"
        onInput={set("password")}
      />
      <label class="choice">
        <input type="checkbox" checked={shown()} onChange={(event) => setShown(event.currentTarget.checked)} />
        {t("show_password")}
      </label>
      <Show when={needsCode()}>
        <Field label={t("code")} help={t("code_help")} value={values().code} inputmode="numeric" autocomplete="one-time-code" focus onInput={set("code")} />
      </Show>
      <Show when={problem()}>
        <Note kind="bad" alert>
          {problem()}
        </Note>
      </Show>
      <button class="btn pri big" disabled={busy()}>
        {busy() ? t("signing_in") : t("sign_in")}
      </button>
      <Show when={!props.username}>
        <a class="btn quiet big" href="/join/">
          {t("invited")}
        </a>
      </Show>
      <Show when={props.onBack}>
        {(onBack) => (
          <button type="button" class="btn quiet big" onClick={() => onBack()()}>
            {t("back")}
          </button>
        )}
      </Show>
    </form>
  );
}
