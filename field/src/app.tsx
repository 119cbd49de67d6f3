// The frame: what is on top and below of every screen, and which screen it is.

import { ErrorBoundary, For, Match, Show, Switch, createEffect, createSignal, lazy, on, onCleanup, onMount } from "solid-js";
import { type Inside, startAnew } from "./inside";
import { Icon, type IconName } from "./parts/icon";
import { InsideContext } from "./parts/inside";
import { online } from "./parts/network";
import { Note } from "./parts/parts";
import { toast } from "./parts/toast";
import { newVersion, updateNow } from "./parts/update";
import { warmUp } from "./parts/warm";
import { type Screen, linkTo, route } from "./route";
import { Contact } from "./screens/contact";
import { Family } from "./screens/family";
import { Gate } from "./screens/gate";
import { Houses } from "./screens/houses";
import { Inbox } from "./screens/inbox";
import { Inquiry } from "./screens/inquiry";
import { MapScreen } from "./screens/map";
import { More } from "./screens/more";
import { NewHouse } from "./screens/new_house";
import { NewPerson } from "./screens/new_person";
import { PersonScreen } from "./screens/person";
import { Settings } from "./screens/settings";
import { Today } from "./screens/today";
import { WorkScreen } from "./screens/work";
import { knock } from "./sync/api";
import { watchIdle } from "./vault/idle";
import { vaults, wipe } from "./vault/session";
import { type Word, t } from "./words";

const Fill = lazy(() => import("./screens/fill"));
const Assemblies = lazy(() => import("./screens/assemblies"));
const AssemblyScreen = lazy(() => import("./screens/assembly"));
const AssemblySign = lazy(() => import("./screens/assembly_sign"));

export function App() {
  const [inside, setInside] = createSignal<Inside>();
  onMount(() => void obeyLocks());
  return (
    <ErrorBoundary fallback={(error) => <Broken error={error} />}>
      <Show when={inside()} fallback={<Locked onOpen={setInside} />}>
        {(opened) => <Unlocked inside={opened()} />}
      </Show>
    </ErrorBoundary>
  );
}

/** A phone that was locked out by the office deletes what it holds though nobody unlocks it. */
async function obeyLocks(): Promise<void> {
  for (const vault of await vaults()) {
    const told = await knock(vault.id).catch(() => ({ wipe: false }));
    if (told.wipe) {
      await wipe(vault.id);
      startAnew("wiped");
    }
  }
}

function Broken(props: { error: unknown }) {
  console.error(props.error);
  return (
    <main id="main" class="gate">
      <Note kind="bad" alert>
        <p>{t("went_wrong")}</p>
        <button type="button" class="btn" onClick={() => location.reload()}>
          {t("try_again")}
        </button>
      </Note>
    </main>
  );
}

function Locked(props: { onOpen: (inside: Inside) => void }) {
  return (
    <>
      <header class="top">
        <b>{t("app")}</b>
        <State waiting={0} />
      </header>
      <Update />
      <Gate onOpen={props.onOpen} />
    </>
  );
}

/** Network and what waits, in words. */
function State(props: { waiting: number }) {
  return (
    <span class="state" classList={{ off: !online() }} role="status">
      <Icon name={online() ? "wifi" : "offline"} size={18} />
      {online() ? t("signal") : t("no_signal")}
      <Show when={props.waiting > 0}> · {t("to_send", { n: props.waiting })}</Show>
    </span>
  );
}

function Update() {
  return (
    <Show when={newVersion()}>
      <Note icon="refresh">
        {t("new_version")}
        <br />
        <button type="button" class="btn" onClick={updateNow}>
          {t("update_now")}
        </button>
      </Note>
    </Show>
  );
}

const TABS: [Screen, IconName, Word][] = [
  ["today", "calendar", "tab_today"],
  ["houses", "search", "tab_houses"],
  ["map", "map", "tab_map"],
  ["work", "form", "tab_work"],
  ["more", "more", "tab_more"],
];

function Unlocked(props: { inside: Inside }) {
  const { inside } = props; // one for as long as the app is unlocked
  const [unsaved] = inside.unsaved;
  onMount(() => void inside.rounds.now());
  onCleanup(warmUp(inside));
  createEffect(on(online, (now) => now && void inside.rounds.now(), { defer: true }));
  onCleanup(watchIdle(() => startAnew("locked"), () => !unsaved() && !inside.rounds.isRunning));
  const hold = (event: BeforeUnloadEvent) => unsaved() && event.preventDefault();
  addEventListener("beforeunload", hold);
  onCleanup(() => removeEventListener("beforeunload", hold));
  createEffect(on(route, () => document.getElementById("main")?.focus({ preventScroll: true }), { defer: true }));

  const count = (screen: Screen): number => {
    if (screen === "work") return inside.work().filter((each) => each.state === "draft" || each.state === "queued").length;
    return screen === "more" ? inside.unread().length : 0;
  };
  return (
    <InsideContext.Provider value={inside}>
      <Show when={route().screen !== "fill"} fallback={<Fill />}>
        <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
          {t("skip")}
        </a>
        <header class="top">
          <b>{t("app_short")}</b>
          <State waiting={inside.waiting.length} />
          <button type="button" class="btn" aria-label={t("lock_now")} title={t("lock_now")} onClick={() => startAnew("locked")}>
            <Icon name="lock" />
          </button>
        </header>
        <main id="main" tabindex="-1" classList={{ whole: route().screen === "map" }}>
          <Update />
          <Show when={route().screen !== "map"}>
            <Contact />
          </Show>
          <Switch fallback={<Today />}>
            <Match when={route().screen === "houses"}>
              <Houses />
            </Match>
            <Match when={route().screen === "map"}>
              <MapScreen />
            </Match>
            <Match when={route().screen === "work"}>
              <WorkScreen />
            </Match>
            <Match when={route().screen === "more"}>
              <More />
            </Match>
            <Match when={route().screen === "family"}>
              <Family />
            </Match>
            <Match when={route().screen === "person"}>
              <PersonScreen />
            </Match>
            <Match when={route().screen === "new-house"}>
              <NewHouse />
            </Match>
            <Match when={route().screen === "new-person"}>
              <NewPerson />
            </Match>
            <Match when={route().screen === "inquiry"}>
              <Inquiry />
            </Match>
            <Match when={route().screen === "inbox"}>
              <Inbox />
            </Match>
            <Match when={route().screen === "assemblies"}>
              <Assemblies />
            </Match>
            <Match when={route().screen === "assembly"}>
              <AssemblyScreen />
            </Match>
            <Match when={route().screen === "assembly-sign"}>
              <AssemblySign />
            </Match>
            <Match when={route().screen === "settings"}>
              <Settings />
            </Match>
          </Switch>
        </main>
        <nav class="tabs" aria-label={t("menu")}>
          <ul>
            <For each={TABS}>
              {([screen, icon, word]) => (
                <li>
                  <a href={linkTo(screen)} aria-current={route().screen === screen ? "page" : undefined}>
                    <Icon name={icon} size={24} />
                    {t(word)}
                    <Show when={count(screen)}>
                      {(n) => (
                        <span class="count">
                          <span class="vh">, </span>
                          {n()}
                        </span>
                      )}
                    </Show>
                  </a>
                </li>
              )}
            </For>
          </ul>
        </nav>
      </Show>
      <Show when={toast()}>
        <p class="toast" role="status">
          <Icon name="check" />
          {toast()}
        </p>
      </Show>
    </InsideContext.Provider>
  );
}
