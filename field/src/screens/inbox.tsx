// Your report and theirs: what the registry now follows, and why.

import { For, Show } from "solid-js";
import { entryKey } from "../inside";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Heading, Tag } from "../parts/parts";
import { attributeWords } from "../registry/describe";
import { linkTo } from "../route";
import { language } from "../settings";
import { canSpeak, speak } from "../speech";
import { t } from "../words";

export function Inbox() {
  const inside = useInside();
  const entries = () => inside.known()?.inbox.entries ?? [];
  const isNew = (key: string) => inside.unread().some((entry) => entryKey(entry) === key);
  return (
    <>
      <Heading title={t("inbox")} text={t("inbox_text")} />
      <Show when={entries().length > 0} fallback={<Empty icon="check" title={t("no_news")} text={t("no_news_text")} />}>
        <Show when={inside.unread().length > 0}>
          <button type="button" class="btn big" onClick={() => void inside.markRead()}>
            <Icon name="check" />
            {t("mark_read")}
          </button>
        </Show>
        <For each={entries()}>
          {(entry) => {
            const person = () => inside.registry().person(entry.person);
            return (
              <article class="card stack">
                <Show when={isNew(entryKey(entry))}>
                  <Tag kind="info">{t("new_mark")}</Tag>
                </Show>
                <Show when={person()}>
                  {(someone) => (
                    <a class="row" href={linkTo("person", someone().key)}>
                      <Icon name="person" />
                      <b class="grow">{someone().name}</b>
                      <Icon name="right" />
                    </a>
                  )}
                </Show>
                <Show when={entry.yours || entry.theirs}>
                  <div>
                    <b>{attributeWords(inside.registry(), entry.attribute)}</b>
                    <dl class="sides">
                      <div>
                        <dt class="mut">{t("you_said")}</dt>
                        <dd>{entry.yours || "–"}</dd>
                      </div>
                      <div>
                        <dt class="mut">{t("they_said")}</dt>
                        <dd>{entry.theirs || "–"}</dd>
                      </div>
                    </dl>
                  </div>
                </Show>
                <p>{entry.message}</p>
                <Show when={canSpeak(language())}>
                  <button type="button" class="btn" onClick={() => speak(entry.message, language())}>
                    <Icon name="speaker" />
                    {t("read_aloud")}
                  </button>
                </Show>
              </article>
            );
          }}
        </For>
      </Show>
    </>
  );
}
