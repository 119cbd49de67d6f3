// Where the phone is, for as long as a map looks.

import { createSignal, onCleanup } from "solid-js";
import type { Place } from "./plane";

export interface Me extends Place {
  accuracy: number; // metres
}

export function followMe() {
  const [me, setMe] = createSignal<Me>();
  const [state, setState] = createSignal<"off" | "looking" | "on" | "failed">("off");
  let watch: number | undefined;
  const start = (): void => {
    if (!navigator.geolocation) return void setState("failed");
    if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    setState(me() ? "on" : "looking");
    watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        setMe({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy });
        setState("on");
      },
      () => setState(me() ? "on" : "failed"),
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 10_000 },
    );
  };
  onCleanup(() => watch !== undefined && navigator.geolocation.clearWatch(watch));
  return { me, state, start };
}
