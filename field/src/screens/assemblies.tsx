// The assemblies of the volunteer's villages.

import { For, Show, createResource } from "solid-js";
import { type Meeting, minutesOf, readMeetings } from "../assembly/meeting";
import { unspoken } from "../assembly/minutes";
import { w } from "../assembly/words";
import { Icon } from "../parts/icon";
import { useInside } from "../parts/inside";
import { Empty, Heading, Tag } from "../parts/parts";
import { linkTo } from "../route";
import { day } from "../words/dates";

const COLOURS = { new: "", open: "info", closed: "warn", certified: "ok", cancelled: "" } as const;

export default function Assemblies() {
  const inside = useInside();
  const [meetings] = createResource(inside.meetingsChanged, () => readMeetings(inside.session));
  return (
    <>
      <Heading title={w("assemblies")} text={w("assemblies_text")} />
      <Show when={meetings()?.length} fallback={<Empty icon="people" title={w("none")} text={w("none_text")} />}>
        <div class="card">
          <ul class="rows">
            <For each={meetings()}>{(meeting) => <MeetingRow meeting={meeting} />}</For>
          </ul>
        </div>
      </Show>
    </>
  );
}

function MeetingRow(props: { meeting: Meeting }) {
  const minutes = () => minutesOf(props.meeting);
  const unsent = () => props.meeting.steps.length - props.meeting.sent;
  const left = () => unspoken(minutes()).length;
  return (
    <li>
      <a class="row" href={linkTo("assembly", props.meeting.id)}>
        <span class="grow">
          <b>{minutes().title}</b>
          <small>
            {props.meeting.village} · {day(minutes().heldOn)} · {w("names_n", { n: minutes().rows.length })}
          </small>
          <div class="tags">
            <Tag kind={COLOURS[minutes().phase]}>{w(minutes().phase)}</Tag>
            <Show when={minutes().phase === "open" && left() > 0}>
              <Tag>{w("left_n", { n: left() })}</Tag>
            </Show>
            <Show when={unsent() > 0}>
              <Tag kind="warn" icon="clock">
                {w("not_sent", { n: unsent() })}
              </Tag>
            </Show>
          </div>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}
