// A box to sign in with a finger; the drawing itself is that of the back office.

import { onMount } from "solid-js";
import { HEIGHT, WIDTH, signOn } from "../../../web/src/signature";
import { w } from "./words";

export function SignatureBox(props: { onDraw: (lines: number[][]) => void; clear: (clear: () => void) => void }) {
  let canvas: HTMLCanvasElement | undefined;
  onMount(() => canvas && props.clear(signOn(canvas, (lines) => props.onDraw(lines))));
  return <canvas ref={(element) => (canvas = element)} class="signature" width={WIDTH} height={HEIGHT} role="img" aria-label={w("box")} />;
}
