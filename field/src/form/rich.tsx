/** Words of a form with their mark-up, pictures and sounds. Nothing of it is ever taken as HTML. */
import { For, Show, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Icon } from "../parts/icon";
import { canSpeak, speak } from "../speech";
import type { MarkdownNode, Words } from "./adapter";
import { useDesk, useMedia } from "./context";

// A heading inside a question is bold text: the page has its own headings.
const SHOWN_AS: Record<string, string> = {
  h1: "strong", h2: "strong", h3: "strong", h4: "strong", h5: "strong", h6: "strong",
  strong: "strong", em: "em", u: "u", ol: "ol", ul: "ul", li: "li", p: "span", div: "span", span: "span",
}; // prettier-ignore
const SAFE_LINK = /^(https?:|tel:|mailto:)/i;

function Marked(props: { nodes: readonly MarkdownNode[] }): JSX.Element {
  return (
    <For each={props.nodes}>
      {(node) => {
        if (node.role === "child") return node.value;
        if (node.role === "line-break") return <br />;
        if (node.role !== "parent") return null;
        const url = node.elementName === "a" ? (node as { url?: string }).url : undefined;
        if (url && SAFE_LINK.test(url)) {
          return (
            <a href={url} target="_blank" rel="noopener noreferrer">
              <Marked nodes={node.children} />
            </a>
          );
        }
        return (
          <Dynamic component={SHOWN_AS[node.elementName] ?? "span"} class={/^(p|div|h\d)$/.test(node.elementName) ? "f-para" : undefined}>
            <Marked nodes={node.children} />
          </Dynamic>
        );
      }}
    </For>
  );
}

export function Text(props: { words: Words }): JSX.Element {
  return (
    <Show when={props.words.rich} fallback={props.words.plain}>
      {(nodes) => <Marked nodes={nodes()} />}
    </Show>
  );
}

export function Pictures(props: { words: Words; alt?: string }): JSX.Element {
  const image = useMedia(() => props.words.image);
  const audio = useMedia(() => props.words.audio);
  const video = useMedia(() => props.words.video);
  return (
    <>
      <Show when={image()}>{(url) => <img class="f-picture" src={url()} alt={props.alt ?? ""} />}</Show>
      <Show when={audio()}>{(url) => <audio class="f-media" controls src={url()} />}</Show>
      <Show when={video()}>{(url) => <video class="f-media" controls src={url()} />}</Show>
    </>
  );
}

export function ReadAloud(props: { text: string }): JSX.Element {
  const desk = useDesk();
  return (
    <Show when={canSpeak(desk.language())}>
      <button type="button" class="f-icon-btn" aria-label={desk.say().readAloud} onClick={() => speak(props.text, desk.language())}>
        <Icon name="speaker" size={20} />
      </button>
    </Show>
  );
}
