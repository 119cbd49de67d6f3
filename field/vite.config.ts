import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

const VERSION = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;
const BASE = "/static/field/";

/** The engine carries its two WebAssembly programs as base64; as files of their own they are a third smaller and load faster. */
export function wasmAsFiles(): Plugin {
  return {
    name: "wasm-as-files",
    apply: "build",
    transform(code, id) {
      if (!id.includes("@getodk/xforms-engine/dist/")) return;
      let found = 0;
      return code.replace(/"data:application\/wasm;base64,([^"]+)"/g, (_, base64: string) => {
        const source = Buffer.from(base64, "base64");
        const file = this.emitFile({ type: "asset", name: `engine-${++found}.wasm`, source });
        return `import.meta.ROLLUP_FILE_URL_${file}`;
      });
    },
  };
}

/** Say how much a phone has to load: all programs of the app, as they go over the wire. tests/site holds the limit. */
function weigh(): Plugin {
  return {
    name: "weigh",
    apply: "build",
    writeBundle(_, bundle) {
      const scripts = Object.values(bundle).flatMap((file) => (file.type === "chunk" && file.name !== "preview" ? [file.code] : []));
      const wasm = Object.values(bundle).flatMap((file) => (file.fileName.endsWith(".wasm") && file.type === "asset" ? [file.source] : []));
      const kB = (parts: (string | Uint8Array)[]) => parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0) / 1000;
      console.log(`The app, gzipped: JavaScript ${kB(scripts).toFixed(1)} kB, WebAssembly ${kB(wasm).toFixed(1)} kB`);
    },
  };
}

/** Lay sw.js beside the built files, with the list of all that the app needs to open without a network. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    writeBundle(options, bundle) {
      const folder = options.dir ?? "";
      const files = Object.keys(bundle).filter((name) => /^assets\/.+\.(js|css|woff2|wasm|svg)$/.test(name));
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
  define: { __APP_VERSION__: JSON.stringify(VERSION) },
  plugins: [solid(), wasmAsFiles(), serviceWorker(), weigh()],
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
