import { figureRows, isReached } from "../evidence/measured.ts";
import type { BenchResult } from "./bench-result.ts";

/** One bench of a run: what it found, or why it found nothing. */
export interface BenchRun {
  readonly name: string;
  readonly seconds: number;
  readonly result: BenchResult | null;
  /** Null where it has a result. */
  readonly failure: string | null;
}

export interface ResultsRun {
  /** Epoch ms. */
  readonly startedAt: number;
  readonly commit: string;
  readonly isQuick: boolean;
  readonly machine: BenchResult["machine"];
  /** Kernel and memory, in words. */
  readonly system: string;
  readonly benches: readonly BenchRun[];
}

/** The name of a bench's n-th chart beside the page. */
export function chartFileOf(bench: string, index: number): string {
  return index === 0 ? `${bench}.svg` : `${bench}-${index + 1}.svg`;
}

/** What a run came to, in one word for the table and one for the end of a run. */
export function standingOf({ result }: BenchRun): "reached" | "missed" | "not measured" {
  if (!result) return "not measured";
  return result.figures.every(isReached) ? "reached" : "missed";
}

/** The page of results in Markdown. */
export function resultsPage(run: ResultsRun): string {
  const { cpu, cores, platform, node } = run.machine;
  return [
    "# Measured side by side",
    "",
    `${new Date(run.startedAt).toISOString().slice(0, 16).replace("T", " ")} UTC, commit ${run.commit}. ${cpu}, ` +
      `${cores} cores, ${run.system}, ${platform}, Node ${node}.`,
    ...(run.isQuick ? ["", "**A quick run, to see that the benches work: not to be quoted.**"] : []),
    "",
    "Each figure is of this machine and this run; ratios are of windows that alternated within one bench. How each is",
    "measured and what was found on the way stands in [performance.md](../performance.md). `npm run bench` writes this",
    "page, `npm run bench -- NAME` runs one bench.",
    "",
    "| bench | | |",
    "|---|---|---|",
    ...run.benches.map(
      (bench) =>
        `| [${bench.name}](#${bench.name}) | ${standingOf(bench)} | ${Math.round(bench.seconds)} s |`,
    ),
    ...run.benches.flatMap(sectionOf),
    "",
  ].join("\n");
}

function sectionOf({ name, result, failure }: BenchRun): readonly string[] {
  if (!result) return ["", `## ${name}`, "", `Not measured: ${failure ?? "it ended without a result"}`];
  return [
    "",
    `## ${name}`,
    "",
    ...(result.title ? [`${result.title}.`, ""] : []),
    ...figureRows(result.figures),
    ...result.notes.flatMap((note) => ["", note]),
    ...result.charts.flatMap(({ title }, index) => ["", `![${title}](${chartFileOf(name, index)})`]),
  ];
}
