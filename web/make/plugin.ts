/**
 * What the build adds to Vite's: the base map, the licences of what is bundled, and each file
 * compressed beside itself, since the program embeds and sends the compressed ones only.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { baseMap } from "./base.ts";

const BASE_MAP = "virtual:base-map";
const BUNDLED = ["maplibre-gl", "topojson-client", "world-atlas"];
const require = createRequire(import.meta.url);

/** `import url from "virtual:base-map"` gives the address of the base map. */
export function map(): Plugin {
  return {
    name: "base-map",
    resolveId: (id) => (id === BASE_MAP ? `\0${BASE_MAP}` : null),
    load(id) {
      if (id !== `\0${BASE_MAP}`) return null;
      const atlas: unknown = JSON.parse(
        readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"),
      );
      const source = baseMap(atlas as Parameters<typeof baseMap>[0]);
      const file = this.emitFile({ type: "asset", name: "countries.json", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

/** The texts that licences ask us to pass on. */
export function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      const texts = packages(BUNDLED).map(({ name, version, folder }) => {
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(see its package)";
        return `${name} ${version}\n\n${text}\n`;
      });
      const rule = `\n${"-".repeat(72)}\n\n`;
      this.emitFile({ type: "asset", name: "licences.txt", source: texts.join(rule) });
    },
  };
}

/** These packages and all that they need, by name. */
function packages(names: readonly string[]): { name: string; version: string; folder: string }[] {
  const modules = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "../node_modules");
  const found = new Map<string, { name: string; version: string; folder: string }>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || name.startsWith("@types/")) continue;
    const folder = join(modules, name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      version: string;
      dependencies?: Record<string, string>;
    };
    found.set(name, { name, version: about.version, folder });
    waiting.push(...Object.keys(about.dependencies ?? {}));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Leaves each file as `NAME.gz` only. */
export function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle)) {
        const path = join(dir, name);
        // The time in the head stays zero, so that the same source gives the same bytes.
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        rmSync(path);
      }
    },
  };
}
