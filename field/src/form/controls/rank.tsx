/** A list put into order by pressing up and down. */
import { For, Show, type JSX } from "solid-js";
import { Icon } from "../../parts/icon";
import { useDesk } from "../context";
import type { ControlProps } from "../question";

export function RankField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const label = (value: string) => props.question.choices.find((choice) => choice.value === value)?.words.plain ?? value;
  const order = () => (props.question.values.length ? [...props.question.values] : props.question.choices.map((choice) => choice.value));
  const move = (index: number, by: number) => {
    const next = order();
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(index + by, 0, moved);
    props.question.choose(next);
  };
  return (
    <div role="group" aria-labelledby={props.labelId} aria-describedby={props.describedBy}>
      <ol class="f-rank">
        <For each={order()}>
          {(value, index) => (
            <li>
              <span class="f-place" aria-hidden="true">
                {index() + 1}
              </span>
              <span class="f-grow">{label(value)}</span>
              <Show when={!props.question.readonly}>
                <button
                  type="button"
                  class="f-icon-btn"
                  disabled={index() === 0}
                  aria-label={`${desk.say().up}: ${label(value)}`}
                  onClick={() => move(index(), -1)}
                >
                  <Icon name="up" size={22} />
                </button>
                <button
                  type="button"
                  class="f-icon-btn"
                  disabled={index() === order().length - 1}
                  aria-label={`${desk.say().down}: ${label(value)}`}
                  onClick={() => move(index(), 1)}
                >
                  <Icon name="down" size={22} />
                </button>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={!props.question.values.length && !props.question.readonly}>
        <button type="button" class="f-btn" onClick={() => props.question.choose(order())}>
          {desk.say().keepOrder}
        </button>
      </Show>
    </div>
  );
}
