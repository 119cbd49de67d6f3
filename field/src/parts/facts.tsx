// What is known of a house or a person, in words.

import { For, Show } from "solid-js";
import { factsOf } from "../registry/describe";
import type { House, Person } from "../registry/registry";
import { t } from "../words";
import { Icon } from "./icon";
import { useInside } from "./inside";

export function Facts(props: { of: House | Person }) {
  const inside = useInside();
  const facts = () => factsOf(inside.registry(), props.of);
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">
        <Icon name="list" />
        {t("what_is_known")}
      </h2>
      <Show when={facts().length > 0} fallback={<p class="mut">{t("nothing_known")}</p>}>
        <dl class="facts">
          <For each={facts()}>
            {([code, label, value]) => (
              <div>
                <dt>{label}</dt>
                <dd>
                  <Show when={code.endsWith("phone")} fallback={<b>{value}</b>}>
                    <For each={value.split(", ")}>
                      {(number) => (
                        <a class="btn" href={`tel:${number.replace(/\D/g, "")}`}>
                          <Icon name="phone" />
                          {t("call", { number })}
                        </a>
                      )}
                    </For>
                  </Show>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </section>
  );
}
