import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Figure, isReached, machine, tableFrom } from "../evidence/measured.ts";
import type { Chart } from "./bench-result.ts";

export interface Finding {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
  readonly charts?: readonly Chart[];
}

export interface BenchOptions {
  /** Fewer and shorter windows, fewer people: to see that it works, not to quote. */
  readonly isQuick: boolean;
  /** Tells how far it is, on standard error. */
  say(line: string): void;
}

/**
 * Runs a bench with the options every one has, `--quick` and `--json FILE`, and prints its table. Ends the process with
 * 0, or 1 where a figure is missed; throws what the bench throws.
 */
export async function runBench(measure: (options: BenchOptions) => Promise<Finding>): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: "string" }, quick: { type: "boolean", default: false } },
  });
  // An exit as any other, at which everything that was started is ended.
  process.once("SIGTERM", () => process.exit(143));
  process.once("SIGINT", () => process.exit(130));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const finding = await measure({ isQuick: values.quick, say });
  const { figures, notes = [] } = finding;
  process.stdout.write(`${tableFrom(figures)}\n${notes.map((note) => `${note}\n`).join("")}`);
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ ...finding, machine: machine() }, null, 2)}\n`);
  // Sockets that are slow to end, of a server that is gone, are nobody's concern.
  process.exit(figures.every(isReached) ? 0 : 1);
}
