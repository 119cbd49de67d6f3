import solid from "vite-plugin-solid";
import { defineConfig } from "vite";
import { wasmAsFiles } from "./vite.config";

// The page on which tests and measurements fill forms; never part of what is served to phones.
export default defineConfig({
  base: "/",
  publicDir: false,
  plugins: [solid(), wasmAsFiles()],
  build: {
    outDir: process.env["HARNESS_OUT"] ?? ".harness",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { checks: { eval: false }, input: "harness.html" },
  },
});
