/** What every part of a form on the screen shares. */
import { createContext, createResource, onCleanup, useContext, type Accessor, type Component } from "solid-js";
import type { Filling, Language } from "./adapter";
import type { Say } from "./say";

export interface MapPickProps {
  lat: number;
  lon: number;
  accuracy: number | null;
  onPick: (lat: number, lon: number) => void;
}

export interface Desk {
  filling: Filling;
  language: Accessor<Language>;
  say: Accessor<Say>;
  MapPick?: Component<MapPickProps> | undefined;
  /** Every fault on the page is told, not only those of answers already given. */
  revealed: Accessor<boolean>;
  isOpen: (card: string) => boolean;
  setOpen: (card: string, open: boolean) => void;
}

const Context = createContext<Desk>();
export const DeskProvider = Context.Provider;

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error("outside of a form");
  return desk;
}

/** The address of a file that came with the form, for as long as the part stands. */
export function useMedia(name: Accessor<string | null>): Accessor<string | undefined> {
  const desk = useDesk();
  let address: string | undefined;
  const release = () => address && URL.revokeObjectURL(address);
  const [url] = createResource(name, async (wanted) => {
    const blob = await desk.filling.media(wanted);
    release();
    address = blob && URL.createObjectURL(blob);
    return address;
  });
  onCleanup(release);
  return () => (name() ? url() : undefined);
}
