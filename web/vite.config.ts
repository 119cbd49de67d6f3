import { defineConfig } from "vite";

// Django finds the hashed names in manifest.json ({% asset "base.css" %}); relative addresses keep it free of STATIC_URL.
export default defineConfig({
  base: "./",
  publicDir: false,
  worker: { format: "es" },
  build: {
    outDir: "../src/mudmai/pages/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: (path) => (path.endsWith(".svg") ? undefined : false),
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1400, // MapLibre is one piece, loaded by the map pages only
    rolldownOptions: {
      checks: { eval: false }, // htmx can eval; htmx.ts switches that off
      input: { base: "src/base.ts", map: "src/map.ts" },
    },
  },
});
