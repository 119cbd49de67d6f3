// Whether the phone says that it has a network. Whether the server can be reached shows only when it is asked.

import { createSignal } from "solid-js";

const [online, setOnline] = createSignal(navigator.onLine);
addEventListener("online", () => setOnline(true));
addEventListener("offline", () => setOnline(false));

export { online };
