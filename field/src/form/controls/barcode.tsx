/** A code, typed or read by the camera where the device can. */
import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import { Icon } from "../../parts/icon";
import { useDesk } from "../context";
import type { ControlProps } from "../question";
import { TextField } from "./text";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
const Native = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;
const EVERY_MS = 250;

function Scanner(props: { found: (code: string) => void; failed: () => void }): JSX.Element {
  const desk = useDesk();
  let video!: HTMLVideoElement;
  let stream: MediaStream | undefined;
  let timer: number | undefined;
  let gone = false;
  onCleanup(() => {
    gone = true;
    clearInterval(timer);
    stream?.getTracks().forEach((track) => track.stop());
  });
  const look = async (detector: Detector) => {
    const [code] = await detector.detect(video).catch(() => []);
    if (code && !gone) props.found(code.rawValue);
  };
  const begin = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (gone) return stream.getTracks().forEach((track) => track.stop());
      video.srcObject = stream;
      await video.play();
      if (Native) {
        const detector = new Native();
        timer = window.setInterval(() => void look(detector), EVERY_MS);
      }
    } catch {
      if (!gone) props.failed();
    }
  };
  void begin();
  return (
    <figure class="f-photo">
      <video ref={video} muted playsinline aria-label={desk.say().scanHint} />
      <figcaption>{desk.say().scanHint}</figcaption>
    </figure>
  );
}

export function BarcodeField(props: ControlProps): JSX.Element {
  const desk = useDesk();
  const [scanning, setScanning] = createSignal(false);
  const found = (code: string) => {
    props.question.set(code);
    setScanning(false);
  };
  return (
    <>
      <TextField {...props} />
      <Show when={Native && !props.question.readonly}>
        <button type="button" class="f-btn f-quiet" aria-expanded={scanning()} onClick={() => setScanning(!scanning())}>
          <Icon name="camera" size={20} />
          {scanning() ? desk.say().close : desk.say().scan}
        </button>
        <Show when={scanning()}>
          <Scanner found={found} failed={() => setScanning(false)} />
        </Show>
      </Show>
    </>
  );
}
