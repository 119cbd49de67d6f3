/** Photos, sounds, films and other files. */
import { createMemo, createSignal, onCleanup, Show, type JSX } from "solid-js";
import { Icon, type IconName } from "../../parts/icon";
import { useDesk } from "../context";
import type { ControlProps } from "../question";
import { LONGEST_SIDE, shrunk } from "./pictures";

function useAddress(props: ControlProps): () => string | null {
  const address = createMemo<string | null>((before) => {
    if (before) URL.revokeObjectURL(before);
    const file = props.question.file;
    return file ? URL.createObjectURL(file) : null;
  }, null);
  onCleanup(() => {
    const standing = address();
    if (standing) URL.revokeObjectURL(standing);
  });
  return address;
}

interface PickProps extends ControlProps {
  icon: IconName;
  words: string;
  accept: string;
  capture?: "environment" | "user" | undefined;
  quiet?: boolean;
  take: (file: File) => void;
}

function Pick(props: PickProps): JSX.Element {
  return (
    <label class="f-btn f-pick" classList={{ "f-quiet": props.quiet }}>
      <Icon name={props.icon} size={20} />
      <span>{props.words}</span>
      <input
        class="vh"
        type="file"
        accept={props.accept}
        capture={props.capture}
        aria-describedby={[props.labelId, props.describedBy].filter(Boolean).join(" ")}
        aria-invalid={props.invalid || undefined}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = ""; // the same file can be chosen again
          if (file) props.take(file);
        }}
      />
    </label>
  );
}

function Remove(props: ControlProps): JSX.Element {
  const desk = useDesk();
  return (
    <button type="button" class="f-btn f-quiet" onClick={() => props.question.attach(null)}>
      <Icon name="trash" size={20} />
      {desk.say().removeFile}
    </button>
  );
}

export function PictureField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const [bad, setBad] = createSignal(false);
  const address = useAddress(props);
  const take = async (file: File) => {
    try {
      props.question.attach(await shrunk(file, props.question.maxPixels ?? LONGEST_SIDE));
      setBad(false);
    } catch {
      setBad(true);
    }
  };
  const facing = () => (props.question.looks("front") || props.question.looks("new-front") ? "user" : "environment");
  return (
    <div role="group" aria-labelledby={props.labelId}>
      <Show when={address()}>
        {(url) => (
          <figure class="f-photo">
            <img src={url()} alt={desk.say().picture} />
            <figcaption>{desk.say().kilobytes(Math.ceil((props.question.file?.size ?? 0) / 1024))}</figcaption>
          </figure>
        )}
      </Show>
      <Show when={bad()}>
        <p class="f-fault" role="alert">
          <Icon name="warn" size={18} />
          <span>{desk.say().pictureBad}</span>
        </p>
      </Show>
      <Show when={!props.question.readonly}>
        <div class="f-act">
          <Pick {...props} icon="camera" words={desk.say().takePicture} accept="image/*" capture={facing()} take={take} />
          <Show when={!props.question.looks("new") && !props.question.looks("new-front")}>
            <Pick {...props} icon="image" words={desk.say().choosePicture} accept="image/*" quiet take={take} />
          </Show>
          <Show when={props.question.value}>
            <Remove {...props} />
          </Show>
        </div>
      </Show>
    </div>
  );
}

export function FileField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const address = useAddress(props);
  const capture = () => (props.question.kind === "file" ? undefined : "environment");
  return (
    <div role="group" aria-labelledby={props.labelId}>
      <Show when={props.question.file}>
        {(file) => (
          <p class="f-value">
            <Icon name="file" size={20} /> {file().name} <small>{desk.say().kilobytes(Math.ceil(file().size / 1024))}</small>
          </p>
        )}
      </Show>
      <Show when={props.question.kind === "audio" && address()}>{(url) => <audio class="f-media" controls src={url()} />}</Show>
      <Show when={props.question.kind === "video" && address()}>{(url) => <video class="f-media" controls src={url()} />}</Show>
      <Show when={!props.question.readonly}>
        <div class="f-act">
          <Pick
            {...props}
            icon="file"
            words={desk.say().chooseFile}
            accept={props.question.accept}
            capture={capture()}
            take={(file) => props.question.attach(file)}
          />
          <Show when={props.question.value}>
            <Remove {...props} />
          </Show>
        </div>
      </Show>
    </div>
  );
}
