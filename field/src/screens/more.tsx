// The screens that have no tab of their own.

import { For, Show } from "solid-js";
import { startAnew } from "../inside";
import { Icon, type IconName } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Tag } from "../parts/parts";
import { type Screen, linkTo } from "../route";
import { type Word, t } from "../words";

const SCREENS: [Screen, IconName, Word][] = [
  ["inbox", "info", "inbox"],
  ["assemblies", "people", "assemblies"],
  ["new-house", "house", "new_house"],
  ["new-person", "person", "new_person"],
  ["settings", "settings", "settings"],
];

export function More() {
  const inside = useInside();
  return (
    <>
      <h1>{t("tab_more")}</h1>
      <div class="card">
        <ul class="rows">
          <For each={SCREENS}>
            {([screen, icon, word]) => (
              <li>
                <a class="row" href={linkTo(screen)}>
                  <Icon name={icon} />
                  <b class="grow">{t(word)}</b>
                  <Show when={screen === "inbox" && inside.unread().length > 0}>
                    <Tag kind="info">{t("unread", { n: inside.unread().length })}</Tag>
                  </Show>
                  <Icon name="right" />
                </a>
              </li>
            )}
          </For>
        </ul>
      </div>
      <button type="button" class="btn big" onClick={() => startAnew("locked")}>
        <Icon name="lock" />
        {t("lock_now")}
      </button>
    </>
  );
}
