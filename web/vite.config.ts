/**
 * The build: one entry, the map in a part of its own that is loaded where a map is seen, all names
 * with a digest of the content. The program serves the files below `/static/web/`.
 */
import { defineConfig } from "vite";
import { compressed, licences, map } from "./make/plugin.ts";

export default defineConfig({
  base: "/static/web/",
  publicDir: false,
  plugins: [map(), licences(), compressed()],
  build: {
    target: "es2022",
    outDir: "dist/site",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: "src/main.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
