import "./styles/app.css";
import { render } from "solid-js/web";
import { App } from "./app";
import { watchUpdates } from "./parts/update";
import { t } from "./words";

const place = document.getElementById("app");
if (place) {
  place.textContent = "";
  if (globalThis.crypto?.subtle && globalThis.indexedDB && navigator.locks) render(() => <App />, place);
  else place.textContent = t("no_vaults_possible");
}
void watchUpdates().catch(() => undefined); // without it the app needs a network to open; all else works
