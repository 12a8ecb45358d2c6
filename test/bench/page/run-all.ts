import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { release, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "../evidence/measured.ts";
import { benchResultSchema } from "./bench-result.ts";
import { type BenchRun, chartFileOf, type ResultsRun, resultsPage, standingOf } from "./results-page.ts";
import { svgFrom } from "./svg-chart.ts";

/**
 * `npm run bench [-- --quick] [--into FOLDER]`: runs the benches one after the other and writes one page of results,
 * with the figures as JSON and the charts as SVG beside it. A bench that fails or takes too long is named, and the
 * others run all the same. Ends with 1 where a figure is missed or a bench failed.
 */
const BENCHES = [
  "forwarding",
  "janus",
  "floor",
  "congestion-control",
  "join-storm",
  "first-frame",
  "class-1100",
  "signalling",
  "nodes",
  "edges",
  "evidence",
  "breakouts",
];
const FOLDER = "docs/performance";
const MOST_MS = 6 * 60_000;
/** An error's message stands above its stack. */
const LAST_LINES = 30;

const projectDir = resolve(import.meta.dirname, "../../..");
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    into: { type: "string", default: FOLDER },
    only: { type: "string" },
  },
});
const say = (line: string) => void process.stderr.write(`${line}\n`);
const into = resolve(projectDir, values.into);
const scratch = await mkdtemp(join(tmpdir(), "balai-bench-page-"));
const startedAt = Date.now();
// Before the page is written, which would count as a change.
const measured = await commit();
const chosen = values.only ? values.only.split(",") : BENCHES;
const benches: BenchRun[] = [];
try {
  for (const [index, name] of chosen.entries()) {
    say(`[${index + 1}/${chosen.length}] ${name}`);
    const bench = await runOne(name);
    benches.push(bench);
    say(
      `[${index + 1}/${chosen.length}] ${name}: ${standingOf(bench)}${bench.failure ? `: ${bench.failure}` : ""}`,
    );
    // After each: what was measured is kept whatever happens to the rest.
    await writePage();
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.stdout.write(`${await readFile(join(into, "results.md"), "utf8")}`);
say(`Written to ${join(into, "results.md")}`);
process.exitCode = benches.every((bench) => standingOf(bench) === "reached") ? 0 : 1;

async function runOne(name: string): Promise<BenchRun> {
  const file = join(scratch, `${name}.json`);
  // Benches without a short form know the option too, or they are short.
  const args = [
    `test/bench/${name}.ts`,
    "--json",
    file,
    ...(values.quick && knowsQuick(name) ? ["--quick"] : []),
  ];
  const begunAt = performance.now();
  const words = await ended(args);
  const seconds = (performance.now() - begunAt) / 1000;
  if (!existsSync(file)) return { name, seconds, result: null, failure: words };
  const parsed = benchResultSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) return { name, seconds, result: null, failure: "its result cannot be read" };
  return { name, seconds, result: parsed.data, failure: null };
}

function knowsQuick(name: string): boolean {
  return name !== "evidence" && name !== "breakouts";
}

/** Resolves with the last of what it said, or with how it was ended. */
function ended(args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      cwd: projectDir,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const last: string[] = [];
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill("SIGTERM");
    }, MOST_MS);
    child.stderr.on("data", (bytes: Buffer) => {
      process.stderr.write(bytes);
      last.push(...String(bytes).split("\n").filter(Boolean));
      last.splice(0, Math.max(0, last.length - LAST_LINES));
    });
    child.once("error", fail);
    child.once("close", () => {
      clearTimeout(late);
      const why =
        last.findLast((line) => /^(\w*Error|ZodError)\b/.test(line)) ?? last.at(-1) ?? "it said nothing";
      done(isLate ? `it took more than ${MOST_MS / 60_000} minutes` : why.trim());
    });
  });
}

async function writePage(): Promise<void> {
  const run: ResultsRun = {
    startedAt,
    commit: measured,
    isQuick: values.quick,
    machine: machine(),
    system: `Linux ${release()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    benches,
  };
  await mkdir(into, { recursive: true });
  await writeFile(join(into, "results.md"), resultsPage(run));
  await writeFile(join(into, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
  for (const { name, result } of benches) {
    for (const [index, chart] of (result?.charts ?? []).entries()) {
      await writeFile(join(into, chartFileOf(name, index)), svgFrom(chart));
    }
  }
}

/** The commit that is measured; a source that was unpacked has none. */
function commit(): Promise<string> {
  return new Promise((done) => {
    const git = spawn("git", ["describe", "--always", "--dirty"], {
      cwd: projectDir,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let text = "";
    git.stdout.on("data", (bytes: Buffer) => {
      text += String(bytes);
    });
    git.once("error", () => done("unknown"));
    git.once("close", () => done(text.trim() || "unknown"));
  });
}
