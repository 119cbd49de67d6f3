import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

const BASE = "/static/field/";

/** Lay sw.js beside the built files, with the list of all that the app needs to open without a network. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    writeBundle(options, bundle) {
      const folder = options.dir ?? "";
      const files = Object.keys(bundle).filter((name) => /^assets\/.+\.(js|css|woff2|wasm)$/.test(name));
      const shell = readFileSync(join(folder, "index.html"), "utf8");
      const version = createHash("sha256").update(files.sort().join("\n") + shell).digest("hex").slice(0, 12);
      const text = readFileSync("src/sw.js", "utf8")
        .replace("__VERSION__", version)
        .replace("__FILES__", JSON.stringify([...files, "icon.svg", "icon-192.png"].map((name) => BASE + name)));
      writeFileSync(join(folder, "sw.js"), text);
    },
  };
}

export default defineConfig({
  base: BASE,
  plugins: [solid(), serviceWorker()],
  build: {
    outDir: "../src/mudmai/surveys/static/field",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000, // the engine is one piece, loaded when a form opens
    rolldownOptions: {
      checks: { eval: false }, // emscripten's glue in the engine could eval; it never does, and the CSP would refuse
      input: { app: "index.html", preview: "src/preview.tsx" },
      // A page of the back office names these two; all others are named by the files that load them.
      output: {
        entryFileNames: ({ name }) => (name === "preview" ? "preview.js" : "assets/[name]-[hash].js"),
        assetFileNames: ({ names }) => (names.includes("preview.css") ? "preview.css" : "assets/[name]-[hash][extname]"),
      },
    },
  },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
