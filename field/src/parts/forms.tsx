// The forms that may be begun for a house or a person.

import { For, Show } from "solid-js";
import { linkTo } from "../route";
import type { FormAnswer } from "../sync/api";
import { t } from "../words";
import { Icon } from "./icon";
import { useInside } from "./inside";
import { Note } from "./parts";

interface Props {
  about: FormAnswer["about"][];
  /** Where the form is to begin, as words of the address of the screen `fill`. */
  begin: { [name: string]: string };
}

export function FormLinks(props: Props) {
  const inside = useInside();
  const forms = () =>
    (inside.known()?.forms ?? []).filter((form) => props.about.includes(form.about) && (!form.until || form.until >= inside.today()));
  return (
    <Show when={forms().length > 0} fallback={<Note>{t("no_forms")}</Note>}>
      <ul class="rows">
        <For each={forms()}>
          {(form) => (
            <li>
              <a class="row" href={linkTo("fill", form.id, props.begin)}>
                <Icon name="form" />
                <span class="grow">
                  <b>{form.title}</b>
                </span>
                <Icon name="right" />
              </a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
