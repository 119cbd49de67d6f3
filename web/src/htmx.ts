/** htmx 2 under a strict Content-Security-Policy: no eval, no inline style, only our own site. */
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold personal data: nothing of them stays in the browser's storage
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true }, // a form that came back with its errors
  { code: "[45]..", swap: false, error: true },
];

// A lost session answers with the sign-in page; show it as a page, not inside a part.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (new URL(xhr.responseURL, location.href).pathname.endsWith("/login/")) {
    event.preventDefault();
    location.reload();
  }
});
