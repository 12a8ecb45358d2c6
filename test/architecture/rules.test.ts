import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const NUMBER = /\b(?:E2E|[A-Z]{2})\d+\b/g;

/** Rules stand in the first cells of SPEC.md's tables. */
function rulesOfSpec(): string[] {
  const rows = readFileSync(join(ROOT, "SPEC.md"), "utf8").matchAll(/^\| ((?:E2E|[A-Z]{2})\d+) \|/gm);
  return [...rows].map((row) => row[1] ?? "");
}

/** The numbers with which titles begin: `it("AT3 …")`, `it.each(…)("HQ3 …")`, `"SL1 SL2 …"`. */
function rulesOfTests(): string[] {
  const titles = globSync("test/**/*.ts", { cwd: ROOT }).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(/["`]((?:(?:E2E|[A-Z]{2})\d+(?:–| and |, | ))+)/g)].map(
      (match) => match[1] ?? "",
    );
  });
  return titles.flatMap((title) => title.match(NUMBER) ?? []);
}

describe("SPEC.md", () => {
  it("AR5 every rule has a test, and every numbered test has its rule", () => {
    const spec = rulesOfSpec();
    const tests = new Set(rulesOfTests());
    expect(spec.length).toBeGreaterThan(150);
    expect(spec.filter((rule, index) => spec.indexOf(rule) !== index)).toEqual([]);
    expect(spec.filter((rule) => !tests.has(rule))).toEqual([]);
    expect([...tests].filter((rule) => !spec.includes(rule))).toEqual([]);
  });
});
