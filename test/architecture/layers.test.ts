import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** What a layer may import of the project; "own library" stands for packages of node_modules and Node. */
interface Layer {
  readonly files: string;
  readonly mayImport: readonly string[];
  /** Packages it may import: names, `node:` for Node's own, `*` for any. */
  readonly packages: readonly string[];
}

const INNER = ["server/protocol/", "server/domain/", "server/ports.ts"];
const OUTER = [...INNER, "server/live/", "server/reports/"];

/** The table of ARCHITECTURE.md; the most particular row counts. */
const LAYERS: readonly Layer[] = [
  { files: "server/protocol/", mayImport: ["server/protocol/"], packages: ["zod"] },
  { files: "server/domain/", mayImport: ["server/domain/", "server/protocol/"], packages: [] },
  { files: "server/ports.ts", mayImport: ["server/protocol/", "server/domain/"], packages: [] },
  { files: "server/live/", mayImport: [...INNER, "server/live/"], packages: [] },
  { files: "server/reports/", mayImport: [...INNER, "server/reports/"], packages: ["*"] },
  { files: "server/sheets/", mayImport: [...INNER, "server/sheets/"], packages: ["yjs"] },
  { files: "server/transport/", mayImport: [...OUTER, "server/transport/"], packages: ["*"] },
  { files: "server/store/", mayImport: [...OUTER, "server/store/"], packages: ["*"] },
  { files: "server/cluster/", mayImport: [...OUTER, "server/cluster/"], packages: ["*"] },
  { files: "server/slides/", mayImport: [...OUTER, "server/slides/"], packages: ["*"] },
  { files: "server/", mayImport: ["server/", "sfu/", "recordings/"], packages: ["*"] },
  { files: "sfu/", mayImport: ["sfu/", "server/ports.ts", "server/protocol/"], packages: ["*"] },
  {
    files: "recordings/",
    mayImport: ["recordings/", "server/ports.ts", "server/protocol/"],
    packages: ["*"],
  },
  { files: "client/", mayImport: ["client/", "server/protocol/"], packages: ["*"] },
];

const sources = globSync("{server,sfu,recordings,client}/**/*.{ts,tsx}", { cwd: ROOT }).map(normalize).sort();

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"|import\s*\(?\s*"([^"]+)"/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? "");
}

function layerOf(file: string): Layer {
  const layer = LAYERS.filter((one) => file.startsWith(one.files)).sort(
    (a, b) => b.files.length - a.files.length,
  )[0];
  if (!layer) throw new Error(`${file} stands in no layer`);
  return layer;
}

function isAllowed(file: string, imported: string): boolean {
  const layer = layerOf(file);
  if (imported.startsWith(".")) {
    const target = normalize(join(dirname(file), imported));
    return layer.mayImport.some((allowed) => target.startsWith(allowed)) || target.endsWith(".css");
  }
  return layer.packages.includes("*") || layer.packages.includes(imported);
}

describe("architecture", () => {
  it("AR1 every import keeps to the table of layers", () => {
    const broken = sources.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !isAllowed(file, imported))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it("AR2 main alone reads the environment and signals", () => {
    const readers = sources.filter((file) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      return file.startsWith("server/") || file.startsWith("sfu/")
        ? /process\.(env\b|on\(|once\()/.test(text)
        : false;
    });
    expect(readers.filter((file) => file !== "server/slides/rasteriser.ts")).toEqual(["server/main.ts"]);
  });

  it("AR3 the domain knows no clock, no chance and no waiting", () => {
    const impure = sources
      .filter((file) => file.startsWith("server/domain/"))
      .filter((file) =>
        /\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|crypto\./.test(
          readFileSync(join(ROOT, file), "utf8"),
        ),
      );
    expect(impure).toEqual([]);
  });

  it("AR4 names say what is inside: kebab-case, and no drawers for everything", () => {
    const unnamed = sources.filter((file) => {
      const name = file.split("/").at(-1) ?? "";
      return (
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.tsx?$/.test(name) || /^(utils?|helpers?|manager|types)\./.test(name)
      );
    });
    expect(unnamed).toEqual([]);
  });
});
